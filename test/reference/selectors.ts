// Which devices a selector names now.

import type { DeviceSelector } from '@lintel/model';
import type { ReferenceDevice, State } from './state.ts';

const hasKind = (device: ReferenceDevice | undefined, kind: string | undefined): boolean =>
  kind === undefined || device?.kind === kind;

export function membersOf(state: State, selector: DeviceSelector): readonly string[] {
  if (typeof selector === 'string') return [selector];
  if ('devices' in selector) {
    return selector.devices.filter((id) =>
      hasKind(
        state.devices.find((device) => device.id === id),
        selector.kind,
      ),
    );
  }
  const rooms = state.home.rooms ?? [];
  const isInside = (device: ReferenceDevice): boolean => {
    if ('room' in selector) return device.room === selector.room;
    if ('floor' in selector) return rooms.some((room) => room.id === device.room && room.floor === selector.floor);
    return true;
  };
  return state.devices
    .filter((device) => isInside(device) && hasKind(device, selector.kind))
    .map((device) => device.id);
}
