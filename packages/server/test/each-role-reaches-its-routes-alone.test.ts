// The table of routes against every role: whoever is below a route's least role is refused before anything else is looked at.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { LEAST_ROLES, type LeastRole } from '../src/authorize.ts';
import { METHODS, pathPattern, route, type Route } from '../src/routes.ts';
import { openHouse, type Answer } from './harness.ts';

const CALLERS = ['nobody', 'forged', 'guest', 'resident', 'admin', 'owner'] as const;
type CallerName = (typeof CALLERS)[number];

const tokens = new Map<CallerName, string | undefined>();

const house = await openHouse();
const owner = await house.claim();
tokens.set('owner', owner);
tokens.set('forged', 'A'.repeat(43));
for (const role of ['guest', 'resident', 'admin'] as const)
  tokens.set(role, (await house.person(role, role, owner)).token);
test.after(() => house.close());

const rank = (caller: CallerName): number => Math.max(0, LEAST_ROLES.indexOf(caller as LeastRole));
const addressOf = ({ path }: Route): string => path.replaceAll(/:[A-Za-z]+/g, 'none');
const ask = (caller: CallerName, { method, ...each }: Route, raw: string): Promise<Answer> =>
  house.ask(method, addressOf({ method, ...each }), {
    token: tokens.get(caller),
    ...(method !== 'GET' && method !== 'DELETE' && { raw }),
  });

for (const caller of CALLERS) {
  test(`${caller} is refused by every route above it, whatever the body, and by no other`, async () => {
    for (const each of house.server.routes) {
      const name = `${caller} ${each.method} ${each.path}`;
      const allowed = rank(caller) >= LEAST_ROLES.indexOf(each.role);
      const answer = await ask(caller, each, allowed ? '{}' : '{malformed');
      if (!allowed) {
        const anonymous = rank(caller) === 0;
        assert.is(answer.status, anonymous ? 401 : 403, name);
        assert.is(answer.json.code, anonymous ? 'UNAUTHENTICATED' : 'FORBIDDEN', name);
      } else
        assert.not([401, 403, 405, 500].includes(answer.status), `${name} answered ${answer.status} ${answer.text}`);
    }
  });
}

test('what the roles may is what was promised', () => {
  const promised: Record<LeastRole, readonly string[]> = {
    public: [
      'GET /api/health',
      'GET /api/setup',
      'POST /api/setup',
      'POST /api/sessions',
      'POST /api/guests/redeem',
      'POST /api/webhooks/:key',
    ],
    guest: ['GET /api/home', 'GET /api/rooms', 'GET /api/devices', 'GET /api/me', 'GET /api/openapi.json'],
    resident: [
      'GET /api/groups',
      'POST /api/scenes',
      'PUT /api/automations/:id',
      'GET /api/activity',
      'POST /api/tokens',
    ],
    admin: ['POST /api/rooms', 'PATCH /api/devices/:id', 'PUT /api/plugins/:id', 'GET /metrics', 'GET /api/users'],
    owner: [],
  };
  const roles = new Map(house.server.routes.map(({ method, path, role }) => [`${method} ${path}`, role]));
  for (const [role, names] of Object.entries(promised))
    for (const name of names) assert.is(roles.get(name), role, name);
  const open = [...roles].filter(([, role]) => role === 'public').map(([name]) => name);
  assert.equal(open.toSorted(), [...promised.public].toSorted());
});

test('a stranger learns of no address whether it exists, a guest does', async () => {
  for (const [method, path] of [
    ['GET', '/api/nothing'],
    ['DELETE', '/api/home'],
    ['GET', '/api'],
    ['POST', '/metrics'],
  ] as const)
    assert.is((await house.ask(method, path)).status, 401, path);
  const token = tokens.get('guest');
  assert.is((await house.ask('GET', '/api/nothing', { token })).status, 404);
  const other = await house.ask('DELETE', '/api/home', { token });
  assert.is(other.status, 405);
  assert.is(other.headers.allow, 'GET, PATCH');
});

test('a route without a role keeps the server from starting', () => {
  const spec = { method: 'GET', path: '/api/open', summary: '', answers: {}, handle: () => ({ status: 200 }) };
  assert.throws(() => route(spec as unknown as Parameters<typeof route>[0]), /declares no role/);
});

test('a resident changes the mode of the home and nothing else of it', async () => {
  const token = tokens.get('resident');
  assert.is((await house.ask('PATCH', '/api/home', { token, body: { mode: 'night' } })).status, 200);
  assert.is((await house.ask('PATCH', '/api/home', { token, body: { mode: 'night', name: 'Mine' } })).status, 403);
  assert.is((await house.ask('PATCH', '/api/home', { token, body: { nonsense: 1 } })).status, 403);
});

test('only owners make, change and remove owners and admins', async () => {
  const [admin, owner] = [tokens.get('admin'), tokens.get('owner')];
  const people = (await house.ask('GET', '/api/users', { token: owner })).json.items as { id: string; role: string }[];
  const idOf = (role: string): string => people.find((each) => each.role === role)!.id;
  const body = { name: 'New', password: 'correct horse battery', role: 'admin' };
  assert.is((await house.ask('POST', '/api/users', { token: admin, body })).status, 403);
  assert.is(
    (await house.ask('POST', '/api/users', { token: admin, body: { role: 'owner', nonsense: 1 } })).status,
    403,
  );
  assert.is(
    (await house.ask('PATCH', `/api/users/${idOf('owner')}`, { token: admin, body: { name: 'X' } })).status,
    403,
  );
  assert.is(
    (await house.ask('PATCH', `/api/users/${idOf('guest')}`, { token: admin, body: { role: 'owner' } })).status,
    403,
  );
  assert.is((await house.ask('DELETE', `/api/users/${idOf('owner')}`, { token: admin })).status, 403);
  assert.is(
    (await house.ask('PATCH', `/api/users/${idOf('guest')}`, { token: admin, body: { name: 'Gus' } })).status,
    200,
  );
  assert.is((await house.ask('POST', '/api/users', { token: owner, body })).status, 201);
});

test('the description lists exactly what is served, with its roles', async () => {
  const { json } = await house.ask('GET', '/api/openapi.json', { token: tokens.get('guest') });
  const described = Object.entries<Record<string, { 'x-lintel-role': string }>>(json.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(
      ([method, operation]) => `${method.toUpperCase()} ${path} ${operation['x-lintel-role']}`,
    ),
  );
  const served = house.server.routes.map(
    ({ method, path, role }) => `${method} ${path.replaceAll(/:([A-Za-z]+)/g, '{$1}')} ${role}`,
  );
  assert.equal(described.toSorted(), served.toSorted());
  for (const path of Object.keys(json.paths)) await assertNoOtherMethod(path.replaceAll(/\{[A-Za-z]+\}/g, 'none'));
  const references = [...JSON.stringify(json).matchAll(/"\$ref":"#\/components\/schemas\/(\w+)"/g)].map(
    ([, name]) => name!,
  );
  for (const name of references) assert.ok(json.components.schemas[name], name);
});

async function assertNoOtherMethod(address: string): Promise<void> {
  const served = house.server.routes.filter(({ path }) => pathPattern(path).test(address)).map(({ method }) => method);
  for (const method of METHODS) {
    if (served.includes(method)) continue;
    assert.is((await house.ask(method, address, { token: tokens.get('owner') })).status, 405, `${method} ${address}`);
  }
}

test.run();
