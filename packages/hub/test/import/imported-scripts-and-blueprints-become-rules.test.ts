// Scripts, scenes and blueprints of Home Assistant through the engine that runs the home.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drive, importWhole, MINUTE, motion, SECOND, type Driven } from './importing.ts';

const test = suite('imported scripts and blueprints');
const GO = { event: 'go' };

test('scripts and scenes of the same text are rules of their own, which others start', async () => {
  const rules = await importWhole(`
automation:
  - alias: Evening
    trigger: {platform: event, event_type: go}
    action:
      - service: script.good_night
      - service: scene.turn_on
        target: {entity_id: scene.reading}
script:
  good_night:
    sequence:
      - service: light.turn_off
        target: {entity_id: light.floor}
scene:
  - name: Reading
    entities:
      light.hall: {state: 'on', brightness: 102}
      light.floor: 'off'
`);
  assert.equal(
    rules.map(({ id }) => id),
    ['evening', 'good_night', 'reading'],
  );
  const home = await drive(rules);
  assert.equal(home.step(SECOND, GO), [
    'set floor {"onOff.on":false}',
    'set lamp {"onOff.on":true,"level.level":0.4}',
    'set floor {"onOff.on":false}',
  ]);
});

const BLUEPRINT = `
blueprint:
  name: Light by motion
  domain: automation
  input:
    sensor: {name: Sensor}
    lamps: {name: Lamps}
    timing:
      name: Times
      input:
        wait: {default: 120}
mode: restart
trigger: {platform: state, entity_id: !input sensor, to: 'on'}
action:
  - {service: light.turn_on, target: !input lamps}
  - {delay: !input wait}
  - {service: light.turn_off, target: !input lamps}
`;

async function lightByMotion(home: Driven): Promise<void> {
  assert.equal(home.step(SECOND, motion(true)), ['set lamp {"onOff.on":true}']);
  home.step(MINUTE, motion(false));
  assert.equal(home.step(2 * MINUTE), ['set lamp {"onOff.on":false}']);
}

test('no id is made that an automation cannot have', async () => {
  const rules = await importWhole(`
- alias: Forecast
  trigger: {platform: event, event_type: go}
  action: [{event: fired}]
`);
  assert.is(rules[0]?.id, 'forecast-2');
});

test('a blueprint with its inputs, beside the automation that uses it, and the one everyone uses', async () => {
  const inputs = { sensor: 'binary_sensor.hall_motion', lamps: { entity_id: 'light.hall' } };
  await lightByMotion(await drive(await importWhole(BLUEPRINT, inputs), motion(false)));
  const beside = `${BLUEPRINT}
---
- alias: Mine
  use_blueprint:
    path: someone/light_by_motion.yaml
    input: {sensor: binary_sensor.hall_motion, lamps: {entity_id: light.hall}, wait: 100}
`;
  const [rule, ...others] = await importWhole(beside);
  assert.equal([rule!.name, others.length], ['Mine', 0]);
  await lightByMotion(await drive([rule!], motion(false)));
  const known = `
alias: Known
use_blueprint:
  path: homeassistant/motion_light.yaml
  input: {motion_entity: binary_sensor.hall_motion, light_target: {entity_id: light.hall}}
`;
  await lightByMotion(await drive(await importWhole(known), motion(false)));
});

test.run();
