// Actions and modes of Home Assistant through the engine that runs the home.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { degrees, driveText, MINUTE, motion, report, SECOND } from './importing.ts';

const test = suite('imported actions');

const doing = (actions: string, more = ''): string => `
- alias: Test
  trigger: {platform: event, event_type: go}
${more}  action:
${actions.replaceAll(/^/gm, '    ')}
`;
const GO = { event: 'go' };

const CALLS: readonly (readonly [string, string])[] = [
  [
    '{service: light.turn_on, entity_id: light.hall, data: {brightness: 51, transition: 2}}',
    'set lamp {"onOff.on":true,"level.level":0.2} over 2000',
  ],
  [
    '{service: light.turn_on, entity_id: light.hall, data: {brightness: 128}}',
    `set lamp {"onOff.on":true,"level.level":${128 / 255}}`,
  ],
  [
    '{action: light.turn_on, target: {entity_id: light.hall}, data: {brightness_pct: 30, color_temp_kelvin: 2700}}',
    'set lamp {"onOff.on":true,"level.level":0.3,"color.temperature":2700}',
  ],
  [
    '{action: light.turn_on, target: {entity_id: light.hall}, data: {color_temp: 250, brightness_pct: 100}}',
    'set lamp {"onOff.on":true,"level.level":1,"color.temperature":4000}',
  ],
  [
    '{action: light.turn_on, target: {entity_id: light.hall}, data: {rgb_color: [0, 0, 255]}}',
    'set lamp {"onOff.on":true,"color.hue":240,"color.saturation":1}',
  ],
  [
    '{action: light.turn_on, target: {entity_id: light.hall}, data: {color_name: red, effect: Candle}}',
    'set lamp {"onOff.on":true,"color.hue":0,"color.saturation":1,"effect.effect":"candle"}',
  ],
  [
    '{action: light.turn_on, target: {entity_id: light.hall}, data: {brightness_step_pct: -10}}',
    'level.step lamp {"by":-0.1}',
  ],
  ['{action: light.turn_off, target: {entity_id: [light.hall, light.floor]}}', 'set lamp floor {"onOff.on":false}'],
  ['{action: light.turn_on, target: {area_id: area.hall}}', 'set hall {"onOff.on":true}'],
  ['{service: homeassistant.toggle, entity_id: switch.pump}', 'onOff.toggle plug'],
  ['{service: cover.open_cover, target: {entity_id: cover.blind}}', 'cover.open blind'],
  [
    '{service: cover.set_cover_position, target: {entity_id: cover.blind}, data: {position: 40}}',
    'set blind {"cover.position":0.4}',
  ],
  ['{service: lock.lock, target: {entity_id: lock.front}}', 'lock.lock lock'],
  [
    '{service: climate.set_temperature, target: {entity_id: climate.living}, data: {temperature: 21, hvac_mode: heat_cool}}',
    'set heating {"thermostat.mode":"auto","thermostat.heatingSetpoint":21}',
  ],
  ['{service: fan.set_percentage, target: {entity_id: fan.bath}, data: {percentage: 50}}', 'set fan {"fan.speed":0.5}'],
  [
    '{service: media_player.volume_set, target: {entity_id: media_player.kitchen}, data: {volume_level: 0.3}}',
    'set speaker {"media.volume":0.3}',
  ],
  [
    '{service: alarm_control_panel.alarm_arm_away, target: {entity_id: alarm_control_panel.home}, data: {code: "12"}}',
    'alarm.arm alarm {"mode":"away","code":"12"}',
  ],
  ['{service: scene.turn_on, target: {entity_id: scene.evening}}', 'scene evening'],
  ['{scene: scene.evening}', 'scene evening'],
  ['{event: ding, event_data: {door: front, count: 2}}', 'emit ding {"door":"front","count":2}'],
  [
    '{device_id: x, domain: light, entity_id: light.hall, type: turn_on, brightness_pct: 50}',
    'set lamp {"onOff.on":true,"level.level":0.5}',
  ],
  [
    '{action: notify.mobile_app_ada, data: {title: T, message: "It is {{ states(\'sensor.bath_temperature\') }} °C", data: {tag: t}}}',
    'notify It is 21.5 °C',
  ],
  [
    '{action: light.turn_on, target: {entity_id: light.hall}, data: {brightness_pct: "{{ states(\'sensor.bath_temperature\') | float * 2 }}"}}',
    'set lamp {"onOff.on":true,"level.level":0.43}',
  ],
];

test('service calls, in the old spelling and the new', async () => {
  for (const [call, expected] of CALLS) {
    const home = await driveText(doing(`- ${call}`), degrees(21.5));
    assert.equal(home.step(SECOND, GO), [expected], call);
  }
});

test('if, choose, repeat, parallel and stop', async () => {
  const home = await driveText(
    doing(`- if: "{{ states('sensor.bath_temperature') | float > 20 }}"
  then: {event: warm}
  else: {event: cold}
- choose:
    - conditions:
        - {condition: numeric_state, entity_id: sensor.bath_temperature, below: 10}
      sequence: {event: freezing}
    - conditions: "{{ true }}"
      sequence:
        - event: mild
  default: []
- repeat:
    count: 2
    sequence:
      - event: round
        event_data: {index: "{{ repeat.index }}"}
- repeat:
    for_each: [a, b]
    sequence: {event: each, event_data: {item: "{{ repeat.item }}"}}
- parallel:
    - {event: one}
    - sequence: [{event: two}]
- stop: enough
- event: never`),
    degrees(21),
  );
  assert.equal(home.step(SECOND, GO), [
    'emit warm',
    'emit mild',
    'emit round {"index":1}',
    'emit round {"index":2}',
    'emit each {"item":"a"}',
    'emit each {"item":"b"}',
    'emit one',
    'emit two',
  ]);
});

test('repeat while and until', async () => {
  const home = await driveText(
    doing(`- repeat:
    while: {condition: state, entity_id: light.hall, state: 'on'}
    sequence: [{event: blink}, {delay: 10}]
- repeat:
    until: "{{ repeat.index >= 2 }}"
    sequence: {event: done}`),
    report('lamp', 'onOff.on', true),
  );
  assert.equal(home.step(SECOND, GO), ['emit blink']);
  assert.equal(home.step(10 * SECOND), ['emit blink']);
  assert.equal(home.step(SECOND, report('lamp', 'onOff.on', false)), []);
  assert.equal(home.step(10 * SECOND), ['emit done', 'emit done']);
});

test('a condition among actions ends its own sequence', async () => {
  const actions = `- choose:
    - conditions: []
      sequence:
        - {condition: state, entity_id: light.hall, state: 'on'}
        - {event: inner}
- {event: between}
- "{{ is_state('light.hall', 'on') }}"
- {event: last}`;
  const dark = await driveText(doing(actions), report('lamp', 'onOff.on', false));
  assert.equal(dark.step(SECOND, GO), ['emit between']);
  const bright = await driveText(doing(actions), report('lamp', 'onOff.on', true));
  assert.equal(bright.step(SECOND, GO), ['emit inner', 'emit between', 'emit last']);
});

test('delays and waits, with a time-out that goes on or stops', async () => {
  const wait = (goesOn: string): string =>
    doing(`- delay: {seconds: 5}
- wait_for_trigger: [{platform: state, entity_id: binary_sensor.hall_motion, to: 'off'}]
  timeout: "00:01:00"
  continue_on_timeout: ${goesOn}
- event: after
  event_data: {completed: "{{ wait.completed }}"}`);
  const home = await driveText(wait('true'), motion(true));
  assert.equal(home.step(SECOND, GO), []);
  assert.equal(home.step(6 * SECOND, motion(false)), ['emit after {"completed":true}']);
  const late = await driveText(wait('true'), motion(true));
  late.step(SECOND, GO);
  assert.equal(late.step(2 * MINUTE), ['emit after {"completed":false}']);
  const stops = await driveText(wait('false'), motion(true));
  stops.step(SECOND, GO);
  assert.equal(stops.step(2 * MINUTE), []);
  const template = await driveText(
    doing(`- wait_template: "{{ is_state('light.hall', 'off') }}"\n- event: dark`),
    report('lamp', 'onOff.on', true),
  );
  assert.equal(template.step(SECOND, GO), []);
  assert.equal(template.step(SECOND, report('lamp', 'onOff.on', false)), ['emit dark']);
  const worked = await driveText(
    doing(`- delay: {minutes: "{{ states('sensor.bath_temperature') | int }}"}\n- event: late`),
    degrees(2.9),
  );
  worked.step(SECOND, GO);
  assert.equal(worked.step(2 * MINUTE), ['emit late']);
});

test('any of several things waited for', async () => {
  const home = await driveText(
    doing(`- wait_for_trigger:
    - {trigger: state, entity_id: binary_sensor.hall_motion, to: 'off'}
    - {trigger: numeric_state, entity_id: sensor.bath_temperature, above: 25}
- event: after`),
    motion(true),
    degrees(20),
  );
  home.step(SECOND, GO);
  assert.equal(home.step(SECOND, degrees(26)), ['emit after']);
});

test('variables are filled in, of the automation and of a step', async () => {
  const home = await driveText(
    doing(
      `- variables: {level: 40, hot: "{{ states('sensor.bath_temperature') | float > limit }}"}
- if: "{{ hot }}"
  then: {action: light.turn_on, target: {entity_id: light.hall}, data: {brightness_pct: "{{ level }}"}}`,
      '  variables: {limit: 20}\n',
    ),
    degrees(21),
  );
  assert.equal(home.step(SECOND, GO), ['set lamp {"onOff.on":true,"level.level":0.4}']);
});

test('modes keep what they mean, and max counts the running run', async () => {
  const rounds = async (mode: string): Promise<string[]> => {
    const home = await driveText(
      doing('- {event: begun}\n- {delay: 60}\n- {event: ended}', `  mode: ${mode}\n  max: 2\n`),
    );
    return [...home.step(SECOND, GO), ...home.step(SECOND, GO), ...home.step(SECOND, GO), ...home.step(3 * MINUTE)];
  };
  const counts = async (mode: string): Promise<number[]> => {
    const told = await rounds(mode);
    return ['emit begun', 'emit ended'].map((text) => told.filter((each) => each === text).length);
  };
  assert.equal(await counts('single'), [1, 1]);
  assert.equal(await counts('restart'), [3, 1]);
  assert.equal(await counts('parallel'), [2, 2]);
  assert.equal(await counts('queued'), [2, 2]);
});

test('what was is saved and restored', async () => {
  const home = await driveText(
    doing(`- {action: scene.create, data: {scene_id: before, snapshot_entities: [light.hall]}}
- {action: light.turn_off, target: {entity_id: light.hall}}
- {action: scene.turn_on, target: {entity_id: scene.before}}`),
  );
  assert.equal(home.step(SECOND, GO), ['save before', 'set lamp {"onOff.on":false}', 'restore before']);
});

test('helpers that became variables', async () => {
  const home = await driveText(
    doing(`- {action: input_boolean.turn_on, target: {entity_id: input_boolean.guests}}
- if: {condition: state, entity_id: input_boolean.guests, state: 'on'}
  then: {event: guests}`),
  );
  assert.equal(home.step(SECOND, GO), ['emit guests']);
});

test.run();
