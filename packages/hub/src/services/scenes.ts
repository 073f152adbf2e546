// Scenes: what a set of devices is to be, captured as it is now or written down.

import { HubError, splitDeviceRef, type Device, type Origin, type Scene, type Values } from '@lintel/model';
import { z } from 'zod';
import { resolveScene, resolveValues } from '../dispatch/core-commands.ts';
import { requireReached } from '../dispatch/resolve.ts';
import type { CommandAnswer } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { SCENES_MAX } from '../limits.ts';
import type { Registry } from '../registry/registry.ts';
import { captured } from '../state/capture.ts';
import { deviceView, endpointsOf } from '../state/device-view.ts';
import { differs } from '../state/difference.ts';
import { lastRecall } from '../state/recalls.ts';
import { collection } from './collections.ts';
import { checkForDevice } from './command-body.ts';
import type { CommandService } from './commands.ts';
import { requireDevice } from './groups.ts';
import { durationSchema, nameSchema, parseBody, transitionSchema, valueSchema } from './validate.ts';

const targetSchema = z.strictObject({ device: z.string(), values: z.record(z.string().max(100), valueSchema) });

const captureSchema = z.strictObject({
  name: nameSchema,
  devices: z.array(z.string()).max(1_000).optional(),
  room: z.string().optional(),
});
const recallSchema = z.strictObject({ transition: transitionSchema.optional() });

export function sceneService(kernel: Kernel, commands: CommandService) {
  const { machine } = kernel;
  const scenes = collection(kernel, {
    name: 'scenes',
    noun: 'scene',
    max: SCENES_MAX,
    shape: { name: nameSchema, targets: z.array(targetSchema).max(1_000), transition: durationSchema.optional() },
    check: ({ targets }) =>
      targets.forEach((target, index) => checkTarget(machine.registry, target, `/targets/${index}`)),
  });
  const view = (device: string): Device => {
    const { record } = requireReached(machine.registry, device);
    return deviceView(record, machine.properties.device(record.id), kernel.scheduler.now());
  };
  const capture = async (body: unknown, by: Origin): Promise<Scene> => {
    const { name, devices, room } = parseBody(captureSchema, body);
    devices?.forEach((ref, index) => requireDevice(machine.registry, ref, `/devices/${index}`));
    const refs = devices ?? refsIn(machine.registry, room);
    const targets = refs.map((ref) => ({ device: ref, values: captured(view(ref), splitDeviceRef(ref).endpoint) }));
    const found = targets.filter(({ values }) => Object.keys(values).length > 0);
    const plain = found.map(({ device, values }) => ({ device, values: withoutEndpoint(device, values) }));
    return scenes.create({ name, targets: plain }, by);
  };
  const recall = (id: string, body: unknown): Promise<CommandAnswer> => {
    const scene = scenes.get(id);
    const { transition } = parseBody(recallSchema, body ?? {});
    const ms =
      transition ??
      (scene.transition === undefined ? undefined : durationSchema.pipe(transitionSchema).parse(scene.transition));
    const origin: Origin = { kind: 'scene', id, name: scene.name };
    const command = { set: {}, ...(ms !== undefined && { transition: ms }) };
    return commands.send({ scene: id }, command, resolveScene(machine, id, ms), origin);
  };
  const revert = (id: string, by: Origin): Promise<CommandAnswer> => {
    const scene = scenes.get(id);
    const before = lastRecall(machine, id);
    if (before.length === 0)
      throw new HubError('NOTHING_TO_UNDO', `${scene.name} was not recalled, so that there is nothing to undo`);
    const deliveries = before.flatMap(({ device, values }) => resolveValues(machine, device, values));
    return commands.send({ scene: id }, { set: {} }, deliveries, by);
  };
  const difference = (id: string): readonly string[] =>
    scenes
      .get(id)
      .targets.filter(({ device }) => machine.registry.get('devices', splitDeviceRef(device).device) !== null)
      .filter(({ device, values }) => differs(view(device), splitDeviceRef(device).endpoint, values))
      .map(({ device }) => device);
  return { ...scenes, capture, recall, revert, difference };
}

/** @throws HubError that points at the device, or at the value that it cannot take */
function checkTarget(registry: Registry, { device, values }: Scene['targets'][number], pointer: string): void {
  requireDevice(registry, device, `${pointer}/device`);
  const { record, endpoint } = requireReached(registry, device);
  checkForDevice(record, endpoint, { set: values }, `${pointer}/values`);
}

/** The devices of a room, or of the home; of those that hang in several rooms, the endpoints that hang here. */
function refsIn(registry: Registry, room: string | undefined): readonly string[] {
  return registry.list('devices').flatMap((record) => {
    const endpoints = endpointsOf(record);
    if (room === undefined || endpoints.every((each) => (each.room ?? record.room) === room)) return [record.id];
    return endpoints.filter((each) => (each.room ?? record.room) === room).map(({ id }) => `${record.id}/${id}`);
  });
}

/** A reference that names the endpoint needs no names for it in its values. */
function withoutEndpoint(ref: string, values: Values): Values {
  if (splitDeviceRef(ref).endpoint === null) return values;
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key.split('@')[0]!, value]));
}
