// What happens to a lamp without Lintel: its own app, a full house of sockets, the switch at the wall, garbage.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { FakeHub } from '@lintel/sdk/testing';

import plugin from '../src/index.ts';
import { homeWith, passUntil, settingsFor, sleep, until, type Home } from './home.ts';
import type { LampOptions } from '../../../test/wled-simulator/lamp.ts';

const test = suite('a WLED lamp is followed');

let home: Home | null = null;
async function open(options: LampOptions = {}): Promise<Home> {
  await home?.close();
  home = await homeWith(options);
  await until(() => home!.lamp.sockets === (options.socketsMax ?? 1));
  return home;
}
test.after(() => home?.close());

const asked = ({ lamp }: Home): number => lamp.heard.filter(({ method }) => method === 'GET').length;

test('what changes in its own app shows at once, and nothing is told twice', async () => {
  const { lamp, hub, value } = await open();
  const before = hub.reports.length;
  lamp.touch({ on: false, bri: 51, seg: [{ col: [[0, 0, 255]] }] });
  await until(() => value('onOff.on') === false);
  assert.equal([value('level.level'), value('color.hue'), value('color.mode')], [0.2, 240, 'hs']);
  lamp.touch({});
  await sleep(30);
  assert.is(hub.reports.length, before + 1);
});

test('while its socket is open it is asked seldom', async () => {
  const { hub } = await open();
  const before = asked(home!);
  const reports = hub.reports.length;
  await passUntil(hub, () => asked(home!) >= before + 6, 61_000);
  assert.ok(asked(home!) <= before + 6);
  assert.is(hub.reports.length, reports);
  assert.is(home!.lamp.sockets, 1);
});

test('another name and new firmware are shown', async () => {
  const { lamp, hub, id } = await open();
  Object.assign(lamp, { name: '<img src=x onerror=alert(1)>', version: '0.16.0' });
  lamp.touch({});
  await until(() => hub.devices.get(id)!.firmware === '0.16.0');
  assert.is(hub.devices.get(id)!.name, '<img src=x onerror=alert(1)>');
});

test('LEDs that are set up as others are what they are now', async () => {
  const { lamp, hub, id, value } = await open();
  assert.equal(await hub.send(id, { set: { 'color.temperature': 3000 } }), { status: 'done' });
  const info = { mac: lamp.mac, name: lamp.name, leds: { seglc: [6], lc: 6 } };
  lamp.push(JSON.stringify({ state: lamp.state.toJson(), info }));
  await until(() => value('color.temperature') !== 3000);
  const { capabilities } = hub.devices.get(id)!.endpoints[0]!;
  assert.equal(
    capabilities.map(({ name }) => name),
    ['onOff', 'level', 'color', 'effect'],
  );
  assert.equal(hub.refused, []);
});

test('without a socket to spare it is asked, and a socket is tried again, more and more seldom', async () => {
  const { lamp, hub, value } = await open({ socketsMax: 0 });
  lamp.touch({ bri: 255 });
  await passUntil(hub, () => value('level.level') === 1, 6_000);
  const opened = lamp.opened;
  await passUntil(hub, () => lamp.opened > opened, 40_000);
  await passUntil(hub, () => lamp.opened > opened + 1, 70_000);
  assert.equal((await hub.send(home!.id, { set: { 'onOff.on': false } })).status, 'done');
});

test('a switch at the wall is noticed, waited out, and what it is then is shown', async () => {
  const { lamp, hub, id, value } = await open();
  await lamp.cut();
  await until(() => hub.online(id) === false);
  const { status, error } = await hub.send(id, { set: { 'onOff.on': false } });
  assert.equal([status, error?.code], ['offline', 'DEVICE_OFFLINE']);
  assert.match(error!.detail, /nothing listens there.*power/);
  lamp.state.take({ bri: 25 }, 0);
  await lamp.power();
  const back = await passUntil(hub, () => hub.online(id) === true, 20_000);
  assert.ok(back <= 16_000, `${back} ms`);
  assert.is(value('level.level'), 0.098);
  await until(() => lamp.sockets === 1);
});

test('a lamp that falls silent is stale, then offline, and back by itself', async () => {
  const { lamp, hub, id } = await open();
  lamp.manner = 'silent';
  const stale = await passUntil(hub, () => hub.stale(id), 20_000);
  const offline = await passUntil(hub, () => hub.online(id) === false, 20_000);
  assert.ok(stale <= 15_000 && stale + offline <= 20_000, `${stale} ms, ${offline} ms`);
  lamp.manner = 'well';
  await passUntil(hub, () => hub.online(id) === true, 30_000);
});

test('a command finds a lamp that came back a moment ago', async () => {
  const { lamp, hub, id } = await open();
  await lamp.cut();
  await until(() => hub.online(id) === false);
  await lamp.power();
  assert.equal(await hub.send(id, { set: { 'level.level': 1 } }), { status: 'done' });
  assert.is(hub.online(id), true);
  await passUntil(hub, () => lamp.sockets === 1, 20_000);
});

test('a command that is not answered has the lamp looked at, at once', async () => {
  const { lamp, hub, id } = await open();
  lamp.manner = 'silent';
  let isOver = false;
  void hub.send(id, { set: { 'onOff.on': false } }).finally(() => (isOver = true));
  await passUntil(hub, () => isOver, 5_000);
  await passUntil(hub, () => hub.online(id) === false, 9_000);
});

test('garbage on its socket is named and passed over', async () => {
  const { lamp, hub, value } = await open();
  const garbage = ['no json', '[]', 'null', '{"error":3}', '{"state":7}', '{"state":{"on":true,"bri":1},"info":{}}'];
  for (const each of [...garbage, `{"state":${'['.repeat(5_000)}`]) lamp.push(each);
  lamp.push(JSON.stringify({ state: { ...lamp.state.toJson(), seg: [] }, info: {} }));
  lamp.touch({ bri: 77 });
  await until(() => value('level.level') === 0.302);
  assert.ok(hub.log.some(({ text }) => /no WLED: its state has no on and bri/.test(text)));
  lamp.push('x'.repeat(300_000));
  await passUntil(hub, () => lamp.sockets === 0, 1_000);
  lamp.touch({ bri: 102 });
  await passUntil(hub, () => value('level.level') === 0.4, 11_000);
  assert.equal(hub.refused, []);
});

test('a lamp that chatters is heard in the end, and floods neither the home nor its log', async () => {
  const { lamp, hub, value } = await open();
  const before = hub.reports.length;
  for (let bri = 1; bri <= 200; bri += 1) lamp.touch({ bri });
  for (let at = 0; at < 200; at += 1) lamp.push('{"state":{}}');
  lamp.touch({ bri: 51 });
  await until(() => value('level.level') === 0.2);
  assert.ok(hub.reports.length - before < 100, `${hub.reports.length - before} reports`);
  assert.is(hub.log.filter(({ text }) => text.includes('no WLED')).length, 1);
});

test('another lamp in its place is another device', async () => {
  const { lamp, hub, id } = await open();
  await lamp.cut();
  await until(() => hub.online(id) === false);
  Object.assign(lamp, { mac: '00aa11bb22cc', name: 'New' });
  await lamp.power();
  await passUntil(hub, () => hub.devices.has('wled:00aa11bb22cc'), 20_000);
  assert.is(hub.online(id), false);
  assert.equal((await hub.send('wled:00aa11bb22cc', { set: { 'onOff.on': false } })).status, 'done');
  assert.is((await hub.send(id, { set: { 'onOff.on': false } })).status, 'offline');
});

test('a start without the lamp shows it offline, and it comes later', async () => {
  const { lamp, hub, id } = await open();
  await hub.stop();
  await lamp.cut();
  await hub.start(plugin as never);
  assert.is(hub.online(id), false);
  await lamp.power();
  await passUntil(hub, () => hub.online(id) === true, 20_000);
});

test('a command finds a lamp that was never seen since the start', async () => {
  const { lamp, hub, id } = await open();
  await hub.stop();
  await lamp.cut();
  await hub.start(plugin as never);
  await lamp.power();
  assert.equal(await hub.send(id, { set: { 'level.level': 1 } }), { status: 'done' });
  assert.is(lamp.state.bri, 255);
});

test('an address at which no lamp has ever been is refused at its field', async () => {
  const { lamp } = await open();
  const refusal = async (settings: object): Promise<string> => {
    const hub = new FakeHub();
    return hub.start(plugin as never, settings).then(
      () => 'taken',
      ({ code, pointer, message }) => `${code} ${pointer} ${message}`,
    );
  };
  const [known] = settingsFor(lamp).devices;
  assert.match(
    await refusal({ devices: [known, { driver: 'wled', host: '127.0.0.1', port: 9 }] }),
    /^BAD_SETTINGS \/devices\/1\/host .*nothing listens there/,
  );
  assert.match(await refusal({ devices: [known, known] }), /^BAD_SETTINGS \/devices\/1\/host .*stands here twice/);
  const twice = { ...known, host: 'localhost' };
  assert.match(await refusal({ devices: [known, twice] }), /^BAD_SETTINGS \/devices\/1\/host .*same lamp/);
  lamp.manner = { says: '{"state":{},"info":{}}' };
  assert.match(await refusal({ devices: [known] }), /^BAD_SETTINGS \/devices\/0\/host .*no WLED/);
});

test('once stopped it keeps nothing open', async () => {
  const { lamp, hub } = await open();
  await hub.stop();
  await until(() => lamp.sockets === 0);
  const before = asked(home!);
  await hub.clock.advance(600_000);
  await sleep(20);
  assert.is(asked(home!), before);
});

test.run();
