// Which devices a set has, and under which key a device's property is kept.

import { propertyKey } from '@lintel/model';
import type { PropertyDescription } from '@lintel/model';
import type { DeviceSet, SlotKey } from '../compile/fragment.ts';
import { onlineKey, propertyKeyOf } from '../compile/fragment.ts';
import { Numbered } from '../texts.ts';
import type { EngineDevice, EngineHome } from '../types.ts';

/** Whether a key names no endpoint, and so is kept as it is written. */
export const isCanonical = (key: SlotKey): boolean =>
  !key.startsWith('p\0') || (!key.includes('/') && !key.includes('@'));

interface Place {
  /** The device's id, or `id/endpoint` for an endpoint that has a room or a kind of its own. */
  readonly ref: string;
  readonly room: string | null;
  readonly kind: string;
}

const SPARE_KEYS = 10_000;

export class HomeMap {
  readonly known: boolean;
  /** Keys and texts of the rules' forms that were made for this home. */
  readonly vocabulary = { keys: new Numbered(), texts: new Numbered() };
  #firstKeys: number | null = null;
  readonly #devices = new Map<string, EngineDevice>();
  readonly #places: Place[] = [];
  readonly #floors = new Map<string, string>();

  constructor(home: EngineHome, devices: readonly EngineDevice[] | undefined) {
    this.known = devices !== undefined;
    for (const room of home.rooms ?? []) if (typeof room.floor === 'string') this.#floors.set(room.id, room.floor);
    for (const device of devices ?? []) {
      this.#devices.set(device.id, device);
      this.#places.push(...placesOf(device));
    }
  }

  /** Whether its vocabulary is mostly of rules that have gone since this was first asked. */
  isWorn(): boolean {
    const { size } = this.vocabulary.keys;
    this.#firstKeys ??= size;
    return size > 2 * this.#firstKeys + SPARE_KEYS;
  }

  device(id: string): EngineDevice | undefined {
    return this.#devices.get(id);
  }

  nameOf(ref: string): string {
    return this.#devices.get(ref)?.name ?? this.#devices.get(splitRef(ref)[0])?.name ?? ref;
  }

  property(id: string, property: string): PropertyDescription | undefined {
    const [name, endpoint] = property.split('@');
    for (const each of this.#devices.get(id)?.endpoints ?? []) {
      if (endpoint !== undefined && each.id !== endpoint) continue;
      for (const { name: capability, properties } of each.capabilities) {
        const found = properties.find((one) => `${capability}.${one.name}` === name);
        if (found !== undefined) return found;
      }
    }
    return undefined;
  }

  /** Whether a device, or an endpoint of one, exists. */
  knows(ref: string): boolean {
    const [id, endpoint] = this.#split(ref);
    const device = this.#devices.get(id);
    if (device === undefined) return false;
    return endpoint === null || device.endpoints.some((each) => each.id === endpoint);
  }

  /** The description of a property, however its device is written. */
  describe(ref: string, property: string): PropertyDescription | undefined {
    const [id, endpoint] = this.#split(ref);
    return this.property(id, endpoint === null || property.includes('@') ? property : `${property}@${endpoint}`);
  }

  /** Whether a device, or the endpoint of one, takes a command; one that does not tell its commands may. */
  takes(ref: string, command: string): boolean {
    const [id, endpoint] = this.#split(ref);
    const [capability, name] = command.split('.');
    const endpoints = this.#devices.get(id)?.endpoints ?? [];
    return endpoints
      .filter((each) => endpoint === null || each.id === endpoint)
      .flatMap(({ capabilities }) => capabilities)
      .some((each) => each.name === capability && ((each.commands ?? [name]) as readonly unknown[]).includes(name));
  }

  typeOf(id: string, property: string): string | undefined {
    return this.property(id, property)?.type;
  }

  /** The members of a set, in the order of the devices. */
  members(set: DeviceSet): string[] {
    if (set.over === 'devices') {
      const kindOf = (ref: string): string | undefined => this.#places.find((place) => place.ref === ref)?.kind;
      return [...new Set(set.ids)].filter((ref) => set.kind === null || !this.known || kindOf(ref) === set.kind);
    }
    const wanted = set.ids[0];
    const found = this.#places.filter((place) => {
      if (set.kind !== null && place.kind !== set.kind) return false;
      if (set.over === 'home') return true;
      if (place.room === null) return false;
      return set.over === 'room' ? place.room === wanted : this.#floors.get(place.room) === wanted;
    });
    return found.map((place) => place.ref);
  }

  /** The keys of a property of several devices; `online` is one that every device has. */
  keysOf(devices: readonly string[], property: string): SlotKey[] {
    return devices.map((device) => (property === 'online' ? onlineKey(device) : this.key(device, property)));
  }

  /** The one key of a property, however its device is written (`id`, `id/2`, property `onOff.on@2`). */
  key(ref: string, property: string): SlotKey {
    const [id, endpoint] = this.#split(ref);
    const at = property.indexOf('@');
    const name = at === -1 ? property : property.slice(0, at);
    const of = at === -1 ? endpoint : property.slice(at + 1);
    if (of === null) return propertyKeyOf(id, name);
    const device = this.#devices.get(id);
    return propertyKeyOf(id, device === undefined ? `${name}@${of}` : propertyKey(device.endpoints, of, name));
  }

  /** A key as it is kept, however its device is written. */
  canonical(key: SlotKey): SlotKey {
    if (isCanonical(key)) return key;
    const [, device, property] = key.split('\0');
    return this.key(device!, property!);
  }

  /** Whether a device says of a property that it is one of two. */
  isBoolean(key: SlotKey): boolean {
    const [kind, id, property] = key.split('\0');
    return kind === 'p' && this.typeOf(id!, property!) === 'boolean';
  }

  #split(ref: string): readonly [string, string | null] {
    return this.#devices.has(ref) ? [ref, null] : splitRef(ref);
  }
}

function placesOf(device: EngineDevice): Place[] {
  const places: Place[] = [];
  for (const [index, endpoint] of device.endpoints.entries()) {
    const room = endpoint.room ?? device.room;
    const kind = endpoint.kind ?? device.kind;
    if (index === 0) places.push({ ref: device.id, room, kind });
    else if ((endpoint.room ?? null) !== null || (endpoint.kind ?? null) !== null)
      places.push({ ref: `${device.id}/${endpoint.id}`, room, kind });
  }
  if (places.length === 0) places.push({ ref: device.id, room: device.room, kind: device.kind });
  return places;
}

function splitRef(ref: string): readonly [string, string | null] {
  const slash = ref.lastIndexOf('/');
  return slash === -1 ? [ref, null] : [ref.slice(0, slash), ref.slice(slash + 1)];
}
