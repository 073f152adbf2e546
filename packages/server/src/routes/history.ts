// What a property of a device was over time.

import { z } from 'zod';
import { ok, route, type Route } from '../routes.ts';
import { deviceRef, propertyName, time, value } from '../schemas/fields.ts';
import type { Services } from '../services.ts';

const query = z.strictObject({
  device: deviceRef,
  property: propertyName,
  from: time.optional().describe('a day before `to` by default'),
  to: time.optional().describe('now by default'),
  points: z.coerce.number().int().min(1).max(20_000).optional().describe('at most this many points'),
});

const plain = z.tuple([z.string(), value]);
const stretch = z.tuple([z.string(), z.number(), z.number(), z.number()]);
const answer = z
  .object({
    points: z
      .array(z.union([plain, stretch]))
      .describe('`[t, value]`, or `[t, min, mean, max]` where there were too many'),
    before: plain.nullable().describe('what was known last before `from`'),
  })
  .meta({ id: 'History' });

export const historyRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/history',
    role: 'resident',
    summary: 'What a property of a device was, oldest first.',
    query,
    answers: { 200: answer },
    handle: async ({ query: { device, property, ...rest } }) => {
      const given = Object.entries(rest).filter(([, each]) => each !== undefined);
      return ok(await hub.history({ device, property, ...Object.fromEntries(given) }));
    },
  }),
];
