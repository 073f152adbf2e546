import { testPlugin } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import listed from '../../../packages/hub/lists/quality.json' with { type: 'json' };
import plugin from '../src/index.ts';

for (const settings of [{ lamps: 2, sensors: 1 }, {}]) {
  test(`the virtual home is gold with ${JSON.stringify(settings)}`, async () => {
    const report = await testPlugin(plugin, {
      settings,
      badSettings: [{ lamps: 501 }, { devices: [{ id: 'a b', kind: 'light', name: 'x' }] }, { updatesPerSecond: -1 }],
      unreachable: async (hub) => {
        for (const device of hub.devices.keys()) await hub.request('online', { device, online: false });
      },
    });
    assert.equal(report.failures, []);
    assert.is(report.level, listed.virtual);
  });
}

test.run();
