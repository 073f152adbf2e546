import { DEVICE_KINDS } from '@lintel/model';
import { fakeClock, fakeHub, settle } from '@lintel/sdk/testing';
import type { FakeHub } from '@lintel/sdk/testing';
import { test } from 'uvu';
import * as assert from 'uvu/assert';

import plugin from '../src/index.ts';
import { VIRTUAL_KINDS } from '../src/kinds.ts';

const EVERY = VIRTUAL_KINDS.map((kind) => ({ id: kind, kind, name: `A ${kind}` }));

async function home(settings: unknown, startAt?: number): Promise<FakeHub> {
  const hub = fakeHub({ settings, clock: fakeClock(startAt) });
  await hub.start(plugin);
  return hub;
}

const set = async (hub: FakeHub, id: string, values: Record<string, boolean | number | string>, transition = 0) =>
  hub.send(id, { set: values, transition });

test('without settings the home is furnished with every kind, in several rooms', async () => {
  const hub = await home({});
  const devices = [...hub.devices.values()];
  assert.equal(new Set(devices.map(({ kind }) => kind)), new Set(DEVICE_KINDS));
  assert.ok(new Set(devices.map(({ room }) => room)).size >= 3);
  for (const { id } of devices) assert.is(hub.online(id) ?? true, true);
  await hub.stop();
});

test('a set target leaves nothing unknown that the device describes and can measure', async () => {
  const hub = await home({ devices: EVERY });
  for (const { id } of EVERY.filter((each) => each.kind !== 'bridge')) {
    assert.ok(Object.keys(hub.values(id)).length > 0 || id === 'bridge', `${id} shows nothing`);
  }
  await hub.stop();
});

test('nobody passes by because the home starts, at whatever time it does', async () => {
  const devices = EVERY.filter(({ kind }) => kind === 'motion' || kind === 'contact');
  for (let slot = 0; slot < 60; slot += 1) {
    const hub = await home({ devices }, Date.UTC(2026, 10, 22, 8) + slot * 7 * 60_000);
    const seen = [hub.value('motion', 'occupancy.occupied'), hub.value('contact', 'contact.open')];
    assert.equal(seen, [false, false], `slot ${slot}`);
    await hub.stop();
  }
});

test('level alone above 0 turns on, 0 turns off and keeps the level', async () => {
  const hub = await home({ lamps: 1 });
  await set(hub, 'lamp-1', { 'level.level': 0.4 });
  assert.is(hub.value('lamp-1', 'onOff.on'), true);
  await set(hub, 'lamp-1', { 'level.level': 0 });
  assert.is(hub.value('lamp-1', 'onOff.on'), false);
  assert.is(hub.value('lamp-1', 'level.level'), 0.4);
  await hub.send('lamp-1', { command: 'toggle' });
  assert.is(hub.value('lamp-1', 'onOff.on'), true);
  await hub.stop();
});

test('colour alone on a lamp that is off is kept for later, and sets the mode', async () => {
  const hub = await home({ lamps: 1 });
  await set(hub, 'lamp-1', { 'color.hue': 120, 'color.saturation': 1 });
  assert.is(hub.value('lamp-1', 'onOff.on'), false);
  assert.is(hub.value('lamp-1', 'color.mode'), 'hs');
  await set(hub, 'lamp-1', { 'onOff.on': true, 'color.temperature': 3000, 'level.level': 0.7 });
  assert.is(hub.value('lamp-1', 'color.mode'), 'temperature');
  await hub.stop();
});

test('a colour the lamp cannot show is moved to the edge of what it can, and reported so', async () => {
  const hub = await home({ lamps: 1 });
  await set(hub, 'lamp-1', { 'color.x': 0.1, 'color.y': 0.9 });
  const [x, y] = [hub.value('lamp-1', 'color.x') as number, hub.value('lamp-1', 'color.y') as number];
  assert.ok(Math.hypot(x - 0.17, y - 0.7) < 0.02, `${x} ${y}`);
  assert.is(hub.value('lamp-1', 'color.mode'), 'xy');
  await hub.stop();
});

test('a transition is confirmed when under way, passes through the middle and ends exactly', async () => {
  const hub = await home({ lamps: 1 });
  assert.is((await set(hub, 'lamp-1', { 'onOff.on': true, 'level.level': 1 }, 4_000)).status, 'done');
  await hub.clock.advance(2_000);
  const half = hub.value('lamp-1', 'level.level') as number;
  assert.ok(half > 0.4 && half < 0.6, String(half));
  await hub.clock.advance(1_999);
  assert.is.not(hub.value('lamp-1', 'level.level'), 1);
  await hub.clock.advance(1);
  assert.is(hub.value('lamp-1', 'level.level'), 1);
  await set(hub, 'lamp-1', { 'onOff.on': false }, 2_000);
  await hub.clock.advance(1_000);
  assert.is(hub.value('lamp-1', 'onOff.on'), true);
  await hub.clock.advance(1_000);
  assert.is(hub.value('lamp-1', 'onOff.on'), false);
  assert.is(hub.value('lamp-1', 'level.level'), 1);
  await hub.stop();
});

test('a newer target overtakes a transition', async () => {
  const hub = await home({ lamps: 1 });
  await set(hub, 'lamp-1', { 'level.level': 1 }, 60_000);
  await hub.clock.advance(10_000);
  await set(hub, 'lamp-1', { 'level.level': 0.3 });
  await hub.clock.advance(120_000);
  assert.is(hub.value('lamp-1', 'level.level'), 0.3);
  await hub.stop();
});

test('a blind travels, can be stopped on its way, and says where it is', async () => {
  const hub = await home({ devices: [{ id: 'blind', kind: 'cover', name: 'Blind' }] });
  await hub.send('blind', { command: 'open' });
  assert.is(hub.value('blind', 'cover.moving'), 'opening');
  await hub.clock.advance(6_000);
  await hub.send('blind', { command: 'stop' });
  assert.is(hub.value('blind', 'cover.moving'), 'stopped');
  assert.is(hub.value('blind', 'cover.state'), 'between');
  await set(hub, 'blind', { 'cover.position': 1 });
  await hub.clock.advance(12_000);
  assert.is(hub.value('blind', 'cover.position'), 1);
  assert.is(hub.value('blind', 'cover.state'), 'open');
  await hub.stop();
});

test('a lock confirms after its bolt has turned, and says by whom', async () => {
  const hub = await home({ devices: [{ id: 'door', kind: 'lock', name: 'Door' }] });
  const outcome = hub.send('door', { command: 'unlock' });
  await settle();
  assert.is(hub.value('door', 'lock.state'), 'locked');
  await hub.clock.advance(400);
  assert.is((await outcome).status, 'done');
  assert.is(hub.value('door', 'lock.state'), 'unlocked');
  assert.equal(
    hub.events.map(({ event, data }) => [event, data]),
    [['lock.operated', { by: 'remote' }]],
  );
  await hub.stop();
});

test('machines answer their commands', async () => {
  const hub = await home({ devices: EVERY });
  const expectations: [string, Parameters<FakeHub['send']>[1], string, unknown][] = [
    ['thermostat', { set: { 'thermostat.heatingSetpoint': 28 } }, 'thermostat.running', 'heating'],
    ['fan', { set: { 'fan.speed': 0.7 } }, 'onOff.on', true],
    ['valve', { set: { 'valve.open': true } }, 'valve.flow', 8.5],
    ['siren', { set: { 'siren.on': true } }, 'siren.on', true],
    ['media', { command: 'play' }, 'media.playback', 'playing'],
    ['vacuum', { command: 'start' }, 'vacuum.state', 'cleaning'],
    ['appliance', { command: 'appliance.start' }, 'appliance.state', 'running'],
    ['alarm', { command: 'arm', args: { mode: 'home' } }, 'alarm.state', 'armedHome'],
    ['evse', { set: { 'evse.limit': 10 } }, 'evse.limit', 10],
  ];
  for (const [id, command, property, value] of expectations) {
    assert.equal(await hub.send(id, command), { status: 'done' }, id);
    assert.is(hub.value(id, property), value, `${id} ${property}`);
  }
  await hub.clock.advance(3_600_000);
  assert.is(hub.value('siren', 'siren.on'), false);
  assert.is(hub.value('vacuum', 'vacuum.state'), 'docked');
  assert.is(hub.value('appliance', 'appliance.state'), 'finished');
  assert.is((await hub.send('button', { command: 'toggle' })).error?.code, 'UNSUPPORTED');
  await hub.stop();
});

test('a device reports what it is made to, and a value it cannot have has a pointer', async () => {
  const hub = await home({ sensors: 1 });
  await hub.request('report', { device: 'virtual:sensor-1', values: { 'occupancy.occupied': true } });
  assert.is(hub.value('sensor-1', 'occupancy.occupied'), true);
  const fault = async (body: unknown) =>
    hub.request('report', body).then(
      () => null,
      (error) => error,
    );
  assert.is(
    (await fault({ device: 'virtual:sensor-1', values: { 'humidity.humidity': 101 } })).pointer,
    '/values/humidity.humidity',
  );
  assert.is((await fault({ device: 'virtual:sensor-9', values: {} })).code, 'NOT_FOUND');
  assert.is((await fault({ device: 'virtual:sensor-1' })).code, 'BAD_VALUE');
  assert.is((await fault(null)).pointer, '/device');
  await hub.stop();
});

test('pairing finds one new lamp, which is there after a restart', async () => {
  const hub = await home({ lamps: 0 });
  const pairing = hub.pair();
  await hub.clock.advance(2_000);
  await pairing.done;
  assert.equal(
    pairing.steps.map(({ step }) => step),
    ['found', 'joined', 'interviewing', 'recognised', 'ready'],
  );
  const id = pairing.steps.at(-1)!.device!;
  await set(hub, id, { 'onOff.on': true });
  await hub.clock.advance(1_000);
  await hub.restart();
  assert.ok(hub.devices.has(id));
  assert.is(hub.value(id, 'onOff.on'), true);
  await hub.remove(id);
  await hub.restart();
  assert.not.ok(hub.devices.has(id));
  await hub.stop();
});

test('sensors report at the rate that is set, all together', async () => {
  const hub = await home({ sensors: 3, lamps: 2, updatesPerSecond: 100 });
  const before = hub.reports.length;
  await hub.clock.advance(10_000);
  const count = hub.reports.length - before;
  assert.ok(count >= 990 && count <= 1_010, String(count));
  await hub.stop();
  assert.is(hub.reports.length - before, count);
});

test('the same hour is the same every time, and a quiet home stays quiet', async () => {
  const run = async (): Promise<unknown> => {
    const hub = await home({}, Date.UTC(2027, 5, 1, 8));
    await hub.clock.advance(120_000);
    await hub.stop();
    return hub.reports;
  };
  assert.equal(await run(), await run());
  const quiet = await home({ lamps: 2, sensors: 2 });
  const before = quiet.reports.length;
  await quiet.clock.advance(600_000);
  assert.is(quiet.reports.length, before);
  await quiet.stop();
});

test('any name is taken, and two devices of one id are refused with a pointer', async () => {
  const name = `"><script>alert(1)</script> ‮${'x'.repeat(5_000)}`;
  const hub = await home({
    devices: [
      { id: 'a', kind: 'light', name },
      { id: 'b', kind: 'light', name: '' },
    ],
  });
  assert.ok(hub.devices.get('a')!.name.startsWith('"><script>'));
  await hub.stop();
  const twins = {
    devices: [
      { id: 'a', kind: 'light', name: '1' },
      { id: 'a', kind: 'plug', name: '2' },
    ],
  };
  assert.is(await home(twins).catch((error) => error.pointer), '/devices');
});

test.run();
