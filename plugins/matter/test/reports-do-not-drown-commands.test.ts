// A lamp of the home reports what it was while an ecosystem commands it: the command is what was asked for, whatever the report
// has made of the attributes by then.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { color, endpoint, level, onOff, type Values } from '@lintel/sdk';

import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('reports do not drown commands');

const RED: Values = { 'color.mode': 'xy', 'color.x': 0.61, 'color.y': 0.305, 'color.hue': 0, 'color.saturation': 1 };
const REST = { transitionTime: 0, optionsMask: {}, optionsOverride: {} };

let home: BridgedHome;

test.before.each(async () => {
  const lamp = endpoint(onOff(), level(), color({ temperature: [2200, 6500], hue: true, xy: true }));
  home = await BridgedHome.open([deviceOf('lamp', 'light', [lamp], { 'onOff.on': true, 'level.level': 0.5, ...RED })]);
});
test.after.each(() => home.close());

/** The lamp goes on saying what it was until the command is on its way to it. */
async function amidReports(behavior: string, command: string, args: object): Promise<Values> {
  const isOver = home.invoke('lamp', behavior, command, args).then(() => true);
  let report = 0;
  while (home.asked.length === 0 && (await Promise.race([isOver, Promise.resolve(false)])) === false) {
    report += 1;
    const values = {
      'onOff.on': true,
      'level.level': 0.5 + (report % 2) / 100,
      ...RED,
      'color.x': 0.61 + (report % 2) / 100,
    };
    void home.hear({ type: 'values', id: 'lamp', endpoint: '1', values });
    if (report > 500) await new Promise((resolve) => setImmediate(resolve));
  }
  await isOver;
  return (home.asked[0]!.command as { set: Values }).set;
}

test('off is off', async () => {
  const { 'onOff.on': on } = await amidReports('onOff', 'off', {});
  assert.is(on, false);
});

test('a level is that level', async () => {
  const { 'level.level': share } = await amidReports('levelControl', 'moveToLevel', { level: 254, ...REST });
  assert.is(share, 1);
});

test('a colour is that colour', async () => {
  const set = await amidReports('colorControl', 'moveToHueAndSaturation', { hue: 127, saturation: 254, ...REST });
  assert.is(Math.round(Number(set['color.hue'])), 180);
});

test.run();
