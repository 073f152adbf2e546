// The live client against a socket and a clock turned by hand.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  connect,
  type ClientClock,
  type ConnectOptions,
  type ConnectionStatus,
  type SnapshotFrame,
  type SocketLike,
} from '../src/index.ts';

class HandClock implements ClientClock {
  #now = 0;
  #next = 1;
  readonly #timers = new Map<number, { at: number; run: () => void }>();

  now(): number {
    return this.#now;
  }
  setTimeout(run: () => void, ms: number): number {
    this.#timers.set(this.#next, { at: this.#now + ms, run });
    return this.#next++;
  }
  clearTimeout(handle: unknown): void {
    this.#timers.delete(handle as number);
  }
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, timer]) => timer.at <= end).toSorted((a, b) => a[1].at - b[1].at)[0];
      if (due === undefined) break;
      this.#timers.delete(due[0]);
      this.#now = due[1].at;
      due[1].run();
      await settled();
    }
    this.#now = end;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

class HandSocket implements SocketLike {
  static all: HandSocket[] = [];
  readyState = 0;
  readonly sent: Record<string, unknown>[] = [];
  readonly listeners = new Map<string, (event: { data: unknown; code: number }) => void>();

  readonly url: string;

  constructor(url: string) {
    assert.match(url, /^ws:\/\/hub\/api\/live(\?|$)/);
    this.url = url;
    HandSocket.all.push(this);
  }
  send(text: string): void {
    this.sent.push(JSON.parse(text) as Record<string, unknown>);
  }
  close(): void {
    this.drop(1000);
  }
  addEventListener(type: string, listener: (event: { data: unknown; code: number }) => void): void {
    this.listeners.set(type, listener);
  }
  say(frame: object): void {
    this.listeners.get('message')?.({ data: JSON.stringify(frame), code: 0 });
  }
  drop(code: number): void {
    this.readyState = 3;
    this.listeners.get('close')?.({ data: null, code });
  }
}

const snapshot = (sequence: number): object => ({ type: 'snapshot', sequence, devices: [] });
const change = (sequence: number): object => ({ type: 'change', sequence, topic: 'property' });

interface Bench {
  clock: HandClock;
  seen: string[];
  statuses: ConnectionStatus[];
  client: ReturnType<typeof connect>;
  last(): HandSocket;
}

function bench(extra: Partial<ConnectOptions> = {}): Bench {
  HandSocket.all = [];
  const clock = new HandClock();
  const seen: string[] = [];
  const statuses: ConnectionStatus[] = [];
  const client = connect({
    url: 'ws://hub/api/live',
    WebSocket: HandSocket,
    clock,
    random: () => 1,
    onSnapshot: (frame) => seen.push(`snapshot ${frame.sequence}`),
    onChange: (frame) => seen.push(`change ${frame.sequence}`),
    onStatus: (status) => statuses.push(status),
    ...extra,
  });
  return { clock, seen, statuses, client, last: () => HandSocket.all.at(-1)! };
}

const Client = suite('live client');

Client('joins by snapshot and follows changes in order, dropping what the snapshot holds', () => {
  const { seen, last, client } = bench();
  last().say(change(3));
  last().say(snapshot(5));
  for (const each of [5, 6, 6, 8]) last().say(change(each));
  assert.equal(seen, ['snapshot 5', 'change 6', 'change 8']);
  assert.is(client.status, 'live');
});

Client('joins by the number of a snapshot it was handed, and after a loss by a snapshot', async () => {
  const known = { ...snapshot(50), sequence: 50 } as unknown as SnapshotFrame;
  const { seen, last, statuses, clock } = bench({ known });
  assert.is(last().url, 'ws://hub/api/live?since=50');
  assert.equal(statuses, [], 'not live before the hub says so');
  last().say({ type: 'joined', sequence: 50 });
  last().say(change(51));
  last().drop(1006);
  await clock.advance(200);
  assert.is(last().url, 'ws://hub/api/live');
  last().say(snapshot(60));
  assert.equal(seen, ['change 51', 'snapshot 60']);
  assert.equal(statuses, ['live', 'reconnecting', 'live']);
});

Client('comes back after a loss and joins anew, also at a lower sequence', async () => {
  const { seen, last, statuses, clock } = bench();
  last().say(snapshot(50));
  last().drop(1006);
  assert.equal(statuses, ['live', 'reconnecting']);
  await clock.advance(200);
  last().say(snapshot(2));
  last().say(change(3));
  assert.equal(seen, ['snapshot 50', 'snapshot 2', 'change 3']);
  assert.equal(statuses, ['live', 'reconnecting', 'live']);
});

Client('waits longer after each failed try, up to three seconds, and says offline after twelve', async () => {
  const { last, statuses, clock } = bench();
  last().say(snapshot(1));
  const opened: number[] = [];
  for (let tries = 0; tries < 9; tries += 1) {
    const before = HandSocket.all.length;
    last().drop(1006);
    const from = clock.now();
    while (HandSocket.all.length === before) await clock.advance(100);
    opened.push(clock.now() - from);
  }
  assert.equal(opened, [200, 400, 800, 1600, 3000, 3000, 3000, 3000, 3000]);
  assert.equal(statuses, ['live', 'reconnecting', 'offline']);
});

Client('jitter never makes a wait shorter than half', async () => {
  const { last, clock } = bench({ random: () => 0 });
  last().drop(1006);
  await clock.advance(99);
  assert.is(HandSocket.all.length, 1);
  await clock.advance(1);
  assert.is(HandSocket.all.length, 2);
});

Client('a command settles with its result, whatever order results come in', async () => {
  const { last, client } = bench();
  last().say(snapshot(1));
  const first = client.command({ device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  const second = client.command({ device: 'virtual:lamp-2', command: 'onOff.toggle' });
  const [one, two] = last().sent;
  assert.equal(one, { type: 'command', id: one?.['id'], device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  last().say({ type: 'result', id: two?.['id'], ok: false, status: 'offline', error: { code: 'X', detail: 'y' } });
  last().say({ type: 'result', id: one?.['id'], ok: true, status: 'done' });
  assert.equal(await first, { ok: true, status: 'done' });
  assert.equal(await second, { ok: false, status: 'offline', error: { code: 'X', detail: 'y' } });
});

Client('pending commands fail when the socket is lost, and new ones are not queued', async () => {
  const { last, client } = bench();
  last().say(snapshot(1));
  const pending = client.command({ device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  last().drop(1006);
  assert.is((await pending).error?.code, 'CONNECTION_LOST');
  const refused = await client.command({ device: 'virtual:lamp-1', set: { 'onOff.on': true } });
  assert.is(refused.error?.code, 'NOT_CONNECTED');
});

Client('a silent hub is a timeout after 20 s', async () => {
  const { last, client, clock } = bench();
  last().say(snapshot(1));
  const pending = client.command({ room: 'hall', set: { 'onOff.on': false } });
  await clock.advance(20_000);
  assert.is((await pending).status, 'timeout');
});

Client('stops when the hub says who we are is not welcome', async () => {
  let refused = 0;
  const { last, clock, client } = bench({ onRefused: () => (refused += 1) });
  last().say(snapshot(1));
  last().drop(1008);
  await clock.advance(60_000);
  assert.is(HandSocket.all.length, 1);
  assert.is(refused, 1);
  assert.is(client.status, 'offline');
});

Client('asks before each retry, and a no stops it while an error is one more failed try', async () => {
  const answers: (boolean | Error)[] = [new Error('hub is down'), true, false];
  let refused = 0;
  const admit = (): Promise<boolean> => {
    const answer = answers.shift()!;
    return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
  };
  const { last, clock } = bench({ admit, onRefused: () => (refused += 1) });
  last().drop(1006);
  await clock.advance(200);
  assert.is(HandSocket.all.length, 1, 'the first retry could not ask');
  await clock.advance(400);
  assert.is(HandSocket.all.length, 2);
  last().drop(1006);
  await clock.advance(5_000);
  assert.is(HandSocket.all.length, 2);
  assert.is(refused, 1);
});

Client('a socket that opens and says nothing is dropped after ten seconds', async () => {
  const { clock, client } = bench();
  await clock.advance(10_300);
  assert.is(HandSocket.all.length, 2);
  assert.is(client.status, 'reconnecting');
});

Client('narrowed topics are said again on each socket', async () => {
  const { last, client, clock } = bench({ token: 'secret' });
  last().listeners.get('open')?.({ data: null, code: 0 });
  last().say(snapshot(1));
  client.subscribe(['property']);
  last().drop(1006);
  await clock.advance(200);
  last().say(snapshot(9));
  assert.equal(HandSocket.all[0]!.sent, [
    { type: 'hello', token: 'secret' },
    { type: 'subscribe', topics: ['property'] },
  ]);
  assert.equal(last().sent, [{ type: 'subscribe', topics: ['property'] }]);
});

Client('retry does not wait for the timer', async () => {
  const { last, client } = bench();
  last().drop(1006);
  client.retry();
  await settled();
  assert.is(HandSocket.all.length, 2);
});

Client.run();
