// The main job over a real Zigbee stack: pair a lamp and a motion sensor, let the one follow the other after sunset, and keep
// that promise through a killed hub and a lost coordinator. The lamp's own state is the truth.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createSimulator } from '../zigbee-simulator/simulator.ts';
import { eventually, startHub, type Hub } from './harness.ts';
import { whereItIsNight } from './night.ts';

const test = suite('zigbee lamp follows motion');

const WAIT_MS = 2_500;
const LAMP_MODEL = 'ikea-color-lamp';
const SENSOR_MODEL = 'philips-motion';

const simulator = await createSimulator({ devices: [LAMP_MODEL, SENSOR_MODEL] });
let hub = await startHub();
await hub.claim({ home: whereItIsNight(Date.now()) });

const idOf = (model: string): string => `zigbee:${simulator.device(model).ieee}`;
const lampReally = (): { on: boolean; level: number } => {
  const lamp = simulator.device(LAMP_MODEL);
  return { on: Number(lamp.get('genOnOff.onOff')) === 1, level: Number(lamp.get('genLevelCtrl.currentLevel')) };
};

const until = (fits: () => boolean, what: string, limitMs = 30_000): Promise<boolean> =>
  eventually(() => Promise.resolve(fits()), Boolean, what, limitMs);

const sees = (occupied: boolean): void =>
  simulator.report(SENSOR_MODEL, { 'msOccupancySensing.occupancy': occupied ? 1 : 0 });

/** What was reported before this is journaled, and outlives whatever comes next. */
const hubSees = (occupied: boolean): Promise<unknown> =>
  eventually(
    () => hub.ask('GET', `/api/devices/${idOf(SENSOR_MODEL)}`),
    ({ body }) => body.properties['occupancy.occupied'].value === occupied,
    `the hub knows that the hall is ${occupied ? 'taken' : 'empty'}`,
  );

const AF = 4;
/** How often the hub asked its coordinator to send something over the air. */
const sendings = (): number =>
  simulator.log.filter(({ from, subsystem }) => from === 'host' && subsystem === AF).length;

const rule = () => ({
  id: 'hall-night-light',
  name: 'Hall night light',
  mode: 'restart',
  triggers: [{ kind: 'property', device: idOf(SENSOR_MODEL), property: 'occupancy.occupied', becomes: true }],
  conditions: [{ kind: 'sun', after: 'sunset', before: 'sunrise' }],
  actions: [
    { kind: 'set', target: { device: idOf(LAMP_MODEL) }, values: { 'onOff.on': true, 'level.level': 0.3 } },
    {
      kind: 'wait',
      until: {
        kind: 'property',
        device: idOf(SENSOR_MODEL),
        property: 'occupancy.occupied',
        is: false,
        for: `${WAIT_MS}ms`,
      },
    },
    { kind: 'set', target: { device: idOf(LAMP_MODEL) }, values: { 'onOff.on': false } },
  ],
});

async function ready(which: Hub): Promise<void> {
  await eventually(
    () => which.ask('GET', '/api/plugins/zigbee'),
    ({ body }) => body.status === 'running',
    'the Zigbee plugin runs',
  );
}

test.after(async () => {
  await hub.kill();
  await simulator.close();
});

test('a wrong port is refused at its field, with what to do', async () => {
  const answer = await hub.ask('PUT', '/api/plugins/zigbee', {
    enabled: true,
    settings: { port: 'tcp://127.0.0.1:9', adapter: 'zstack' },
  });
  assert.is(answer.status, 422, JSON.stringify(answer.body));
  assert.is(answer.body.pointer, '/settings/port');
});

test('the plugin starts on its coordinator', async () => {
  const answer = await hub.ask('PUT', '/api/plugins/zigbee', {
    enabled: true,
    settings: { port: simulator.url, adapter: 'zstack' },
  });
  assert.is(answer.status, 200, JSON.stringify(answer.body));
  assert.is(answer.body.status, 'running');
});

test('devices pair and carry the names on their boxes', async () => {
  const live = await hub.live();
  const pairing = await hub.ask('POST', '/api/plugins/zigbee/pairing', { seconds: 60 });
  assert.is(pairing.status, 201, JSON.stringify(pairing.body));
  await until(() => simulator.permitsJoining, 'joining is permitted');
  for (const model of [LAMP_MODEL, SENSOR_MODEL]) {
    assert.ok(simulator.join(model));
    const id = idOf(model);
    await live.until(
      (frame) =>
        frame.topic === 'pairing' &&
        frame.pairing.devices.some(
          (each: { device?: string; step: string }) => each.device === id && each.step === 'ready',
        ),
      `${model} is ready`,
      60_000,
    );
  }
  const { body } = await hub.ask('GET', `/api/devices/${idOf(LAMP_MODEL)}`);
  assert.is(body.manufacturer, 'IKEA');
  assert.is(body.kind, 'light');
  assert.is((await hub.ask('DELETE', '/api/plugins/zigbee/pairing')).status, 204);
  live.close();
});

test('a lamp is switched and dimmed, and its own state confirms it', async () => {
  const path = `/api/devices/${idOf(LAMP_MODEL)}/commands`;
  assert.equal((await hub.ask('POST', path, { set: { 'level.level': 0.5 } })).body.status, 'done');
  assert.is(lampReally().on, true);
  assert.ok(Math.abs(lampReally().level - 127) <= 1);
  assert.equal((await hub.ask('POST', path, { set: { 'onOff.on': false } })).body.status, 'done');
  assert.is(lampReally().on, false);
});

test('motion after sunset turns the lamp on at 30 %, and off when the hall was empty', async () => {
  const made = await hub.ask('POST', '/api/automations', rule());
  assert.is(made.status, 201, JSON.stringify(made.body));
  sees(false);
  sees(true);
  await until(() => lampReally().on, 'the lamp is on');
  await until(() => Math.abs(lampReally().level - 76) <= 1, 'at 30 %');
  sees(false);
  const from = Date.now();
  await until(() => !lampReally().on, 'the lamp is off');
  assert.ok(Date.now() - from >= WAIT_MS - 50);
});

test('the lamp goes off on time though the hub was killed', async () => {
  sees(true);
  await until(() => lampReally().on, 'the lamp is on');
  sees(false);
  await hubSees(false);
  await hub.kill();
  const { data, token } = hub;
  hub = await startHub({ data });
  hub.token = token;
  await ready(hub);
  await until(() => !lampReally().on, 'the lamp is off');
  const { body } = await hub.ask('GET', '/api/devices');
  assert.is(body.items.length, 2);
});

test('a command that no lamp had confirmed when the hub was killed is carried out after the start', async () => {
  simulator.mute(LAMP_MODEL, 'noAck');
  const before = sendings();
  sees(true);
  await hubSees(true);
  await until(() => sendings() > before, 'the lamp is told');
  await hub.kill();
  simulator.unmute(LAMP_MODEL);
  assert.is(lampReally().on, false);
  const { data, token } = hub;
  hub = await startHub({ data });
  hub.token = token;
  await until(() => lampReally().on, 'the lamp is on');
  sees(false);
  await until(() => !lampReally().on, 'the lamp is off');
});

test('the lamp goes off though the coordinator was away when it should have', async () => {
  sees(true);
  await until(() => lampReally().on, 'the lamp is on');
  sees(false);
  await hubSees(false);
  await simulator.drop();
  await eventually(
    () => hub.ask('GET', '/api/plugins/zigbee'),
    ({ body }) => body.status === 'reconnecting',
    'reconnecting is shown',
  );
  await new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  assert.is(lampReally().on, true);
  await simulator.restore();
  await until(() => !lampReally().on, 'the lamp is off');
});

test.run();
