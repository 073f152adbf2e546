// Several lamps that are to become the same are told by one frame, and each confirms by itself.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { DeviceCommand } from '@lintel/sdk';

import type { LoggedFrame } from '../../../test/zigbee-simulator/link.ts';
import { createHome, pause, until, type Home } from './home.ts';

const room = suite('lamps together');
const LAMPS = ['0x00158d0000b00001', '0x00158d0000b00002', '0x00158d0000b00003'] as const;
const DATA_REQUEST_EXTENDED = 0x02;
const GROUP_MODE = 1;
let home: Home;

const really = (ieee: string, path: string) => home.simulator.device(ieee).get(path);
const fromHost = (frame: LoggedFrame): boolean => frame.from === 'host' && frame.subsystem === 4;
const casts = (): number =>
  home.simulator.log
    .filter((frame) => fromHost(frame) && frame.command === DATA_REQUEST_EXTENDED)
    .filter(({ data }) => data[0] === GROUP_MODE).length;
const tell = async (command: DeviceCommand): Promise<string[]> => {
  const batch = LAMPS.map((id) => ({ id, command, deadline: 10_000 }));
  return (await home.hub.sendAll(batch)).map(({ status }) => status);
};
const isMember = (ieee: string): boolean =>
  [...home.simulator.device(ieee).endpoints.values()].some(({ groups }) => groups.size > 0);

home = await createHome(LAMPS.map((ieee) => ({ kind: 'ikea-color-lamp', ieee })));
await home.join(...LAMPS);
await pause(300);
await tell({ set: { 'onOff.on': false } });
await until(() => LAMPS.every(isMember));
await pause(300);
room.after(() => home.close());
room.before.each(() => home.simulator.clearLog());

room('go on by one frame, once their group exists', async () => {
  assert.equal(await tell({ set: { 'onOff.on': true, 'level.level': 0.5 } }), ['done', 'done', 'done']);
  assert.is(casts(), 1);
  for (const ieee of LAMPS) {
    assert.is(really(ieee, 'genOnOff.onOff'), true);
    assert.is(really(ieee, 'genLevelCtrl.currentLevel'), 127);
    assert.is(home.hub.value(ieee, 'level.level'), 0.5);
  }
});

room('a lamp that did not hear the cast is told alone', async () => {
  const [deaf] = LAMPS;
  for (const { groups } of home.simulator.device(deaf).endpoints.values()) groups.clear();
  assert.equal(await tell({ set: { 'onOff.on': false } }), ['done', 'done', 'done']);
  for (const ieee of LAMPS) assert.is(really(ieee, 'genOnOff.onOff'), false);
  await until(() => isMember(deaf));
});

room('a lamp without power fails alone, and the others need not wait for it', async () => {
  const [gone, ...others] = LAMPS;
  home.simulator.mute(gone);
  const statuses = await tell({ set: { 'onOff.on': true } });
  assert.equal(statuses.slice(1), ['done', 'done']);
  assert.is(statuses[0], 'offline');
  for (const ieee of others) assert.is(really(ieee, 'genOnOff.onOff'), true);
  home.simulator.unmute(gone);
});

room.run();
