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

/** Commands are on their way until the answer is called. */
function underWay(): () => void {
  let answer!: () => void;
  home.answering = new Promise((resolve) => (answer = resolve));
  return answer;
}
const tell = (values: Values): Promise<void> => home.hear({ type: 'values', id: 'lamp', endpoint: '1', values });
const isOn = (): unknown => home.state('lamp', 'onOff')['onOff'];
const levelOf = (): unknown => home.state('lamp', 'levelControl')['currentLevel'];

test('a lamp on its way to being on takes a colour, though the report of its being off comes late', async () => {
  await tell({ 'onOff.on': false });
  const answer = underWay();
  await home.invoke('lamp', 'onOff', 'on');
  await tell({ 'onOff.on': false });
  assert.is(isOn(), true);
  await home.invoke('lamp', 'colorControl', 'moveToColor', { colorX: 20_000, colorY: 30_000, ...REST });
  const sets = home.asked.map(({ command }) => (command as { set: Values }).set);
  assert.is(sets[0]!['onOff.on'], true);
  assert.is(Math.round(Number(sets[1]!['color.x']) * 65_536), 20_000);
  answer();
});

test('a report that is just being written gives way to a command', async () => {
  await tell({ 'onOff.on': false });
  const answer = underWay();
  await Promise.all([tell({ 'onOff.on': false, 'level.level': 0.2 }), home.invoke('lamp', 'onOff', 'on')]);
  await home.settle();
  assert.is(isOn(), true);
  assert.is(levelOf(), 51);
  answer();
});

test('once the device has answered, what it has become is shown', async () => {
  const answer = underWay();
  await home.invoke('lamp', 'levelControl', 'moveToLevel', { level: 254, ...REST });
  await tell({ 'level.level': 0.98 });
  assert.is(levelOf(), 254);
  answer();
  await home.settle();
  assert.is(levelOf(), 249);
});

test('what the device refuses is shown as it was', async () => {
  home.refuses = true;
  const answer = underWay();
  await home.invoke('lamp', 'onOff', 'off');
  assert.is(isOn(), false);
  answer();
  await home.settle();
  assert.is(isOn(), true);
});

test('the answer to an earlier command does not end the wait for a later one', async () => {
  const first = underWay();
  await home.invoke('lamp', 'onOff', 'off');
  const second = underWay();
  await home.invoke('lamp', 'onOff', 'on');
  await tell({ 'onOff.on': false });
  first();
  await home.settle();
  assert.is(isOn(), true);
  second();
  await home.settle();
  assert.is(isOn(), false);
});

test.run();
