// The furniture of the homes these tests live in.

import type { ChangeBody, Collection, PluginView } from '@lintel/hub';
import { HubError, type Device, type Value } from '@lintel/model';

/** When everything in these homes happens. */
export const AT = '2026-11-21T12:00:00.000Z';
const origin = { kind: 'device' } as const;

/** A device with one capability. */
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

/** A plugin that is not enabled. */
export const makePlugin = (id: string): PluginView => ({
  id,
  name: id,
  version: '1.0.0',
  enabled: false,
  status: 'disabled',
  sandbox: { strength: 'partial', layers: [], open: [] },
  permissions: {},
  grants: [],
  source: null,
  previousVersion: null,
  quality: null,
  listing: { state: 'included', reason: null },
  settingsSchema: {},
  settings: {},
  health: { state: 'disabled', message: null, since: null, restarts: 0, lastError: null, memory: null, cpu: null },
  pairing: { maximumSeconds: 254, takes: [] },
});

/** Rooms, groups or scenes, kept in memory. */
export function collection<T extends { readonly id: string }>(
  topic: 'room' | 'group' | 'scene' | 'person' | 'variable' | 'schedule',
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
