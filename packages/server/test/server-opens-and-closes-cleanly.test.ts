// Listening and closing, and connections that never finish what they say.

import { connect } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { HubError } from '@lintel/model';
import { createServer } from '../src/index.ts';
import { openHouse, Socket } from './harness.ts';
import { systemScheduler } from '../../hub/src/clock.ts';

const log = { info: () => {}, warn: () => {}, error: () => {} };

test('a port that is taken and an address that is not ours are told as such', async () => {
  const house = await openHouse();
  const again = (host: string, port: number) =>
    createServer({
      hub: house.hub,
      host,
      port,
      webFolder: '',
      clock: systemScheduler,
      log,
      setupCode: 'TEST-CODE-1234',
    });
  const { port } = house.server.address;
  const taken = await again('127.0.0.1', port).catch((error: unknown) => error);
  assert.instance(taken, HubError);
  assert.match((taken as HubError).message, `port ${port} is taken`);
  const foreign = await again('203.0.113.1', 0).catch((error: unknown) => error);
  assert.is((foreign as HubError).pointer, '/host');
  await house.close();
});

test('a setup code that could be guessed is refused', async () => {
  const house = await openHouse();
  const short = createServer({
    hub: house.hub,
    host: '127.0.0.1',
    port: 0,
    webFolder: '',
    clock: systemScheduler,
    log,
    setupCode: '1234',
  });
  assert.is(((await short.catch((error: unknown) => error)) as HubError).code, 'BAD_SETTINGS');
  await house.close();
});

test('closing ends sockets with 1001 and idle connections at once', async () => {
  const house = await openHouse();
  const socket = Socket.as(house, await house.claim());
  await socket.snapshot();
  const idle = connect(house.server.address.port, '127.0.0.1');
  await new Promise((resolve) => idle.once('connect', resolve));
  const gone = new Promise((resolve) => idle.once('close', resolve));
  const started = performance.now();
  await Promise.all([house.server.close(), gone]);
  assert.ok(performance.now() - started < 4_000, 'sooner than they would have ended by themselves');
  assert.is((await socket.closed).code, 1001);
  await house.hub.close();
});

test('a request that stops half-way, in its headers or its body, is closed within 30 s', async () => {
  const house = await openHouse();
  const { port } = house.server.address;
  const ends = (text: string): Promise<{ answer: string; seconds: number }> =>
    new Promise((resolve) => {
      const started = performance.now();
      let answer = '';
      const socket = connect(port, '127.0.0.1', () => socket.write(text));
      socket.on('data', (chunk) => (answer += chunk));
      socket.on('close', () => resolve({ answer, seconds: (performance.now() - started) / 1000 }));
    });
  const body =
    'POST /api/sessions HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"na';
  const halves = await Promise.all([
    ends('GET /api/health HT'),
    ends('GET /api/health HTTP/1.1\r\nHost: loc'),
    ends(body),
  ]);
  for (const { answer, seconds } of halves) {
    assert.ok(seconds < 30, `${seconds} s`);
    assert.match(answer, /^HTTP\/1\.1 408 /);
  }
  assert.equal(house.logged, []);
  assert.is((await house.ask('GET', '/api/health')).status, 200);
  await house.close();
});

test('an upgrade to what we do not speak is a plain request', async () => {
  const house = await openHouse();
  const headers = {
    connection: 'Upgrade, HTTP2-Settings',
    upgrade: 'h2c',
    'http2-settings': 'AAMAAABkAAQCAAAAAAIAAAAA',
  };
  assert.is((await house.ask('GET', '/api/health', { headers })).status, 200);
  assert.is(
    (await house.ask('GET', '/api/home', { headers: { connection: 'Upgrade', upgrade: 'websocket' } })).status,
    401,
  );
  await house.close();
});

test.run();
