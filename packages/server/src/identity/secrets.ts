// Tokens and ids. A token is 256 random bits, shown once; only its hash is kept.

import { createHash } from 'node:crypto';

export type RandomBytes = (count: number) => Uint8Array;

const TOKEN_BYTES = 32;
const ID_BYTES = 12;
/** Marks API tokens, so that one found in a log or a repository is known for what it is. */
const API_TOKEN = 'lintel_';
const TOKEN = /^(?:lintel_)?[A-Za-z0-9_-]{43}$/;

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url');

export const makeId = (random: RandomBytes): string => text(random(ID_BYTES));
export const makeSessionToken = (random: RandomBytes): string => text(random(TOKEN_BYTES));
export const makeApiToken = (random: RandomBytes): string => API_TOKEN + text(random(TOKEN_BYTES));

export const isApiToken = (token: string): boolean => token.startsWith(API_TOKEN);
export const isToken = (token: string): boolean => TOKEN.test(token);
export const hashToken = (token: string): Uint8Array => createHash('sha256').update(token).digest();
