// The fake hub's HTTP answers, as the contract shapes them.

import { randomUUID } from 'node:crypto';
import type { Device, Home, Room, Rule } from '@lintel/model';
import { created, EMPTY, list, MISSING, ok, problem, type Answer, type Request } from './fake-answers.ts';
import type { FakeHub } from './fake-hub.ts';
import { HOUSEHOLD_ROUTES } from './fake-household.ts';
import { backtest, forecast, PAST_ROUTES, rulePast } from './fake-past.ts';
import { imported } from './fake-import.ts';
import { CODES, PLUGIN_ROUTES } from './fake-plugins.ts';

function signIn(hub: FakeHub): Answer {
  const token = randomUUID();
  hub.sessions.add(token);
  return { ...created({ token, user: hub.user }), cookie: `lintel=${token}; HttpOnly; SameSite=Strict; Path=/` };
}

/** Answers one request; everything but setup, sign-in and health needs a session. */
export function answer(hub: FakeHub, method: string, url: URL, text: string, signedIn: boolean): Answer {
  const path = url.pathname.split('/').slice(2).map(decodeURIComponent);
  const request: Request = { hub, method, path, query: url.searchParams, body: text === '' ? {} : JSON.parse(text) };
  const open = openRoutes(request, signedIn);
  if (open !== null) return open;
  if (!signedIn) return problem(401, 'UNAUTHENTICATED', 'Sign in first.');
  return ROUTES[path[0] ?? '']?.(request) ?? MISSING;
}

function openRoutes({ hub, method, path, body }: Request, signedIn: boolean): Answer | null {
  const key = `${method} ${path.join('/')}`;
  if (key === 'POST safe-mode/leave') hub.safeMode = false;
  if (key === 'GET health' || key === 'POST safe-mode/leave')
    return ok({ status: hub.safeMode ? 'safe-mode' : 'ok', version: '0.1.0', reasons: [] });
  if (key === 'GET setup') return ok({ claimed: hub.claimed, signedIn, ...(signedIn && { snapshot: hub.snapshot() }) });
  if (key === 'POST setup') return setUp(hub, body);
  if (key === 'POST guests/redeem')
    return body.code === 'ABCD-EFGH' ? signIn(hub) : problem(401, 'UNAUTHENTICATED', 'This invitation is not valid.');
  if (key !== 'POST sessions') return null;
  if (body.password !== hub.password) return problem(401, 'UNAUTHENTICATED', 'Name or password is wrong.');
  return signIn(hub);
}

function setUp(hub: FakeHub, body: Request['body']): Answer {
  if (body.setupCode !== 'setup-code-1234')
    return problem(403, 'SETUP_CODE_WRONG', 'That is not the setup code.', '/setupCode');
  if (body.password.length < 10) return problem(422, 'WEAK_PASSWORD', 'Choose a longer password.', '/password');
  hub.claimed = true;
  hub.home = { ...hub.home, ...body.home };
  if (body.virtual === true) hub.furnish();
  return signIn(hub);
}

const ROUTES: Readonly<Record<string, (request: Request) => Answer | null>> = {
  ...HOUSEHOLD_ROUTES,
  ...PAST_ROUTES,
  me: ({ hub }) => ok(hub.user),
  home: ({ hub, method, body }) => {
    if (method === 'PATCH') {
      hub.home = { ...hub.home, ...(body as Partial<Home>) };
      hub.broadcast({ topic: 'home', home: hub.home });
    }
    return ok(hub.home);
  },
  rooms,
  devices,
  automations,
  ...PLUGIN_ROUTES,
  sessions: ({ method }) => {
    if (method === 'DELETE') return EMPTY;
    const session = { user: 'u1', createdAt: new Date().toISOString(), lastUsed: new Date().toISOString() };
    return list([
      {
        id: 's1',
        ...session,
        current: true,
        agent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/153.0.0.0 Safari/537.36',
      },
      {
        id: 's2',
        ...session,
        current: false,
        agent:
          'Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 Version/19.0 Mobile/15E148 Safari/604.1',
      },
    ]);
  },
  activity: ({ hub }) => {
    const at = (minutes: number): string => new Date(Date.now() - minutes * 60_000).toISOString();
    const ids = [...hub.devices.keys()];
    return list([
      { at: at(1), sequence: 9, origin: { kind: 'user', name: 'Ada' }, text: 'Sofa lamp turned on', device: ids[5] },
      {
        at: at(9),
        sequence: 8,
        origin: { kind: 'automation', id: 'hall-night-light', name: 'Hall night light' },
        text: 'Hall lamp turned off',
        device: ids[0],
        automation: 'hall-night-light',
      },
      { at: at(1700), sequence: 7, origin: { kind: 'device' }, text: 'Window opened', device: ids[17] },
    ]);
  },
  users: ({ hub }) => list([hub.user, { id: 'u2', name: 'Grace', role: 'resident' }]),
  'openapi.json': ({ hub }) =>
    ok({ openapi: '3.1.0', paths: Object.fromEntries(hub.routes.map((path) => [path, { get: {}, post: {} }])) }),
};

function rooms({ hub, method, path, body }: Request): Answer | null {
  const id = path[1];
  if (id === undefined) {
    if (method === 'GET') return list(hub.rooms.values());
    const room: Room = { ...body, id: (body.id as string | undefined) ?? randomUUID() };
    hub.rooms.set(room.id, room);
    hub.broadcast({ topic: 'room', id: room.id, room });
    return created(room);
  }
  const before = hub.rooms.get(id);
  if (before === undefined) return null;
  if (method === 'DELETE') {
    hub.rooms.delete(id);
    hub.broadcast({ topic: 'room', id, room: null });
    return EMPTY;
  }
  const room = { ...before, ...body, id };
  hub.rooms.set(id, room);
  hub.broadcast({ topic: 'room', id, room });
  return ok(room);
}

function devices({ hub, method, path, body }: Request): Answer | null {
  const [, id, verb] = path;
  if (id === undefined) return list(hub.devices.values());
  if (!hub.devices.has(id)) return null;
  if (verb === 'share') return ok({ ...CODES, until: new Date(Date.now() + 180_000).toISOString() });
  if (method === 'PATCH') return ok(hub.replace(id, changed(hub.devices.get(id)!, body as Partial<Device>)));
  if (method !== 'DELETE') return ok(hub.devices.get(id));
  hub.devices.delete(id);
  hub.broadcast({ topic: 'device', id, device: null });
  return EMPTY;
}

/** A volume limit is the most that a player is described with, as on the hub. */
function changed({ settings, endpoints }: Device, change: Partial<Device>): Partial<Device> {
  if (change.settings === undefined) return change;
  const all = { ...settings, ...change.settings };
  const max = typeof all['volumeLimit'] === 'number' ? all['volumeLimit'] : 1;
  const limited = endpoints.map((endpoint) => ({
    ...endpoint,
    capabilities: endpoint.capabilities.map((each) => ({
      ...each,
      properties: each.properties.map((one) => (one.name === 'volume' ? { ...one, max } : one)),
    })),
  }));
  return { ...change, settings: all, endpoints: limited };
}

function badRule({ ruleProblem }: FakeHub, rule: Rule): Answer | null {
  if (ruleProblem !== null) return problem(422, 'BAD_RULE', ruleProblem.detail, ruleProblem.pointer);
  return rule.triggers.length === 0 ? problem(422, 'BAD_RULE', 'A rule needs a trigger.', '/triggers') : null;
}

function saveRule(hub: FakeHub, rule: Rule): Rule {
  const saved = { enabled: true, ...rule, version: (hub.rules.get(rule.id)?.version ?? 0) + 1 };
  hub.rules.set(rule.id, saved);
  hub.broadcast({ topic: 'automation', id: rule.id, automation: saved });
  return saved;
}

function automations(request: Request): Answer | null {
  const { hub, method, path, body } = request;
  const [, id, verb] = path;
  if (id === undefined) {
    if (method === 'GET') return list(hub.rules.values());
    return (
      badRule(hub, body as Rule) ??
      created(saveRule(hub, { ...(body as Rule), id: (body as Partial<Rule>).id ?? randomUUID() }))
    );
  }
  if (id === 'check') return ok({ problems: hub.problems });
  if (id === 'import') return imported(body);
  if (id === 'backtest') return backtest();
  if (id === 'forecast') return forecast();
  const rule = hub.rules.get(id);
  if (rule === undefined) return null;
  const past = rulePast(request, rule);
  if (past !== null) return past;
  if (verb === 'enable' || verb === 'disable') return ok(saveRule(hub, { ...rule, enabled: verb === 'enable' }));
  if (verb === 'run') return ok({ run: 1 });
  if (method === 'GET') return ok(rule);
  if (method === 'PUT') return badRule(hub, body as Rule) ?? ok(saveRule(hub, { ...(body as Rule), id }));
  hub.rules.delete(id);
  hub.broadcast({ topic: 'automation', id, automation: null });
  return EMPTY;
}
