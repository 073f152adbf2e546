// Why something is as it is.

import { z } from 'zod';
import { ok, route, type Route } from '../routes.ts';
import { deviceRef, propertyName, thingId, time, value } from '../schemas/fields.ts';
import { whyLink } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const query = z.strictObject({
  device: deviceRef.optional(),
  property: propertyName.optional(),
  expected: z.string().max(200).optional().describe('true, false, a number or text: what it should have been'),
  automation: thingId.optional(),
  at: time.optional().describe('now by default'),
});

const condition = z
  .object({
    pointer: z.string(),
    values: z.array(z.object({ device: z.string(), property: z.string(), value })),
  })
  .optional()
  .describe('what stopped an automation');

const answer = z
  .object({
    value: value.describe('of the property, or what became of the automation'),
    chain: z.array(whyLink),
    condition,
    candidates: z
      .array(
        z.object({
          automation: z.string(),
          name: z.string(),
          at: z.string().nullable(),
          outcome: z.string(),
          text: z.string(),
          condition,
        }),
      )
      .optional()
      .describe('automations that could have made it so, the nearest first, and what stopped each'),
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
      const told = { ...asked, expected: asked.expected === undefined ? undefined : valueOf(asked.expected) };
      const given = Object.entries(told).filter(([, each]) => each !== undefined);
      return ok(await hub.why(Object.fromEntries(given)));
    },
  }),
];

/** A value as it stands in an address. */
function valueOf(text: string): boolean | number | string {
  if (text === 'true' || text === 'false') return text === 'true';
  return text.trim() !== '' && Number.isFinite(Number(text)) ? Number(text) : text;
}
