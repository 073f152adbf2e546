// Whether a home that comes with new rules is the one before: the same rooms, the same devices in them. Devices come with all that
// the hub knows of them; only what rules are linked by counts.

import type { EngineDevice, EngineHome } from '../types.ts';

export function isSameHome(before: EngineHome, home: EngineHome): boolean {
  if (home === before) return true;
  const { latitude, longitude, timeZone } = home;
  return (
    latitude === before.latitude &&
    longitude === before.longitude &&
    timeZone === before.timeZone &&
    isSameData(home.holidays, before.holidays) &&
    isSameData(home.rooms, before.rooms)
  );
}

export function isSameMembership(
  before: readonly EngineDevice[] | undefined,
  devices: readonly EngineDevice[] | undefined,
): boolean {
  if (devices === before) return true;
  if (devices === undefined || devices.length !== before?.length) return false;
  return devices.every((device, index) => isSameDevice(device, before[index]!));
}

function isSameDevice(device: EngineDevice, before: EngineDevice): boolean {
  const { id, name, kind, room, endpoints } = device;
  if (id !== before.id || name !== before.name || kind !== before.kind || room !== before.room) return false;
  return (
    endpoints.length === before.endpoints.length &&
    endpoints.every((each, at) => isSameData(each, before.endpoints[at]))
  );
}

const isSameData = (one: unknown, other: unknown): boolean =>
  one === other || JSON.stringify(one) === JSON.stringify(other);
