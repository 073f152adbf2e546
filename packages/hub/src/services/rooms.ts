// Rooms. Removing one leaves its devices, without a room.

import { z } from 'zod';
import type { Edit } from '../journal/records.ts';
import type { Kernel } from '../kernel.ts';
import { ROOMS_MAX } from '../limits.ts';
import type { DeviceRecord, EndpointChoice } from '../registry/registry.ts';
import { collection } from './collections.ts';
import { nameSchema } from './validate.ts';

export function roomService(kernel: Kernel) {
  return collection(kernel, {
    name: 'rooms',
    noun: 'room',
    max: ROOMS_MAX,
    shape: { name: nameSchema, floor: nameSchema.nullish(), icon: z.string().max(64).nullish() },
    onRemove: (id) => kernel.machine.registry.list('devices').flatMap((device) => withoutRoom(device, id)),
  });
}

function withoutRoom(device: DeviceRecord, room: string): Edit[] {
  const endpoints = Object.entries(device.endpoints);
  if (device.room !== room && !endpoints.some(([, choice]) => choice.room === room)) return [];
  const left = endpoints.map(([id, choice]): [string, EndpointChoice] => [
    id,
    choice.room === room ? { ...choice, room: null } : choice,
  ]);
  const value: DeviceRecord = {
    ...device,
    room: device.room === room ? null : device.room,
    endpoints: Object.fromEntries(left),
  };
  return [{ collection: 'devices', id: device.id, value }];
}
