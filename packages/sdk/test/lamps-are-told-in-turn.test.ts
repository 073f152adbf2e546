// What plugins for lamps share: the lane in which commands of one device go, and the ways to say a colour.

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

import { hueSaturationOf, Lane, pointOf, rgbOf, rgbOfPoint, type DeviceCommand, type PluginError } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const lanes = suite('a lane');

lanes('takes from a waiting command what a newer one sets', async () => {
  const sent: DeviceCommand[] = [];
  const gates: (() => void)[] = [];
  const lane = new Lane({
    perform: (command) => new Promise((resolve) => (sent.push(command), gates.push(resolve))),
    recover: () => Promise.reject(new Error('never asked')),
  });
  const { signal } = new AbortController();
  const done = [
    lane.submit({ set: { 'onOff.on': true } }, signal),
    lane.submit({ set: { 'level.level': 0.2, 'color.temperature': 3000 } }, signal),
    lane.submit({ set: { 'level.level': 0.8 } }, signal),
  ];
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));
  gates.shift()!();
  await done[0];
  await settle();
  assert.equal(sent[1], { set: { 'color.temperature': 3000 } });
  gates.shift()!();
  await done[1];
  await settle();
  assert.equal(sent[2], { set: { 'level.level': 0.8 } });
  gates.shift()!();
  await done[2];
});

lanes('sends a sleeping device the newest only, when it wakes', async () => {
  let awake = false;
  let wake = (): void => undefined;
  const sent: DeviceCommand[] = [];
  const asleep = Object.assign(new Error('Data request failed'), { code: 0xf0 });
  const lane = new Lane({
    perform: async (command) => {
      if (!awake) throw asleep;
      sent.push(command);
    },
    recover: (_, __, signal) =>
      new Promise((resolve, reject) => {
        wake = resolve;
        signal.addEventListener('abort', () => reject(signal.reason), { once: true });
      }),
  });
  const { signal } = new AbortController();
  const first = lane
    .submit({ set: { 'thermostat.heatingSetpoint': 18 } }, signal)
    .catch((error: PluginError) => error.code);
  await new Promise((resolve) => setImmediate(resolve));
  const second = lane.submit({ set: { 'thermostat.heatingSetpoint': 21 } }, signal);
  assert.is(await first, 'SUPERSEDED');
  await new Promise((resolve) => setImmediate(resolve));
  awake = true;
  wake();
  await second;
  assert.equal(sent, [{ set: { 'thermostat.heatingSetpoint': 21 } }]);
});
lanes('keeps nothing of a command that is done, however long its signals live', async () => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const lane = new Lane({ perform: () => Promise.resolve() });
  const { signal } = new AbortController();
  const told = async (): Promise<WeakRef<DeviceCommand>> => {
    const command: DeviceCommand = { set: { 'onOff.on': true } };
    await lane.submit(command, AbortSignal.any([signal]));
    return new WeakRef(command);
  };
  const command = await told();
  for (let turn = 0; turn < 5; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
    collect();
  }
  assert.is(command.deref(), undefined);
});
lanes.run();

const colors = suite('a point of color');

colors('has the hue and the saturation that one sees', () => {
  assert.equal(hueSaturationOf({ x: 0.64, y: 0.33 }), { hue: 0, saturation: 1 });
  assert.equal(hueSaturationOf({ x: 0.3, y: 0.6 }), { hue: 120, saturation: 1 });
  assert.equal(hueSaturationOf({ x: 0.15, y: 0.06 }), { hue: 240, saturation: 1 });
  assert.ok(hueSaturationOf({ x: 0.3127, y: 0.329 }).saturation < 0.03);
});

colors('goes there and back through what a lamp mixes', () => {
  for (const color of [
    { hue: 30, saturation: 0.5 },
    { hue: 200, saturation: 0.9 },
    { hue: 300, saturation: 1 },
  ]) {
    const back = rgbOfPoint(pointOf(color));
    rgbOf(color).forEach((channel, at) => assert.ok(Math.abs(channel - back[at]!) < 0.01, `${channel} is ${back[at]}`));
  }
});
colors.run();
