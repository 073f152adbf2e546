// The suite that every plugin runs, with a strip of two segments and a lamp of whites. They live on the host's time.

import { testPlugin } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import listed from '../../../packages/hub/lists/quality.json' with { type: 'json' };
import { plugIn } from '../../../test/wled-simulator/lamp.ts';
import plugin from '../src/index.ts';
import { idOf, settingsFor } from './home.ts';

test(`lighting is ${listed.lighting}`, async () => {
  const lamps = [
    await plugIn({ segments: [1, 3] }),
    await plugIn({ segments: [6], mac: 'f0f0f0f0f0f0', name: 'Desk' }),
  ];
  const settings = settingsFor(...lamps);
  const [device] = settings.devices;
  const found: string[][] = [];
  const report = await testPlugin(plugin as never, {
    settings: { ...settings, discover: true },
    badSettings: [
      { driver: 'hue' },
      { host: '' },
      { host: 'http://127.0.0.1/' },
      { host: 'a lamp' },
      { port: 0 },
      { port: 65_536 },
      { port: 9 },
    ].map((wrong) => ({ ...settings, devices: [{ ...device, ...wrong }] })),
    pace: 500,
    before: () => Promise.all(lamps.map((each) => each.power())).then(() => undefined),
    unreachable: async ({ devices }) => {
      found.push([...devices.keys()].toSorted());
      await Promise.all(lamps.map((each) => each.cut()));
    },
  });
  await Promise.all(lamps.map((each) => each.cut()));

  assert.equal(found, [lamps.map(idOf).toSorted()]);
  assert.equal(report.failures, []);
  assert.is(report.level, listed.lighting);
});

test.run();
