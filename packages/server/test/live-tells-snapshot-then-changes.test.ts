// GET /api/live: who gets in, what they hear and in which order, and how a socket ends.

import { connect as connectTcp } from 'node:net';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeDevice } from './fake-things.ts';
import { openHouse, PASSWORD, Socket, type House } from './harness.ts';

const origin = { kind: 'device' } as const;
let house: House;
let owner: string;

test.before.each(async () => {
  house = await openHouse();
  owner = await house.claim();
  house.hub.addDevice(makeDevice('virtual:lamp-1', null));
});
test.after.each(() => house.close());

const report = (value: boolean, device = 'virtual:lamp-1'): void =>
  house.hub.tell({ topic: 'property', device, property: 'onOff.on', value, origin, cause: 7 });

test('the first frame is a snapshot, and every change follows it in order without a gap', async () => {
  const socket = Socket.as(house, owner);
  for (let count = 0; count < 50; count++) {
    report(count % 2 === 0);
    await new Promise(setImmediate);
  }
  const snapshot = await socket.snapshot();
  report(true);
  const last = house.hub.live.sequence;
  await socket.frame(({ sequence, type }) => type === 'change' && sequence === last);
  assert.is(socket.frames[0].type, 'snapshot');
  const sequences = socket.frames.slice(1).map(({ sequence }) => sequence);
  const inOrder = sequences.map((_, index) => snapshot.sequence + 1 + index);
  assert.equal(sequences, inOrder);
  assert.equal(Object.keys(snapshot).toSorted(), [
    'automations', 'devices', 'groups', 'home', 'pairings', 'plugins', 'rooms', 'scenes', 'sequence', 'type', 'user',
  ]); // prettier-ignore
});

test('a change of a thing carries it under the name of its topic', async () => {
  const socket = Socket.as(house, owner);
  await socket.snapshot();
  const made = await house.ask('POST', '/api/rooms', { token: owner, body: { name: 'Hall' } });
  const change = await socket.frame(({ topic }) => topic === 'room');
  assert.equal(change.room, made.json);
  assert.is(change.id, made.json.id);
  await house.ask('DELETE', `/api/rooms/${made.json.id}`, { token: owner });
  assert.is((await socket.frame(({ topic, room }) => topic === 'room' && room === null)).id, made.json.id);
  await house.ask('PATCH', '/api/home', { token: owner, body: { mode: 'night' } });
  assert.is((await socket.frame(({ topic }) => topic === 'home')).home.mode, 'night');
});

test('a cookie and a hello let in as a bearer header does', async () => {
  const byCookie = house.socket({ headers: { cookie: `theme=dark; lintel=${owner}` } });
  assert.is((await byCookie.snapshot()).type, 'snapshot');
  const byHello = house.socket();
  await byHello.opened();
  byHello.say({ type: 'hello', token: owner });
  assert.is((await byHello.snapshot()).type, 'snapshot');
});

test('who says a wrong token, or anything but hello, is closed with 1008', async () => {
  const wrong = house.socket();
  await wrong.opened();
  wrong.say({ type: 'hello', token: 'x'.repeat(43) });
  assert.is((await wrong.closed).code, 1008);
  const rude = house.socket();
  await rude.opened();
  rude.say({ type: 'subscribe', topics: [] });
  assert.is((await rude.closed).code, 1008);
  const forged = house.socket({ headers: { authorization: 'Bearer nonsense' } });
  assert.is((await forged.closed).code, 1008);
  assert.equal([...wrong.frames, ...rude.frames, ...forged.frames], []);
});

test('a token in the address opens nothing', async () => {
  assert.is((await house.ask('GET', `/api/home?token=${owner}&access_token=${owner}`)).status, 401);
});

test('only the subscribed topics come, and their numbers stay those of all', async () => {
  const socket = Socket.as(house, owner);
  await socket.snapshot();
  socket.say({ type: 'subscribe', topics: ['event'] });
  socket.say({ type: 'command', id: 'sync', device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  await socket.frame(({ type }) => type === 'result');
  report(true);
  house.hub.tell({ topic: 'event', device: 'virtual:lamp-1', event: 'button.pressed', action: 'single' });
  const event = await socket.frame(({ topic }) => topic === 'event');
  assert.is(event.sequence, house.hub.live.sequence);
  assert.is(event.action, 'single');
  assert.not(socket.frames.some(({ topic }) => topic === 'property'));
});

test('a command answers with its result, and the hub learns who gave it', async () => {
  const socket = Socket.as(house, owner);
  await socket.snapshot();
  socket.say({ type: 'command', id: 'a', device: 'virtual:lamp-1', set: { 'onOff.on': true }, transition: '1s' });
  assert.equal(await socket.frame(({ id }) => id === 'a'), { type: 'result', id: 'a', ok: true, status: 'done' });
  const [, asked] = house.hub.asked.at(-1)! as [string, { on: unknown; body: unknown; by: { name: string } }];
  assert.equal(asked.on, { device: 'virtual:lamp-1' });
  assert.equal(asked.body, { set: { 'onOff.on': true }, transition: '1s' });
  assert.is(asked.by.name, 'Ada');
  house.hub.outcome = { id: 'c', status: 'offline', error: { code: 'DEVICE_OFFLINE', detail: 'away' } };
  socket.say({ type: 'command', id: 'b', device: 'virtual:lamp-1', command: 'onOff.toggle' });
  const away = await socket.frame(({ id }) => id === 'b');
  assert.equal([away.ok, away.status, away.error.code], [false, 'offline', 'DEVICE_OFFLINE']);
});

for (const [frame, code, pointer] of [
  [{ device: 'virtual:gone', set: { 'onOff.on': true } }, 'NOT_FOUND', undefined],
  [{ device: 'virtual:lamp-1', set: { 'onOff.on': true }, fast: 1 }, 'UNKNOWN_FIELD', '/fast'],
  [{ device: 'virtual:lamp-1', set: { 'onOff.on': true }, transition: 'soon' }, 'BAD_VALUE', '/transition'],
  [{ device: 'virtual:lamp-1' }, 'BAD_VALUE', ''],
  [{ set: { 'onOff.on': true } }, 'BAD_VALUE', ''],
] as const) {
  test(`a command ${JSON.stringify(frame)} is refused with ${code}, and the socket stays`, async () => {
    const socket = Socket.as(house, owner);
    await socket.snapshot();
    socket.say({ type: 'command', id: 'x', ...frame });
    const result = await socket.frame(({ id }) => id === 'x');
    assert.equal([result.ok, result.error.code, result.error.pointer], [false, code, pointer]);
    report(true);
    await socket.frame(({ topic }) => topic === 'property');
  });
}

for (const [what, frame, code] of [
  ['over 256 KiB', 'x'.repeat(256 * 1024 + 1), 1009],
  ['that is no JSON', '{"type":', 1002],
  ['that is a list', '[]', 1002],
  ['that is nested too deep', '['.repeat(65) + ']'.repeat(65), 1002],
  ['of no known topic', { type: 'subscribe', topics: ['secrets'] }, 1002],
] as const) {
  test(`a message ${what} closes with ${code}`, async () => {
    const socket = Socket.as(house, owner);
    await socket.snapshot();
    socket.say(frame);
    assert.is((await socket.closed).code, code);
  });
}

test('a binary message closes with 1002, and bad UTF-8 with 1007', async () => {
  const [binary, bad] = [Socket.as(house, owner), Socket.as(house, owner)];
  await Promise.all([binary.snapshot(), bad.snapshot()]);
  binary.raw.send(Buffer.from('{}'));
  bad.raw.send(Buffer.from([0xff, 0xfe]), { binary: false });
  assert.is((await binary.closed).code, 1002);
  assert.is((await bad.closed).code, 1007);
});

test('a frame that breaks the protocol closes with 1002', async () => {
  const closes = await rawClose(Buffer.from([0xf1, 0x80, 0, 0, 0, 0]));
  assert.is(closes, 1002);
});

test('a foreign origin is refused with 403 and a foreign host with 421, before the upgrade', async () => {
  const origins = house.socket({ headers: { authorization: `Bearer ${owner}`, origin: 'https://evil.example' } });
  assert.is(await origins.refused, 403);
  const hosts = house.socket({ headers: { authorization: `Bearer ${owner}`, host: 'evil.example' } });
  assert.is(await hosts.refused, 421);
  const own = `http://127.0.0.1:${house.server.address.port}`;
  const same = house.socket({ headers: { authorization: `Bearer ${owner}`, origin: own } });
  assert.is((await same.snapshot()).type, 'snapshot');
});

test('what looks like an upgrade and is none is answered as a request', async () => {
  const headers = {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'x',
  };
  assert.is((await house.ask('GET', '/api/l%69ve', { headers })).status, 401);
  assert.is((await house.ask('GET', '/api/l%69ve', { headers, token: owner })).status, 426);
  assert.is((await house.ask('POST', '/api/live', { headers, token: owner })).status, 405);
});

test('signing out, a new password and a deletion close the sockets with 1008 within 100 ms', async () => {
  const ben = await house.person('Ben', 'resident', owner);
  const endings = [
    () => house.ask('DELETE', '/api/sessions/current', { token: ben.token }),
    () => house.ask('PATCH', `/api/users/${ben.id}`, { token: owner, body: { password: 'another fine password' } }),
    () => house.ask('DELETE', `/api/users/${ben.id}`, { token: owner }),
  ];
  const took: number[] = [];
  for (const [index, end] of endings.entries()) {
    const body = { name: 'Ben', password: index < 2 ? PASSWORD : 'another fine password' };
    ben.token = (await house.ask('POST', '/api/sessions', { body })).json.token;
    const socket = Socket.as(house, ben.token);
    await socket.snapshot();
    assert.ok((await end()).status < 300);
    const answered = performance.now();
    assert.is((await socket.closed).code, 1008);
    took.push(performance.now() - answered);
    assert.is((await house.ask('GET', '/api/me', { token: ben.token })).status, 401);
  }
  assert.ok(took.toSorted((a, b) => a - b)[1]! < 100, `half of them after ${took.join(', ')} ms`);
});

test('a lowered role cuts the socket, which comes back seeing less; a raised one shows more at once', async () => {
  const cy = await house.person('Cy', 'admin', owner);
  const socket = Socket.as(house, cy.token);
  const { plugins, pairings } = await socket.snapshot();
  assert.equal([plugins.length, pairings.length], [2, 1]);
  await house.ask('PATCH', `/api/users/${cy.id}`, { token: owner, body: { role: 'resident' } });
  assert.is((await socket.closed).code, 1008);
  const again = Socket.as(house, cy.token);
  const less = await again.snapshot();
  assert.equal([less.plugins, less.pairings], [[], []]);
  await house.ask('PATCH', `/api/users/${cy.id}`, { token: owner, body: { role: 'admin' } });
  await again.frame(({ type }) => type === 'resync');
  assert.is((await again.frame(({ type, plugins }) => type === 'snapshot' && plugins.length > 0)).user.role, 'admin');
});

test('a narrowed token stays narrow when its maker rises, and a new name counts at once', async () => {
  const cy = await house.person('Cy', 'guest', owner);
  await house.ask('PATCH', `/api/users/${cy.id}`, { token: owner, body: { role: 'resident' } });
  const made = await house.ask('POST', '/api/tokens', { token: cy.token, body: { name: 'panel', rooms: [] } });
  const [narrow, session] = [Socket.as(house, made.json.token), Socket.as(house, cy.token)];
  assert.equal((await narrow.snapshot()).devices, []);
  await session.snapshot();
  await house.ask('PATCH', `/api/users/${cy.id}`, { token: owner, body: { role: 'admin' } });
  assert.is((await narrow.closed).code, 1008);
  assert.equal((await Socket.as(house, made.json.token).snapshot()).devices, []);
  await house.ask('PATCH', `/api/users/${cy.id}`, { token: owner, body: { name: 'Cyrus' } });
  session.say({ type: 'command', id: 'n', device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  await session.frame(({ id }) => id === 'n');
  assert.is((house.hub.asked.at(-1)![1] as { by: { name: string } }).by.name, 'Cyrus');
});

test('a resident hears nothing of plugins, and a guest without a grant of no device', async () => {
  const [ben, gus] = [await house.person('Ben', 'resident', owner), await house.person('Gus', 'guest', owner)];
  const [resident, guest] = [Socket.as(house, ben.token), Socket.as(house, gus.token)];
  await resident.snapshot();
  assert.equal((await guest.snapshot()).devices, []);
  await house.ask('PUT', '/api/plugins/virtual', { token: owner, body: { enabled: true, settings: {} } });
  report(true);
  await house.ask('PATCH', '/api/home', { token: owner, body: { mode: 'away' } });
  await Promise.all([resident, guest].map((each) => each.frame(({ topic }) => topic === 'home')));
  assert.equal(
    resident.frames.slice(1).map(({ topic }) => topic),
    ['property', 'home'],
  );
  assert.equal(
    guest.frames.slice(1).map(({ topic }) => topic),
    ['home'],
  );
});

test('a token for one room follows devices into it and out of it', async () => {
  const room = (await house.ask('POST', '/api/rooms', { token: owner, body: { name: 'Hall' } })).json.id;
  const made = await house.ask('POST', '/api/tokens', { token: owner, body: { name: 'panel', rooms: [room] } });
  const socket = Socket.as(house, made.json.token);
  assert.equal((await socket.snapshot()).devices, []);
  report(true);
  const move = (to: string | null) =>
    house.ask('PATCH', '/api/devices/virtual:lamp-1', { token: owner, body: { room: to } });
  await move(room);
  assert.is((await socket.frame(({ topic }) => topic === 'device')).device.room, room);
  report(false);
  await move(null);
  assert.is((await socket.frame(({ device, topic }) => topic === 'device' && device === null)).id, 'virtual:lamp-1');
  report(true);
  await house.ask('PATCH', '/api/home', { token: owner, body: { mode: 'away' } });
  await socket.frame(({ topic }) => topic === 'home');
  assert.equal(
    socket.frames.slice(1).map(({ topic }) => topic),
    ['device', 'property', 'device', 'home'],
  );
});

/** Opens a socket by hand, sends bytes as they are, and reads the code of the close frame. */
function rawClose(bytes: Buffer): Promise<number> {
  const { port } = house.server.address;
  const head = [
    'GET /api/live HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  ];
  return new Promise((resolve) => {
    const tcp = connectTcp(port, '127.0.0.1', () => tcp.write(`${head.join('\r\n')}\r\n\r\n`));
    let upgraded = false;
    tcp.on('data', (chunk) => {
      if (!upgraded) {
        upgraded = true;
        tcp.write(bytes);
        return;
      }
      resolve(chunk.readUInt16BE(chunk.indexOf(0x88) + 2));
      tcp.destroy();
    });
  });
}

test.run();
