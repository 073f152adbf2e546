// Password hashes: argon2id on libuv's threads, never on the main one, and only a few at once.

import { argon2, randomBytes, timingSafeEqual } from 'node:crypto';
import { HubError } from '@lintel/model';
import { HASHES_AT_ONCE_MAX, HASHES_WAITING_MAX } from '../limits.ts';

/** OWASP's recommendation of 2025 for argon2id. */
const MEMORY_KIB = 19_456;
const PASSES = 2;
const PARALLELISM = 1;
const TAG_BYTES = 32;
const SALT_BYTES = 16;
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/;

interface Parameters {
  readonly memory: number;
  readonly passes: number;
  readonly parallelism: number;
}

const CURRENT: Parameters = { memory: MEMORY_KIB, passes: PASSES, parallelism: PARALLELISM };
const DECOY_SALT = randomBytes(SALT_BYTES);

/** The PHC string of a password under a fresh salt. */
export async function hashPassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const tag = await derive(password, salt, CURRENT);
  const { memory, passes, parallelism } = CURRENT;
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(salt)}$${unpadded(tag)}`;
}

/** Whether the password fits; takes as long when there is no hash to compare with, so that no one learns which names exist. */
export async function verifyPassword(password: string, phc: string | null): Promise<boolean> {
  const match = PHC.exec(phc ?? '');
  if (match === null) {
    await derive(password, DECOY_SALT, CURRENT);
    return false;
  }
  const [memory, passes, parallelism] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const expected = Buffer.from(match[5]!, 'base64');
  const tag = await derive(password, Buffer.from(match[4]!, 'base64'), { memory, passes, parallelism });
  return tag.length === expected.length && timingSafeEqual(tag, expected);
}

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '');

let atWork = 0;
const waiting: (() => void)[] = [];

/** The same letters may be typed in several Unicode forms; one of them counts. */
async function derive(password: string, nonce: Buffer, { memory, passes, parallelism }: Parameters): Promise<Buffer> {
  await turn();
  try {
    return await new Promise((resolve, reject) => {
      const message = password.normalize('NFKC');
      const options = { message, nonce, parallelism, tagLength: TAG_BYTES, memory, passes };
      argon2('argon2id', options, (error, tag) => (error === null ? resolve(tag) : reject(error)));
    });
  } finally {
    const next = waiting.shift();
    if (next === undefined) atWork -= 1;
    else next();
  }
}

function turn(): Promise<void> {
  if (atWork < HASHES_AT_ONCE_MAX) {
    atWork += 1;
    return Promise.resolve();
  }
  if (waiting.length >= HASHES_WAITING_MAX) {
    const detail = 'Too many people sign in at once. Try again in a few seconds.';
    return Promise.reject(new HubError('TOO_MANY_ATTEMPTS', detail, { retryAfterSeconds: 5 }));
  }
  return new Promise((resolve) => waiting.push(resolve));
}
