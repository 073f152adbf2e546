// Lamps that are told how they are to change, not what they are to be.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { lightPlan } from '../src/mapping/lighting.ts';
import { capabilitiesOf, clusterView, rowFor } from '../src/mapping/table.ts';
import type { EndpointView, Fields, Plan } from '../src/mapping/types.ts';

const test = suite('lamps step and move');

const WHITE = {
  featureMap: { colorTemperature: true },
  colorMode: 2,
  colorTemperatureMireds: 370,
  colorTempPhysicalMinMireds: 153,
  colorTempPhysicalMaxMireds: 454,
};
const MIXED = { featureMap: { xy: true }, colorMode: 1, currentX: 30_000, currentY: 26_000 };

const lampWith = (colorControl: Fields): EndpointView => ({
  number: 1,
  deviceTypes: [],
  clusters: { onOff: { onOff: true }, levelControl: { currentLevel: 100, minLevel: 20, maxLevel: 254 }, colorControl },
});

/** The commands, each with its most telling argument. */
function told(lamp: EndpointView, command: string, args: Fields): readonly (readonly unknown[])[] {
  const cluster = command.startsWith('color') ? 'colorControl' : 'levelControl';
  const plan = rowFor(cluster, lamp)!.commands![command]!(args, clusterView(cluster, lamp), 'UTC') as Plan;
  return plan.actions.map((action) => {
    const { colorTemperatureMireds, rate, moveMode, stepMode, stepSize } = 'args' in action ? action.args! : {};
    const said = [colorTemperatureMireds, stepMode, stepSize, moveMode, rate].filter((each) => each !== undefined);
    return ['invoke' in action && action.invoke, ...said];
  });
}

test('white is stepped in kelvin, and stays within what the lamp has', () => {
  const lamp = lampWith(WHITE);
  assert.equal(told(lamp, 'color.step', { by: 300 }), [['stepColorTemperature', 3, 37]]);
  assert.equal(told(lamp, 'color.step', { by: -300 }), [['stepColorTemperature', 1, 46]]);
  assert.equal(told(lamp, 'color.step', { by: 9000 }), [['stepColorTemperature', 3, 217]]);
  assert.equal(told(lamp, 'color.step', { by: 0 }), []);
  assert.is(told(lampWith(MIXED), 'color.step', { by: 300 })[0]![0], 'moveToColor');
});

test('white is moved at a rate of kelvin a second, colder or warmer, and stopped', () => {
  const lamp = lampWith(WHITE);
  assert.equal(told(lamp, 'color.move', { rate: 500 }), [['moveColorTemperature', 3, 68]]);
  assert.equal(told(lamp, 'color.move', { rate: -500 }), [['moveColorTemperature', 1, 68]]);
  assert.equal(told(lamp, 'color.move', { rate: 0 }), [['stopMoveStep']]);
  assert.equal(told(lamp, 'color.stop', {}), [['stopMoveStep']]);
});

test('a lamp offers no command that it cannot follow', () => {
  for (const colors of [WHITE, MIXED]) {
    const lamp = lampWith(colors);
    const { commands } = rowFor('colorControl', lamp)!;
    const [capability] = capabilitiesOf('colorControl', lamp);
    for (const name of capability!.commands) assert.type(commands![`color.${name}`], 'function');
    assert.is(capability!.commands.includes('move'), colors === WHITE);
  }
});

test('brightening may turn a lamp on, dimming never does', () => {
  const lamp = lampWith(WHITE);
  assert.equal(told(lamp, 'level.step', { by: 0.1 }), [['stepWithOnOff', 0, 25]]);
  assert.equal(told(lamp, 'level.step', { by: -0.1 }), [['step', 1, 25]]);
});

test('a lamp told to be darker than it can be is shown as dark as it is', () => {
  const { then } = lightPlan({ values: { 'level.level': 0.01 } }, lampWith(WHITE));
  assert.is(then!['level.level'], 0.0787);
});

test.run();
