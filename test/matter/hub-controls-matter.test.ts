// The hub with its Matter plugin in a process of its own, and a real lamp on the same network: paired by its code, switched,
// shared, cut off and back, and let go again. The lamp's own state is the truth.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { writeFileSync } from 'node:fs';

import { ManualPairingCodeCodec } from '@matter/main/types';

import { eventually, type Hub } from '../home/harness.ts';
import { enterNetwork, INTERFACE, launchDevices, launchEcosystem, type Devices, type Ecosystem } from './launch.ts';
import { matterHub, pair } from './pairing.ts';

const test = suite('the hub controls Matter');
const network = enterNetwork(import.meta.filename);

const LAMP = 'color-light';
const APPLE = 0x1349;

let hub: Hub;
let devices: Devices;
let ecosystem: Ecosystem;
let lampId = '';

const lamp = () => devices.device(LAMP);
const lampIsOn = async (): Promise<unknown> => (await lamp().state())['onOff']!['onOff'];
const seen = async () => (await hub.ask('GET', `/api/devices/${lampId}`)).body;

async function open(): Promise<void> {
  [devices, ecosystem, hub] = await Promise.all([
    launchDevices([
      { kind: LAMP, id: LAMP },
      { kind: 'bridge', id: 'bridge' },
      { kind: 'plug', id: 'bystander' },
    ]),
    launchEcosystem('Apple Home', APPLE),
    matterHub(),
  ]);
}
if (network === 'here') await open();

test.after(async () => {
  await Promise.all([devices.close(), ecosystem.close(), hub.stop()]);
});

test('a mistyped code is refused at once, and names the field', async () => {
  const digits = lamp().manual;
  const mistyped = `${digits.slice(0, -1)}${(Number(digits.at(-1)) + 1) % 10}`;
  for (const code of [mistyped, 'MT:NOT-A-CODE', 'hello']) {
    const { status, body } = await hub.ask('POST', '/api/plugins/matter/pairing', { code });
    assert.is(status, 422, code);
    assert.is(body.pointer, '/code');
  }
});

test('a device without official certification is refused, keeps no fabric, and says so', async () => {
  const entry = await pair(hub, { code: lamp().qr, seconds: 40 });
  assert.is(entry.step, 'refused');
  assert.is(entry.error?.code, 'PAIRING_UNCERTIFIED');
  assert.match(entry.error?.detail ?? '', /officially certified.*know where it comes from/s);
  assert.is((await lamp().view()).commissioned, false);
});

test('a device that is not there is named as such, with what to check', async () => {
  const entry = await pair(hub, { code: '34970112332', seconds: 4, insecure: true });
  assert.is(entry.error?.code, 'PAIRING_NOT_FOUND');
  assert.match(entry.error?.detail ?? '', /power.*network.*no Thread border router.*share code that it shows\.$/s);
});

test('a code of another device is told from one that nobody has, and the device can be paired after it', async () => {
  const { discriminator, passcode } = devices.device('bystander');
  const code = ManualPairingCodeCodec.encode({ discriminator, passcode: passcode + 1 });
  const entry = await pair(hub, { code, seconds: 20, insecure: true });
  assert.is(entry.error?.code, 'PAIRING_CODE_WRONG');
  assert.match(entry.error?.detail ?? '', /code of this very device/);
  assert.is((await devices.device('bystander').view()).commissioned, false);
});

test('a lamp joins by its code and touches no bystander', async () => {
  const entry = await pair(hub, { code: lamp().qr, seconds: 30, insecure: true });
  assert.is(entry.step, 'ready', JSON.stringify(entry));
  lampId = entry.device!;
  assert.match(lampId, /^matter:\d+$/);
  const { kind, online, manufacturer } = await seen();
  assert.equal([kind, online, manufacturer], ['light', true, 'Brook Lane']);
  assert.is((await devices.device('bystander').view()).commissioned, false);
});

test('its code says later that it was used', async () => {
  const entry = await pair(hub, { code: lamp().manual, seconds: 20, insecure: true });
  assert.is(entry.error?.code, 'PAIRING_CODE_USED');
});

test('the lamp does what it is told, and tells what is done at itself', async () => {
  const command = { set: { 'onOff.on': true, 'level.level': 0.5 } };
  const { status, body } = await hub.ask('POST', `/api/devices/${lampId}/commands`, command);
  assert.equal([status, body.status], [200, 'done']);
  assert.is(await lampIsOn(), true);
  await lamp().set({ onOff: { onOff: false } });
  await eventually(seen, ({ properties }) => properties['onOff.on'].value === false, 'the hub hears of it');
});

test('it is shared with another ecosystem, which finds it by that code', async () => {
  const { status, body } = await hub.ask('POST', `/api/devices/${lampId}/share`);
  assert.is(status, 200, JSON.stringify(body));
  assert.match(body.qr, /^MT:/);
  assert.ok(Date.parse(body.until) > Date.now());
  await ecosystem.commission(body.manual);
  assert.is((await ecosystem.peers()).length, 1);
});

test('a bridge brings its children, each a device of its own', async () => {
  const entry = await pair(hub, { code: devices.device('bridge').qr, seconds: 30, insecure: true });
  assert.is(entry.step, 'ready', JSON.stringify(entry));
  const { items } = (await hub.ask('GET', '/api/devices?plugin=matter')).body as {
    items: { id: string; kind: string }[];
  };
  const { body: pairing } = await hub.ask('GET', '/api/plugins/matter/pairing');
  assert.is(pairing.open, false, 'one code, one device: nothing more is looked for');
  const children = items.filter(({ id }) => id.startsWith(`${entry.device}.`));
  assert.ok(children.length > 0);
  assert.is(items.find(({ id }) => id === entry.device)!.kind, 'bridge');
});

test('cut off it is stale, then offline; a command to it fails in time; it is back by itself', async () => {
  await devices.powerCut();
  const cutAt = Date.now();
  await eventually(seen, ({ stale }) => stale === true, 'the hub calls it stale', 20_000);
  await eventually(seen, ({ online }) => online === false, 'the hub calls it offline', 30_000 - (Date.now() - cutAt));
  const before = Date.now();
  const { status } = await hub.ask('POST', `/api/devices/${lampId}/commands`, { set: { 'onOff.on': true } });
  assert.is(status, 503);
  assert.ok(Date.now() - before < 6_000);
  assert.is((await hub.ask('POST', '/api/plugins/matter/restart')).status, 200);
  assert.is((await seen()).online, false, 'what it said long ago does not bring it back');
  await devices.powerOn();
  await eventually(seen, ({ online, stale }) => online === true && stale === false, 'it is back');
  await lamp().set({ onOff: { onOff: true } });
  await eventually(seen, ({ properties }) => properties['onOff.on'].value === true, 'it is heard again');
});

test('what was paired is there again after a restart of the plugin', async () => {
  await hub.ask('POST', '/api/plugins/matter/restart');
  await eventually(
    async () => (await hub.ask('GET', '/api/plugins/matter')).body,
    ({ status }) => status === 'running',
    'the plugin runs',
    60_000,
  );
  await lamp().set({ onOff: { onOff: true } });
  await eventually(
    seen,
    ({ properties, stale }) => !stale && properties['onOff.on'].value === true,
    'the lamp is heard',
  );
});

test('removed, it leaves the fabric and can be paired anew', async () => {
  const { status } = await hub.ask('DELETE', `/api/devices/${lampId}?force=true`);
  assert.is(status, 204);
  await eventually(
    () => lamp().view(),
    ({ fabrics }) => fabrics.length === 1,
    'the lamp has let go',
  );
});

/** Nothing on this machine may join a multicast group any more, as in some containers. */
function dropMulticast(): void {
  writeFileSync('/proc/sys/net/ipv4/igmp_max_memberships', '0');
  for (const name of ['all', INTERFACE]) writeFileSync(`/proc/sys/net/ipv6/conf/${name}/disable_ipv6`, '1');
}

test('a network without multicast is named, with what to check', async () => {
  dropMulticast();
  const entry = await pair(hub, { code: devices.device('bystander').qr, seconds: 20, insecure: true });
  assert.is(entry.error?.code, 'PAIRING_NO_MULTICAST');
  assert.match(entry.error?.detail ?? '', /IPv6.*interface.*container/s);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('the hub controls Matter: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
