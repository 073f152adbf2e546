// What is still to come.

import { z } from 'zod';
import { originOf } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { noContent, route, type Route } from '../routes.ts';
import { origin } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const pending = z
  .object({
    id: z.string(),
    kind: z.enum(['revert', 'run', 'timer']),
    at: z.string().nullable().describe('when it comes at the latest by itself'),
    since: z.string(),
    text: z.string(),
    origin,
    devices: z.array(z.string()).optional(),
    automation: z.string().optional(),
    run: z.number().optional(),
    pointers: z.array(z.string()).optional().describe('the actions at which a run waits'),
    cancellable: z.boolean(),
  })
  .meta({ id: 'Pending' });

export const pendingRoutes = ({ hub: { pending: service } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/pending',
    role: 'resident',
    summary: 'Runs that wait, triggers whose `for` counts, and commands that will be taken back, the next first.',
    query: pageQuery,
    answers: { 200: pageOf(pending) },
    handle: ({ query }) => page(service.list(), query, ({ id }) => id),
  }),
  route({
    method: 'DELETE',
    path: '/api/pending/:id',
    role: 'resident',
    summary: 'Calls something pending off.',
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await service.cancel(param('id'), originOf(identity));
      return noContent;
    },
  }),
];
