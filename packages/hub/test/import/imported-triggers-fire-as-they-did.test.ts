// Triggers and conditions of Home Assistant, old spelling and new, through the engine that runs the home.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { degrees, door, driveText, importWhole, MINUTE, motion, report, SECOND } from './importing.ts';

const test = suite('imported triggers');

/** One automation that says `fired`. */
const automation = (trigger: string, condition = ''): string => `
- alias: Test
  triggers:
${trigger.replaceAll(/^/gm, '    ')}
${condition === '' ? '' : `  conditions:\n${condition.replaceAll(/^/gm, '    ')}\n`}  actions:
    - event: fired
`;
const FIRED = ['emit fired'];

test('a state, in the old spelling and the new, with and without from', async () => {
  for (const [how, to] of [
    ['platform', "'on'"],
    ['trigger', 'on'],
  ] as const) {
    const home = await driveText(
      automation(`- ${how}: state\n  entity_id: binary_sensor.hall_motion\n  from: 'off'\n  to: ${to}`),
      motion(false),
    );
    assert.equal(home.step(SECOND, motion(true)), FIRED);
    assert.equal(home.step(SECOND, motion(false)), []);
  }
});

test('a state that must hold starts over when it breaks', async () => {
  for (const held of ['"00:05:00"', '{minutes: 5}', '300', '00:05:00']) {
    const home = await driveText(
      automation(`- platform: state\n  entity_id: binary_sensor.front_door\n  to: 'on'\n  for: ${held}`),
      door(false),
    );
    assert.equal(home.step(SECOND, door(true)), []);
    assert.equal(home.step(4 * MINUTE, door(false)), []);
    assert.equal(home.step(SECOND, door(true)), []);
    assert.equal(home.step(5 * MINUTE), FIRED, held);
  }
});

test('a state of any of several entities, a list of states, and an attribute', async () => {
  const home = await driveText(
    automation('- trigger: state\n  entity_id: [light.hall, light.floor]\n  to: "on"'),
    report('lamp', 'onOff.on', false),
    report('floor', 'onOff.on', false),
  );
  assert.equal(home.step(SECOND, report('floor', 'onOff.on', true)), FIRED);
  assert.equal(home.step(SECOND, report('lamp', 'onOff.on', true)), FIRED);
  const alarm = await driveText(
    automation('- trigger: state\n  entity_id: alarm_control_panel.home\n  to: [armed_away, armed_night]'),
    report('alarm', 'alarm.state', 'disarmed'),
  );
  assert.equal(alarm.step(SECOND, report('alarm', 'alarm.state', 'armedHome')), []);
  assert.equal(alarm.step(SECOND, report('alarm', 'alarm.state', 'armedNight')), FIRED);
  const heating = await driveText(
    automation('- trigger: state\n  entity_id: climate.living\n  attribute: hvac_action\n  to: heating'),
    report('heating', 'thermostat.running', 'idle'),
  );
  assert.equal(heating.step(SECOND, report('heating', 'thermostat.running', 'heating')), FIRED);
});

test('unavailable is a device that cannot be reached', async () => {
  const home = await driveText(automation('- trigger: state\n  entity_id: light.hall\n  to: unavailable'), {
    device: 'lamp',
    online: true,
  });
  assert.equal(home.step(SECOND, { device: 'lamp', online: false }), FIRED);
});

test('a number crosses a limit, enters a band, on the scale of the attribute', async () => {
  const home = await driveText(
    automation('- platform: numeric_state\n  entity_id: sensor.bath_temperature\n  above: 20\n  below: 25'),
    degrees(18),
  );
  assert.equal(home.step(SECOND, degrees(22)), FIRED);
  assert.equal(home.step(SECOND, degrees(23)), []);
  assert.equal(home.step(SECOND, degrees(26)), []);
  assert.equal(home.step(SECOND, degrees(24)), FIRED);
  const lamp = await driveText(
    automation('- trigger: numeric_state\n  entity_id: light.hall\n  attribute: brightness\n  above: 127'),
    report('lamp', 'level.level', 0.4),
  );
  assert.equal(lamp.step(SECOND, report('lamp', 'level.level', 0.6)), FIRED);
  const battery = await driveText(
    automation('- trigger: numeric_state\n  entity_id: sensor.door_battery\n  below: 15'),
    report('door', 'battery.level', 0.2),
  );
  assert.equal(battery.step(SECOND, report('door', 'battery.level', 0.14)), FIRED);
});

test('a limit may be another entity, and the value a template', async () => {
  const damp = await driveText(
    automation('- trigger: numeric_state\n  entity_id: sensor.bath_humidity\n  above: sensor.bath_temperature'),
    degrees(50),
    report('meter', 'humidity.humidity', 40),
  );
  assert.equal(damp.step(SECOND, report('meter', 'humidity.humidity', 51)), FIRED);
  const doubled = await driveText(
    automation(
      '- trigger: numeric_state\n  entity_id: sensor.bath_temperature\n  value_template: "{{ state.state | float * 2 }}"\n  above: 40',
    ),
    degrees(18),
  );
  assert.equal(doubled.step(SECOND, degrees(19)), []);
  assert.equal(doubled.step(SECOND, degrees(21)), FIRED);
});

test('times, patterns of time and the sun', async () => {
  const noon = await driveText(automation('- platform: time\n  at: "12:05:00"\n  weekday: [mon]'));
  assert.equal(noon.step(5 * MINUTE), FIRED);
  const minutes = await driveText(automation('- platform: time_pattern\n  minutes: "/10"'));
  assert.equal(minutes.step(9 * MINUTE), []);
  assert.equal(minutes.step(1 * MINUTE), FIRED);
  const odd = await driveText(automation('- trigger: time_pattern\n  minutes: "/7"\n  seconds: 0'));
  assert.equal(
    [7, 7, 46, 7].map((wait) => odd.step(wait * MINUTE).length),
    [1, 1, 7, 1],
  );
  const seconds = await driveText(automation('- platform: time_pattern\n  seconds: "/30"'));
  assert.equal(seconds.step(30 * SECOND), FIRED);
  const sunset = await driveText(automation('- platform: sun\n  event: sunset\n  offset: "-00:30:00"'));
  assert.equal(sunset.step(3 * 60 * MINUTE), []);
  assert.equal(sunset.step(MINUTE * 60), FIRED);
  const low = await driveText(
    automation('- trigger: numeric_state\n  entity_id: sun.sun\n  attribute: elevation\n  below: 4'),
  );
  assert.equal(low.step(6 * 60 * MINUTE), FIRED);
});

test('people come and go, by zone and by state', async () => {
  for (const trigger of [
    '- platform: zone\n  entity_id: person.ada\n  zone: zone.home\n  event: leave',
    '- trigger: state\n  entity_id: person.ada\n  to: not_home',
  ]) {
    const home = await driveText(automation(trigger), { person: 'ada', presence: 'home' });
    assert.equal(home.step(SECOND, { person: 'ada', presence: 'away' }), FIRED);
  }
});

test('events with data, webhooks, the start and templates', async () => {
  const event = await driveText(automation('- platform: event\n  event_type: ding\n  event_data: {door: front}'));
  assert.equal(event.step(SECOND, { event: 'ding', data: { door: 'back' } }), []);
  assert.equal(event.step(SECOND, { event: 'ding', data: { door: 'front' } }), FIRED);
  const hook = await driveText(automation('- trigger: webhook\n  webhook_id: parcel'));
  assert.equal(hook.step(SECOND, { webhook: 'parcel' }), FIRED);
  const start = await driveText(automation('- platform: homeassistant\n  event: start'));
  assert.equal(start.step(SECOND, { start: true }), FIRED);
  const template = await driveText(
    automation(`- platform: template\n  value_template: "{{ states('sensor.bath_humidity') | float(0) > 70 }}"`),
    report('meter', 'humidity.humidity', 60),
  );
  assert.equal(template.step(SECOND, report('meter', 'humidity.humidity', 71)), FIRED);
});

test('what the editor writes by device', async () => {
  const motionTrigger =
    '- device_id: a0b1c2d3e4f5061728394a5b6c7d8e9f\n  domain: binary_sensor\n  entity_id: b1\n  type: motion\n  platform: device';
  const home = await driveText(automation(motionTrigger), motion(false));
  assert.equal(home.step(SECOND, motion(true)), FIRED);
  const press =
    '- device_id: 0f1e2d3c4b5a69788796a5b4c3d2e1f0\n  domain: zha\n  platform: device\n  type: remote_button_short_press\n  subtype: turn_on';
  const remote = await driveText(automation(press));
  const pressed = { device: 'remote', event: 'button.pressed', button: 'on' };
  assert.equal(remote.step(SECOND, { ...pressed, action: 'hold' }), []);
  assert.equal(remote.step(SECOND, { ...pressed, action: 'single' }), FIRED);
});

test('conditions in every spelling', async () => {
  const trigger = '- platform: event\n  event_type: ask';
  const passes = async (condition: string, ...known: Parameters<typeof driveText>[1][]): Promise<boolean> => {
    const home = await driveText(automation(trigger, condition), ...known);
    return home.step(SECOND, { event: 'ask' }).length > 0;
  };
  const state = "- condition: state\n  entity_id: light.hall\n  state: 'on'";
  assert.is(await passes(state, report('lamp', 'onOff.on', true)), true);
  assert.is(await passes(state, report('lamp', 'onOff.on', false)), false);
  assert.is(await passes(state), false, 'what is not known passes nothing');
  const nested = `- or:\n    - "{{ is_state('person.ada', 'home') }}"\n    - not:\n        - condition: numeric_state\n          entity_id: sensor.bath_temperature\n          below: 20`;
  assert.is(await passes(nested, { person: 'ada', presence: 'away' }, degrees(18)), false);
  assert.is(await passes(nested, { person: 'ada', presence: 'away' }, degrees(21)), true);
  assert.is(await passes(nested, { person: 'ada', presence: 'home' }, degrees(18)), true);
  assert.is(await passes('- condition: time\n  after: "11:00:00"\n  before: "13:00:00"\n  weekday: [mon, tue]'), true);
  assert.is(await passes('- condition: time\n  after: "22:00"\n  before: "06:00"'), false);
  assert.is(await passes('- condition: state\n  entity_id: sun.sun\n  state: above_horizon'), true);
  assert.is(await passes('- condition: sun\n  after: sunset'), false);
  assert.is(
    await passes('- condition: zone\n  entity_id: person.ada\n  zone: zone.home', { person: 'ada', presence: 'home' }),
    true,
  );
});

test('templates: numbers, words, time, and/or/not, in, and what is unknown', async () => {
  const trigger = '- platform: event\n  event_type: ask';
  const known = [
    degrees(21.5),
    report('lamp', 'onOff.on', true),
    report('lock', 'lock.state', 'locked'),
    report('lamp', 'level.level', 0.5),
  ];
  const cases: [string, boolean][] = [
    ["states('sensor.bath_temperature') | float > 21", true],
    ["states('sensor.bath_temperature') | int > 21", false],
    ["states.sensor.bath_temperature.state | float(0) < 20 or is_state('lock.front', 'locked')", true],
    ["not is_state('light.hall', 'on')", false],
    ["state_attr('light.hall', 'brightness') > 100", true],
    ["state_attr('light.hall', 'brightness') > 130", false],
    ["states('lock.front') in ['locked', 'jammed']", true],
    ["states('lock.front') not in ['unknown', 'unavailable']", true],
    ["states('sensor.bath_humidity') | float(0) < 50", false],
    ['now().hour == 12 and now().weekday() < 5', true],
    ['now().isoweekday() in [6, 7]', false],
    ["(states('sensor.bath_temperature') | float - 1.5) * 2 == 40", true],
    ["20 < states('sensor.bath_temperature') | float", true],
    ['(now() - states.light.hall.last_changed).total_seconds() < 60', true],
    ['now() - states.light.hall.last_changed > timedelta(minutes=5)', false],
    ["states('light.hall') == 'on' and has_value('sensor.bath_humidity')", false],
  ];
  for (const [template, expected] of cases) {
    const home = await driveText(automation(trigger, `- >-\n  {{ ${template} }}`), ...known);
    assert.is(home.step(SECOND, { event: 'ask' }).length > 0, expected, template);
  }
});

test('ids of triggers, which several may share, and what triggered', async () => {
  const text = `
- alias: Test
  trigger:
    - {platform: state, entity_id: binary_sensor.hall_motion, to: 'on', id: up}
    - {platform: event, event_type: ask, id: up}
    - {platform: event, event_type: other}
  action:
    - choose:
        - conditions: {condition: trigger, id: up}
          sequence: {event: up}
      default: {event: down}
`;
  const home = await driveText(text, motion(false));
  assert.equal(home.step(SECOND, motion(true)), ['emit up']);
  assert.equal(home.step(SECOND, { event: 'ask' }), ['emit up']);
  assert.equal(home.step(SECOND, { event: 'other' }), ['emit down']);
  const [rule] = await importWhole(
    automation(`- {trigger: state, entity_id: binary_sensor.hall_motion}`, `- "{{ trigger.to_state.state == 'on' }}"`),
  );
  assert.equal(rule!.conditions, [{ kind: 'expression', expression: 'trigger.value == true' }]);
});

test.run();
