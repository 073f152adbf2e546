// A hub in memory behind the real interface and a real store: enough of a home to serve, without plugins or a core.

import type { Change, ChangeBody, Hub, Pairing, PluginView } from '@lintel/hub';
import { HubError, type Device, type Group, type Home, type Room, type Rule, type Scene } from '@lintel/model';
import { openStore } from '../../hub/src/store/store.ts';
import { fakeHousehold } from './fake-household.ts';
import { AT, collection, makePlugin } from './fake-things.ts';

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

/** What the parts of the fake share. */
interface World {
  readonly asked: [string, unknown][];
  readonly devices: Map<string, Device>;
  readonly rules: Map<string, Rule>;
  readonly plugins: Map<string, PluginView>;
  readonly listeners: Set<(change: Change) => void>;
  home: Home | null;
  sequence: number;
  tell(body: ChangeBody): void;
}

export async function createFakeHub(folder: string): Promise<FakeHub> {
  const world = makeWorld();
  const { asked, tell, devices, rules, plugins } = world;
  const collections = {
    rooms: collection<Room>('room', tell),
    groups: collection<Group>('group', tell),
    scenes: collection<Scene>('scene', tell),
  };
  const { rooms, groups, scenes } = collections;
  const hub: FakeHub = {
    store: await openStore(folder),
    asked,
    tell,
    bug: null,
    outcome: { id: 'c1', status: 'done' },
    addDevice: (device) => addDevice(world, device),
    live: fakeLive(world),
    leaveSafeMode: async () => ({ status: 'ok', version: '0.0.0', reasons: [] }),
    health: () => {
      if (hub.bug !== null) throw hub.bug;
      return { status: 'ok', version: '0.1.0', reasons: [] };
    },
    snapshot: () => ({
      home: world.home,
      rooms: rooms.list(),
      devices: [...devices.values()],
      groups: groups.list(),
      scenes: scenes.list(),
      automations: [...rules.values()],
      plugins: [...plugins.values()],
      pairings: hub.plugins.openPairings(),
    }),
    ...fakeHome(world),
    rooms,
    groups,
    scenes: {
      ...scenes,
      capture: (body, by) => scenes.create({ targets: [], name: (body as Scene).name }, by),
      recall: async (id) => ({ id: scenes.get(id).id, status: 'done' }),
      revert: async (id) => ({ id: scenes.get(id).id, status: 'done' }),
      difference: (id) => scenes.get(id).targets.map(({ device }) => device),
    },
    ...fakeHousehold(tell, asked),
    devices: fakeDevices(world),
    command: async (request, by) => {
      asked.push(['command', { ...request, by }]);
      return hub.outcome;
    },
    automations: fakeAutomations(world),
    authors: {
      settle: async (author, standing) => void asked.push(['author', { ...author, standing }]),
    },
    plugins: fakePlugins(world),
    repairs: {
      list: () => [],
      fix: async () => {
        throw new HubError('NOT_FOUND', 'There is no such repair.');
      },
    },
    backups: {
      list: async () => [],
      make: async () => ({ id: 'b1', at: AT, bytes: 1 }),
      write: async () => undefined,
      path: () => {
        throw new HubError('NOT_FOUND', 'There is no such backup.');
      },
    },
    activity: async () => ({ items: [], next: null }),
    history: async () => ({
      points: [
        [AT, 1],
        [AT, 1, 2, 3],
      ],
      before: [AT, null],
    }),
    close: () => hub.store.close(),
  };
  return hub;
}

function makeWorld(): World {
  const world: World = {
    asked: [],
    devices: new Map(),
    rules: new Map(),
    plugins: new Map(['virtual', 'zigbee'].map((id) => [id, makePlugin(id)])),
    listeners: new Set(),
    home: null,
    sequence: 0,
    tell: (body) => {
      world.sequence += 1;
      for (const listener of world.listeners) listener({ ...body, sequence: world.sequence, at: AT } as Change);
    },
  };
  return world;
}

const fakeLive = (world: World): Hub['live'] => ({
  get sequence() {
    return world.sequence;
  },
  subscribe: (listener) => {
    world.listeners.add(listener);
    return () => world.listeners.delete(listener);
  },
});

const fakeHome = (world: World): Pick<Hub, 'claimed' | 'home' | 'createHome' | 'changeHome'> => ({
  claimed: () => world.home !== null,
  home: () => world.home,
  createHome: async (body) => {
    const defaults = { units: 'metric', language: 'en', mode: 'home', confirm: [], holidays: [] } as const;
    world.home = { ...defaults, ...(body as Home) };
    return world.home;
  },
  changeHome: async (body) => {
    world.home = { ...world.home!, ...(body as object) };
    world.tell({ topic: 'home', value: world.home });
    return world.home;
  },
});

function addDevice({ devices, tell }: World, device: Device): void {
  devices.set(device.id, device);
  tell({ topic: 'device', id: device.id, value: device });
}

function fakeDevices(world: World): Hub['devices'] {
  const { devices, tell } = world;
  return {
    list: (filter = {}) =>
      [...devices.values()].filter((device) =>
        Object.entries(filter).every(([key, value]) => device[key as 'room' | 'kind' | 'plugin'] === value),
      ),
    get: (ref) => found(devices, ref.split('/')[0]!),
    change: async (id, body) => {
      const changed = { ...found(devices, id), ...(body as Partial<Device>) };
      addDevice(world, changed);
      return changed;
    },
    changeEndpoint: async (id) => found(devices, id),
    share: async (id) => {
      found(devices, id);
      return { qr: 'MT:Y.K9042C00KA0648G00', manual: '34970112332', until: '2027-01-01T12:03:00Z' };
    },
    remove: async (id) => {
      found(devices, id);
      devices.delete(id);
      tell({ topic: 'device', id, value: null });
    },
  };
}

function fakeAutomations({ rules, tell }: World): Hub['automations'] {
  const save = async (body: unknown, author: string): Promise<Rule> => {
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
  return {
    list: () => [...rules.values()],
    get: (id) => found(rules, id),
    create: save,
    replace: async (id, body, author) => save({ ...(body as object), id: found(rules, id).id }, author),
    remove: async (id) => {
      found(rules, id);
      rules.delete(id);
    },
    enable: async (id, enabled) => save({ ...found(rules, id), enabled }, 'x'),
    run: async (id) => {
      found(rules, id);
      return { run: 1 };
    },
    runs: (id) => {
      found(rules, id);
      return [];
    },
    runOf: (id) => {
      found(rules, id);
      throw new HubError('NOT_FOUND', 'No such run.');
    },
    backtest: async () => ({ firings: [], divergesAt: null }),
    forecast: async () => [],
    check: async () => ({ problems: [] }),
    import: async () => ({ rules: [], report: [] }),
    versions: async (id) => [{ version: 1, at: AT, by: { kind: 'user' }, rule: found(rules, id) }],
    restore: async (id) => found(rules, id),
  };
}

function fakePlugins({ plugins, asked, tell }: World): Hub['plugins'] {
  const get = (id: string): PluginView => found(plugins, id);
  const pairing = (id: string): Pairing => ({ id: 'p1', plugin: get(id).id, until: AT, open: true, devices: [] });
  return {
    list: () => [...plugins.values()],
    get,
    configure: async (id, body) => {
      asked.push(['configure', { id, body }]);
      const changed = { ...get(id), ...(body as Partial<PluginView>) };
      plugins.set(id, changed);
      tell({ topic: 'plugin', id, value: changed });
      return changed;
    },
    restart: async (id) => get(id),
    test: async (id) => {
      get(id);
      return { ok: true };
    },
    install: async (body) => {
      asked.push(['install', body]);
      return get('virtual');
    },
    remove: async (id, devices) => {
      get(id);
      asked.push(['remove', { id, devices }]);
    },
    catalogue: () => [],
    update: async (id) => get(id),
    rollBack: async (id) => get(id),
    log: (id) => {
      get(id);
      return [{ number: 1, at: AT, level: 'info', text: 'hello' }];
    },
    map: async (id) => {
      get(id);
      return { nodes: [], links: [] };
    },
    request: async (id, name, body) => {
      asked.push([name, { id, body }]);
      return id === 'matter' ? BRIDGE : {};
    },
    startPairing: async (id) => pairing(id),
    openPairings: () => [pairing('virtual')],
    pairing,
    stopPairing: async (id) => {
      get(id);
    },
  };
}

const BRIDGE = { qr: 'MT:Y.K90', manual: '34970112332', window: null, fabrics: [], endpoints: [] };

function found<T>(map: ReadonlyMap<string, T>, id: string): T {
  const thing = map.get(id);
  if (thing === undefined) throw new HubError('NOT_FOUND', `There is no ${id}.`);
  return thing;
}
