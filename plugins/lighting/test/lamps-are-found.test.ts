// Lamps that announce themselves come by themselves; those that a person took out come back only by pairing.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { plugIn, type LampOptions, type WledLamp } from '../../../test/wled-simulator/lamp.ts';
import plugin from '../src/index.ts';
import { idOf, Network, passUntil, settingsFor, sleep, startHub, until } from './home.ts';

const test = suite('lamps are found');

const lamps: WledLamp[] = [];
async function lampWith(options: LampOptions = {}): Promise<WledLamp> {
  const lamp = await plugIn(options);
  lamps.push(lamp);
  return lamp;
}
test.after.each(async () => {
  await Promise.all(lamps.splice(0).map((each) => each.cut()));
});

test('a lamp that announces itself comes by its name, and is there after a restart', async () => {
  const [lamp, network] = [await lampWith({ name: 'Window' }), new Network()];
  const hub = await startHub({ discover: network.discover });
  network.announce(lamp);
  await until(() => hub.value(idOf(lamp), 'onOff.on') === true);
  assert.is(hub.devices.get(idOf(lamp))!.name, 'Window');
  await hub.stop();
  await until(() => network.listeners === 0);
  await hub.start(plugin as never, { discover: false });
  assert.equal((await hub.send(idOf(lamp), { set: { 'onOff.on': false } })).status, 'done');
  await hub.stop();
});

test('nobody listens where lamps are not to be found', async () => {
  const [lamp, network] = [await lampWith(), new Network()];
  const hub = await startHub({ discover: network.discover, settings: { discover: false } });
  network.announce(lamp);
  await sleep(30);
  assert.equal([network.listeners, hub.devices.size, lamp.heard.length], [0, 0, 0]);
  await hub.stop();
});

test('a lamp that was removed stays away, and comes back by pairing', async () => {
  const [lamp, network] = [await lampWith(), new Network()];
  const hub = await startHub({ discover: network.discover });
  network.announce(lamp);
  await until(() => hub.devices.size === 1);
  await hub.remove(idOf(lamp));
  await until(() => lamp.sockets === 0);
  const before = lamp.heard.length;
  network.announce(lamp, { name: 'again' });
  await hub.restart();
  await sleep(50);
  assert.equal([hub.devices.size, lamp.heard.length], [0, before]);
  network.announce(lamp, { detail: {} });
  await until(() => lamp.heard.length > before);
  await sleep(30);
  assert.is(hub.devices.size, 0);
  const pairing = hub.pair();
  await until(() => pairing.steps.some(({ step }) => step === 'ready'));
  assert.equal(
    pairing.steps.map(({ step, message, device }) => [step, message ?? device]),
    [
      ['found', 'Shelf'],
      ['interviewing', 'Shelf'],
      ['recognised', 'Shelf'],
      ['ready', idOf(lamp)],
    ],
  );
  await pairing.stop();
  assert.equal((await hub.send(idOf(lamp), { set: { 'onOff.on': false } })).status, 'done');
  await hub.restart();
  assert.is(hub.online(idOf(lamp)), true);
  await hub.stop();
});

test('a lamp of the settings that was removed stays away too, and pairing knows where it is', async () => {
  const lamp = await lampWith();
  const hub = await startHub({ settings: settingsFor(lamp) });
  await hub.remove(idOf(lamp));
  await hub.restart();
  await sleep(30);
  assert.is(hub.devices.size, 0);
  const pairing = hub.pair();
  await until(() => pairing.steps.at(-1)?.step === 'ready');
  await pairing.stop();
  await hub.restart();
  assert.is(hub.online(idOf(lamp)), true);
  await hub.stop();
});

test('pairing shows a new lamp, none that is in the home, and says why one failed', async () => {
  const [old, fresh, network] = [
    await lampWith(),
    await lampWith({ mac: '0123456789ab', name: 'Fresh' }),
    new Network(),
  ];
  const hub = await startHub({ discover: network.discover, settings: { ...settingsFor(old), discover: true } });
  const pairing = hub.pair();
  network.announce(old);
  network.announce(old, { detail: {}, address: 'localhost' });
  network.announce(fresh, { detail: {} });
  network.announce(fresh, { detail: {}, port: 9 });
  await until(() => pairing.steps.some(({ step }) => step === 'ready'));
  await passUntil(hub, () => pairing.steps.some(({ step }) => step === 'failed'), 10_000);
  const failed = pairing.steps.find(({ step }) => step === 'failed')!;
  assert.equal([failed.address, failed.error!.code], ['127.0.0.1:9', 'DEVICE_OFFLINE']);
  assert.ok(
    pairing.steps.every(({ address }) => address !== `127.0.0.1:${old.port}` && !address.startsWith('localhost')),
  );
  assert.equal([...hub.devices.keys()].toSorted(), [idOf(fresh), idOf(old)].toSorted());
  await pairing.stop();
  await hub.stop();
});

test('a lamp that got another address is followed there', async () => {
  const [lamp, network] = [await lampWith(), new Network()];
  const hub = await startHub({ discover: network.discover });
  network.announce(lamp);
  await until(() => lamp.sockets === 1);
  await lamp.cut();
  await until(() => hub.online(idOf(lamp)) === false);
  const moved = await lampWith({ name: 'Shelf' });
  network.announce(moved);
  await passUntil(hub, () => hub.online(idOf(lamp)) === true, 2_000);
  assert.equal((await hub.send(idOf(lamp), { set: { 'level.level': 1 } })).status, 'done');
  assert.is(moved.state.bri, 255);
  await hub.stop();
  await hub.start(plugin as never, { discover: false });
  assert.is(hub.online(idOf(lamp)), true);
  await hub.stop();
});

test('a stranger that calls itself a lamp of the home changes nothing', async () => {
  const [lamp, other, network] = [await lampWith(), await lampWith({ mac: 'ffffffffffff' }), new Network()];
  const hub = await startHub({ discover: network.discover });
  network.announce(lamp);
  await until(() => lamp.sockets === 1);
  network.announce(other, { detail: { mac: lamp.mac } });
  await sleep(50);
  assert.is(other.heard.length, 0);
  await hub.send(idOf(lamp), { set: { 'level.level': 1 } });
  assert.equal([lamp.state.bri, other.state.bri], [255, 128]);
  await hub.stop();
});

test('lamps whose address left the settings are waited for no longer', async () => {
  const [one, two] = [await lampWith(), await lampWith({ mac: '0123456789ab' })];
  const hub = await startHub({ settings: settingsFor(one, two) });
  await hub.restart(settingsFor(one));
  assert.equal([hub.online(idOf(one)), hub.online(idOf(two))], [true, false]);
  const { status, error } = await hub.send(idOf(two), { set: { 'onOff.on': true } });
  assert.is(status, 'offline');
  assert.match(error!.detail, /give its address/);
  await hub.stop();
});

test('settings are tried without being taken over', async () => {
  const lamp = await lampWith();
  const hub = await startHub({ settings: { discover: false } });
  await hub.test(settingsFor(lamp));
  assert.is(hub.devices.size, 0);
  await lamp.cut();
  const pointer = await hub.test(settingsFor(lamp)).then(
    () => 'fine',
    (error: { pointer?: string }) => error.pointer,
  );
  assert.is(pointer, '/devices/0/host');
  await hub.stop();
});

test.run();
