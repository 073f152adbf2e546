// How the hub fares, for anyone who asks.

import { z } from 'zod';
import { originOf } from '../authorize.ts';
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
  route({
    method: 'POST',
    path: '/api/safe-mode/leave',
    role: 'admin',
    summary: 'Leaves safe mode: plugins that were held back are started.',
    answers: { 200: health },
    handle: async ({ identity }) => ok(await hub.leaveSafeMode(originOf(identity))),
  }),
];
