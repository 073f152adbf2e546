// Calls from outside that automations wait for. The key is all that a caller has, so it should be hard to guess.

import { z } from 'zod';
import { noContent, route, type Route } from '../routes.ts';
import { value } from '../schemas/fields.ts';
import type { Services } from '../services.ts';

const data = z
  .record(z.string().max(64), value)
  .refine((fields) => Object.keys(fields).length <= 32, 'at most 32 values')
  .refine((fields) => JSON.stringify(fields).length <= 8_192, 'at most 8 KiB')
  .optional()
  .describe('plain values that the automation reads as `trigger.data`');

export const webhookRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/webhooks/:key',
    role: 'public',
    summary: 'Starts the automations that wait for this webhook.',
    body: data,
    answers: { 204: null },
    handle: async ({ body, param }) => {
      await hub.webhook(param('key'), body ?? {});
      return noContent;
    },
  }),
];
