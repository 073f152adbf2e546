// The last known value of every property, and when each device was last heard. Changed only by journaled records.

import type { Origin, Value } from '@lintel/model';

export interface PropertyEntry {
  readonly value: Value;
  readonly changedAt: number;
  readonly reportedAt: number;
  readonly origin: Origin;
  /** Journal number of what led to the value: a command that was sent, or the report itself. */
  readonly cause: number;
}

export interface DeviceEntry {
  online: boolean;
  /** Milliseconds since 1970, null while never heard. */
  lastSeen: number | null;
  /** Whether it was heard since the hub started: until then its values are stale. */
  heard: boolean;
  readonly properties: Map<string, PropertyEntry>;
}

/** As kept in an image. */
export type ExportedProperties = readonly {
  readonly device: string;
  readonly online: boolean;
  readonly lastSeen: number | null;
  readonly properties: readonly (readonly [string, PropertyEntry])[];
}[];

export interface Properties {
  device(id: string): DeviceEntry | null;
  value(device: string, property: string): Value;
  /** The device's entry, made where there is none. */
  touch(id: string): DeviceEntry;
  forget(id: string): void;
  /** A hub that just started has heard no one yet. */
  markUnheard(): void;
  /** Moves all of it by so many milliseconds. */
  shift(byMs: number): void;
  export(): ExportedProperties;
}

export function createProperties(from: ExportedProperties = []): Properties {
  const devices = new Map<string, DeviceEntry>();
  for (const { device, online, lastSeen, properties } of from) {
    devices.set(device, { online, lastSeen, heard: false, properties: new Map(properties) });
  }
  const touch = (id: string): DeviceEntry => {
    const known = devices.get(id);
    if (known !== undefined) return known;
    const made: DeviceEntry = { online: true, lastSeen: null, heard: false, properties: new Map() };
    devices.set(id, made);
    return made;
  };
  return {
    device: (id) => devices.get(id) ?? null,
    value: (device, property) => devices.get(device)?.properties.get(property)?.value ?? null,
    touch,
    forget: (id) => void devices.delete(id),
    markUnheard: () => {
      for (const entry of devices.values()) entry.heard = false;
    },
    shift: (by) => {
      for (const entry of devices.values()) {
        if (entry.lastSeen !== null) entry.lastSeen += by;
        for (const [key, known] of entry.properties)
          entry.properties.set(key, {
            ...known,
            changedAt: known.changedAt + by,
            reportedAt: known.reportedAt + by,
          });
      }
    },
    export: () =>
      [...devices].map(([device, { online, lastSeen, properties }]) => ({
        device,
        online,
        lastSeen,
        properties: [...properties],
      })),
  };
}
