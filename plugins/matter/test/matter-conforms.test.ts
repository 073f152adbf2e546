// The suite that every plugin runs, with a lamp in a process of its own on the network. Matter lives on the host's time.

import { fakeHub, testPlugin, type FakeHub, type FakeHubOptions } from '@lintel/sdk/testing';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import listed from '../../../packages/hub/lists/quality.json' with { type: 'json' };
import { enterNetwork, INTERFACE, launchDevice } from '../../../test/matter/launch.ts';
import plugin from '../src/index.ts';

const test = suite('Matter conforms');
const network = enterNetwork(import.meta.filename);
const NOBODYS_CODE = '34970112332';
const settings = { interface: INTERFACE };

async function startHub(): Promise<FakeHub> {
  const hub = fakeHub({ settings });
  await hub.start(plugin);
  return hub;
}

/** What the plugin keeps of a home with this device. */
async function pairIn(hub: FakeHub, code: string): Promise<Pick<FakeHubOptions, 'store' | 'secrets'>> {
  const pairing = hub.pair({ code, insecure: true });
  await pairing.done;
  await hub.stop();
  assert.is(pairing.steps.at(-1)?.step, 'ready', JSON.stringify(pairing.steps));
  return { store: Object.fromEntries(hub.store), secrets: Object.fromEntries(hub.secrets) };
}

test(`and is ${listed.matter}`, async () => {
  const [hub, { device, devices }] = await Promise.all([startHub(), launchDevice({ kind: 'color-light' })]);
  const found: number[] = [];
  const kept = await pairIn(hub, device.qr);
  const report = await testPlugin(plugin, {
    settings,
    badSettings: [{ interface: 'no-such-0' }, { interface: 'a b' }],
    pairing: { code: NOBODYS_CODE },
    pace: 500,
    kept,
    before: () => devices.thaw(),
    unreachable: ({ devices: { size } }) => {
      found.push(size);
      devices.freeze();
    },
  }).finally(() => devices.close());

  assert.equal(found, [1]);
  assert.equal(report.failures, []);
  assert.is(report.level, listed.matter);
});

if (network === 'here') test.run();
else if (network === 'none') {
  const left = suite('Matter conforms: left out, this machine allows no network namespace (unshare)');
  left.skip('every test of it', () => {});
  left.run();
}
