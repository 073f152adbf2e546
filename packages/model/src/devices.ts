// What a device is: endpoints that hold capabilities, and the last known value of each property.

import type { Value } from './values.ts';

export const DEVICE_KINDS = [
  'light',
  'switch',
  'plug',
  'sensor',
  'button',
  'thermostat',
  'lock',
  'cover',
  'fan',
  'valve',
  'alarm',
  'siren',
  'media',
  'appliance',
  'vacuum',
  'camera',
  'doorbell',
  'meter',
  'solar',
  'storage',
  'evse',
  'heatPump',
  'airPurifier',
  'humidifier',
  'weather',
  'bridge',
  'other',
] as const;
/**
 * What a device is to people.
 * @example const kind: DeviceKind = 'light';
 */
export type DeviceKind = (typeof DEVICE_KINDS)[number];

export type PropertyType = 'boolean' | 'number' | 'string';

/**
 * One property as a device has it: the capability table's entry, narrowed to what this device can do.
 * @example const isNumber = (property: PropertyDescription) => property.type === 'number';
 */
export interface PropertyDescription {
  readonly name: string;
  readonly type: PropertyType;
  readonly unit: string | null;
  readonly min: number | null;
  readonly max: number | null;
  /** The closed list of a string property's values, or null when any string may come. */
  readonly values: readonly string[] | null;
  readonly settable: boolean;
  readonly label?: string;
}

/**
 * An event that a device can tell, and of which of its buttons.
 * @example const press: EventDescription = { event: 'button.pressed', button: '1', actions: ['single', 'double'] };
 */
export interface EventDescription {
  /** Such as `"button.pressed"`. */
  readonly event: string;
  readonly button?: string;
  readonly actions?: readonly string[];
}

/**
 * One capability as a device has it.
 * @example const dimmable: CapabilityDescription[] = [onOff(), level()];
 */
export interface CapabilityDescription {
  readonly name: string;
  readonly properties: readonly PropertyDescription[];
  readonly commands: readonly string[];
  readonly events?: readonly EventDescription[];
}

/**
 * A part of a device with capabilities of its own.
 * @example const gangs: EndpointDescription[] = [endpoint({ id: 'left' }, onOff()), endpoint({ id: 'right' }, onOff())];
 */
export interface EndpointDescription {
  /** `"1"`, `"2"`, or a name such as `"segment-1"`; the first is the device's plain one. */
  readonly id: string;
  readonly name: string | null;
  readonly kind: DeviceKind | null;
  readonly room: string | null;
  readonly capabilities: readonly CapabilityDescription[];
}

export const ORIGIN_KINDS = [
  'device',
  'user',
  'automation',
  'scene',
  'plugin',
  'adaptive',
  'matter',
  'system',
] as const;
export type OriginKind = (typeof ORIGIN_KINDS)[number];

/** Who or what made a change. */
export interface Origin {
  readonly kind: OriginKind;
  readonly id?: string;
  readonly name?: string;
}

export interface PropertyState {
  readonly value: Value;
  /** ISO 8601 UTC of the last change of the value; null while it was never known. */
  readonly changedAt: string | null;
  /** ISO 8601 UTC of the last report, equal or not; null while none came. */
  readonly reportedAt: string | null;
  readonly origin: Origin | null;
}

/** A device as GET /api/devices shows it. */
export interface Device {
  readonly id: string;
  readonly name: string;
  readonly room: string | null;
  readonly plugin: string;
  readonly kind: DeviceKind;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly address: string | null;
  readonly online: boolean;
  readonly stale: boolean;
  readonly lastSeen: string | null;
  readonly settings: Readonly<Record<string, unknown>>;
  readonly endpoints: readonly EndpointDescription[];
  /** By `"onOff.on"` for the first endpoint that has it and `"onOff.on@2"` for each further one. */
  readonly properties: Readonly<Record<string, PropertyState>>;
}

/** Whether an endpoint has a property or a command, such as `media.volume` or `media.play`. */
export function endpointHas({ capabilities }: EndpointDescription, name: string): boolean {
  const dot = name.indexOf('.');
  const member = name.slice(dot + 1);
  return capabilities.some(
    (each) =>
      each.name.length === dot &&
      name.startsWith(each.name) &&
      (each.properties.some((has) => has.name === member) || each.commands.includes(member)),
  );
}

/** The endpoint that a plain key or command means: the first that has it. */
export const firstWith = (endpoints: readonly EndpointDescription[], name: string): EndpointDescription | undefined =>
  endpoints.find((each) => endpointHas(each, name));

/** The key of a property in {@link Device.properties}: plain where `endpoint` is the first that has it. */
export function propertyKey(endpoints: readonly EndpointDescription[], endpoint: string, property: string): string {
  const first = firstWith(endpoints, property) ?? endpoints[0];
  return first === undefined || first.id === endpoint ? property : `${property}@${endpoint}`;
}
