// Where everything a plugin says becomes an input of the home. Ids are made the hub's; nothing is believed that does not fit.

import { isDeepStrictEqual } from 'node:util';
import {
  deviceIdOf,
  HubError,
  invariant,
  propertyKey,
  type EndpointDescription,
  type Origin,
  type Values,
} from '@lintel/model';
import type { DeviceDescription } from '@lintel/sdk';
import type { Edit, Input } from './journal/records.ts';
import type { Kernel } from './kernel.ts';
import { DEVICES_MAX } from './limits.ts';
import type { PluginSink } from './plugins/types.ts';
import type { DeviceRecord } from './registry/registry.ts';

/** A device's own doing; which device stands beside it wherever it is told. */
const DEVICE: Origin = { kind: 'device' };

export interface SinkOptions {
  readonly kernel: Kernel;
  readonly onStatus: PluginSink['status'];
  readonly onTrouble: (error: unknown) => void;
}

export function createSink({ kernel, onStatus, onTrouble }: SinkOptions): PluginSink {
  const { registry, properties } = kernel.machine;
  const originOf = (plugin: string): Origin => ({ kind: 'plugin', id: plugin });

  /** What cannot be written is dropped and shown; the plugin goes on, since the next report may fit. */
  const take = (input: Input, origin: Origin, acknowledge: () => void): void => {
    try {
      const { sequence } = kernel.submit(input, origin);
      kernel.journal.synced(sequence, false).then(acknowledge, onTrouble);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      onTrouble(error);
      acknowledge();
    }
  };

  return {
    device: async (plugin, description) => {
      const id = deviceIdOf(plugin, description.id);
      const known = registry.get('devices', id);
      if (known !== null && isDeepStrictEqual(known.description, description)) return;
      if (known === null && registry.list('devices').length >= DEVICES_MAX)
        throw new HubError('TOO_LARGE', `a home has at most ${DEVICES_MAX} devices`);
      const edits = known === null ? newDevice(kernel, id, plugin, description) : [put({ ...known, description })];
      await kernel.commit(edits, originOf(plugin));
    },
    deviceRemoved: async (plugin, device) => {
      const id = deviceIdOf(plugin, device);
      if (registry.get('devices', id) === null) return;
      await kernel.commit([{ collection: 'devices', id, value: null }], originOf(plugin));
    },
    report: (plugin, device, values, endpoint, acknowledge) => {
      const id = deviceIdOf(plugin, device);
      const record = registry.get('devices', id);
      invariant(record !== null, `a report of ${id}, which is not in the registry`);
      const body = { device: id, values: canonical(record.description.endpoints, values, endpoint) };
      take({ kind: 'report', body }, DEVICE, acknowledge);
    },
    event: (plugin, device, event, data, endpoint, acknowledge) => {
      const id = deviceIdOf(plugin, device);
      const body = { device: id, event, data: endpoint === undefined ? data : { button: endpoint, ...data } };
      take({ kind: 'event', body }, DEVICE, acknowledge);
    },
    online: (plugin, device, online, acknowledge) => {
      const id = deviceIdOf(plugin, device);
      const entry = properties.device(id);
      if (entry !== null && entry.online === online && entry.heard) acknowledge();
      else take({ kind: 'online', body: { device: id, online } }, originOf(plugin), acknowledge);
    },
    stale: (plugin, device, acknowledge) => {
      const id = deviceIdOf(plugin, device);
      if (properties.device(id)?.heard === false) acknowledge();
      else take({ kind: 'stale', body: { device: id } }, originOf(plugin), acknowledge);
    },
    presence: (plugin, source, presence, acknowledge) => {
      const id = `${plugin}:${source}`;
      if (kernel.machine.presence.said(id) === presence) acknowledge();
      else take({ kind: 'presence', body: { source: id, presence } }, originOf(plugin), acknowledge);
    },
    status: onStatus,
  };
}

const put = (value: DeviceRecord): Edit => ({ collection: 'devices', id: value.id, value });

/** A new device takes the name it carries, and the room its plugin suggests. */
function newDevice(kernel: Kernel, id: string, plugin: string, description: DeviceDescription): Edit[] {
  const suggested = description.room;
  const rooms = kernel.machine.registry.list('rooms');
  const known = suggested === undefined ? undefined : rooms.find(({ name }) => name === suggested);
  const made = suggested === undefined || known !== undefined ? null : { id: kernel.newId(), name: suggested };
  const device: DeviceRecord = {
    id,
    plugin,
    description,
    name: description.name,
    room: known?.id ?? made?.id ?? null,
    settings: {},
    endpoints: {},
  };
  return made === null ? [put(device)] : [{ collection: 'rooms', id: made.id, value: made }, put(device)];
}

/** Keys as the hub writes them: plain for the first endpoint that has the capability, with `@endpoint` for the others. */
function canonical(endpoints: readonly EndpointDescription[], values: Values, endpoint: string | undefined): Values {
  if (endpoint === undefined && endpoints.length === 1) return values;
  const entries = Object.entries(values).map(([key, value]) => {
    const [property = '', at] = key.split('@');
    const where = at ?? endpoint;
    return [where === undefined ? property : propertyKey(endpoints, where, property), value] as const;
  });
  return Object.fromEntries(entries);
}
