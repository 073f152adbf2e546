// Nothing is lost when the link drops, the hub starts anew, the files are damaged, or the stick is another one.

import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliDecompressSync } from 'node:zlib';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import type { FakeHub } from '@lintel/sdk/testing';

import { createSimulator, type Simulator } from '../../../test/zigbee-simulator/simulator.ts';
import plugin from '../src/index.ts';
import { createHub, makeFolder, pause, until } from './home.ts';

const radio = suite('the radio');
const folder = makeFolder();
let simulator: Simulator;
let hub: FakeHub;

const lamp = (): string => simulator.device('ikea-color-lamp').ieee;
/** What the hub keeps of herdsman's database. */
const keptDevices = (): string => {
  const kept = hub.store.get('database');
  return typeof kept === 'string' ? brotliDecompressSync(Buffer.from(kept, 'base64')).toString() : '';
};
const isOn = (): unknown => simulator.device('ikea-color-lamp').get('genOnOff.onOff');

/** The hub as after `kill -9`, with what it had stored. */
const startAgain = async (more: { store?: boolean } = {}): Promise<void> => {
  const kept = hub;
  hub = createHub(simulator, {
    folder,
    store: more.store === false ? {} : Object.fromEntries(kept.store),
    secrets: Object.fromEntries(kept.secrets),
  });
  for (const [id, device] of kept.devices) hub.devices.set(id, device);
  await hub.start(plugin as never);
};

simulator = await createSimulator({ devices: ['ikea-color-lamp', 'philips-motion'] });
hub = createHub(simulator, { folder, secrets: {} });
radio.after(async () => {
  await hub.stop();
  await simulator.close();
});

radio('forms a network of its own, with a key that nobody else has', async () => {
  await hub.start(plugin as never);
  const network = hub.secrets.get('network') as { networkKey: number[]; panId: number };
  assert.is(simulator.network?.panId, network.panId);
  assert.not.equal(network.networkKey.slice(0, 4), [1, 3, 5, 7], 'not the key that every stack comes with');
  assert.is(new Set(network.networkKey).size > 4, true);
  assert.is(hub.health.state, 'running');
  const said = JSON.stringify(hub.log) + JSON.stringify([...hub.store]);
  assert.not.ok(said.includes(Buffer.from(network.networkKey).toString('hex')), 'the key is a secret');
});

radio('lets devices in and names the steps', async () => {
  const pairing = hub.pair({ seconds: 20 });
  await until(() => simulator.permitsJoining);
  assert.ok(simulator.join('ikea-color-lamp'));
  assert.ok(simulator.join('philips-motion'));
  await until(() => pairing.steps.filter((each) => each.step === 'ready').length === 2);
  const steps = pairing.steps.filter((each) => each.address === lamp()).map((each) => each.step);
  assert.equal(steps, ['found', 'joined', 'interviewing', 'recognised', 'ready']);
  assert.is(hub.devices.get(lamp())?.name, 'IKEA LED1924G9');
  assert.is(hub.devices.get(lamp())?.manufacturer, 'IKEA');
  await pairing.stop();
  await until(() => !simulator.permitsJoining);
  await until(() => keptDevices().includes(lamp()));
});

radio('comes back by itself when the link drops, and says so meanwhile', async () => {
  await simulator.drop();
  await until(() => hub.health.state === 'reconnecting');
  await pause(300);
  await simulator.restore();
  await until(() => hub.health.state === 'running');
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': true } })).status, 'done');
  assert.is(isOn(), true);
  simulator.report('philips-motion', { 'msOccupancySensing.occupancy': 1 });
  await until(() => hub.value(simulator.device('philips-motion').ieee, 'occupancy.occupied') === true);
});

radio('carries out a command that was asked for while the link was away', async () => {
  await simulator.drop(400);
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': false } })).status, 'done');
  assert.is(isOn(), false);
});

radio('a command whose time ended while the link was away is never sent', async () => {
  await simulator.drop();
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': true } }, 300)).status, 'timeout');
  await simulator.restore();
  await until(() => hub.health.state === 'running');
  await pause(300);
  assert.is(isOn(), false);
});

radio('resumes its network after a restart, with its devices', async () => {
  const before = simulator.network;
  await hub.stop();
  await startAgain();
  assert.equal(simulator.network, before);
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': true } })).status, 'done');
  assert.is(isOn(), true);
  assert.not.ok(simulator.permitsJoining);
});

radio('starts without its adapter, and finds it later', async () => {
  await hub.stop();
  await simulator.drop();
  await startAgain();
  assert.is(hub.health.state, 'reconnecting');
  await simulator.restore();
  await until(() => hub.health.state === 'running');
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': false } })).status, 'done');
});

radio('restores a device database that was lost or damaged', async () => {
  const file = join(folder, 'database.db');
  for (const damage of [
    () => rmSync(file),
    () => writeFileSync(file, readFileSync(file, 'utf8').slice(0, -40)),
    () => writeFileSync(file, 'not a database'),
  ]) {
    await hub.stop();
    damage();
    await startAgain();
    assert.is((await hub.send(lamp(), { set: { 'onOff.on': true } })).status, 'done');
    simulator.report('philips-motion', { 'msOccupancySensing.occupancy': 0 });
    await until(() => hub.value(simulator.device('philips-motion').ieee, 'occupancy.occupied') === false);
  }
});

radio('restores a damaged backup of the coordinator', async () => {
  const file = join(folder, 'coordinator-backup.json');
  await hub.stop();
  writeFileSync(file, '{"cut');
  await startAgain();
  assert.is(hub.health.state, 'running');
  assert.ok(JSON.parse(readFileSync(file, 'utf8')));
});

radio('brings its network to a new stick', async () => {
  const before = simulator.network;
  await hub.stop();
  simulator.replaceStick();
  assert.is(simulator.network, null);
  await startAgain();
  assert.is(simulator.network?.panId, before?.panId);
  assert.is(simulator.network?.extendedPanId, before?.extendedPanId);
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': false } })).status, 'done');
  assert.is(isOn(), false);
});

radio('a device that leaves stays listed, offline, and is itself when it returns', async () => {
  const described = hub.devices.get(lamp());
  simulator.leave('ikea-color-lamp');
  await until(() => hub.online(lamp()) === false);
  assert.ok(hub.devices.has(lamp()));
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': true } })).status, 'offline');
  const pairing = hub.pair({ seconds: 20 });
  await until(() => simulator.permitsJoining);
  simulator.join('ikea-color-lamp');
  await until(() => pairing.steps.some((each) => each.step === 'ready'));
  await pairing.stop();
  assert.equal(hub.devices.get(lamp()), described);
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': true } })).status, 'done');
  assert.is(hub.online(lamp()), true);
});

radio('follows a device to another short address', async () => {
  simulator.announce('ikea-color-lamp', true);
  await pause(50);
  assert.is((await hub.send(lamp(), { set: { 'onOff.on': false } })).status, 'done');
  assert.is(isOn(), false);
});

radio('takes a device out of the network when it is deleted', async () => {
  await hub.remove(lamp());
  await until(() => simulator.device(lamp()).address === null);
  assert.not.ok(readFileSync(join(folder, 'database.db'), 'utf8').includes(lamp()));
  assert.not.ok(keptDevices().includes(lamp()));
  assert.ok(existsSync(folder));
});

radio.run();
