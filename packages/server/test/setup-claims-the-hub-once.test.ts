// Claiming the hub: the code, the password, the home, and that it happens once.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openHouse, PASSWORD, setupBody, type House } from './harness.ts';

async function within(work: (house: House) => Promise<void>): Promise<void> {
  const house = await openHouse();
  try {
    await work(house);
  } finally {
    await house.close();
  }
}

test('a claim makes the home and its owner, and signs them in', () =>
  within(async (house) => {
    assert.equal((await house.ask('GET', '/api/setup')).json, { claimed: false, signedIn: false });
    const claimed = await house.ask('POST', '/api/setup', { body: { ...setupBody(), virtual: true } });
    assert.is(claimed.status, 201);
    assert.is(claimed.json.user.role, 'owner');
    assert.match(
      claimed.headers['set-cookie']![0]!,
      /^lintel=[\w-]{43}; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/,
    );
    const cookie = claimed.headers['set-cookie']![0]!.split(';')[0]!;
    const setup = await house.ask('GET', '/api/setup', { headers: { cookie } });
    assert.equal(setup.json, { claimed: true, signedIn: true });
    assert.is((await house.ask('GET', '/api/home', { token: claimed.json.token })).json.timeZone, 'Europe/Berlin');
    assert.equal(house.hub.asked, [['configure', { id: 'virtual', body: { enabled: true, settings: {} } }]]);
  }));

test('a second claim is refused, whatever it says, and one of two at once as well', () =>
  within(async (house) => {
    const claims = await Promise.all([1, 2, 3].map(() => house.ask('POST', '/api/setup', { body: setupBody() })));
    assert.equal(claims.map(({ status }) => status).toSorted(), [201, 409, 409]);
    const late = await house.ask('POST', '/api/setup', { body: {} });
    assert.is(late.status, 409);
    assert.is(late.json.code, 'ALREADY_CLAIMED');
    assert.throws(() => house.server.newSetupCode(), /owner already/);
  }));

test('after five wrong codes even the right one is refused, until a new one is made', () =>
  within(async (house) => {
    for (let tries = 0; tries < 5; tries++) {
      const wrong = await house.ask('POST', '/api/setup', { body: { ...setupBody(), setupCode: 'WRONG-CODE-00' } });
      assert.is(wrong.status, 403);
      assert.is(wrong.json.code, 'SETUP_CODE_WRONG');
    }
    const locked = await house.ask('POST', '/api/setup', { body: setupBody() });
    assert.is(locked.status, 403);
    assert.is(locked.json.code, 'SETUP_LOCKED');
    const setupCode = house.server.newSetupCode();
    const claimed = await house.ask('POST', '/api/setup', {
      body: { ...setupBody(), setupCode: setupCode.toLowerCase() },
    });
    assert.is(claimed.status, 201);
  }));

for (const weak of [
  'short',
  'password',
  'Passw0rd!',
  '12345678',
  'aaaaaaaaaa',
  'qwertyuiop',
  'ada12345',
  'lintel2026',
  'testtest',
]) {
  test(`${weak} is refused as a password`, () =>
    within(async (house) => {
      const refused = await house.ask('POST', '/api/setup', { body: { ...setupBody(), password: weak } });
      assert.is(refused.status, 422);
      assert.is(refused.json.code, 'WEAK_PASSWORD');
      assert.is(refused.json.pointer, '/password');
    }));
}

for (const [field, value] of [
  ['latitude', 91],
  ['longitude', -181],
  ['timeZone', 'Mars/Phobos'],
  ['name', ''],
] as const) {
  test(`a bad ${field} of the home is pointed at`, () =>
    within(async (house) => {
      const body = setupBody();
      const home = { ...(body['home'] as object), [field]: value };
      const refused = await house.ask('POST', '/api/setup', { body: { ...body, home } });
      assert.is(refused.status, 422);
      assert.is(refused.json.pointer, `/home/${field}`);
      assert.equal((await house.ask('GET', '/api/setup')).json.claimed, false);
    }));
}

test('a claim that broke off before the home was made leaves no one who could sign in', () =>
  within(async (house) => {
    const { createHome } = house.hub;
    Object.assign(house.hub, { createHome: () => Promise.reject(new Error('power cut')) });
    const broken = await house.ask('POST', '/api/setup', { body: setupBody() });
    assert.is(broken.status, 500);
    const signIn = { name: 'Ada', password: PASSWORD };
    assert.is((await house.ask('POST', '/api/sessions', { body: signIn })).status, 401);
    Object.assign(house.hub, { createHome });
    assert.is((await house.ask('POST', '/api/setup', { body: setupBody() })).status, 201);
    assert.is((await house.ask('POST', '/api/sessions', { body: signIn })).status, 201);
  }));

test.run();
