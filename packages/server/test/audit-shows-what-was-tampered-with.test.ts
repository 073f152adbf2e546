// What was done about the home's safety is noted, and no note can be changed or lost unseen.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeDevice } from './fake-things.ts';
import { openHouse, type House } from './harness.ts';

const test = suite('audit');
let house: House;
let token: string;

test.before.each(async () => {
  house = await openHouse();
  token = await house.claim();
  house.hub.addDevice(makeDevice('virtual:lock-1', null, 'lock', 'locked'));
  house.hub.outcome = { id: 'c1', status: 'done' };
});
test.after.each(() => house.close());

const entries = async (query = '') => (await house.ask('GET', `/api/audit${query}`, { token })).json;
const verify = async () => (await house.ask('GET', '/api/audit/verify', { token })).json;
const actions = async (): Promise<string[]> => (await entries()).items.map(({ action }: { action: string }) => action);

test('sign-ins, refusals, changes and commands to locks are noted, newest first', async () => {
  await house.ask('POST', '/api/sessions', { body: { name: 'Ada', password: 'wrong' } });
  await house.ask('POST', '/api/rooms', { token, body: { name: 'Hall' } });
  await house.ask('POST', '/api/devices/virtual:lock-1/commands', { token, body: { command: 'lock.unlock' } });
  const { items } = await entries();
  assert.equal(
    items.map(({ action, status }: { action: string; status: number }) => [action, status]),
    [
      ['lock.unlock virtual:lock-1', 200],
      ['POST /api/rooms', 201],
      ['POST /api/sessions', 401],
      ['POST /api/setup', 201],
    ],
  );
  assert.is(items[1].user.name, 'Ada');
  assert.is(items[2].user, null);
});

test('a device that is let in without showing who made it is noted for that', async () => {
  const pairing = (body: object) => house.ask('POST', '/api/plugins/zigbee/pairing', { token, body });
  await pairing({});
  await pairing({ insecure: true });
  const pair = 'POST /api/plugins/zigbee/pairing';
  assert.equal(await actions(), [pair, 'insecure pairing through zigbee', pair, 'POST /api/setup']);
});

test('what strangers are refused anyway fills no log', async () => {
  await house.ask('POST', '/api/rooms', { body: { name: 'Mine' } });
  assert.equal(await actions(), ['POST /api/setup']);
});

test('pages go on where the last one ended', async () => {
  for (const name of ['A', 'B', 'C']) await house.ask('POST', '/api/rooms', { token, body: { name } });
  const first = await entries('?limit=3');
  const second = await entries(`?limit=3&after=${first.next}`);
  assert.equal([first.items.length, second.items.length, second.next], [3, 1, null]);
});

const TAMPERING: readonly (readonly [string, string, number])[] = [
  ['changed', "UPDATE audit SET name = 'Eve' WHERE number = 2", 2],
  ['taken out', 'DELETE FROM audit WHERE number = 2', 2],
  ['lost at the end', 'DELETE FROM audit WHERE number = 3', 3],
];
for (const [what, sql, broken] of TAMPERING) {
  test(`an entry that was ${what} shows`, async () => {
    for (const name of ['A', 'B']) await house.ask('POST', '/api/rooms', { token, body: { name } });
    assert.equal(await verify(), { ok: true, entries: 3 });
    await house.hub.store.transaction([{ sql }]);
    const found = await verify();
    assert.equal([found.ok, found.broken], [false, broken]);
  });
}

test.run();
