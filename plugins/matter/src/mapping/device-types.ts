// Matter's device types, and the kind each is to people.

import type { DeviceKind } from '@lintel/sdk';

export const ROOT_NODE = 0x16;
export const AGGREGATOR = 0x0e;
export const BRIDGED_NODE = 0x13;
export const POWER_SOURCE = 0x11;
export const CONTACT_SENSOR = 0x15;
export const WATER_LEAK_DETECTOR = 0x43;
export const BATTERY_STORAGE = 0x18;
export const SPEAKER = 0x22;

/** In the order in which one is chosen for a device of several. */
const KINDS: readonly (readonly [DeviceKind, readonly number[]])[] = [
  ['bridge', [AGGREGATOR]],
  ['lock', [0x0a]],
  ['heatPump', [0x309]],
  ['thermostat', [0x301, 0x72]],
  ['evse', [0x50c]],
  ['storage', [BATTERY_STORAGE]],
  ['solar', [0x17]],
  ['cover', [0x202, 0x230, 0x231]],
  ['vacuum', [0x74]],
  ['appliance', [0x70, 0x71, 0x73, 0x75, 0x77, 0x78, 0x79, 0x7a, 0x7b, 0x7c, 0x50f]],
  ['airPurifier', [0x2d]],
  ['fan', [0x2b]],
  ['media', [SPEAKER, 0x23, 0x24, 0x28, 0x29, 0x2a]],
  ['doorbell', [0x143, 0x141, 0x148, 0x140]],
  ['camera', [0x142, 0x144, 0x145]],
  ['valve', [0x42, 0x40]],
  ['light', [0x100, 0x101, 0x10c, 0x10d]],
  ['plug', [0x10a, 0x10b]],
  ['switch', [0x103, 0x104, 0x105, 0x10f, 0x110, 0x303]],
  ['button', [0x0f]],
  ['meter', [0x510, 0x511, 0x512, 0x513, 0x514]],
  ['sensor', [0x15, 0x2c, 0x41, 0x43, 0x44, 0x45, 0x106, 0x107, 0x302, 0x76, 0x305, 0x306, 0x307, 0x30c, 0x850]],
];

/** The kind of a device whose endpoints have these device types; null for one that no list knows. */
export function kindOf(deviceTypes: readonly number[]): DeviceKind | null {
  return KINDS.find(([, types]) => types.some((type) => deviceTypes.includes(type)))?.[0] ?? null;
}
