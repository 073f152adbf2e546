// A lamp that is to go off after five minutes goes off, whatever became of the hub meanwhile (here: two seconds).

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { eventually, startHub, type Hub } from './harness.ts';

const test = suite('rule survives kill -9');

const LAMP = 'virtual:lamp';
const MOTION = 'virtual:motion';
const WAIT_MS = 2_000;

const DEVICES = [
  { id: 'lamp', kind: 'light', name: 'Hall lamp', room: 'Hall' },
  { id: 'motion', kind: 'motion', name: 'Hall sensor', room: 'Hall' },
];
const RULE = {
  id: 'hall-night-light',
  name: 'Hall night light',
  mode: 'restart',
  triggers: [{ kind: 'property', device: MOTION, property: 'occupancy.occupied', becomes: true }],
  actions: [
    { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true, 'level.level': 0.3 } },
    {
      kind: 'wait',
      until: { kind: 'property', device: MOTION, property: 'occupancy.occupied', is: false, for: `${WAIT_MS}ms` },
    },
    { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false } },
  ],
};

const lampIs = (hub: Hub, on: boolean): Promise<unknown> =>
  eventually(
    () => hub.ask('GET', `/api/devices/${LAMP}`),
    ({ body }) => body?.properties?.['onOff.on']?.value === on,
    `the lamp is ${on ? 'on' : 'off'}`,
  );

async function report(hub: Hub, occupied: boolean): Promise<void> {
  const body = { device: MOTION, values: { 'occupancy.occupied': occupied } };
  const { status } = await hub.ask('POST', '/api/plugins/virtual/report', body);
  assert.is(status, 200);
}

/** A hub with the rule armed and its lamp on, the motion gone between these two instants. */
async function untilWaiting(): Promise<{ first: Hub; earliest: number; latest: number }> {
  const hub = await startHub();
  await hub.claim();
  const enabled = await hub.ask('PUT', '/api/plugins/virtual', { enabled: true, settings: { devices: DEVICES } });
  assert.is(enabled.status, 200, JSON.stringify(enabled.body));
  await eventually(
    () => hub.ask('GET', '/api/devices'),
    ({ body }) => body.items.length === 2,
    'two devices',
  );
  assert.is((await hub.ask('POST', '/api/automations', RULE)).status, 201);
  await report(hub, false);
  await report(hub, true);
  await lampIs(hub, true);
  const earliest = Date.now();
  await report(hub, false);
  return { first: hub, earliest, latest: Date.now() };
}

async function again(hub: Hub): Promise<Hub> {
  const next = await startHub({ data: hub.data });
  next.token = hub.token;
  return next;
}

/** When the only run of the rule said that the lamp is to go off, by the hub's own clock: a busy machine does not delay that. */
async function toldToGoOff(hub: Hub): Promise<number> {
  const { body } = await hub.ask('GET', `/api/automations/${RULE.id}/runs`);
  const [run] = body.items;
  assert.equal([run.outcome, run.commands.length], ['finished', 2]);
  return Date.parse(run.commands[1].at);
}

test('the lamp goes off on time when the hub was killed and came back', async () => {
  const { first, earliest, latest } = await untilWaiting();
  await first.kill();
  const second = await again(first);
  const ready = Date.now();
  const { body: rooms } = await second.ask('GET', '/api/rooms');
  assert.equal(
    rooms.items.map(({ name }: { name: string }) => name),
    ['Hall'],
  );
  await lampIs(second, false);
  const off = await toldToGoOff(second);
  assert.ok(off >= earliest + WAIT_MS, `off after ${off - earliest} ms`);
  assert.ok(off <= Math.max(latest + WAIT_MS, ready) + 500, `off ${off - ready} ms after the start`);
  assert.is(await second.stop(), 0);
});

test('the lamp goes off at once when the time passed while the hub was down', async () => {
  const { first } = await untilWaiting();
  await first.kill();
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  const second = await again(first);
  const ready = Date.now();
  await lampIs(second, false);
  const off = await toldToGoOff(second);
  assert.ok(off <= ready + 500, `off ${off - ready} ms after the start`);
  await second.kill();
});

test('a clean stop remembers as well as a killed one', async () => {
  const { first } = await untilWaiting();
  assert.is(await first.stop(), 0);
  const second = await again(first);
  await lampIs(second, false);
  await second.stop();
});

test.run();
