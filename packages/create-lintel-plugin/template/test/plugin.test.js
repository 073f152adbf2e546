import assert from 'node:assert/strict';
import { test } from 'node:test';

import { fakeHub, testPlugin } from '@lintel/sdk/testing';

import plugin from '../src/index.js';

const property = '__PROPERTY__';

test('a command reaches the device, and what it says comes back', async () => {
  const hub = fakeHub();
  await hub.start(plugin);
  const outcome = await hub.send('device-1', { set: { [property]: __VALUE__ } });
  assert.equal(outcome.status, 'done');
  assert.equal(hub.value('device-1', property), __VALUE__);
  await hub.stop();
});

test('it does what every plugin must', async () => {
  const report = await testPlugin(plugin, {
    badSettings: [{ devices: 0 }, { devices: 21 }],
    unreachable: async (hub) => void (await hub.request('unplug', true)),
  });
  assert.deepEqual(report.failures, []);
  assert.equal(report.level, 'silver');
});
