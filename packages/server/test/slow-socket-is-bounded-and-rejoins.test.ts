// Sockets that do not keep up, do not speak or are no longer there.

import { EventEmitter } from 'node:events';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { WebSocket } from 'ws';
import type { Change } from '@lintel/hub';
import type { Identity } from '../src/authorize.ts';
import { Client } from '../src/live/client.ts';
import { changeFrame } from '../src/live/frames.ts';
import { Snapshots } from '../src/live/snapshots.ts';
import { makeDevice } from './fake-things.ts';
import { HandClock, openHouse, PASSWORD, Socket, type House } from './harness.ts';

const MIB = 1024 * 1024;
const origin = { kind: 'device' } as const;
const OWNER: Identity = {
  kind: 'session',
  id: 's',
  user: { id: 'u', name: 'Ada', role: 'owner' },
  role: 'owner',
  grant: null,
  expiresAt: null,
  changesAt: null,
};

let house: House;
let owner: string;
let clock: HandClock;

test.before.each(async () => {
  clock = new HandClock();
  house = await openHouse({ clock });
  owner = await house.claim();
  house.hub.addDevice(makeDevice('virtual:lamp-1', null));
});
test.after.each(() => house.close());

const report = (value: string): void =>
  house.hub.tell({ topic: 'property', device: 'virtual:lamp-1', property: 'media.title', value, origin, cause: 1 });

/** Stands in for a socket whose other end takes nothing until told to. */
class StuckSocket extends EventEmitter {
  readonly sent: string[] = [];
  bytes = 0;
  code = 0;
  terminated = false;
  #callbacks: (() => void)[] = [];

  send(data: Buffer, _options: unknown, taken: () => void = () => {}): void {
    this.sent.push(data.toString());
    this.bytes += data.length;
    this.#callbacks.push(() => {
      this.bytes -= data.length;
      taken();
    });
  }
  drain(): void {
    this.take(this.sent.length);
  }
  /** Takes what was sent, up to this many frames since the start. */
  take(frames: number): void {
    const taken = this.sent.length - this.#callbacks.length;
    for (const callback of this.#callbacks.splice(0, Math.max(0, frames - taken))) callback();
  }
  close(code: number): void {
    this.code = code;
  }
  terminate(): void {
    this.terminated = true;
    this.emit('close');
  }
}

function stuckClient(): { socket: StuckSocket; client: Client; flood: (count: number) => void } {
  const socket = new StuckSocket();
  const snapshots = new Snapshots(house.hub, clock);
  const client = new Client(socket as unknown as WebSocket, clock, snapshots);
  house.hub.live.subscribe((change: Change) => {
    snapshots.record(change, () => changeFrame(change));
    client.take(change, () => changeFrame(change));
  });
  client.join(OWNER, null);
  const flood = (count: number): void => {
    for (let index = 0; index < count; index++) report('x'.repeat(200));
  };
  return { socket, client, flood };
}

test('a client that takes nothing never has more than 1 MiB waiting, and is cut off with 1008', () => {
  const { socket, flood } = stuckClient();
  flood(20_000);
  assert.ok(socket.bytes < MIB, `${socket.bytes} bytes wait`);
  assert.ok(socket.bytes > MIB / 4);
  clock.advance(60_000);
  assert.is(socket.code, 1008);
  assert.not(socket.terminated);
  clock.advance(2_000);
  assert.ok(socket.terminated);
});

test('a client that catches up is told to resync and joins by a new snapshot, missing nothing after it', () => {
  const { socket, flood } = stuckClient();
  flood(20_000);
  const before = socket.sent.length;
  socket.drain();
  assert.is(socket.sent[before], '{"type":"resync"}');
  const snapshot = JSON.parse(socket.sent[before + 1]! + socket.sent[before + 2]!);
  assert.is(snapshot.type, 'snapshot');
  assert.is(snapshot.sequence, house.hub.live.sequence);
  flood(1);
  assert.is(JSON.parse(socket.sent[before + 3]!).sequence, snapshot.sequence + 1);
  clock.advance(9_000);
  socket.drain();
  clock.advance(120_000);
  assert.is(socket.code, 0);
});

test('a snapshot larger than the limit is no reason to resync', () => {
  for (let index = 0; index < 1_500; index++) house.hub.addDevice(makeDevice(`virtual:lamp-${index}`, null));
  const { socket, flood } = stuckClient();
  assert.ok(socket.bytes > MIB / 2);
  flood(10);
  socket.drain();
  assert.is(socket.sent.length, 2 + 10);
});

test('a client that is always a little behind is not cut off', () => {
  const { socket, flood } = stuckClient();
  for (let seconds = 0; seconds < 300; seconds++) {
    flood(10);
    socket.take(socket.sent.length - 3);
    clock.advance(1_000);
  }
  assert.is(socket.code, 0);
  assert.not(socket.sent.includes('{"type":"resync"}'));
});

test('those who join within moments share the bytes of one snapshot, and hear what changed since', () => {
  const snapshots = new Snapshots(house.hub, clock);
  house.hub.live.subscribe((change) => snapshots.record(change, () => changeFrame(change)));
  const first = snapshots.snapshot(OWNER);
  for (const value of ['a', 'b']) report(value);
  const second = snapshots.snapshot({ ...OWNER, id: 'other' });
  assert.is(first.head, second.head);
  assert.equal(
    [first.missed.length, second.missed.map(({ change }) => change.sequence)],
    [0, [2, 3].map((past) => house.hub.live.sequence - 3 + past)],
  );
  clock.advance(2_001);
  const third = snapshots.snapshot(OWNER);
  assert.is(JSON.parse(`${third.head.toString()}}`).sequence, house.hub.live.sequence);
  assert.equal(third.missed, []);
  for (let index = 0; index < 1_000; index++) report('x'.repeat(300));
  assert.equal(snapshots.snapshot(OWNER).missed, []);
});

test('all who join while the home changes all hear every change once', async () => {
  const sockets = Array.from({ length: 40 }, () => Socket.as(house, owner));
  for (const [index, socket] of sockets.entries()) {
    report(`change ${index}`);
    if (index % 7 === 0) await socket.snapshot();
  }
  await Promise.all(sockets.map((socket) => socket.snapshot()));
  report('last');
  await Promise.all(sockets.map((socket) => socket.frame(({ value }) => value === 'last')));
  for (const { frames } of sockets) {
    const [snapshot, ...changes] = frames;
    assert.equal(
      changes.map(({ sequence }) => sequence),
      changes.map((_, index) => snapshot.sequence + 1 + index),
    );
  }
});

test('a large snapshot comes compressed to whom it suits, and plain to others', async () => {
  for (let index = 0; index < 300; index++) house.hub.addDevice(makeDevice(`virtual:lamp-${index}`, null));
  const [compressed, plain] = [Socket.as(house, owner), house.socket({ headers: bearer(), perMessageDeflate: false })];
  const [one, other] = await Promise.all([compressed.snapshot(), plain.snapshot()]);
  assert.equal(one, other);
  const received = (socket: Socket): number =>
    (socket.raw as unknown as { _socket: { bytesRead: number } })._socket.bytesRead;
  assert.ok(received(compressed) * 5 < received(plain), `${received(compressed)} of ${received(plain)} bytes`);
});

test('a client that stops reading hears resync and a snapshot once it reads again, over a real connection', async () => {
  const socket = Socket.as(house, owner);
  await socket.snapshot();
  socket.raw.pause();
  for (let round = 0; round < 200; round++) {
    for (let index = 0; index < 100; index++) report('y'.repeat(800));
    await new Promise(setImmediate);
  }
  socket.raw.resume();
  const resync = await socket.frame(({ type }) => type === 'resync');
  await socket.frame(({ type, sequence }) => type === 'snapshot' && sequence === house.hub.live.sequence);
  const next = socket.frames[socket.frames.indexOf(resync) + 1];
  assert.is(next.type, 'snapshot');
});

test('who says nothing for 5 s is closed with 1008', async () => {
  const socket = house.socket();
  await socket.opened();
  await new Promise(setImmediate);
  clock.advance(4_999);
  await new Promise(setImmediate);
  assert.is(socket.raw.readyState, socket.raw.OPEN);
  clock.advance(1);
  assert.is((await socket.closed).code, 1008);
});

test('a token that expires takes its socket with it', async () => {
  const expiresAt = new Date(clock.now() + 10_000).toISOString();
  const made = await house.ask('POST', '/api/tokens', { token: owner, body: { name: 'short', expiresAt } });
  const socket = Socket.as(house, made.json.token);
  await socket.snapshot();
  clock.advance(9_999);
  assert.is((await house.ask('GET', '/api/me', { token: made.json.token })).status, 200);
  clock.advance(1);
  assert.is((await socket.closed).code, 1008);
  assert.is((await house.ask('GET', '/api/me', { token: made.json.token })).status, 401);
});

test('a socket whose other end is gone is noticed, one that answers is kept', async () => {
  const [gone, there] = [house.socket({ autoPong: false, headers: bearer() }), house.socket({ headers: bearer() })];
  await Promise.all([gone.snapshot(), there.snapshot()]);
  const pinged = new Promise((resolve) => there.raw.once('ping', resolve));
  clock.advance(15_000);
  await pinged;
  report('after the pong');
  await there.frame(({ topic }) => topic === 'property');
  there.say({ type: 'subscribe', topics: ['property'] });
  there.say({ type: 'command', id: 'sync', device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  await there.frame(({ type }) => type === 'result');
  clock.advance(15_000);
  assert.is((await gone.closed).code, 1006);
  report('still here');
  await there.frame(({ value }) => value === 'still here');
});

test('a page that stays open keeps its person signed in', async () => {
  const other = (await house.ask('POST', '/api/sessions', { body: { name: 'Ada', password: PASSWORD } })).json.token;
  const socket = Socket.as(house, owner);
  await socket.snapshot();
  const pinged = new Promise((resolve) => socket.raw.once('ping', resolve));
  clock.jump(3_600_000);
  clock.advance(0);
  await pinged;
  const sessions = (await house.ask('GET', '/api/sessions', { token: other })).json.items;
  const own = sessions.find(({ current }: { current: boolean }) => !current);
  assert.is(own.lastUsed, new Date(clock.now()).toISOString());
});

test('of those who do not say who they are, a thousand are enough', async () => {
  const strangers = Array.from({ length: 1_000 }, () => house.socket());
  await Promise.all(strangers.map((socket) => socket.opened()));
  assert.is(await house.socket().refused, 503);
  for (const { raw } of strangers) raw.terminate();
  await Promise.all(strangers.map(({ closed }) => closed));
  assert.is((await Socket.as(house, owner).snapshot()).type, 'snapshot');
});

const bearer = (): Record<string, string> => ({ authorization: `Bearer ${owner}` });

test.run();
