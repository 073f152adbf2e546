// Signing in and out.

import { z } from 'zod';
import { clientOf, sessionCookie } from '../callers.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { noContent, route, type Route } from '../routes.ts';
import { password } from '../schemas/fields.ts';
import { session, signedIn } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const credentials = z.strictObject({ name: z.string().max(200), password });

export const sessionRoutes = ({ identities }: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/sessions',
    audit: true,
    role: 'public',
    summary: 'Signs a person in; the token also comes as a cookie.',
    body: credentials,
    answers: { 201: signedIn },
    handle: async ({ body, incoming }) => {
      const answer = await identities.signIn(body.name, body.password, clientOf(incoming));
      return { status: 201, body: answer, headers: { 'set-cookie': sessionCookie(incoming, answer.token) } };
    },
  }),
  route({
    method: 'GET',
    path: '/api/sessions',
    role: 'guest',
    summary: "The caller's own sessions.",
    query: pageQuery,
    answers: { 200: pageOf(session) },
    handle: async ({ identity, query }) => {
      const current = identity.kind === 'session' ? identity.id : null;
      return page(await identities.sessions.list(identity.user.id, current), query, ({ id }) => id);
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/sessions/:id',
    audit: true,
    role: 'guest',
    summary: "Ends one of the caller's sessions; `current` is the one that asks.",
    answers: { 204: null },
    handle: async ({ identity, param, incoming }) => {
      const own = identity.kind === 'session' ? identity.id : null;
      const id = param('id') === 'current' ? (own ?? '') : param('id');
      await identities.removeSession(identity.user.id, id);
      return id === own ? { ...noContent, headers: { 'set-cookie': sessionCookie(incoming, null) } } : noContent;
    },
  }),
];
