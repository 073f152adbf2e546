// A limit on a player's volume holds for whoever asks: people are refused, scenes and automations stop there.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandService } from '../../src/services/commands.ts';
import { deviceService } from '../../src/services/devices.ts';
import { sceneService } from '../../src/services/scenes.ts';
import { openHome, type TestHome } from '../home.ts';
import { refusal } from './rules.ts';

const test = suite('volume limit');
const BY = { kind: 'user', id: 'ada' } as const;
const SPEAKER = 'virtual:speaker';
let home: TestHome;

const commandsOf = ({ kernel, outbox }: TestHome) => commandService(kernel, outbox);
const devicesOf = ({ kernel }: TestHome) =>
  deviceService(kernel, { remove: async () => {}, settings: async () => {}, share: async () => ({}) as never });
const limit = (volumeLimit: unknown) => devicesOf(home).change(SPEAKER, { settings: { volumeLimit } }, BY);
const play = (volume: number) =>
  commandsOf(home).command({ on: { device: SPEAKER }, body: { set: { 'media.volume': volume } } }, BY);
const volume = () => home.storage.machine.properties.value(SPEAKER, 'media.volume');

test.before.each(async () => {
  home = await openHome();
});
test.after.each(() => home.close());

test('the device says so itself: its most is the limit, and goes back with it', async () => {
  const most = (device: { endpoints: readonly { capabilities: readonly { properties: readonly object[] }[] }[] }) =>
    (device.endpoints[0]!.capabilities[0]!.properties[0] as { max: number }).max;
  assert.is(most(await limit(0.4)), 0.4);
  assert.is(most(await limit(null)), 1);
});

test('a person who asks for more is refused at the value', async () => {
  await limit(0.4);
  const error = await refusal(() => play(0.5));
  assert.is(error.code, 'BAD_VALUE');
  assert.is(error.pointer, '/set/media.volume');
  await play(0.4);
  assert.is(volume(), 0.4);
});

test('a scene made before stops at the limit', async () => {
  const scenes = sceneService(home.kernel, commandsOf(home));
  await scenes.create(
    { id: 'party', name: 'Party', targets: [{ device: SPEAKER, values: { 'media.volume': 0.9 } }] },
    BY,
  );
  await limit(0.4);
  await scenes.recall('party', {});
  assert.is(volume(), 0.4);
});

test('a limit is a share', async () => {
  for (const wrong of [1.2, -0.1, 'loud']) {
    const error = await refusal(() => limit(wrong));
    assert.is(error.pointer, '/settings/volumeLimit');
  }
});

test.run();
