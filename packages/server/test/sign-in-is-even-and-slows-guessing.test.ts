// Accounts, sessions and tokens: signing in and out, guessing, and what ends with what.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { HubError } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { makeDevice } from './fake-things.ts';
import { HandClock, HOME, openHouse, PASSWORD, type Answer, type House } from './harness.ts';

let house: House;
let owner: string;
let clock: HandClock;

test.before.each(async () => {
  clock = new HandClock();
  house = await openHouse({ clock });
  owner = await house.claim();
});
test.after.each(() => house.close());

const signIn = (password: string, name = 'Ada', from?: string): Promise<Answer> =>
  house.ask('POST', '/api/sessions', { body: { name, password }, ...(from !== undefined && { from }) });

test('a name counts however it is written', async () => {
  for (const name of ['Ada', 'ada', ' ADA ', 'Ａｄａ']) assert.is((await signIn(PASSWORD, name)).status, 201, name);
});

test('an unknown name, a wrong password and an account without one fail alike, in even time', async () => {
  const wrong = await signIn('wrong password');
  const unknown = await signIn('wrong password', 'Nobody');
  assert.equal([wrong.status, wrong.text], [401, unknown.text]);
  const times = { Ada: [] as number[], Nobody: [] as number[] };
  for (let round = 0; round < 12; round++) {
    for (const name of ['Ada', 'Nobody'] as const) {
      clock.advance(60_000);
      const start = performance.now();
      assert.is((await signIn('wrong password', name)).status, 401);
      times[name].push(performance.now() - start);
    }
  }
  const median = (list: number[]): number => list.toSorted((a, b) => a - b)[list.length >> 1]!;
  const ratio = median(times.Ada) / median(times.Nobody);
  assert.ok(ratio > 0.5 && ratio < 2, `medians differ by ${ratio}`);
});

test('beyond a few failures the wait grows, up to a minute, and ends', async () => {
  const waits: number[] = [];
  for (let tries = 0; tries < 20; tries++) {
    const answer = await signIn('wrong password');
    assert.is(answer.status, tries < 5 ? 401 : 429);
    if (answer.status === 429) waits.push(Number(answer.headers['retry-after']));
  }
  assert.equal(
    waits,
    waits.toSorted((a, b) => a - b),
  );
  assert.ok(waits[0]! >= 1 && waits.at(-1)! > waits[0]! && waits.at(-1)! <= 60);
  assert.is((await signIn(PASSWORD)).status, 429);
  clock.advance(60_000);
  assert.is((await signIn(PASSWORD)).status, 201);
  assert.is((await signIn('wrong password')).status, 401);
});

test('many tries at once get no further than as many in a row', async () => {
  const answers = await Promise.all(Array.from({ length: 30 }, () => signIn('wrong password')));
  assert.is(answers.filter(({ status }) => status === 401).length, 5);
});

test('an address that guesses many names at once does not hold up another', async () => {
  const guesses = Array.from({ length: 60 }, (_, index) => signIn('wrong password', `Name ${index}`));
  const started = performance.now();
  assert.is((await signIn(PASSWORD, 'Ada', '127.0.0.2')).status, 201);
  assert.ok(performance.now() - started < 5_000);
  const statuses = (await Promise.all(guesses)).map(({ status }) => status);
  assert.ok(statuses.includes(429) && statuses.includes(401));
});

test('a full disk keeps no one from reading', async () => {
  const { transaction } = house.hub.store;
  Object.assign(house.hub.store, { transaction: () => Promise.reject(new HubError('DISK_FULL', 'The disk is full.')) });
  clock.advance(3_600_000);
  assert.is((await house.ask('GET', '/api/home', { token: owner })).status, 200);
  const refused = await signIn(PASSWORD);
  assert.equal([refused.status, refused.json.code], [507, 'DISK_FULL']);
  Object.assign(house.hub.store, { transaction });
});

test('from another address the owner gets in while someone guesses', async () => {
  for (let tries = 0; tries < 10; tries++) await signIn('wrong password');
  assert.is((await signIn(PASSWORD, 'Ada', '127.0.0.2')).status, 201);
});

test('a session outlasts a restart, and ends when it is revoked', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-kept-'));
  const first = await openHouse({ folder });
  const token = await first.claim();
  await first.close();
  const second = await openHouse({ folder });
  await second.hub.createHome(HOME, { kind: 'system' });
  assert.is((await second.ask('GET', '/api/me', { token })).json.name, 'Ada');
  const ended = await second.ask('DELETE', '/api/sessions/current', { token });
  assert.is(ended.status, 204);
  assert.match(ended.headers['set-cookie']![0]!, /^lintel=; .*Max-Age=0/);
  assert.is((await second.ask('GET', '/api/me', { token })).status, 401);
  await second.close();
  rmSync(folder, { recursive: true });
});

test('a session ends three months after its last use, not before', async () => {
  const day = 86_400_000;
  for (let days = 0; days < 200; days += 50) {
    clock.advance(50 * day);
    assert.is((await house.ask('GET', '/api/me', { token: owner })).status, 200);
  }
  clock.advance(91 * day);
  assert.is((await house.ask('GET', '/api/me', { token: owner })).status, 401);
});

test("another person's session cannot be seen or ended", async () => {
  const ben = await house.person('Ben', 'admin', owner);
  const own = (await house.ask('GET', '/api/sessions', { token: owner })).json.items;
  assert.equal(
    own.map(({ current }: { current: boolean }) => current),
    [true],
  );
  assert.is((await house.ask('DELETE', `/api/sessions/${own[0].id}`, { token: ben.token })).status, 404);
  assert.is((await house.ask('DELETE', `/api/sessions/${own[0].id}`, { token: owner })).status, 204);
});

test('the last owner can neither go nor step down, and names are unique', async () => {
  const ada = (await house.ask('GET', '/api/me', { token: owner })).json;
  const refused = await house.ask('DELETE', `/api/users/${ada.id}`, { token: owner });
  assert.equal([refused.status, refused.json.code], [409, 'LAST_OWNER']);
  const lowered = await house.ask('PATCH', `/api/users/${ada.id}`, { token: owner, body: { role: 'admin' } });
  assert.equal([lowered.status, lowered.json.code], [409, 'LAST_OWNER']);
  const twin = await house.ask('POST', '/api/users', {
    token: owner,
    body: { name: ' ADA', password: PASSWORD, role: 'guest' },
  });
  assert.equal([twin.status, twin.json.code, twin.json.pointer], [409, 'NAME_TAKEN', '/name']);
  await house.person('Ben', 'owner', owner);
  const renamed = await house.ask('PATCH', `/api/users/${ada.id}`, { token: owner, body: { name: 'ben' } });
  assert.is(renamed.json.code, 'NAME_TAKEN');
  assert.is((await house.ask('DELETE', `/api/users/${ada.id}`, { token: owner })).status, 204);
});

test('two owners who step down at once leave one', async () => {
  const ben = await house.person('Ben', 'owner', owner);
  const ada = (await house.ask('GET', '/api/me', { token: owner })).json;
  const answers = await Promise.all([
    house.ask('PATCH', `/api/users/${ada.id}`, { token: owner, body: { role: 'resident' } }),
    house.ask('PATCH', `/api/users/${ben.id}`, { token: ben.token, body: { role: 'resident' } }),
  ]);
  assert.equal(answers.map(({ status }) => status).toSorted(), [200, 409]);
});

test('a person changes their own password with the old one, which ends the other sessions', async () => {
  const other = (await signIn(PASSWORD)).json.token;
  const change = (currentPassword: string): Promise<Answer> =>
    house.ask('PATCH', '/api/me', { token: owner, body: { password: 'a brand new secret', currentPassword } });
  assert.is((await change('not the old one')).status, 403);
  assert.is((await change(PASSWORD)).status, 200);
  assert.is((await house.ask('GET', '/api/me', { token: owner })).status, 200);
  assert.is((await house.ask('GET', '/api/me', { token: other })).status, 401);
  assert.is((await signIn(PASSWORD)).status, 401);
});

test('a token acts for its maker, tells when it was used, and ends with the account', async () => {
  const ben = await house.person('Ben', 'resident', owner);
  const made = await house.ask('POST', '/api/tokens', { token: ben.token, body: { name: 'script' } });
  assert.equal(Object.keys(made.json).toSorted(), ['id', 'token']);
  const list = (): Promise<Answer> => house.ask('GET', '/api/tokens', { token: ben.token });
  assert.is((await list()).json.items[0].lastUsed, null);
  assert.is((await house.ask('GET', '/api/groups', { token: made.json.token })).status, 200);
  assert.is((await list()).json.items[0].lastUsed, new Date(clock.now()).toISOString());
  assert.not.match((await list()).text, made.json.token);
  assert.is((await house.ask('DELETE', `/api/tokens/${made.json.id}`, { token: owner })).status, 404);
  await house.ask('PATCH', `/api/users/${ben.id}`, { token: owner, body: { role: 'guest' } });
  assert.is((await house.ask('GET', '/api/groups', { token: made.json.token })).status, 403);
  await house.ask('DELETE', `/api/users/${ben.id}`, { token: owner });
  assert.is((await house.ask('GET', '/api/me', { token: made.json.token })).status, 401);
});

test('a token made by a token lives no longer than it', async () => {
  const expiresAt = new Date(clock.now() + 60_000).toISOString();
  const parent = (await house.ask('POST', '/api/tokens', { token: owner, body: { name: 'parent', expiresAt } })).json;
  const child = (await house.ask('POST', '/api/tokens', { token: parent.token, body: { name: 'child' } })).json;
  const items = (await house.ask('GET', '/api/tokens', { token: owner })).json.items;
  assert.equal(
    items.map((each: { expiresAt: string }) => each.expiresAt),
    [expiresAt, expiresAt],
  );
  await house.ask('DELETE', `/api/tokens/${parent.id}`, { token: owner });
  assert.is((await house.ask('GET', '/api/me', { token: child.token })).status, 401);
});

test('a narrowed token reaches its rooms and capabilities alone', async () => {
  const room = (await house.ask('POST', '/api/rooms', { token: owner, body: { name: 'Hall' } })).json.id;
  const attic = (await house.ask('POST', '/api/rooms', { token: owner, body: { name: 'Attic' } })).json.id;
  house.hub.addDevice(makeDevice('virtual:hall', room));
  house.hub.addDevice(makeDevice('virtual:door', room, 'lock', 'locked'));
  house.hub.addDevice(makeDevice('virtual:attic', null));
  const body = { name: 'panel', rooms: [room], capabilities: ['onOff', 'lock.lock'] };
  const { token } = (await house.ask('POST', '/api/tokens', { token: owner, body })).json;
  const seen = (await house.ask('GET', '/api/devices', { token })).json.items;
  assert.equal(
    seen.map(({ id }: { id: string }) => id),
    ['virtual:hall', 'virtual:door'],
  );
  assert.is((await house.ask('GET', `/api/rooms/${room}`, { token })).json.name, 'Hall');
  assert.is((await house.ask('GET', `/api/rooms/${attic}`, { token })).status, 404);
  const command = async (id: string, asked: object): Promise<number> =>
    (await house.ask('POST', `/api/devices/${id}/commands`, { token, body: asked })).status;
  assert.is(await command('virtual:hall', { set: { 'onOff.on': true } }), 200);
  assert.is(await command('virtual:hall', { set: { 'onOff.on': true, 'level.level': 1 } }), 403);
  assert.is(await command('virtual:door', { command: 'lock.lock' }), 200);
  assert.is(await command('virtual:door', { command: 'lock.unlock' }), 403);
  assert.is(await command('virtual:attic', { set: { 'onOff.on': true } }), 404);
  assert.is(
    (await house.ask('POST', `/api/rooms/${room}/commands`, { token, body: { set: { 'onOff.on': true } } })).status,
    403,
  );
});

for (const [body, pointer] of [
  [{ name: 'x', capabilities: ['onOff', 'flying'] }, '/capabilities/1'],
  [{ name: 'x', rooms: ['attic'] }, '/rooms/0'],
  [{ name: 'x', expiresAt: '2020-01-01T00:00:00Z' }, '/expiresAt'],
  [{ name: 'x', expiresAt: 'tomorrow' }, '/expiresAt'],
] as const) {
  test(`a token with ${JSON.stringify(body)} is refused`, async () => {
    const refused = await house.ask('POST', '/api/tokens', { token: owner, body });
    assert.equal([refused.status, refused.json.pointer], [422, pointer]);
  });
}

test('what the home wants confirmed is asked once more, and the confirmation is good once', async () => {
  house.hub.addDevice(makeDevice('virtual:door', null, 'lock', 'locked'));
  await house.ask('PATCH', '/api/home', { token: owner, body: { confirm: ['lock.unlock'] } });
  const unlock = (body: object = {}, token = owner): Promise<Answer> =>
    house.ask('POST', '/api/devices/virtual:door/commands', { token, body: { command: 'lock.unlock', ...body } });
  const asked = await unlock();
  assert.equal([asked.status, asked.json.code], [428, 'CONFIRMATION_REQUIRED']);
  const { confirm } = asked.json;
  const ben = await house.person('Ben', 'resident', owner);
  assert.is((await unlock({ confirm }, ben.token)).status, 428);
  assert.is((await unlock({ confirm, args: { slot: 1 } })).status, 428);
  assert.is((await unlock({ confirm })).status, 200);
  assert.is((await unlock({ confirm })).status, 428);
  const late = (await unlock()).json.confirm;
  clock.advance(30_000);
  assert.is((await unlock({ confirm: late })).status, 428);
});

test('more than 15 sensitive commands a minute are too many', async () => {
  house.hub.addDevice(makeDevice('virtual:door', null, 'lock', 'locked'));
  const lock = (): Promise<Answer> =>
    house.ask('POST', '/api/devices/virtual:door/commands', { token: owner, body: { command: 'lock.lock' } });
  for (let count = 0; count < 15; count++) assert.is((await lock()).status, 200);
  const refused = await lock();
  assert.equal([refused.status, refused.headers['retry-after']], [429, '60']);
  clock.advance(60_000);
  assert.is((await lock()).status, 200);
});

test.run();
