// The fake hub's answers about people, scenes, schedules, variables, notifications, tokens, and what is pending.

import { randomUUID } from 'node:crypto';
import type { Notification, Scene } from '@lintel/model';
import { created, EMPTY, list, ok, problem, type Answer, type Request } from './fake-answers.ts';
import type { FakeHub } from './fake-hub.ts';

type Thing = { readonly id: string };
type Told = 'person' | 'scene' | 'schedule' | 'variable';

/** Tells every page of a thing that was added, changed or taken away. */
function tell(hub: FakeHub, topic: Told, id: string, thing: unknown): void {
  hub.broadcast({ topic, id, [topic]: thing } as never);
}

/** Create, change and remove, as all collections of the home do. */
function collection(topic: Told, of: (hub: FakeHub) => Map<string, Thing>, blank: object) {
  return ({ hub, method, path, body }: Request): Answer | null => {
    const things = of(hub);
    const [, id] = path;
    if (id === undefined && method === 'GET') return list(things.values());
    if (id === undefined) {
      if (body.name === 'refused') return problem(422, 'BAD_VALUE', 'Choose another name.', '/name');
      const thing = {
        ...blank,
        ...body,
        id: (body.id as string | undefined) ?? (topic === 'variable' ? body.name : randomUUID()),
      };
      things.set(thing.id, thing);
      tell(hub, topic, thing.id, thing);
      return created(thing);
    }
    const before = things.get(id);
    if (before === undefined) return null;
    if (method === 'DELETE') things.delete(id);
    else if (method === 'PATCH') things.set(id, { ...before, ...body, id });
    tell(hub, topic, id, things.get(id) ?? null);
    return method === 'DELETE' ? EMPTY : ok(things.get(id));
  };
}

const sceneThings = collection('scene', ({ household }) => household.scenes as Map<string, Thing>, { targets: [] });

function scenes(request: Request): Answer | null {
  const { hub, path, body } = request;
  if (path[1] === 'capture') {
    const devices = [...hub.devices.values()].filter(
      (each) => each.room === body.room || (body.devices as string[] | undefined)?.includes(each.id),
    );
    const targets = devices.map(({ id }) => ({ device: id, values: { 'onOff.on': true } }));
    return sceneThings({ ...request, path: ['scenes'], body: { name: body.name as string, targets } });
  }
  if (path[2] !== 'recall') return sceneThings(request);
  const scene: Scene | undefined = hub.household.scenes.get(path[1]!);
  for (const { device, values } of scene?.targets ?? []) hub.report(device, values, 'user');
  return ok({ id: randomUUID(), status: 'done', devices: {} });
}

function notifications({ hub, method, path }: Request): Answer | null {
  const things = hub.household.notifications;
  const [, id, verb, action] = path;
  const change = (notification: Notification | null, of: string): void => {
    if (notification === null) things.delete(of);
    else things.set(of, notification);
    hub.broadcast({ topic: 'notification', id: of, notification: notification as never });
  };
  if (id === undefined) return list([...things.values()].toSorted((a, b) => b.at.localeCompare(a.at)));
  if (id === 'test') {
    const at = new Date().toISOString();
    const test = { id: randomUUID(), at, text: 'This is a test.', actions: [], critical: false };
    change(test, test.id);
    return created(test);
  }
  const before = things.get(id);
  if (before === undefined) return null;
  if (method === 'DELETE') {
    change(null, id);
    return EMPTY;
  }
  if (verb !== 'actions') return null;
  const answered = { action: action!, at: new Date().toISOString(), by: { kind: 'user', name: 'Ada' } as const };
  change({ ...before, answered }, id);
  return ok(things.get(id));
}

function tokens({ hub, method, path, body }: Request): Answer | null {
  const things = hub.household.tokens;
  if (path[1] === undefined && method === 'GET') return list(things.values());
  if (method === 'DELETE') return things.delete(path[1]!) ? EMPTY : null;
  const token = { id: randomUUID(), createdAt: new Date().toISOString(), lastUsed: null };
  const { name, capabilities = null, rooms = null, expiresAt = null } = body;
  things.set(token.id, { ...token, name, capabilities, rooms, expiresAt });
  return created({ id: token.id, token: 'lintel_0123456789abcdef' });
}

function pending({ hub, method, path }: Request): Answer | null {
  const things = hub.household.pending;
  if (method === 'GET') return list(things.values());
  return things.delete(path[1]!) ? EMPTY : null;
}

function guests({ hub, method, path, body }: Request): Answer | null {
  const things = hub.household.guests;
  if (path[1] === undefined && method === 'GET') return list(things.values());
  if (method === 'DELETE') return things.delete(path[1]!) ? EMPTY : null;
  const id = randomUUID();
  const { from = new Date().toISOString(), weekdays = null, after = null, before = null } = body;
  things.set(id, { ...body, id, from, weekdays, after, before });
  return created({ id, code: 'ABCD-EFGH', link: 'http://hub.local/sign-in#guest=ABCD-EFGH' });
}

function repairs({ hub, method, path }: Request): Answer | null {
  const things = hub.household.repairs;
  if (method === 'GET') return list(things.values());
  if (!things.delete(path[1]!)) return null;
  hub.broadcast({ topic: 'repair', id: path[1]!, repair: null });
  return EMPTY;
}

function backups({ hub, method }: Request): Answer {
  const things = hub.household.backups;
  if (method === 'GET') return list([...things.values()].toSorted((a, b) => b.at.localeCompare(a.at)));
  const at = new Date().toISOString();
  const backup = { id: at.slice(0, 19).replaceAll(':', '-'), at, bytes: 3_500_000 };
  things.set(backup.id, backup);
  return created(backup);
}

function restore({ hub, body }: Request): Answer {
  if (!hub.household.backups.has(body.backup)) return problem(404, 'NOT_FOUND', 'There is no such backup.');
  hub.restored = body.backup;
  return { status: 202, json: { status: 'restarting' } };
}

export const HOUSEHOLD_ROUTES: Readonly<Record<string, (request: Request) => Answer | null>> = {
  people: collection('person', ({ household }) => household.people as Map<string, Thing>, {
    user: null,
    sources: [],
    presence: null,
    since: null,
  }),
  schedules: collection('schedule', ({ household }) => household.schedules as Map<string, Thing>, {
    blocks: [],
    value: null,
  }),
  variables: collection('variable', ({ household }) => household.variables as Map<string, Thing>, { value: null }),
  scenes,
  notifications,
  tokens,
  pending,
  guests,
  repairs,
  backups,
  restore,
};
