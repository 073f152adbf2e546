// How the hub fares, for anyone who asks.

import { z } from 'zod';
import { ok, route, type Route } from '../routes.ts';
import type { Services } from '../services.ts';

const health = z
  .object({
    status: z.enum(['starting', 'ok', 'degraded', 'safe-mode']),
    version: z.string(),
    reasons: z.array(z.string()),
  })
  .meta({ id: 'Health' });

export const healthRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/health',
    role: 'public',
    summary: 'How the hub fares: 200 in every state, `ok` when rules run.',
    answers: { 200: health },
    handle: () => ok(hub.health()),
  }),
];
