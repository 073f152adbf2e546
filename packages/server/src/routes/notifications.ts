// What the home tells its people.

import type { NotificationReader } from '@lintel/hub';
import { isAtLeast, originOf, type Identity } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, ok, route, type Route } from '../routes.ts';
import { notification } from '../schemas/household.ts';
import type { Services } from '../services.ts';

const readerOf = (identity: Identity): NotificationReader => ({
  user: identity.user.id,
  everything: isAtLeast(identity, 'admin'),
});

export const notificationRoutes = ({ hub: { notifications } }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/notifications',
    role: 'resident',
    summary: 'What the home told, newest first.',
    query: pageQuery,
    answers: { 200: pageOf(notification) },
    handle: ({ identity, query }) => page(notifications.list(readerOf(identity)), query, ({ id }) => id),
  }),
  route({
    method: 'POST',
    path: '/api/notifications/test',
    role: 'resident',
    summary: 'Sends a notification, to see that they arrive.',
    answers: { 201: notification },
    handle: async ({ identity }) => created(await notifications.test(originOf(identity))),
  }),
  route({
    method: 'POST',
    path: '/api/notifications/:id/actions/:action',
    role: 'resident',
    summary: 'Answers a notification by one of its actions; automations hear the event `notification.action`.',
    answers: { 200: notification },
    handle: async ({ identity, param }) =>
      ok(await notifications.act(param('id'), param('action'), readerOf(identity), originOf(identity))),
  }),
  route({
    method: 'DELETE',
    path: '/api/notifications/:id',
    role: 'resident',
    summary: 'Takes a notification away.',
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await notifications.remove(param('id'), readerOf(identity), originOf(identity));
      return noContent;
    },
  }),
];
