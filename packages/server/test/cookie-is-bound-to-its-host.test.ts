// What the session's cookie says, with and without TLS, and which token of a request counts.

import type { IncomingMessage } from 'node:http';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { addressOf, bearerOf, cookieOf, sessionCookie } from '../src/callers.ts';

const request = (headers: Record<string, string>, socket: object = {}): IncomingMessage =>
  ({ headers, socket }) as unknown as IncomingMessage;

test('under TLS the cookie is secure, and bound to the host by its name', () => {
  const secure = request({ cookie: 'lintel=planted; __Host-lintel=real' }, { encrypted: true });
  assert.match(
    sessionCookie(secure, 'abc'),
    /^__Host-lintel=abc; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+; Secure$/,
  );
  assert.is(cookieOf(secure), 'real');
  const plain = request({ cookie: '__Host-lintel=other;lintel=mine' });
  assert.match(sessionCookie(plain, 'abc'), /^lintel=abc; HttpOnly; SameSite=Strict; Path=\/; Max-Age=\d+$/);
  assert.is(cookieOf(plain), 'mine');
});

test('a cookie of another name that ends alike is not read', () => {
  assert.is(cookieOf(request({ cookie: 'xlintel=a; lintel2=b' })), null);
  assert.is(cookieOf(request({})), null);
});

test('a bearer token stands in its header in one form', () => {
  assert.is(bearerOf(request({ authorization: 'bearer abc' })), 'abc');
  for (const authorization of ['Basic abc', 'Bearer', 'Bearer a b', 'abc'])
    assert.is(bearerOf(request({ authorization })), null);
});

test('an IPv4 address is the same behind an IPv6 socket', () => {
  assert.is(addressOf(request({}, { remoteAddress: '::ffff:192.168.1.4' })), '192.168.1.4');
  assert.is(addressOf(request({}, { remoteAddress: 'fe80::1' })), 'fe80::1');
});

test.run();
