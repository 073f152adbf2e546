// Scenes: what a set of devices is to be, captured as it is now or written down.

import type { Origin, Scene } from '@lintel/model';
import { z } from 'zod';
import { resolveScene } from '../dispatch/core-commands.ts';
import type { CommandAnswer } from '../interface.ts';
import type { Kernel } from '../kernel.ts';
import { SCENES_MAX } from '../limits.ts';
import { captured } from '../state/capture.ts';
import { deviceView } from '../state/device-view.ts';
import { collection } from './collections.ts';
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
      targets.forEach(({ device }, index) => requireDevice(machine.registry, device, `/targets/${index}/device`)),
  });
  const capture = async (body: unknown, by: Origin): Promise<Scene> => {
    const { name, devices, room } = parseBody(captureSchema, body);
    devices?.forEach((ref, index) => requireDevice(machine.registry, ref, `/devices/${index}`));
    const views = machine.registry
      .list('devices')
      .filter((record) =>
        devices === undefined ? room === undefined || record.room === room : devices.includes(record.id),
      )
      .map((record) => deviceView(record, machine.properties.device(record.id), kernel.scheduler.now()));
    const targets = views.map((device) => ({ device: device.id, values: captured(device) }));
    return scenes.create({ name, targets: targets.filter(({ values }) => Object.keys(values).length > 0) }, by);
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
  return { ...scenes, capture, recall };
}
