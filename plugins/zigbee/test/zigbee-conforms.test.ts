// The suite that every plugin runs, on a network with a lamp and a sensor in it. Herdsman and the simulator live on the
// host's time.

import { testPlugin } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import listed from '../../../packages/hub/lists/quality.json' with { type: 'json' };
import plugin from '../src/index.ts';
import { createHome, makeFolder } from './home.ts';

const [LAMP, SENSOR] = ['ikea-color-lamp', 'aqara-contact'];

test(`Zigbee is ${listed.zigbee}`, async () => {
  const folder = makeFolder();
  const { simulator, hub, join, close } = await createHome([LAMP, SENSOR], { folder });
  await join(LAMP, SENSOR);
  await hub.stop();
  const settings = { port: simulator.url, adapter: 'zstack' };
  const found: string[][] = [];

  const report = await testPlugin(plugin as never, {
    settings,
    badSettings: ['tcp://localhost', 'tcp://localhost:0', 'ttyUSB0', ''].map((port) => ({ ...settings, port })),
    pace: 500,
    kept: { folder, store: Object.fromEntries(hub.store), secrets: Object.fromEntries(hub.secrets) },
    before: () => [LAMP, SENSOR].forEach((each) => simulator.unmute(each)),
    unreachable: ({ devices }) => {
      found.push([...devices.keys()].toSorted());
      for (const each of [LAMP, SENSOR]) simulator.mute(each);
    },
  });
  await close();

  assert.equal(found, [[LAMP, SENSOR].map((each) => simulator.device(each).ieee).toSorted()]);
  assert.equal(report.failures, []);
  assert.is(report.level, listed.zigbee);
});

test.run();
