// The people with an account. Owners and admins are made and changed by owners only.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import { isAtLeast, type Identity } from '../authorize.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, ok, route, type Route } from '../routes.ts';
import { password, personName, roles } from '../schemas/fields.ts';
import { user } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const newUser = z.strictObject({ name: personName, password, role: roles });
const userChange = z.strictObject({
  name: personName.optional(),
  password: password.optional(),
  role: roles.optional(),
});

export const userRoutes = ({ identities }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/users',
    role: 'admin',
    summary: 'The people with an account.',
    query: pageQuery,
    answers: { 200: pageOf(user) },
    handle: async ({ query }) => page(await identities.users.list(), query, ({ id }) => id),
  }),
  route({
    method: 'POST',
    path: '/api/users',
    role: 'admin',
    summary: 'Adds a person; an owner or admin is added by an owner.',
    body: newUser,
    restrict: requireOwnerForRole,
    answers: { 201: user },
    handle: async ({ body }) => created(await identities.createUser(body)),
  }),
  route({
    method: 'PATCH',
    path: '/api/users/:id',
    role: 'admin',
    summary: 'Changes a person: a new password ends their sessions, a lower role counts at once.',
    body: userChange,
    restrict: requireOwnerForRole,
    answers: { 200: user },
    handle: async ({ identity, body, param }) => {
      requireOwnerFor(identity, (await identities.users.get(param('id'))).role);
      return ok(await identities.changeUser(param('id'), body, identity));
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/users/:id',
    role: 'admin',
    summary: 'Removes a person with their sessions and tokens; the last owner stays.',
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      requireOwnerFor(identity, (await identities.users.get(param('id'))).role);
      await identities.removeUser(param('id'));
      return noContent;
    },
  }),
];

function requireOwnerForRole(identity: Identity, raw: unknown): void {
  if (typeof raw === 'object' && raw !== null && 'role' in raw) requireOwnerFor(identity, raw.role);
}

function requireOwnerFor(identity: Identity, role: unknown): void {
  if ((role === 'admin' || role === 'owner') && !isAtLeast(identity, 'owner'))
    throw new HubError('FORBIDDEN', 'Only an owner may add, change or remove owners and admins.');
}
