// Builders for property mappings: a row of the capability table, narrowed to what one device says of itself.

import {
  describeProperty,
  type CapabilityName,
  type KnownValue,
  type PropertyDescription,
  type Value,
} from '@lintel/model';

import { isReadable, isSettable, sourceOf, type Expose, type Message, type PropertyMapping } from './types.ts';

export type Limits = readonly [number, number];

export interface PropertyOptions {
  readonly limits?: Limits;
  readonly values?: readonly string[];
  readonly settable?: boolean;
  readonly read?: PropertyMapping['read'];
  readonly write?: PropertyMapping['write'];
  /** Read from another key of the payload than the expose's own. */
  readonly source?: string;
}

/** The table's property `key`, read from and written to the expose's own key. */
export function property(
  key: `${CapabilityName}.${string}`,
  expose: Expose,
  options: PropertyOptions = {},
): PropertyMapping {
  const table = describeProperty(key)!;
  const settable = options.settable ?? (options.write !== undefined && isSettable(expose));
  const description: PropertyDescription = {
    ...table,
    settable,
    ...(options.limits && { min: options.limits[0], max: options.limits[1] }),
    ...(options.values && { values: options.values }),
  };
  return {
    capability: key.slice(0, key.indexOf('.')) as CapabilityName,
    description,
    label: expose.endpoint ?? null,
    source: options.source ?? sourceOf(expose),
    read: options.read ?? ((value) => asValue(value, description)),
    ...(settable && options.write && { write: options.write }),
    ...(isReadable(expose) && expose.name !== undefined && { get: expose.name }),
  };
}

/** A number in the table's unit: `scale` times what the converters say, kept within the property's limits. */
export function scaled(key: `${CapabilityName}.${string}`, expose: Expose, scale = 1): PropertyMapping {
  const limits = scaledLimits(key, expose, scale);
  const read = (value: unknown): Value | undefined =>
    isNumber(value) ? tidy(clamp(value * scale, limits)) : undefined;
  const name = expose.name ?? '';
  const write = (message: Message, value: KnownValue): void => {
    message[name] = tidy(Number(value) / scale);
  };
  return property(key, expose, { read, write, ...(narrows(expose) && { limits }) });
}

function scaledLimits(key: string, expose: Expose, scale: number): Limits {
  const table = describeProperty(key)!;
  const own = narrows(expose) ? [expose.value_min! * scale, expose.value_max! * scale] : [-Infinity, Infinity];
  return [Math.max(table.min ?? -Infinity, own[0]!), Math.min(table.max ?? Infinity, own[1]!)];
}

/** Only what people set is narrowed to the maker's limits; a sensor may well report beyond them. */
const narrows = (expose: Expose): boolean =>
  isSettable(expose) && expose.value_min !== undefined && expose.value_max !== undefined;

/** A boolean; `inverted` where the converters say the opposite. */
export function flag(key: `${CapabilityName}.${string}`, expose: Expose, inverted = false): PropertyMapping {
  const read = (value: unknown): boolean | undefined => {
    const said = isOn(value, expose);
    return said === undefined ? undefined : said !== inverted;
  };
  const write = (message: Message, value: KnownValue): void => {
    message[expose.name ?? ''] = wordFor((value === true) !== inverted, expose);
  };
  return property(key, expose, { read, write });
}

/** A boolean says what it says: `contact` is true when closed, although "on" is what converters call an open door. */
export function isOn(value: unknown, expose: Expose): boolean | undefined {
  if (typeof value === 'boolean') return value;
  if (value === expose.value_on) return true;
  return value === expose.value_off ? false : undefined;
}

/** The converters' word for a boolean of ours. */
function wordFor(on: boolean, expose: Expose): unknown {
  return typeof expose.value_on === 'boolean' ? on : on ? expose.value_on : expose.value_off;
}

/** A choice: `names` gives ours for the converters'; what is not in it is not shown. */
export function choice(
  key: `${CapabilityName}.${string}`,
  expose: Expose,
  names: Readonly<Record<string, string>>,
): PropertyMapping {
  const offered = (expose.values ?? []).map(String).filter((value) => names[value] !== undefined);
  const back = new Map(offered.map((value) => [names[value]!, value]));
  return property(key, expose, {
    ...(offered.length > 0 && { values: [...back.keys()] }),
    read: (value) => names[String(value)],
    write: (message, value) => {
      message[expose.name ?? ''] = back.get(String(value));
    },
  });
}

/** What the model has no name for, as `generic.<name>`; undefined for what is no plain value. */
export function generic(expose: Expose): PropertyMapping | undefined {
  const type = GENERIC_TYPES[expose.type];
  const name = (expose.name ?? '').replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, 64);
  if (type === undefined || !/^[A-Za-z]/.test(name)) return undefined;
  const settable = isSettable(expose);
  const description: PropertyDescription = {
    name,
    type,
    unit: expose.unit ?? null,
    min: settable ? (expose.value_min ?? null) : null,
    max: settable ? (expose.value_max ?? null) : null,
    values: expose.type === 'enum' && settable ? (expose.values ?? []).map(String) : null,
    settable,
    ...(expose.label !== undefined && { label: expose.label }),
  };
  const write = (message: Message, value: KnownValue): void => {
    message[expose.name ?? ''] = expose.type === 'binary' ? wordFor(value === true, expose) : value;
  };
  return {
    capability: 'generic',
    description,
    label: expose.endpoint ?? null,
    source: sourceOf(expose),
    read: (value) => (expose.type === 'binary' ? isOn(value, expose) : asValue(value, description)),
    ...(settable && { write }),
    ...(isReadable(expose) && expose.name !== undefined && { get: expose.name }),
  };
}

const GENERIC_TYPES: Readonly<Record<string, 'boolean' | 'number' | 'string'>> = {
  binary: 'boolean',
  numeric: 'number',
  enum: 'string',
  text: 'string',
};

/** The value where it fits the description, so that one odd value does not spoil a report. */
function asValue(value: unknown, description: PropertyDescription): Value | undefined {
  if (value === null) return null;
  if (description.type === 'string' && (isNumber(value) || typeof value === 'string'))
    return listed(String(value), description);
  if (typeof value !== description.type) return undefined;
  if (isNumber(value)) return clamp(value, [description.min ?? -Infinity, description.max ?? Infinity]);
  return typeof value === 'boolean' ? value : undefined;
}

const listed = (value: string, { values }: PropertyDescription): string | undefined =>
  values === null || values.includes(value) ? value : undefined;

export const isNumber = (value: unknown): value is number => typeof value === 'number' && Number.isFinite(value);
export const clamp = (value: number, [low, high]: Limits): number => Math.min(Math.max(value, low), high);

/** Without the dust of binary fractions: at most six decimals. */
export const tidy = (value: number): number => Math.round(value * 1e6) / 1e6;
