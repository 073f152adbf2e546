// The peers themselves: every class of device comes up, is commissioned by an independent controller, and the two agree.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { eventually } from '../home/harness.ts';
import { KINDS } from './kinds/index.ts';
import { enterNetwork, launchDevices, launchEcosystem, type Devices, type Ecosystem } from './launch.ts';

const test = suite('peers speak Matter');
const network = enterNetwork(import.meta.filename);
const APPLE = 0x1349;

let devices: Devices;
let ecosystem: Ecosystem;

if (network === 'here') {
  [devices, ecosystem] = await Promise.all([
    launchDevices(Object.keys(KINDS).map((kind) => ({ kind, id: kind }))),
    launchEcosystem('Apple Home', APPLE),
  ]);
}
test.after(async () => {
  await Promise.all([devices.close(), ecosystem.close()]);
});

test('every class of device comes up with codes of its own', () => {
  const codes = devices.all.map(({ qr }) => qr);
  assert.is(new Set(codes).size, Object.keys(KINDS).length);
  for (const { qr, manual } of devices.all) {
    assert.match(qr, /^MT:[0-9A-Z.-]{19,}$/);
    assert.match(manual, /^\d{11}$/);
  }
});

test('a lamp is commissioned among all the others, switched, and tells of a hand at its own switch', async () => {
  const lamp = devices.device('color-light');
  const peer = await ecosystem.commission(lamp.qr);
  const seen = await ecosystem.view(peer);
  assert.equal(seen.endpoints[1]!.deviceTypes, [0x10d]);
  const heard = (on: boolean): Promise<boolean> =>
    eventually(
      () => ecosystem.changes(),
      (all) => all.some(({ values }) => values['onOff'] === on),
      `the ecosystem heard that it is ${on ? 'on' : 'off'}`,
      30_000,
    ).then(() => true);
  await ecosystem.command(peer, 1, 'onOff', 'on');
  assert.is((await lamp.state())['onOff']!['onOff'], true);
  await heard(true);
  await lamp.set({ onOff: { onOff: false } });
  await heard(false);
  assert.equal(
    (await lamp.view()).fabrics.map(({ label, vendor }) => ({ label, vendor })),
    [{ label: 'Apple Home', vendor: APPLE }],
  );
});

test('no bystander was touched', async () => {
  const others = devices.all.filter(({ id }) => id !== 'color-light');
  for (const other of others) assert.is((await other.view()).commissioned, false, other.id);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('peers speak Matter: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
