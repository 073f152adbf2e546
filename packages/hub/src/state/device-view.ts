// A device as the API shows it: its record, what people made of it, and its state.

import { propertyKey, type Device, type DeviceKind, type EndpointDescription, type PropertyState } from '@lintel/model';
import type { DeviceRecord } from '../registry/registry.ts';
import type { DeviceEntry, PropertyEntry } from './properties.ts';
import { limitEndpoint, volumeLimitOf } from './volume-limit.ts';

const UNKNOWN: PropertyState = { value: null, changedAt: null, reportedAt: null, origin: null };
const iso = (at: number): string => new Date(at).toISOString();

export function deviceView(record: DeviceRecord, entry: DeviceEntry | null, now: number): Device {
  const { description } = record;
  return {
    id: record.id,
    name: record.name,
    room: record.room,
    plugin: record.plugin,
    kind: kindOf(record),
    manufacturer: description.manufacturer ?? null,
    model: description.model ?? null,
    firmware: description.firmware ?? null,
    address: description.address ?? null,
    online: entry?.online ?? true,
    stale: isStale(record, entry, now),
    lastSeen: entry?.lastSeen == null ? null : iso(entry.lastSeen),
    settings: { ...description.settings, ...record.settings },
    endpoints: shownEndpoints(record),
    properties: propertiesOf(description.endpoints, entry),
  };
}

/** The kind people chose for the plain endpoint, else the plugin's. */
export function kindOf(record: DeviceRecord): DeviceKind {
  const first = record.description.endpoints[0];
  const chosen = first === undefined ? null : record.endpoints[first.id]?.kind;
  return (chosen as DeviceKind | null | undefined) ?? record.description.kind;
}

export function endpointsOf(record: DeviceRecord): readonly EndpointDescription[] {
  return record.description.endpoints.map((endpoint) => {
    const chosen = record.endpoints[endpoint.id];
    if (chosen === undefined) return endpoint;
    return {
      ...endpoint,
      name: chosen.name ?? endpoint.name,
      kind: (chosen.kind as DeviceKind | null | undefined) ?? endpoint.kind,
      room: chosen.room ?? endpoint.room,
    };
  });
}

function shownEndpoints(record: DeviceRecord): readonly EndpointDescription[] {
  const [endpoints, limit] = [endpointsOf(record), volumeLimitOf(record)];
  return limit === null ? endpoints : endpoints.map((each) => limitEndpoint(limit, each));
}

function isStale(record: DeviceRecord, entry: DeviceEntry | null, now: number): boolean {
  if (entry === null || !entry.heard) return true;
  const within = record.description.expectedWithin;
  return within !== undefined && entry.lastSeen !== null && now - entry.lastSeen > within * 1000;
}

/** Every property key of a device with these endpoints, plain or with `@endpoint`. */
export function propertyKeys(endpoints: readonly EndpointDescription[]): string[] {
  return endpoints.flatMap((endpoint) =>
    endpoint.capabilities.flatMap((capability) =>
      capability.properties.map(({ name }) => propertyKey(endpoints, endpoint.id, `${capability.name}.${name}`)),
    ),
  );
}

function propertiesOf(
  endpoints: readonly EndpointDescription[],
  entry: DeviceEntry | null,
): Readonly<Record<string, PropertyState>> {
  const known = entry?.properties;
  return Object.fromEntries(propertyKeys(endpoints).map((key) => [key, stateOf(known?.get(key))]));
}

function stateOf(entry: PropertyEntry | undefined): PropertyState {
  if (entry === undefined) return UNKNOWN;
  return {
    value: entry.value,
    changedAt: iso(entry.changedAt),
    reportedAt: iso(entry.reportedAt),
    origin: entry.origin,
  };
}
