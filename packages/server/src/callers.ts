// What a request says about its caller: the token in its cookie or header, and where it comes from. Tokens in the address are
// never read, since addresses end in logs and histories.

import type { IncomingMessage } from 'node:http';
import type { TLSSocket } from 'node:tls';
import { HubError } from '@lintel/model';
import type { Identity } from './authorize.ts';
import type { Identities } from './identity/identities.ts';
import type { Client } from './identity/sessions.ts';
import { COOKIE_AGE_SECONDS } from './limits.ts';

export const isSecure = ({ socket }: IncomingMessage): boolean => (socket as Partial<TLSSocket>).encrypted === true;
const cookieName = (request: IncomingMessage): string => (isSecure(request) ? '__Host-lintel' : 'lintel');

/** The caller's address, IPv4 in its plain form. */
export const addressOf = ({ socket }: IncomingMessage): string =>
  (socket.remoteAddress ?? 'unknown').replace(/^::ffff:(?=\d+\.)/, '');

export const clientOf = (request: IncomingMessage): Client => ({
  address: addressOf(request),
  agent: request.headers['user-agent'] ?? null,
});

export function bearerOf({ headers }: IncomingMessage): string | null {
  return /^Bearer +([^\s]+) *$/i.exec(headers.authorization ?? '')?.[1] ?? null;
}

export function cookieOf(request: IncomingMessage): string | null {
  const prefix = `${cookieName(request)}=`;
  const cookie = (request.headers.cookie ?? '').split(';').find((each) => each.trimStart().startsWith(prefix));
  return cookie?.trim().slice(prefix.length) ?? null;
}

/**
 * The identity behind a request: the header counts before the cookie, and a header that proves nothing is no reason to
 * look at the cookie.
 */
export async function identify(request: IncomingMessage, identities: Identities): Promise<Identity | null> {
  if (request.headers.authorization !== undefined) {
    const bearer = bearerOf(request);
    return bearer === null ? null : identities.find(bearer);
  }
  const cookie = cookieOf(request);
  const identity = cookie === null ? null : await identities.find(cookie);
  return identity?.kind === 'session' ? identity : null;
}

/** The cookie that carries a session; without a token, the one that ends it. */
export function sessionCookie(request: IncomingMessage, token: string | null): string {
  const age = token === null ? 0 : COOKIE_AGE_SECONDS;
  const secure = isSecure(request) ? '; Secure' : '';
  return `${cookieName(request)}=${token ?? ''}; HttpOnly; SameSite=Strict; Path=/; Max-Age=${age}${secure}`;
}

/** @throws HubError FORBIDDEN for an API token where only a person will do */
export function requireSession(identity: Identity): void {
  if (identity.kind !== 'session') throw new HubError('FORBIDDEN', 'This needs a signed-in person, not an API token.');
}
