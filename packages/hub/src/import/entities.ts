// What an entity of Home Assistant is in this home, as whoever imports has said.

import type { EngineDevice } from '@lintel/engine';
import { describeProperty } from '@lintel/model';
import { Lost } from './notes.ts';
import { show } from './reading.ts';
import { ATTRIBUTES, DOMAIN_PROPERTIES, scaleOfState, SENSOR_WORDS } from './states.ts';

export type Mapping =
  | { readonly device: string; readonly property?: string | undefined }
  | { readonly person: string }
  | { readonly scene: string }
  | { readonly room: string }
  | { readonly variable: string };

/** A property of a device, and how many of Home Assistant's units make one of ours. */
export interface Meaning {
  readonly device: string;
  readonly property: string;
  readonly scale: number;
}

export const domainOf = (id: string): string => id.split('.')[0]!;

export class Entities {
  readonly #mapped: ReadonlyMap<string, Mapping>;
  readonly #properties = new Map<string, ReadonlySet<string>>();

  constructor(mapped: Readonly<Record<string, Mapping>>, devices: readonly EngineDevice[]) {
    this.#mapped = new Map(Object.entries(mapped));
    for (const { id, endpoints } of devices) {
      const names = endpoints.flatMap(({ capabilities }) =>
        capabilities.flatMap(({ name, properties }) => properties.map((property) => `${name}.${property.name}`)),
      );
      this.#properties.set(id, new Set(names));
    }
  }

  find(id: string): Mapping | null {
    return this.#mapped.get(id) ?? null;
  }

  get(id: string, line: number): Mapping {
    const found = this.find(id);
    if (found === null) throw new Lost(line, `${show(id)} is not mapped to anything of this home`);
    return found;
  }

  device(id: string, line: number): string {
    const found = this.get(id, line);
    if ('device' in found) return found.device;
    throw new Lost(line, `${show(id)} is mapped to something that is no device`);
  }

  /** What the state of an entity is, or one of its attributes. */
  meaning(id: string, line: number, attribute?: string, domain = domainOf(id)): Meaning {
    const found = this.get(id, line);
    if (!('device' in found)) throw new Lost(line, `${show(id)} is mapped to something that has no such value`);
    const { device } = found;
    if (attribute !== undefined) return { device, ...this.#attribute(attribute, line, found.property) };
    const property = found.property ?? this.#guess(device, id, domain);
    if (property === null)
      throw new Lost(line, `which property is ${show(id)}? Say it with the device: {device, property}`);
    return { device, property, scale: scaleOfState(property) };
  }

  #attribute(attribute: string, line: number, property: string | undefined): Omit<Meaning, 'device'> {
    const [name, scale] = (Object.hasOwn(ATTRIBUTES, attribute) ? ATTRIBUTES[attribute] : undefined) ?? [];
    if (name === undefined || scale === undefined)
      throw new Lost(line, `the attribute ${show(attribute)} has no counterpart`);
    const endpoint = property?.split('@')[1];
    return { property: endpoint === undefined ? name : `${name}@${endpoint}`, scale };
  }

  #guess(device: string, id: string, domain: string): string | null {
    const has = this.#properties.get(device.split('/')[0]!);
    const fits = (property: string): boolean => has === undefined || has.has(property);
    const byDomain = Object.hasOwn(DOMAIN_PROPERTIES, domain) ? DOMAIN_PROPERTIES[domain]! : [];
    const found = byDomain.find(fits);
    if (found !== undefined) return found;
    const type = domain === 'binary_sensor' ? 'boolean' : domain === 'sensor' ? 'number' : null;
    const candidates = SENSOR_WORDS.filter(
      ([, property]) => fits(property) && (type === null || describeProperty(property)?.type === type),
    );
    const named = candidates.find(([words]) => words.test(id.slice(id.indexOf('.') + 1).toLowerCase()));
    if (named !== undefined) return named[1];
    return has !== undefined && new Set(candidates.map(([, property]) => property)).size === 1
      ? candidates[0]![1]
      : (byDomain[0] ?? null);
  }
}
