// API tokens of the caller's own, for scripts and apps.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import { refuseUnknownGrant } from '../grants.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, route, type Route } from '../routes.ts';
import { thingId, thingName, time } from '../schemas/fields.ts';
import { token } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const newToken = z.strictObject({
  name: thingName,
  capabilities: z.array(z.string().max(100)).max(100).optional().describe('such as "onOff" or "lock.lock"'),
  rooms: z.array(thingId).max(500).optional(),
  expiresAt: time.optional(),
});
const madeToken = z.object({ id: z.string(), token: z.string() }).meta({ id: 'MadeToken' });

export const tokenRoutes = (services: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/tokens',
    role: 'resident',
    summary: "The caller's API tokens, without their secrets.",
    query: pageQuery,
    answers: { 200: pageOf(token) },
    handle: async ({ identity, query }) =>
      page(await services.identities.tokens.list(identity.user.id), query, ({ id }) => id),
  }),
  route({
    method: 'POST',
    path: '/api/tokens',
    audit: true,
    role: 'resident',
    summary: 'Makes an API token, shown once; with capabilities or rooms it reaches no more than those.',
    body: newToken,
    answers: { 201: madeToken },
    handle: async ({ identity, body: { expiresAt, ...wanted } }) => {
      refuseUnknownGrant(services.hub, wanted);
      const ends = expiresAt === undefined ? null : futureTime(services, expiresAt);
      return created(await services.identities.createToken(identity, { ...wanted, expiresAt: ends }));
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/tokens/:id',
    audit: true,
    role: 'resident',
    summary: "Revokes one of the caller's tokens.",
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await services.identities.removeToken(identity.user.id, param('id'));
      return noContent;
    },
  }),
];

function futureTime({ clock }: Services, text: string): number {
  const at = Date.parse(text);
  if (at <= clock.now()) throw new HubError('BAD_VALUE', 'This time has passed already.', { pointer: '/expiresAt' });
  return at;
}
