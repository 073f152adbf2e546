// Which devices a target means, and what each of them is asked: resolved from the registry at the moment of dispatch.

import {
  firstWith,
  HubError,
  readDeviceRef,
  type DeviceCommand,
  type EndpointDescription,
  type Target,
  type Value,
} from '@lintel/model';
import type { Delivery } from '../journal/records.ts';
import type { DeviceRecord, Registry } from '../registry/registry.ts';
import { endpointsOf, kindOf } from '../state/device-view.ts';
import { withinVolumeLimit } from '../state/volume-limit.ts';

/** One endpoint that a target reached; `endpoint` is null for the whole device. */
export interface Reached {
  readonly record: DeviceRecord;
  readonly endpoint: string | null;
}

type Wide = { readonly room?: string; readonly floor?: string; readonly home?: true };

export function reach(registry: Registry, target: Target): Reached[] {
  const reached = reachAll(registry, target);
  const except = new Set(target.except ?? []);
  return reached.filter(({ record, endpoint }) => !except.has(record.id) && !except.has(`${record.id}/${endpoint}`));
}

function reachAll(registry: Registry, target: Target): Reached[] {
  if ('device' in target) return reachRefs(registry, [target.device], target.kind);
  if ('devices' in target) return reachRefs(registry, target.devices, target.kind);
  if ('group' in target) return reachRefs(registry, registry.get('groups', target.group)?.devices ?? [], target.kind);
  return reachWide(registry, target as Wide, target.kind ?? 'light');
}

function reachRefs(registry: Registry, refs: readonly string[], kind?: string): Reached[] {
  return refs.flatMap((ref) => {
    const found = readDeviceRef(ref);
    const record = found === null ? null : registry.get('devices', found.device);
    if (record === null || (kind !== undefined && kindOf(record) !== kind)) return [];
    return [{ record, endpoint: found!.endpoint }];
  });
}

/** A room holds devices, and endpoints of devices that hang elsewhere. */
function reachWide(registry: Registry, { room, floor }: Wide, kind: string): Reached[] {
  const inside = (id: string | null): boolean => {
    if (room !== undefined) return id === room;
    return floor === undefined || (id !== null && registry.get('rooms', id)?.floor === floor);
  };
  return registry.list('devices').flatMap((record): Reached[] => {
    const endpoints = endpointsOf(record);
    const moved = endpoints.filter((endpoint) => endpoint.room !== null && endpoint.room !== record.room);
    if (moved.length === 0) return inside(record.room) && kindOf(record) === kind ? [{ record, endpoint: null }] : [];
    return endpoints
      .filter((endpoint) => inside(endpoint.room ?? record.room) && (endpoint.kind ?? kindOf(record)) === kind)
      .map((endpoint) => ({ record, endpoint: endpoint.id }));
  });
}

/** The endpoint that answers to a property or command such as `media.volume`: the one asked for, or the first that has it. */
export function endpointFor(record: DeviceRecord, name: string, asked: string | null): EndpointDescription | null {
  const { endpoints } = record.description;
  return firstWith(asked === null ? endpoints : endpoints.filter(({ id }) => id === asked), name) ?? null;
}

export interface Split {
  readonly deliveries: readonly Delivery[];
  /** Keys the device does not have. */
  readonly missing: readonly string[];
}

/**
 * One device's share of a command: keys such as `"onOff.on@2"` are sorted by endpoint, since each endpoint is told by itself.
 * A command the device cannot do is named in `missing`.
 */
export function split({ record, endpoint }: Reached, command: DeviceCommand): Split {
  if (!('set' in command)) return splitCommand(record, command.endpoint ?? endpoint, command);
  const byEndpoint = new Map<string, Record<string, Value>>();
  const missing: string[] = [];
  for (const [key, value] of Object.entries(command.set)) {
    const [property = '', at] = key.split('@');
    const [capability = ''] = property.split('.');
    const found = endpointFor(record, property, at ?? command.endpoint ?? endpoint);
    const has = found?.capabilities.find(({ name }) => name === capability);
    if (has?.properties.some(({ name, settable }) => settable && `${capability}.${name}` === property) !== true) {
      missing.push(key);
      continue;
    }
    const within = withinVolumeLimit(record, property, value);
    byEndpoint.set(found!.id, { ...byEndpoint.get(found!.id), [property]: within });
  }
  const transition = command.transition === undefined ? {} : { transition: command.transition };
  const deliveries = [...byEndpoint].map(([id, set]) => ({
    device: record.id,
    command: { set, endpoint: id, ...transition },
  }));
  return { deliveries, missing };
}

function splitCommand(record: DeviceRecord, asked: string | null, command: DeviceCommand & { command: string }): Split {
  const [capability = '', name = ''] = command.command.split('.');
  const found = endpointFor(record, command.command, asked);
  const has = found?.capabilities.find((each) => each.name === capability);
  if (has?.commands.includes(name) !== true) return { deliveries: [], missing: [command.command] };
  return { deliveries: [{ device: record.id, command: { ...command, endpoint: found!.id } }], missing: [] };
}

/** A toggle of several devices: any on turns all off, else all on. */
export function toggleAsSet(reached: readonly Reached[], isOn: (each: Reached) => boolean): DeviceCommand {
  return { set: { 'onOff.on': !reached.some(isOn) } };
}

/** The device and endpoint of an address. @throws HubError NOT_FOUND, for what is no id as well */
export function requireReached(registry: Registry, ref: string): Reached {
  const found = readDeviceRef(ref);
  const record = found === null ? null : registry.get('devices', found.device);
  if (record === null) throw notFound('device', ref);
  const endpoint = found?.endpoint ?? null;
  const isThere = endpoint === null || record.description.endpoints.some(({ id }) => id === endpoint);
  if (!isThere) throw notFound('endpoint', ref);
  return { record, endpoint };
}

export function notFound(what: string, id: string): HubError {
  return new HubError('NOT_FOUND', `there is no ${what} ${JSON.stringify(id.slice(0, 100))}`);
}
