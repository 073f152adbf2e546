// What happened in the home, newest first.

import { pageOf, pageQuery } from '../pages.ts';
import { ok, route, type Route } from '../routes.ts';
import { deviceRef, thingId, time } from '../schemas/fields.ts';
import { activity } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const activityQuery = pageQuery.extend({
  device: deviceRef.optional(),
  user: thingId.optional(),
  from: time.optional(),
  to: time.optional(),
});

export const activityRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/activity',
    role: 'resident',
    summary: 'What happened, newest first.',
    query: activityQuery,
    answers: { 200: pageOf(activity) },
    handle: async ({ query }) => {
      const given = Object.entries(query).filter(([, value]) => value !== undefined);
      return ok(await hub.activity(Object.fromEntries(given)));
    },
  }),
];
