// A hub in memory behind the real interface and a real store: enough of a home to serve, without plugins or a core.

import type { Change, ChangeBody, Collection, Hub, PluginView } from '@lintel/hub';
import {
  HubError,
  type Device,
  type Group,
  type Home,
  type Room,
  type Rule,
  type Scene,
  type Value,
} from '@lintel/model';
import { openStore } from '../../hub/src/store/store.ts';

const AT = '2026-11-21T12:00:00.000Z';
const origin = { kind: 'device' } as const;

export function makeDevice(id: string, room: string | null, capability = 'onOff', value: Value = false): Device {
  const property = { onOff: 'on', lock: 'state', temperature: 'temperature' }[capability]!;
  const described = {
    name: property,
    type: 'boolean',
    unit: null,
    min: null,
    max: null,
    values: null,
    settable: true,
  } as const;
  const commands = { onOff: ['toggle'], lock: ['lock', 'unlock'] }[capability] ?? [];
  return {
    id,
    name: id,
    room,
    plugin: id.split(':')[0]!,
    kind: capability === 'lock' ? 'lock' : 'light',
    manufacturer: null,
    model: null,
    firmware: null,
    address: null,
    online: true,
    stale: false,
    lastSeen: AT,
    settings: {},
    endpoints: [
      {
        id: '1',
        name: null,
        kind: null,
        room: null,
        capabilities: [{ name: capability, properties: [described], commands }],
      },
    ],
    properties: { [`${capability}.${property}`]: { value, changedAt: AT, reportedAt: AT, origin } },
  };
}

const plugin = (id: string): PluginView => ({
  id,
  name: id,
  version: '1.0.0',
  enabled: false,
  status: 'disabled',
  sandbox: { strength: 'partial', layers: [], open: [] },
  permissions: {},
  settingsSchema: {},
  settings: {},
  health: { state: 'disabled', message: null, since: null, restarts: 0, lastError: null, memory: null, cpu: null },
  pairing: { maximumSeconds: 254 },
});

export interface FakeHub extends Hub {
  /** What was asked of the hub, such as `['command', {…}]`. */
  readonly asked: [string, unknown][];
  addDevice(device: Device): void;
  tell(body: ChangeBody): void;
  /** Stands in for the next command's outcome. */
  outcome: Awaited<ReturnType<Hub['command']>>;
  /** Thrown by the next health(). */
  bug: Error | null;
}

export async function createFakeHub(folder: string): Promise<FakeHub> {
  const store = await openStore(folder);
  const listeners = new Set<(change: Change) => void>();
  const devices = new Map<string, Device>();
  const rules = new Map<string, Rule>();
  const plugins = new Map(['virtual', 'zigbee'].map((id) => [id, plugin(id)]));
  const asked: [string, unknown][] = [];
  let sequence = 0;
  let home: Home | null = null;
  const tell = (body: ChangeBody): void => {
    sequence += 1;
    for (const listener of listeners) listener({ ...body, sequence, at: AT } as Change);
  };
  const rooms = collection<Room>('room', tell);
  const groups = collection<Group>('group', tell);
  const scenes = collection<Scene>('scene', tell);
  const found = <T>(map: ReadonlyMap<string, T>, id: string): T => {
    const thing = map.get(id);
    if (thing === undefined) throw new HubError('NOT_FOUND', `There is no ${id}.`);
    return thing;
  };
  const saveRule = async (body: unknown, author: string): Promise<Rule> => {
    const rule = {
      enabled: true,
      id: `rule-${rules.size}`,
      ...(body as object),
      author,
      version: 1,
    } as unknown as Rule;
    rules.set(rule.id, rule);
    tell({ topic: 'automation', id: rule.id, value: rule });
    return rule;
  };
  const configure = async (id: string, body: unknown): Promise<PluginView> => {
    asked.push(['configure', { id, body }]);
    const changed = { ...found(plugins, id), ...(body as Partial<PluginView>) };
    plugins.set(id, changed);
    tell({ topic: 'plugin', id, value: changed });
    return changed;
  };
  const pairing = (id: string) => ({ id: 'p1', plugin: found(plugins, id).id, until: AT, open: true, devices: [] });
  const hub: FakeHub = {
    store,
    asked,
    tell,
    bug: null,
    outcome: { id: 'c1', status: 'done' },
    addDevice: (device) => {
      devices.set(device.id, device);
      tell({ topic: 'device', id: device.id, value: device });
    },
    live: {
      get sequence() {
        return sequence;
      },
      subscribe: (listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
    },
    health: () => {
      if (hub.bug !== null) throw hub.bug;
      return { status: 'ok', version: '0.1.0', reasons: [] };
    },
    snapshot: () => ({
      home,
      rooms: rooms.list(),
      devices: [...devices.values()],
      groups: groups.list(),
      scenes: scenes.list(),
      automations: [...rules.values()],
      plugins: [...plugins.values()],
    }),
    claimed: () => home !== null,
    home: () => home,
    createHome: async (body) => {
      home = { units: 'metric', language: 'en', mode: 'home', confirm: [], holidays: [], ...(body as Home) };
      return home;
    },
    changeHome: async (body) => {
      home = { ...home!, ...(body as object) };
      tell({ topic: 'home', value: home });
      return home;
    },
    rooms,
    groups,
    scenes: {
      ...scenes,
      capture: (body, by) => scenes.create({ targets: [], name: (body as Scene).name }, by),
      recall: async (id) => ({ id: scenes.get(id).id, status: 'done' }),
    },
    devices: {
      list: (filter = {}) =>
        [...devices.values()].filter((device) =>
          Object.entries(filter).every(([key, value]) => device[key as 'room' | 'kind' | 'plugin'] === value),
        ),
      get: (id) => found(devices, id),
      change: async (id, body) => {
        const changed = { ...found(devices, id), ...(body as Partial<Device>) };
        hub.addDevice(changed);
        return changed;
      },
      changeEndpoint: async (id) => found(devices, id),
      remove: async (id) => {
        found(devices, id);
        devices.delete(id);
        tell({ topic: 'device', id, value: null });
      },
    },
    command: async (request, by) => {
      asked.push(['command', { ...request, by }]);
      return hub.outcome;
    },
    automations: {
      list: () => [...rules.values()],
      get: (id) => found(rules, id),
      create: saveRule,
      replace: async (id, body, author) => saveRule({ ...(body as object), id: found(rules, id).id }, author),
      remove: async (id) => {
        found(rules, id);
        rules.delete(id);
      },
      enable: async (id, enabled) => saveRule({ ...found(rules, id), enabled }, 'x'),
      run: async (id) => {
        found(rules, id);
        return { run: 1 };
      },
      runs: (id) => {
        found(rules, id);
        return [];
      },
      versions: async (id) => [{ version: 1, at: AT, by: { kind: 'user' }, rule: found(rules, id) }],
      restore: async (id) => found(rules, id),
    },
    plugins: {
      list: () => [...plugins.values()],
      get: (id) => found(plugins, id),
      configure,
      restart: async (id) => found(plugins, id),
      test: async (id) => {
        found(plugins, id);
        return { ok: true };
      },
      map: async (id) => {
        found(plugins, id);
        return { nodes: [], links: [] };
      },
      request: async (id, name, body) => {
        asked.push([name, { id, body }]);
        return {};
      },
      startPairing: async (id) => pairing(id),
      pairing: (id) => pairing(id),
      stopPairing: async (id) => {
        found(plugins, id);
      },
    },
    activity: async () => ({ items: [], next: null }),
    close: () => store.close(),
  };
  return hub;
}

function collection<T extends { readonly id: string }>(
  topic: 'room' | 'group' | 'scene',
  tell: (body: ChangeBody) => void,
): Collection<T> {
  const things = new Map<string, T>();
  const put = (thing: T): T => {
    things.set(thing.id, thing);
    tell({ topic, id: thing.id, value: thing });
    return thing;
  };
  const get = (id: string): T => {
    const thing = things.get(id);
    if (thing === undefined) throw new HubError('NOT_FOUND', `There is no ${topic} ${id}.`);
    return thing;
  };
  return {
    list: () => [...things.values()],
    get,
    create: async (body) => put({ id: `${topic}-${things.size}`, ...(body as object) } as unknown as T),
    change: async (id, body) => put({ ...get(id), ...(body as object) }),
    remove: async (id) => {
      get(id);
      things.delete(id);
      tell({ topic, id, value: null });
    },
  };
}
