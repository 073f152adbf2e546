// The caller's own account.

import { z } from 'zod';
import { accountOf } from '../authorize.ts';
import { clientOf, requireSession } from '../callers.ts';
import { ok, route, type Route } from '../routes.ts';
import { password, personName } from '../schemas/fields.ts';
import { me, user } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const ownChange = z.strictObject({
  name: personName.optional(),
  password: password.optional(),
  currentPassword: password.describe('proves that it is the person who asks'),
});

export const meRoutes = ({ identities }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/me',
    role: 'guest',
    summary: 'Who the caller is, and with which role.',
    answers: { 200: me },
    handle: ({ identity }) => ok(accountOf(identity)),
  }),
  route({
    method: 'PATCH',
    path: '/api/me',
    audit: true,
    role: 'resident',
    summary: "Changes the caller's own name or password; a new password ends the other sessions.",
    restrict: requireSession,
    body: ownChange,
    answers: { 200: user },
    handle: async ({ identity, body: { currentPassword, ...change }, incoming }) =>
      ok(await identities.changeOwn(identity, currentPassword, change, clientOf(incoming))),
  }),
];
