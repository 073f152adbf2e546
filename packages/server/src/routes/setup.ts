// The claim: whoever reads the code on the hub's console becomes its first owner.

import { HubError } from '@lintel/model';
import { z } from 'zod';
import type { Identity } from '../authorize.ts';
import { clientOf, sessionCookie } from '../callers.ts';
import { refuseWeak } from '../identity/weak-passwords.ts';
import { ok, route, type Answer, type Call, type Route } from '../routes.ts';
import { latitude, longitude, password, personName, thingName, timeZone } from '../schemas/fields.ts';
import { signedIn } from '../schemas/views.ts';
import type { Services } from '../services.ts';

const SNAPSHOT_MEANING =
  'the first frame of /api/live, where ?snapshot=true asked for it; /api/live?since=<its sequence> then sends only what changed';
const setupState = z
  .object({
    claimed: z.boolean(),
    signedIn: z.boolean(),
    snapshot: z
      .looseObject({ type: z.literal('snapshot'), sequence: z.int() })
      .optional()
      .describe(SNAPSHOT_MEANING),
  })
  .meta({ id: 'SetupState' });
const setupBody = z.strictObject({
  setupCode: z.string().max(200).describe('stands on the console the hub was started from'),
  name: personName,
  password,
  home: z.strictObject({ name: thingName, latitude, longitude, timeZone }),
  virtual: z.boolean().optional().describe('true starts with a furnished virtual home'),
});
type SetupBody = z.output<typeof setupBody>;

export function setupRoutes(services: Services): Route[] {
  const { hub } = services;
  const claim = claimOnce(services);
  return [
    route({
      method: 'GET',
      path: '/api/setup',
      role: 'public',
      summary: 'Whether the hub has an owner, and whether the caller is signed in.',
      query: z.strictObject({
        snapshot: z.literal('true').optional().describe('the home as well, for those signed in'),
      }),
      answers: { 200: setupState },
      handle: ({ identity, query }) =>
        identity !== null && query.snapshot === 'true'
          ? ok(withSnapshot(services, identity))
          : ok({ claimed: hub.claimed(), signedIn: identity !== null }),
    }),
    route({
      method: 'POST',
      path: '/api/setup',
      audit: true,
      role: 'public',
      summary: 'Claims the hub: makes the home and its first owner, and signs them in.',
      // Whether the hub is claimed is told before the body is looked at.
      restrict: () => refuseClaimed(services),
      body: setupBody,
      answers: { 201: signedIn },
      handle: claim,
    }),
  ];
}

/** One answer holds all that a page needs to show the home; it is live once its socket joins from the snapshot's number. */
function withSnapshot({ live }: Services, identity: Identity): Uint8Array {
  const snapshot = live.snapshot(identity);
  return Buffer.concat([Buffer.from('{"claimed":true,"signedIn":true,"snapshot":'), snapshot, Buffer.from('}')]);
}

function refuseClaimed({ hub }: Services): void {
  if (hub.claimed()) throw new HubError('ALREADY_CLAIMED', 'This hub has an owner already. Sign in instead.');
}

/** Two claims at once would both find the hub unclaimed: the second waits for the first to end. */
function claimOnce(services: Services): (call: Call<'public', SetupBody, unknown>) => Promise<Answer> {
  let last: Promise<unknown> = Promise.resolve();
  return ({ body, incoming }) => {
    services.setupCode.require(body.setupCode);
    refuseWeak(body.password, [body.name, body.home.name, body.setupCode], '/password');
    const mine = last.then(() => claim(services, body, incoming));
    last = mine.catch(() => undefined);
    return mine;
  };
}

/** The owner is stored before the home: a hub with a home is claimed, and must have someone who can sign in. */
async function claim(
  services: Services,
  { name, password: chosen, home, virtual }: SetupBody,
  incoming: Call<'public', unknown, unknown>['incoming'],
): Promise<Answer> {
  refuseClaimed(services);
  const { hub, identities, log } = services;
  const owner = await identities.createOwner(name, chosen, clientOf(incoming));
  const by = { kind: 'user', id: owner.user.id, name: owner.user.name } as const;
  await hub.createHome(home, by, '/home');
  if (virtual === true) {
    const furnished = hub.plugins.configure('virtual', { enabled: true, settings: {} }, by);
    await furnished.catch((error: unknown) => log.warn(`the virtual home did not start: ${String(error)}`));
  }
  return { status: 201, body: owner, headers: { 'set-cookie': sessionCookie(incoming, owner.token) } };
}
