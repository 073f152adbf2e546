// Whatever is wrong with the port, the answer names it and what to check, at the setting that is at fault.

import { createServer, type Server, type Socket } from 'node:net';

import type { PluginError } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { createSimulator } from '../../../test/zigbee-simulator/simulator.ts';
import plugin from '../src/index.ts';
import { explainConnection } from '../src/errors.ts';
import { createHome, createHub, until } from './home.ts';

const port = suite('a port');

/** A server on loopback that does what it is told with each connection. */
async function serve(onSocket: (socket: Socket) => void): Promise<{ url: string; close: () => Promise<void> }> {
  const sockets = new Set<Socket>();
  const server: Server = createServer((socket) => {
    sockets.add(socket.on('error', () => undefined));
    onSocket(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address() as { port: number };
  const close = (): Promise<void> => {
    for (const each of sockets) each.destroy();
    return new Promise((resolve) => server.close(() => resolve()));
  };
  return { url: `tcp://127.0.0.1:${address.port}`, close };
}

/** What the start fails with. */
async function failureOf(settings: unknown): Promise<PluginError> {
  const simulator = await createSimulator();
  const hub = createHub(simulator, { settings });
  try {
    await hub.start(plugin as never);
  } catch (error) {
    return error as PluginError;
  } finally {
    await simulator.close();
  }
  throw new Error('it started');
}

port('that is no port is refused before anything is opened', async () => {
  for (const bad of [
    'tcp://localhost',
    'tcp://localhost:0',
    'tcp://localhost:99999',
    'http://a:80',
    'ttyUSB0',
    'tcp://:80',
  ]) {
    const error = await failureOf({ port: bad });
    assert.is(error.code, 'BAD_SETTINGS', bad);
    assert.is(error.pointer, '/port');
    assert.match(error.message, /tcp:\/\/host:port/);
  }
});

port('where nothing listens says so', async () => {
  const gone = await serve(() => undefined);
  await gone.close();
  const error = await failureOf({ port: gone.url, adapter: 'zstack' });
  assert.is(error.code, 'BAD_SETTINGS');
  assert.is(error.pointer, '/port');
  assert.match(error.message, /Nothing listens/);
});

port('where something else answers says that it is no adapter of that kind', async () => {
  const garbage = await serve((socket) => socket.on('data', () => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n')));
  const error = await failureOf({ port: garbage.url, adapter: 'zstack' });
  assert.is(error.code, 'BAD_SETTINGS');
  assert.is(error.pointer, '/adapter');
  assert.match(error.message, /answers, but not as/);
  await garbage.close();
});

port('where nobody says a word says so in a few seconds', async () => {
  const mute = await serve(() => undefined);
  const started = Date.now();
  const error = await failureOf({ port: mute.url, adapter: 'auto' });
  assert.match(error.message, /does not answer/);
  assert.ok(Date.now() - started < 15_000);
  await mute.close();
});

port('of a stick that is unplugged names it', async () => {
  const error = await failureOf({ port: '/dev/serial/by-id/usb-that-is-not-there', adapter: 'zstack' });
  assert.is(error.code, 'BAD_SETTINGS');
  assert.match(error.message, /unplugged/);
});

port('that may not be opened, or is in use, says what to do', () => {
  const denied = Object.assign(new Error('Error: Permission denied, cannot open /dev/ttyUSB0'), { code: 'EACCES' });
  assert.match(explainConnection(denied, '/dev/ttyUSB0').message, /dialout/);
  const busy = new Error('Error Resource temporarily unavailable Cannot lock port');
  assert.match(explainConnection(busy, '/dev/ttyUSB0').message, /in use/);
});

port('is tried without touching the network that is up', async () => {
  const home = await createHome(['ikea-color-lamp']);
  await home.join('ikea-color-lamp');
  const other = await createSimulator();
  await home.hub.test({ port: other.url, adapter: 'auto' });
  await home.hub.test({ port: home.simulator.url, adapter: 'zstack' });
  const gone = await serve(() => undefined);
  await gone.close();
  try {
    await home.hub.test({ port: gone.url, adapter: 'zstack' });
    assert.unreachable();
  } catch (error) {
    assert.is((error as PluginError).code, 'BAD_SETTINGS');
  }
  assert.is(other.network, null, 'a try forms nothing');
  assert.is((await home.hub.send(home.id('ikea-color-lamp'), { set: { 'onOff.on': true } })).status, 'done');
  await other.close();
  await home.close();
});

port('of an adapter that "auto" recognises works', async () => {
  const simulator = await createSimulator();
  const hub = createHub(simulator, { settings: { port: simulator.url } });
  await hub.start(plugin as never);
  assert.is(hub.health.state, 'running');
  await until(() => simulator.network !== null);
  await hub.stop();
  await simulator.close();
});

port.run();
