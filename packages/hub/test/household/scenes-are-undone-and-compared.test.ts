// A recalled scene can be undone, also after a crash, and says which devices are not what it wants.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandService } from '../../src/services/commands.ts';
import { sceneService } from '../../src/services/scenes.ts';
import { openHome, type TestHome } from '../home.ts';
import { refusal } from './rules.ts';

const test = suite('scenes');
const BY = { kind: 'user', id: 'ada' } as const;
let home: TestHome;

const scenesOf = ({ kernel, outbox }: TestHome) => sceneService(kernel, commandService(kernel, outbox));
const value = (device: string, property: string) => home.storage.machine.properties.value(device, property);

const evening = {
  id: 'evening',
  name: 'Evening',
  targets: [
    { device: 'virtual:lamp', values: { 'onOff.on': true, 'level.level': 0.3 } },
    { device: 'virtual:lamp2', values: { 'onOff.on': false } },
  ],
};

test.before.each(async () => {
  home = await openHome();
  home.report('virtual:lamp2', { 'onOff.on': true, 'level.level': 0.6 });
});
test.after.each(() => home.close());

test('a recall is undone: what was on is on as bright as before, what was off is off', async () => {
  const scenes = scenesOf(home);
  await scenes.create(evening, BY);
  await scenes.recall('evening', {});
  assert.is(value('virtual:lamp', 'onOff.on'), true);
  assert.is(value('virtual:lamp2', 'onOff.on'), false);
  assert.is((await scenes.revert('evening', BY)).status, 'done');
  assert.is(value('virtual:lamp', 'onOff.on'), false);
  assert.is(value('virtual:lamp2', 'onOff.on'), true);
});

test('a recall can still be undone after a crash', async () => {
  await scenesOf(home).create(evening, BY);
  await scenesOf(home).recall('evening', {});
  home = await home.killed();
  await scenesOf(home).revert('evening', BY);
  assert.is(value('virtual:lamp2', 'onOff.on'), true);
});

test('there is nothing to undo before the first recall', async () => {
  await scenesOf(home).create(evening, BY);
  const error = await refusal(() => scenesOf(home).revert('evening', BY));
  assert.is(error.code, 'NOTHING_TO_UNDO');
  assert.is(error.status, 409);
});

test('the difference names the devices that are something else, and forgives rounding', async () => {
  const scenes = scenesOf(home);
  await scenes.create(evening, BY);
  assert.equal(scenes.difference('evening'), ['virtual:lamp', 'virtual:lamp2']);
  home.report('virtual:lamp', { 'onOff.on': true, 'level.level': 76 / 254 });
  assert.equal(scenes.difference('evening'), ['virtual:lamp2']);
  home.report('virtual:lamp2', { 'onOff.on': false });
  assert.equal(scenes.difference('evening'), []);
});

test('a value that the device cannot take is refused where it stands', async () => {
  const targets = [{ device: 'virtual:lamp', values: { 'level.level': 7 } }];
  const error = await refusal(() => scenesOf(home).create({ name: 'Bright', targets }, BY));
  assert.is(error.pointer, '/targets/0/values/level.level');
  const unknown = [{ device: 'virtual:lamp', values: { 'color.hue': 7 } }];
  assert.is(
    (await refusal(() => scenesOf(home).create({ name: 'Red', targets: unknown }, BY))).code,
    'UNKNOWN_PROPERTY',
  );
});

test('capturing an endpoint keeps that one alone', async () => {
  const { targets } = await scenesOf(home).capture({ name: 'Now', devices: ['virtual:lamp2/1'] }, BY);
  assert.equal(targets, [{ device: 'virtual:lamp2/1', values: { 'onOff.on': true, 'level.level': 0.6 } }]);
});

test.run();
