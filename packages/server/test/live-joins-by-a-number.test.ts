// A page that fetched the home over HTTP joins the socket by the snapshot's number: it hears what changed since, and no more.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeDevice } from './fake-things.ts';
import { openHouse, Socket, type House } from './harness.ts';

let house: House;
let owner: string;

test.before.each(async () => {
  house = await openHouse();
  owner = await house.claim();
  house.hub.addDevice(makeDevice('virtual:lamp-1', null));
});
test.after.each(() => house.close());

const report = (value: boolean): void =>
  house.hub.tell({
    topic: 'property',
    device: 'virtual:lamp-1',
    property: 'onOff.on',
    value,
    origin: { kind: 'device' },
    cause: 7,
  });

const since = (sequence: number | string, token = owner): Socket =>
  house.socket({ headers: { authorization: `Bearer ${token}` } }, `?since=${sequence}`);

async function fetchSnapshot(): Promise<{ sequence: number }> {
  const { json } = await house.ask('GET', '/api/setup?snapshot=true', { token: owner });
  return json.snapshot;
}

test('who fetched the snapshot over HTTP joins by its number, and hears every change since', async () => {
  const { sequence } = await fetchSnapshot();
  for (let count = 0; count < 20; count++) report(count % 2 === 0);
  const socket = since(sequence);
  await socket.frame(({ type, sequence: at }) => type === 'change' && at === sequence + 20);
  report(true);
  await socket.frame(({ sequence: at }) => at === sequence + 21);
  assert.equal(socket.frames[0], { type: 'joined', sequence });
  assert.equal(
    socket.frames.slice(1).map((each) => each.sequence),
    Array.from({ length: 21 }, (_, index) => sequence + 1 + index),
  );
});

test('the snapshot over HTTP is the frame of the socket, and a stranger gets none', async () => {
  const socket = Socket.as(house, owner);
  assert.equal(await fetchSnapshot(), await socket.snapshot());
  const stranger = await house.ask('GET', '/api/setup?snapshot=true');
  assert.equal([stranger.status, stranger.json], [200, { claimed: true, signedIn: false }]);
});

test('a number the hub does not remember, or never had, is answered with a snapshot', async () => {
  const { sequence } = await fetchSnapshot();
  for (const wrong of [sequence - 1, sequence + 1000, 'x', '1e3', '99999999999999999999'])
    assert.is((await since(wrong).frame(() => true)).type, 'snapshot', String(wrong));
  for (let count = 0; count < 4_000; count++) report(count % 2 === 0);
  assert.is((await since(sequence).frame(() => true)).type, 'snapshot', 'too much has changed');
});

test('a large answer is compressed for those who take it', async () => {
  for (let count = 0; count < 40; count++) house.hub.addDevice(makeDevice(`virtual:lamp-${count}`, null));
  const url = `${house.server.url}/api/setup?snapshot=true`;
  const ask = (accepted: string): Promise<Response> =>
    fetch(url, { headers: { authorization: `Bearer ${owner}`, 'accept-encoding': accepted } });
  const [plain, packed, gzip] = await Promise.all([ask('identity'), ask('br, gzip'), ask('gzip, br;q=0')]);
  const encodings = [plain, packed, gzip].map(({ headers }) => headers.get('content-encoding'));
  assert.equal(encodings, [null, 'br', 'gzip']);
  assert.is(packed.headers.get('vary'), 'accept-encoding');
  const texts = await Promise.all([plain, packed, gzip].map((each) => each.text()));
  assert.is(new Set(texts).size, 1);
});

test.run();
