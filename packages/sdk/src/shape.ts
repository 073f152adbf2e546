// What a plugin may say of its devices. The same checks stand on both sides of the boundary: in the plugin, so that its
// author gets an error at the call, and in the hub, which believes no one.

import { DEVICE_KINDS, describeProperty, capabilitySpec, isLocalDeviceId } from '@lintel/model';
import type {
  CapabilityDescription,
  EndpointDescription,
  EventDescription,
  PropertyDescription,
  Values,
} from '@lintel/model';

import {
  isObject,
  optional,
  present,
  readFlag,
  readList,
  readName,
  readNumber,
  readObject,
  readOneOf,
  readText,
  refuse,
} from './json.ts';
import {
  ENDPOINTS_PER_DEVICE_MAX,
  KEY_CHARACTERS_MAX,
  PROPERTIES_PER_DEVICE_MAX,
  TEXT_CHARACTERS_MAX,
  VALUES_PER_REPORT_MAX,
} from './limits.ts';
import { PluginError } from './plugin.ts';
import type { DeviceDescription } from './plugin.ts';

const ENDPOINT_ID = /^[A-Za-z0-9_-]{1,32}$/;
const PROPERTY_NAME = /^[A-Za-z][A-Za-z0-9_]{0,63}$/;
const EVENT_NAME = /^[a-z][A-Za-z0-9]{0,31}(?:\.[A-Za-z0-9]{1,32})?$/;
const TYPES = ['boolean', 'number', 'string'] as const;

export function readLocalId(raw: unknown, pointer = '/id'): string {
  if (isLocalDeviceId(raw)) return raw;
  return refuse('expected a device id of letters, digits and _ . : -, at most 96', pointer);
}

const readTexts = (raw: unknown, pointer: string): string[] =>
  readList(raw, 256, pointer).map((each, at) => readText(each, `${pointer}/${at}`, KEY_CHARACTERS_MAX));

function readProperty(raw: unknown, capability: string, pointer: string): PropertyDescription {
  const given = readObject(raw, pointer);
  const name = readText(given['name'], `${pointer}/name`, 64);
  if (!PROPERTY_NAME.test(name)) refuse('expected a property name', `${pointer}/name`);
  const type = readOneOf(given['type'], TYPES, `${pointer}/type`);
  const known = capability === 'generic' ? null : describeProperty(`${capability}.${name}`);
  if (known === null && capability !== 'generic') refuse(`${capability} has no property ${name}`, `${pointer}/name`);
  if (known !== null && known.type !== type) refuse(`${capability}.${name} is a ${known.type}`, `${pointer}/type`);
  const label = optional(given['label'], readName, `${pointer}/label`);
  return {
    name,
    type,
    unit: optional(given['unit'], readName, `${pointer}/unit`) ?? null,
    min: optional(given['min'], readNumber, `${pointer}/min`) ?? null,
    max: optional(given['max'], readNumber, `${pointer}/max`) ?? null,
    values: optional(given['values'], readTexts, `${pointer}/values`) ?? null,
    settable: readFlag(given['settable'], `${pointer}/settable`),
    ...(label !== undefined && { label }),
  };
}

function readEvent(raw: unknown, pointer: string): EventDescription {
  const given = readObject(raw, pointer);
  return present({
    event: readEventName(given['event'], `${pointer}/event`),
    button: optional(given['button'], readName, `${pointer}/button`),
    actions: optional(given['actions'], readTexts, `${pointer}/actions`),
  });
}

function readCapability(raw: unknown, pointer: string): CapabilityDescription {
  const given = readObject(raw, pointer);
  const name = readText(given['name'], `${pointer}/name`, 64);
  if (name !== 'generic' && capabilitySpec(name) === null) refuse('no such capability', `${pointer}/name`);
  const properties = readList(given['properties'], PROPERTIES_PER_DEVICE_MAX, `${pointer}/properties`);
  const events = optional(given['events'], (list, at) => readList(list, 256, at), `${pointer}/events`);
  return {
    name,
    properties: properties.map((each, at) => readProperty(each, name, `${pointer}/properties/${at}`)),
    commands: readTexts(given['commands'] ?? [], `${pointer}/commands`),
    ...(events && { events: events.map((each, at) => readEvent(each, `${pointer}/events/${at}`)) }),
  };
}

function readEndpoint(raw: unknown, pointer: string): EndpointDescription {
  const given = readObject(raw, pointer);
  const id = readText(given['id'], `${pointer}/id`, 32);
  if (!ENDPOINT_ID.test(id)) refuse('expected an endpoint id', `${pointer}/id`);
  const capabilities = readList(given['capabilities'], 64, `${pointer}/capabilities`);
  const readKind = (kind: unknown, at: string) => readOneOf(kind, DEVICE_KINDS, at);
  return {
    id,
    name: optional(given['name'], readName, `${pointer}/name`) ?? null,
    kind: optional(given['kind'], readKind, `${pointer}/kind`) ?? null,
    room: optional(given['room'], readName, `${pointer}/room`) ?? null,
    capabilities: capabilities.map((each, at) => readCapability(each, `${pointer}/capabilities/${at}`)),
  };
}

function readEndpoints(raw: unknown): EndpointDescription[] {
  const endpoints = readList(raw, ENDPOINTS_PER_DEVICE_MAX, '/endpoints').map((each, at) =>
    readEndpoint(each, `/endpoints/${at}`),
  );
  const ids = new Set(endpoints.map((each) => each.id));
  if (ids.size !== endpoints.length) refuse('two endpoints have the same id', '/endpoints');
  const count = endpoints.flatMap((each) => each.capabilities).flatMap((each) => each.properties).length;
  if (count > PROPERTIES_PER_DEVICE_MAX)
    refuse(`expected at most ${PROPERTIES_PER_DEVICE_MAX} properties`, '/endpoints');
  return endpoints;
}

/** A device's description out of whatever was sent: names are cut, everything else must be right. Throws `BAD_VALUE`. */
export function readDescription(raw: unknown): DeviceDescription {
  const given = readObject(raw, '');
  return present({
    id: readLocalId(given['id']),
    name: readName(given['name'], '/name'),
    kind: readOneOf(given['kind'], DEVICE_KINDS, '/kind'),
    endpoints: readEndpoints(given['endpoints']),
    room: optional(given['room'], readName, '/room'),
    manufacturer: optional(given['manufacturer'], readName, '/manufacturer'),
    model: optional(given['model'], readName, '/model'),
    firmware: optional(given['firmware'], readName, '/firmware'),
    address: optional(given['address'], readName, '/address'),
    bridge: optional(given['bridge'], readLocalId, '/bridge'),
    expectedWithin: optional(given['expectedWithin'], readNumber, '/expectedWithin'),
    settings: optional(given['settings'], readObject, '/settings'),
  });
}

/** The properties of a device by key, for checking reports quickly. */
export type Shape = ReadonlyMap<string, PropertyDescription>;

/** Every property by `"onOff.on@2"`, and by `"onOff.on"` for the first endpoint that has it. */
export function shapeOf(endpoints: readonly EndpointDescription[]): Shape {
  const shape = new Map<string, PropertyDescription>();
  for (const endpoint of endpoints) {
    for (const capability of endpoint.capabilities) {
      for (const property of capability.properties) {
        const key = `${capability.name}.${property.name}`;
        shape.set(`${key}@${endpoint.id}`, property);
        if (!shape.has(key)) shape.set(key, property);
      }
    }
  }
  return shape;
}

/** Why a property cannot have a value, or null where it can. */
export function faultOf(property: PropertyDescription, value: unknown): string | null {
  if (value === null) return null;
  if (typeof value !== property.type) return `expected a ${property.type}, not ${typeof value}`;
  if (typeof value === 'number') return faultOfNumber(property, value);
  if (typeof value !== 'string') return null;
  if (property.values !== null && !property.values.includes(value))
    return `expected one of ${property.values.join(', ')}`;
  return value.length > TEXT_CHARACTERS_MAX ? `expected at most ${TEXT_CHARACTERS_MAX} characters` : null;
}

function faultOfNumber({ min, max, unit }: PropertyDescription, value: number): string | null {
  const suffix = unit === null || unit === '' ? '' : ` ${unit}`;
  if (!Number.isFinite(value)) return 'expected a finite number';
  if (min !== null && value < min) return `expected at least ${min}${suffix}, not ${value}`;
  if (max !== null && value > max) return `expected at most ${max}${suffix}, not ${value}`;
  return null;
}

/** Refuses values that a device of this shape cannot have. Throws `BAD_VALUE` with a pointer to the property. */
export function checkValues(shape: Shape, values: unknown, endpoint?: string): Values {
  if (!isObject(values)) refuse('expected values by property', '/values');
  let count = 0;
  for (const key in values) {
    const property = shape.get(endpoint === undefined ? key : `${key}@${endpoint}`);
    if (property === undefined)
      refuse(`the device has no property ${key.slice(0, 100)}`, `/values/${key.slice(0, 100)}`);
    const fault = faultOf(property, values[key]);
    if (fault !== null) refuse(fault, `/values/${key}`);
    count += 1;
  }
  if (count > VALUES_PER_REPORT_MAX) refuse(`expected at most ${VALUES_PER_REPORT_MAX} values`, '/values');
  return values as Values;
}

export function readEventName(raw: unknown, pointer = '/event'): string {
  const name = readText(raw, pointer, 66);
  return EVENT_NAME.test(name) ? name : refuse('expected an event such as button.pressed', pointer);
}

export function readKey(raw: unknown): string {
  const key = readText(raw, '/key', KEY_CHARACTERS_MAX);
  return key === '' ? refuse('expected a key', '/key') : key;
}

export const unknownDevice = (id: string): PluginError =>
  new PluginError('BAD_VALUE', `the plugin has no device ${JSON.stringify(id.slice(0, 100))}: add it first`, '/id');
