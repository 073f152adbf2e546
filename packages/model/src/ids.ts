// Ids. Past these parsers an id is known to be well formed, and no one checks again.

import { HubError } from './errors.ts';

type Brand<Name extends string> = string & { readonly __brand: Name };

/** `<plugin>:<the plugin's own id>`, such as `zigbee:0x00158d0001dc126a`; fixed at the first join. */
export type DeviceId = Brand<'DeviceId'>;
/** A device, or one endpoint of it (`zigbee:0x…/2`). */
export type DeviceRef = Brand<'DeviceRef'>;
export type PluginId = Brand<'PluginId'>;
/** Ids of rooms, groups, scenes, rules, people: a ULID when the hub makes it, or a slug when a person does. */
export type ThingId = Brand<'ThingId'>;

const PLUGIN_ID = /^[a-z0-9-]{1,32}$/;
const LOCAL_ID = /^[A-Za-z0-9_.:-]{1,96}$/;
const DEVICE_ID = /^[a-z0-9-]{1,32}:[A-Za-z0-9_.:-]{1,96}$/;
const DEVICE_REF = /^([a-z0-9-]{1,32}:[A-Za-z0-9_.:-]{1,96})(?:\/([A-Za-z0-9_-]{1,32}))?$/;
const THING_ID = /^[A-Za-z0-9_-]{1,64}$/;

function parse<T extends string>(pattern: RegExp, what: string, raw: unknown, pointer?: string): T {
  if (typeof raw === 'string' && pattern.test(raw)) return raw as T;
  const shown = typeof raw === 'string' ? JSON.stringify(raw.slice(0, 100)) : typeof raw;
  throw new HubError('BAD_ID', `not ${what}: ${shown}`, pointer === undefined ? {} : { pointer });
}

export const parsePluginId = (raw: unknown, pointer?: string): PluginId =>
  parse(PLUGIN_ID, 'a plugin id (a-z, 0-9 and -, at most 32)', raw, pointer);

export const parseDeviceId = (raw: unknown, pointer?: string): DeviceId =>
  parse(DEVICE_ID, 'a device id', raw, pointer);

export const parseDeviceRef = (raw: unknown, pointer?: string): DeviceRef =>
  parse(DEVICE_REF, 'a device id', raw, pointer);

export const parseThingId = (raw: unknown, pointer?: string): ThingId =>
  parse(THING_ID, 'an id (letters, digits, - and _, at most 64)', raw, pointer);

/** The id a plugin may use for a device of its own, before the hub prefixes it. */
export const isLocalDeviceId = (raw: unknown): raw is string => typeof raw === 'string' && LOCAL_ID.test(raw);

/** The device and endpoint that a reference names, or null when it is none. */
export function readDeviceRef(ref: string): { device: DeviceId; endpoint: string | null } | null {
  const match = DEVICE_REF.exec(ref);
  return match === null ? null : { device: match[1] as DeviceId, endpoint: match[2] ?? null };
}

/** As {@link readDeviceRef}; throws BAD_ID. */
export function splitDeviceRef(ref: string): { device: DeviceId; endpoint: string | null } {
  const found = readDeviceRef(ref);
  if (found === null) throw new HubError('BAD_ID', `not a device id: ${JSON.stringify(ref.slice(0, 100))}`);
  return found;
}

export const deviceIdOf = (plugin: string, local: string): DeviceId => `${plugin}:${local}` as DeviceId;
export const pluginOf = (device: DeviceId): PluginId => device.slice(0, device.indexOf(':')) as PluginId;
export const localIdOf = (device: DeviceId): string => device.slice(device.indexOf(':') + 1);
