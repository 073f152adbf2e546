// From an HTTP request to a socket. Host and Origin are checked already; the identity is looked up before the upgrade, so that
// the snapshot follows it at once.

import type { HttpBindings } from '@hono/node-server';
import { upgradeWebSocket } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { WebSocket } from 'ws';
import { bearerOf, identify } from '../callers.ts';
import { asHubError, problemOf } from '../problems.ts';
import type { Log } from '../services.ts';
import type { Identities } from '../identity/identities.ts';
import type { Live, Opening } from './live.ts';

/** A number that no snapshot had is no reason to refuse: a snapshot is sent instead. */
const sequenceOf = (raw: string | undefined): number | null => {
  const sequence = /^\d+$/.test(raw ?? '') ? Number(raw) : Number.NaN;
  return Number.isSafeInteger(sequence) ? sequence : null;
};

export function createUpgrade(live: Live, identities: Identities, log: Log): MiddlewareHandler {
  const upgrade = upgradeWebSocket(
    async (context) => {
      const { incoming } = context.env as HttpBindings;
      const identity = await identify(incoming, identities);
      const opening: Opening = identity ?? (bearerOf(incoming) === null ? 'stranger' : 'refused');
      const since = sequenceOf(context.req.query('since'));
      return { onOpen: (_event, socket) => live.open(socket.raw as unknown as WebSocket, opening, since) };
    },
    { onError: (error) => log.error(`a socket: ${String(error)}`) },
  );
  return async (context, next) => {
    // Only a connection that is being upgraded has no response of its own.
    if ((context.env as Partial<HttpBindings>).outgoing !== undefined) return next();
    try {
      live.requireRoom();
      return await upgrade(context, next);
    } catch (error) {
      const { status, headers } = problemOf(asHubError(error, 'an upgrade', log));
      return new Response(null, { status, headers });
    }
  };
}
