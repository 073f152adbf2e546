// API tokens of the caller's own, for scripts and apps.

import { CAPABILITIES, HubError } from '@lintel/model';
import { z } from 'zod';
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
    role: 'resident',
    summary: 'Makes an API token, shown once; with capabilities or rooms it reaches no more than those.',
    body: newToken,
    answers: { 201: madeToken },
    handle: async ({ identity, body: { expiresAt, ...wanted } }) => {
      refuseUnknown(services, wanted);
      const ends = expiresAt === undefined ? null : futureTime(services, expiresAt);
      return created(await services.identities.createToken(identity, { ...wanted, expiresAt: ends }));
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/tokens/:id',
    role: 'resident',
    summary: "Revokes one of the caller's tokens.",
    answers: { 204: null },
    handle: async ({ identity, param }) => {
      await services.identities.removeToken(identity.user.id, param('id'));
      return noContent;
    },
  }),
];

function refuseUnknown(
  { hub }: Services,
  wanted: { capabilities?: string[] | undefined; rooms?: string[] | undefined },
): void {
  const capability = (wanted.capabilities ?? []).findIndex((name) => !isCapability(name));
  if (capability !== -1) throw unknown(`/capabilities/${capability}`, 'There is no such capability or command.');
  const known = new Set(hub.rooms.list().map(({ id }) => id));
  const room = (wanted.rooms ?? []).findIndex((id) => !known.has(id));
  if (room !== -1) throw unknown(`/rooms/${room}`, 'There is no such room.');
}

function isCapability(name: string): boolean {
  const [capability, command] = name.split('.');
  if (!Object.hasOwn(CAPABILITIES, capability!)) return false;
  const spec = CAPABILITIES[capability as keyof typeof CAPABILITIES] as { readonly commands?: readonly string[] };
  return command === undefined || (spec.commands ?? []).includes(command);
}

const unknown = (pointer: string, detail: string): HubError => new HubError('BAD_VALUE', detail, { pointer });

function futureTime({ clock }: Services, text: string): number {
  const at = Date.parse(text);
  if (at <= clock.now()) throw unknown('/expiresAt', 'This time has passed already.');
  return at;
}
