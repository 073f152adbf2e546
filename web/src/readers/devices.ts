// Pure questions about one device.

import {
  firstWith,
  type CapabilityDescription,
  type Device,
  type PropertyDescription,
  type Value,
} from '@lintel/model';

export const property = (device: Device, key: string): Value => device.properties[key]?.value ?? null;

export const capability = (device: Device, name: string): CapabilityDescription | undefined =>
  device.endpoints.flatMap((endpoint) => endpoint.capabilities).find((each) => each.name === name);

export const has = (device: Device, name: string): boolean => capability(device, name) !== undefined;

/** How the device describes `"level.level"` (or `"onOff.on@2"`), or undefined when it has no such property. */
export function describe(device: Device, key: string): PropertyDescription | undefined {
  const [plain = '', endpointId] = key.split('@');
  const [name = '', member = ''] = plain.split('.');
  const endpoint =
    endpointId === undefined
      ? firstWith(device.endpoints, plain)
      : device.endpoints.find((each) => each.id === endpointId);
  const found = endpoint?.capabilities.find((each) => each.name === name);
  return found?.properties.find((each) => each.name === member);
}

export const isSettable = (device: Device, key: string): boolean => describe(device, key)?.settable === true;

/** The keys of every property the device lists, in its own order. */
export function propertyKeys(device: Device): string[] {
  const keys = device.endpoints.flatMap((endpoint) =>
    endpoint.capabilities.flatMap((each) => each.properties.map((one) => `${each.name}.${one.name}`)),
  );
  const further = Object.keys(device.properties).filter((key) => key.includes('@'));
  return [...new Set([...keys, ...further])];
}

export const isOn = (device: Device): boolean => property(device, 'onOff.on') === true;
export const isLocked = (device: Device): boolean => property(device, 'lock.state') === 'locked';
export const isLight = (device: Device): boolean => device.kind === 'light';

export const byName = (a: Device, b: Device): number => a.name.localeCompare(b.name);

/** Things one acts on come before things one reads, each by name. */
export function byUse(a: Device, b: Device): number {
  return rank(a) - rank(b) || byName(a, b);
}

const ORDER = ['light', 'thermostat', 'cover', 'lock', 'switch', 'plug', 'fan', 'media', 'vacuum', 'appliance'];

function rank(device: Device): number {
  const at = ORDER.indexOf(device.kind);
  return at === -1 ? ORDER.length : at;
}

/** The path of a device's sheet. */
export const devicePath = (id: string): string => `/devices/${encodeURIComponent(id)}`;
