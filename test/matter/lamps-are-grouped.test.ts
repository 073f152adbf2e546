// Lamps on the Matter bridge in groups and scenes of an ecosystem's: one message to all of them, to which none answers, comes to
// one command for each lamp that is in the group.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually, type Hub } from '../home/harness.ts';
import { again, bridgedHome, bridgeOf } from './bridge.ts';
import { enterNetwork, launchEcosystem, PAIR, type Ecosystem } from './launch.ts';

const test = suite('lamps are grouped');
const network = enterNetwork(import.meta.filename, PAIR);

const LIMIT_MS = 60_000;
const GROUP = 7;
const LAMPS = ['virtual:lamp-1', 'virtual:lamp-2', 'virtual:lamp-3'] as const;
const NOW = { transitionTime: 0, optionsMask: {}, optionsOverride: {} };

let hub: Hub;
let apple: Ecosystem;
let peer: string;
let numbers: number[];

const valuesOf = (property: string): Promise<unknown[]> =>
  Promise.all(LAMPS.map(async (id) => (await hub.ask('GET', `/api/devices/${id}`)).body.properties[property]?.value));
/** A message to a group is answered by no one: what the hub knows of it is told where it did not arrive. */
async function traces(): Promise<string> {
  const paths = [
    `/api/activity?device=${LAMPS[0]}&limit=5`,
    '/api/plugins/matter/log?limit=20',
    '/api/plugins/matter/bridge',
  ];
  const answers = await Promise.all(paths.map(async (path) => (await hub.ask('GET', path)).body));
  return JSON.stringify(answers);
}
const atHome = (property: string, wanted: readonly unknown[]): Promise<unknown> =>
  eventually(
    () => valuesOf(property),
    (values) => JSON.stringify(values) === JSON.stringify(wanted),
    `${property} comes to be ${JSON.stringify(wanted)}`,
    LIMIT_MS,
  ).catch(async (error: Error) => {
    throw new Error(`${error.message}\n${await traces()}`);
  });
const told = (lamp: number, cluster: string, command: string, args?: object): Promise<unknown> =>
  apple.command(peer, numbers[lamp]!, cluster, command, args);

if (network === 'here') {
  [hub, apple] = await Promise.all([
    bridgedHome({ lamps: LAMPS.length, devices: [] }, { include: { all: true } }),
    launchEcosystem('Apple Home', 0x1349),
  ]);
  const shown = async () => (await bridgeOf(hub)).endpoints.length;
  await eventually(shown, (count) => count === LAMPS.length, 'every lamp is on the bridge', LIMIT_MS);
  peer = await apple.commission((await bridgeOf(hub)).qr);
  const { endpoints } = await bridgeOf(hub);
  numbers = LAMPS.map((id) => endpoints.find(({ device }) => device === id)!.number);
}
test.after(async () => {
  await Promise.all([hub.kill(), apple.close()]);
});

test('a lamp joins a group and says so', async () => {
  await apple.group(peer, GROUP);
  for (const lamp of [0, 1]) {
    const added = await told(lamp, 'groups', 'addGroup', { groupId: GROUP, groupName: 'Dinner' });
    assert.equal(added, { status: 0, groupId: GROUP });
  }
  assert.equal(await told(0, 'groups', 'viewGroup', { groupId: GROUP }), {
    status: 0,
    groupId: GROUP,
    groupName: 'Dinner',
  });
  assert.is(((await told(2, 'groups', 'viewGroup', { groupId: GROUP })) as { status: number }).status, 0x8b);
});

test('one message reaches the lamps of the group and no other', async () => {
  await apple.groupcast(GROUP, 'onOff', 'on');
  await atHome('onOff.on', [true, true, false]);
  await apple.groupcast(GROUP, 'levelControl', 'moveToLevelWithOnOff', { level: 127, ...NOW });
  await atHome('level.level', [0.5, 0.5, 0.8]);
  const { properties } = (await hub.ask('GET', `/api/devices/${LAMPS[0]}`)).body;
  assert.equal(properties['level.level'].origin, { kind: 'matter', name: 'Apple Home' });
});

test('a scene that the lamps have stored is recalled by one message', async () => {
  for (const lamp of [0, 1]) {
    const stored = await told(lamp, 'scenesManagement', 'storeScene', { groupId: GROUP, sceneId: 3 });
    assert.is((stored as { status: number }).status, 0);
  }
  const set = { 'onOff.on': true, 'level.level': 0.9 };
  for (const id of LAMPS) await hub.ask('POST', `/api/devices/${id}/commands`, { set });
  await atHome('level.level', [0.9, 0.9, 0.9]);
  await apple.groupcast(GROUP, 'scenesManagement', 'recallScene', { groupId: GROUP, sceneId: 3, transitionTime: null });
  await atHome('level.level', [0.5, 0.5, 0.9]);
});

test('a lamp leaves the group, and who is in it outlives a power cut', async () => {
  assert.equal(await told(1, 'groups', 'removeGroup', { groupId: GROUP }), { status: 0, groupId: GROUP });
  await apple.groupcast(GROUP, 'onOff', 'off');
  await atHome('onOff.on', [false, true, true]);
  await hub.kill();
  hub = await again(hub);
  await apple.groupcast(GROUP, 'onOff', 'on');
  await atHome('onOff.on', [true, true, true]);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite(
    'lamps are grouped: left out, this machine allows no network namespace (unshare) with a wire in it',
  );
  left.skip('every test of it', () => {});
  left.run();
}
