// What needs a hand in the home.

import { originOf } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { noContent, route, type Route } from '../routes.ts';
import { repair } from '../schemas/views.ts';
import type { Services } from '../services.ts';

export const repairRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/repairs',
    role: 'resident',
    summary: 'What needs a hand: plugins that were stopped, empty batteries, devices that are away.',
    query: pageQuery,
    answers: { 200: pageOf(repair) },
    handle: ({ query }) => page(hub.repairs.list(), query, ({ id }) => id),
  }),
  route({
    method: 'POST',
    path: '/api/repairs/:id/fix',
    role: 'admin',
    summary: 'Lets the hub do what it can do itself.',
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await hub.repairs.fix(param('id'), originOf(identity));
      return noContent;
    },
  }),
];
