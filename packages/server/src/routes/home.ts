// The home itself: its name, its place, its mode.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import { isAtLeast, originOf, type Identity } from '../authorize.ts';
import { ok, route, type Route } from '../routes.ts';
import { latitude, longitude, thingName, timeZone } from '../schemas/fields.ts';
import { home } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const homeChange = z.strictObject({
  name: thingName.optional(),
  latitude: latitude.optional(),
  longitude: longitude.optional(),
  timeZone: timeZone.optional(),
  units: z.enum(['metric', 'imperial']).optional(),
  language: z
    .string()
    .regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}$/, 'expected a language such as "en" or "pt-BR"')
    .optional(),
  mode: z.string().trim().min(1).max(64).optional().describe('home, away, night, vacation or one of your own'),
  confirm: z.array(z.string().max(100)).max(100).optional().describe('commands a person must confirm'),
  holidays: z.array(z.string().max(10)).max(1_000).optional().describe('"2027-12-24" or "12-24"'),
});

export const homeRoutes = ({ hub }: Services): Route[] => [
  route({
    method: 'GET',
    path: '/api/home',
    role: 'guest',
    summary: 'The home.',
    answers: { 200: home },
    handle: () => ok(hub.home()),
  }),
  route({
    method: 'PATCH',
    path: '/api/home',
    audit: true,
    role: 'resident',
    summary: 'Changes the home; a resident may change `mode` alone.',
    body: homeChange,
    restrict: requireModeAlone,
    answers: { 200: home },
    handle: async ({ identity, body }) => ok(await hub.changeHome(body, originOf(identity))),
  }),
];

function requireModeAlone(identity: Identity, raw: unknown): void {
  if (isAtLeast(identity, 'admin')) return;
  const fields = typeof raw === 'object' && raw !== null ? Object.keys(raw) : [];
  if (fields.some((field) => field !== 'mode'))
    throw new HubError('FORBIDDEN', 'You may change the mode of the home; the rest is for its admins.');
}
