// Why something is as it is.

import { z } from 'zod';
import { ok, route, type Route } from '../routes.ts';
import { deviceRef, propertyName, thingId, time, value } from '../schemas/fields.ts';
import { whyLink } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const query = z.strictObject({
  device: deviceRef.optional(),
  property: propertyName.optional(),
  automation: thingId.optional(),
  at: time.optional().describe('now by default'),
});

const answer = z
  .object({
    value: value.describe('of the property, or what became of the automation'),
    chain: z.array(whyLink),
    condition: z
      .object({
        pointer: z.string(),
        values: z.array(z.object({ device: z.string(), property: z.string(), value })),
      })
      .optional()
      .describe('what stopped an automation'),
  })
  .meta({ id: 'Why' });

export const whyRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/why',
    role: 'resident',
    summary: 'Why a property has its value, or what an automation did and why: back to the input that began it.',
    query,
    answers: { 200: answer },
    handle: async ({ query: asked }) => {
      const given = Object.entries(asked).filter(([, each]) => each !== undefined);
      return ok(await hub.why(Object.fromEntries(given)));
    },
  }),
];
