// Devices as people arrange them: named, put in rooms, set up, removed.

import { DEVICE_KINDS, HubError, type Device, type Origin } from '@lintel/model';
import type { DeviceShare } from '@lintel/sdk';
import { z } from 'zod';
import { notFound, requireReached } from '../dispatch/resolve.ts';
import type { Kernel } from '../kernel.ts';
import type { DeviceRecord } from '../registry/registry.ts';
import { deviceView, kindOf } from '../state/device-view.ts';
import { dependentsOf } from './dependents.ts';
import { changeSettings } from './device-settings.ts';
import { nameSchema, parseBody } from './validate.ts';

export interface DevicePort {
  /** Takes the device out of its network; a plugin that is not there forgets it when it is back. */
  remove(device: DeviceRecord): Promise<void>;
  settings(device: DeviceRecord): Promise<void>;
  share(device: DeviceRecord): Promise<DeviceShare>;
}

const settingsSchema = z
  .record(z.string().max(64), z.json())
  .refine((settings) => JSON.stringify(settings).length <= 16_384, 'at most 16 KiB');
const changeSchema = z.strictObject({
  name: nameSchema.optional(),
  room: z.string().nullable().optional(),
  settings: settingsSchema.optional(),
});
const endpointSchema = z.strictObject({
  name: nameSchema.nullable().optional(),
  kind: z.enum(DEVICE_KINDS).nullable().optional(),
  room: z.string().nullable().optional(),
});

export function deviceService(kernel: Kernel, port: DevicePort) {
  const { registry, properties } = kernel.machine;
  const record = (ref: string): DeviceRecord => requireReached(registry, ref).record;
  const view = (device: DeviceRecord): Device =>
    deviceView(device, properties.device(device.id), kernel.scheduler.now());
  const requireRoom = (room: string | null | undefined): void => {
    if (room == null || registry.get('rooms', room) !== null) return;
    throw new HubError('BAD_VALUE', `there is no room ${JSON.stringify(room.slice(0, 64))}`, { pointer: '/room' });
  };
  const put = async (device: DeviceRecord, by: Origin): Promise<Device> => {
    await kernel.commit([{ collection: 'devices', id: device.id, value: device }], by);
    return view(device);
  };
  const change = async (id: string, body: unknown, by: Origin): Promise<Device> => {
    const known = record(id);
    const { name, room, settings } = parseBody(changeSchema, body);
    requireRoom(room);
    const next: DeviceRecord = {
      ...known,
      ...(name !== undefined && { name }),
      ...(room !== undefined && { room }),
      ...(settings !== undefined && { settings: changeSettings(known, settings) }),
    };
    const changed = await put(next, by);
    if (settings !== undefined) await port.settings(next);
    return changed;
  };
  const changeEndpoint = async (id: string, endpoint: string, body: unknown, by: Origin): Promise<Device> => {
    const known = record(id);
    if (!known.description.endpoints.some((each) => each.id === endpoint)) throw notFound('endpoint', endpoint);
    const asked = Object.entries(parseBody(endpointSchema, body)).filter(([, value]) => value !== undefined);
    const choice = { ...known.endpoints[endpoint], ...Object.fromEntries(asked) };
    requireRoom(choice.room);
    return put({ ...known, endpoints: { ...known.endpoints, [endpoint]: choice } }, by);
  };
  const remove = async (id: string, force: boolean, by: Origin): Promise<void> => {
    const known = record(id);
    const dependents = dependentsOf(registry, known.id);
    if (dependents.length > 0 && !force) {
      const names = dependents.map(({ name }) => name).join(', ');
      throw new HubError('IN_USE', `${known.name} is used by ${names}; remove it there first, or force it`, {
        extra: { dependents },
      });
    }
    await port.remove(known);
    await kernel.commit([{ collection: 'devices', id: known.id, value: null }], by);
  };
  return {
    list: ({ room, kind, plugin }: { room?: string; kind?: string; plugin?: string } = {}): readonly Device[] =>
      registry
        .list('devices')
        .filter((each) => (room === undefined || each.room === room) && (kind === undefined || kindOf(each) === kind))
        .filter((each) => plugin === undefined || each.plugin === plugin)
        .map(view),
    get: (id: string): Device => view(record(id)),
    change,
    changeEndpoint,
    remove,
    share: async (id: string): Promise<DeviceShare> => port.share(record(id)),
  };
}
