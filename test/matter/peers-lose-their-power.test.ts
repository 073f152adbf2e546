// The peers' control over HTTP: a hand at the device, its plug pulled, off the air for a while, and back with what it kept.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { once } from 'node:events';

import { enterNetwork, launchDevice, type Devices, type TestDevice } from './launch.ts';

const test = suite('peers lose their power');
const network = enterNetwork(import.meta.filename);

const FROZEN_S = 1;

let plug: TestDevice;
let devices: Devices;
if (network === 'here') ({ device: plug, devices } = await launchDevice({ kind: 'plug' }));

test.after(() => devices.close());

const isOn = async (): Promise<unknown> => (await plug.state())['onOff']!['onOff'];

test('a hand at the device sets it', async () => {
  await plug.set({ onOff: { onOff: true } });
  assert.is(await isOn(), true);
});

test('frozen it says nothing, and returns by itself', async () => {
  await devices.peer().ask('POST', '/freeze', { seconds: FROZEN_S });
  await new Promise((resolve) => setTimeout(resolve, FROZEN_S * 500));
  const from = Date.now();
  assert.is(await isOn(), true);
  assert.ok(Date.now() - from > FROZEN_S * 300, `it answered after ${Date.now() - from} ms`);
});

test('without power it is gone, and has what it kept when it is back', async () => {
  const gone = once(devices.peer().process, 'exit');
  await devices.peer().ask('POST', '/cut');
  const [, signal] = await gone;
  assert.is(signal, 'SIGKILL');
  await devices.powerOn();
  assert.is(await isOn(), true);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('peers lose their power: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
