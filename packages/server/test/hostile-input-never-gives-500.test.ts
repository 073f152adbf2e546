// Random requests and frames, from random bytes to bodies that are almost right. SEED=… replays a run.

import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { METHODS } from '../src/routes.ts';
import { makeDevice } from './fake-things.ts';
import { openHouse, Socket } from './harness.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);
const RUNS = 1_500;

const house = await openHouse();
const owner = await house.claim();
house.hub.addDevice(makeDevice('virtual:lamp-1', null));
test.after(() => house.close());

const NAMES = [
  'id', 'name', 'set', 'command', 'args', 'transition', 'endpoint', 'confirm', 'triggers', 'actions', 'conditions', 'devices',
  'targets', 'values', 'device', 'room', 'settings', 'enabled', 'seconds', 'code', 'mode', 'latitude', '__proto__', 'constructor',
  'toString', 'type', 'topics', 'token', 'capabilities', 'rooms', 'expiresAt',
]; // prettier-ignore
const TEXTS = [
  'onOff.on',
  'virtual:lamp-1',
  'virtual:lamp-1/2',
  '5m',
  'lock.unlock',
  'Hall',
  '',
  '\0',
  '\u202e',
  '2027-01-01T00:00:00Z',
];

const scalar = fc.oneof(
  fc.constantFrom<unknown>(null, true, false, 0, -1, 0.5, 1e308, -0, 2 ** 53),
  fc.constantFrom(...TEXTS),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.double(),
);
const { value: json } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    scalar,
    fc.array(tie('value'), { maxLength: 4 }),
    fc.dictionary(fc.oneof(fc.constantFrom(...NAMES), fc.string({ maxLength: 8 })), tie('value'), { maxKeys: 6 }),
  ),
}));
const body = fc.dictionary(fc.constantFrom(...NAMES), json, { maxKeys: 6 });
const text = fc.oneof(
  { weight: 6, arbitrary: body.map((value) => JSON.stringify(value)) },
  { weight: 2, arbitrary: json.map((value) => JSON.stringify(value) ?? '') },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 200 }) },
);
const segment = fc.oneof(
  fc.constantFrom(
    'virtual:lamp-1',
    'virtual',
    'none',
    '..',
    '%2e%2e',
    '%00',
    '%ff',
    '%25',
    'a%2Fb',
    '__proto__',
    'constructor',
    '0',
    '-1',
  ),
  fc.string({ maxLength: 12 }).map((raw) => encodeURIComponent(raw.toWellFormed())),
);
const query = fc.oneof(
  fc.constant(''),
  fc.constantFrom(
    '?limit=1',
    '?after=MS54',
    '?after=%ff',
    '?room=x&kind=light',
    '?__proto__=1',
    '?constructor=',
    '?limit=1e3',
    '?=',
    '?%',
  ),
  fc.string({ maxLength: 20 }).map((raw) => `?${encodeURIComponent(raw.toWellFormed())}`),
);

test('no request makes the server fail', async () => {
  const routes = house.server.routes;
  const address = fc
    .tuple(fc.constantFrom(...routes), fc.array(segment, { minLength: 3, maxLength: 3 }), query)
    .map(([{ path, method }, segments, asked]) => {
      const left = [...segments];
      return { method, path: path.replaceAll(/:[A-Za-z]+/g, () => left.pop() ?? 'none') + asked };
    });
  const method = fc.option(fc.constantFrom(...METHODS), { nil: null, freq: 8 });
  await fc.assert(
    fc.asyncProperty(address, method, text, async ({ path, method: own }, other, raw) => {
      const answer = await house.ask(other ?? own, path, { token: owner, ...((other ?? own) !== 'GET' && { raw }) });
      assert.ok(
        answer.status < 500,
        `${other ?? own} ${path} ${raw} answered ${answer.status}; replay with SEED=${seed}`,
      );
      if (answer.status >= 400 && answer.text !== '') assert.type(answer.json.code, 'string');
    }),
    { seed, numRuns: RUNS },
  );
  assert.equal(house.logged, [], `replay with SEED=${seed}`);
});

test('no frame makes the socket fail, and the home is served on', async () => {
  const frame = fc.oneof(
    text,
    body.map((fields) => JSON.stringify({ type: 'command', id: 'x', ...fields })),
    body.map((fields) => JSON.stringify({ type: 'subscribe', ...fields })),
  );
  let socket = Socket.as(house, owner);
  await socket.snapshot();
  await fc.assert(
    fc.asyncProperty(fc.array(frame, { minLength: 1, maxLength: 10 }), async (frames) => {
      for (const each of frames) if (socket.raw.readyState === socket.raw.OPEN) socket.say(each);
      const alive = Math.random().toString();
      socket.say({ type: 'command', id: alive, device: 'virtual:lamp-1', set: { 'onOff.on': true } });
      const end = await Promise.race([socket.frame(({ id }) => id === alive), socket.closed]);
      if (end.type === 'result') return;
      assert.ok([1002, 1007, 1008].includes(end.code), `closed with ${end.code}; replay with SEED=${seed}`);
      socket = Socket.as(house, owner);
      await socket.snapshot();
    }),
    { seed, numRuns: RUNS / 5 },
  );
  assert.equal(house.logged, [], `replay with SEED=${seed}`);
});

test.run();
