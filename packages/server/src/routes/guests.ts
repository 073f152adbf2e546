// Guests: let in by a code, to some rooms and commands, for a while.

import type { IncomingMessage } from 'node:http';
import { HubError } from '@lintel/model';
import { z } from 'zod';
import { clientOf, isSecure, sessionCookie } from '../callers.ts';
import { refuseUnknownGrant } from '../grants.ts';
import { WEEKDAYS } from '../identity/guest-window.ts';
import { page, pageOf, pageQuery } from '../pages.ts';
import { created, noContent, route, type Route } from '../routes.ts';
import { personName, thingId, time } from '../schemas/fields.ts';
import { guest, signedIn } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'expected a time of day such as "22:30"');
const newGuest = z.strictObject({
  name: personName,
  rooms: z.array(thingId).min(1, 'name at least one room').max(500),
  commands: z
    .array(z.string().max(100))
    .min(1, 'name at least one capability or command')
    .max(100)
    .describe('such as "onOff" or "lock.lock"'),
  from: time.optional().describe('now, where it is left out'),
  until: time,
  weekdays: z.array(z.enum(WEEKDAYS)).min(1, 'name at least one day').max(7).optional(),
  after: timeOfDay.optional().describe("of the home's local time; later than `before` spans midnight"),
  before: timeOfDay.optional(),
});
const madeGuest = z.object({ id: z.string(), code: z.string(), link: z.string() }).meta({ id: 'MadeGuest' });

export const guestRoutes = (services: Services): Route[] => [
  listRoute(services),
  ...changeRoutes(services),
  redeemRoute(services),
];

const listRoute = ({ identities }: Services): Route =>
  route({
    method: 'GET',
    path: '/api/guests',
    role: 'admin',
    summary: 'The guests, without their codes.',
    query: pageQuery,
    answers: { 200: pageOf(guest) },
    handle: async ({ query }) => page(await identities.guests.list(), query, ({ id }) => id),
  });

const changeRoutes = (services: Services): Route[] => [
  route({
    method: 'POST',
    path: '/api/guests',
    role: 'admin',
    summary: 'Lets a guest in; the code is shown once.',
    body: newGuest,
    answers: { 201: madeGuest },
    handle: async ({ body, incoming }) => {
      const { name, rooms, commands, weekdays = null, after = null, before = null } = body;
      refuseUnknownGrant(services.hub, { rooms, commands });
      const wanted = { name, rooms, commands, weekdays, after, before, ...spanOf(services, body) };
      const { id, code } = await services.identities.guests.create(wanted);
      return created({ id, code, link: linkOf(incoming, code) });
    },
  }),
  route({
    method: 'DELETE',
    path: '/api/guests/:id',
    role: 'admin',
    summary: 'Sends a guest away, at once.',
    answers: { 204: null },
    handle: async ({ param }) => {
      await services.identities.removeGuest(param('id'));
      return noContent;
    },
  }),
];

const redeemRoute = ({ identities }: Services): Route =>
  route({
    method: 'POST',
    path: '/api/guests/redeem',
    audit: true,
    role: 'public',
    summary: 'Signs a guest in by the code; the token also comes as a cookie.',
    body: z.strictObject({ code: z.string().max(100) }),
    answers: { 201: signedIn },
    handle: async ({ body, incoming }) => {
      const answer = await identities.redeem(body.code, clientOf(incoming));
      return { status: 201, body: answer, headers: { 'set-cookie': sessionCookie(incoming, answer.token) } };
    },
  });

function spanOf(
  { clock }: Services,
  given: { from?: string | undefined; until: string; after?: string | undefined; before?: string | undefined },
) {
  const refuse = (pointer: string, detail: string): never => {
    throw new HubError('BAD_VALUE', detail, { pointer });
  };
  const now = clock.now();
  const [from, until] = [given.from === undefined ? now : Date.parse(given.from), Date.parse(given.until)];
  if (until <= now) refuse('/until', 'until: this time has passed already');
  if (until <= from) refuse('/until', 'until: it must come after from');
  if (given.after !== undefined && given.after === given.before) refuse('/before', 'before: it must differ from after');
  return { from, until };
}

/** The code stands behind the #, which browsers send to nobody. */
function linkOf(incoming: IncomingMessage, code: string): string {
  return `${isSecure(incoming) ? 'https' : 'http'}://${incoming.headers.host}/sign-in#guest=${code}`;
}
