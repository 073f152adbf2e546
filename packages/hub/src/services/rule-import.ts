// Automations of other hubs as rules, for people to look at and save.

import { z } from 'zod';
import { ENTITIES_MAX } from '../import/limits.ts';
import type { Kernel } from '../kernel.ts';
import type { Rehearse } from '../rehearsal/client.ts';
import { membership } from '../state/parts.ts';
import type { ImportAnswer } from '../views.ts';
import { parseBody } from './validate.ts';

const id = z.string().min(1).max(256);
const mapping = z.union(
  [
    z.strictObject({ device: id, property: id.optional() }),
    z.strictObject({ person: id }),
    z.strictObject({ scene: id }),
    z.strictObject({ room: id }),
    z.strictObject({ variable: id }),
  ],
  'expected {device, property?}, {person}, {scene}, {room} or {variable}',
);
const bodySchema = z.strictObject({
  format: z.literal('home-assistant', 'expected "home-assistant"'),
  yaml: z.string(),
  inputs: z.record(z.string(), z.unknown()).default({}),
  entities: z
    .record(z.string(), mapping)
    .refine((entities) => Object.keys(entities).length <= ENTITIES_MAX, `at most ${ENTITIES_MAX} entities`)
    .default({}),
});

export function ruleImportService({ machine, scheduler }: Kernel, rehearse: Rehearse) {
  return {
    /** Saves nothing. @throws HubError BAD_YAML with the line */
    import: async (body: unknown): Promise<ImportAnswer> => {
      const { yaml, inputs, entities } = parseBody(bodySchema, body);
      const devices = membership(machine, scheduler.now()).map(({ id: device, kind, room, endpoints }) => ({
        id: device,
        kind,
        room,
        endpoints,
      }));
      return rehearse<ImportAnswer>({ kind: 'import', yaml, inputs, entities, devices });
    },
  };
}
