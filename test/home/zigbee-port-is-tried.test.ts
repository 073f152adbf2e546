// "Test connection" looks who answers at the port, in the plugin's own process: no network is formed that no one asked for.

import { join } from 'node:path';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { Bench } from '../../packages/hub/test/plugins/harness.ts';
import { createSimulator } from '../zigbee-simulator/simulator.ts';

const ZIGBEE = join(import.meta.dirname, '../../plugins/zigbee');

test('a try forms no network, whether the plugin runs or not', async () => {
  const bench = new Bench([ZIGBEE]);
  const [ours, other] = [await createSimulator(), await createSimulator()];
  try {
    await bench.host.test('zigbee', { port: ours.url });
    assert.is(ours.network, null);
    const info = await bench.host.start('zigbee', { port: ours.url });
    assert.is(info.status, 'running', bench.log.map(({ text }) => text).join('\n'));
    await bench.host.test('zigbee', { port: other.url });
    await bench.host.test('zigbee', { port: ours.url });
    assert.is(other.network, null);
    await other.close();
    const refused = await bench.host.test('zigbee', { port: other.url }).catch((error) => error);
    assert.equal([refused.code, refused.pointer], ['BAD_SETTINGS', '/settings/port']);
  } finally {
    await bench.close();
    await ours.close();
  }
});

test.run();
