// matter.js's cryptography by Node's own, with less work for each message: a key is made ready once and not for every message
// anew, and the many small random numbers of a start come out of one block.

import {
  createCipheriv,
  createDecipheriv,
  createECDH,
  createHash,
  createHmac,
  createSecretKey,
  createSign,
  createVerify,
  hkdf,
  pbkdf2,
  randomBytes,
  type KeyObject,
} from 'node:crypto';

import { NodeJsStyleCrypto } from '@matter/main';

type Bytes = Uint8Array;
type CipherOptions = { readonly authTagLength: number };

const POOL_BYTES = 4_096;
/** What is longer gets a block of its own. */
const POOLED_BYTES_MAX = 64;

/** A session's keys live as long as their bytes do. */
const keys = new WeakMap<Bytes, KeyObject>();

function keyOf(bytes: Bytes): KeyObject {
  const known = keys.get(bytes);
  if (known !== undefined) return known;
  const key = createSecretKey(bytes);
  keys.set(bytes, key);
  return key;
}

/** Answers random bytes, none of them twice. */
function createPool(): (count: number) => Bytes {
  let pool = Buffer.alloc(0);
  return (count) => {
    if (count > POOLED_BYTES_MAX) return randomBytes(count);
    if (pool.length < count) pool = randomBytes(POOL_BYTES);
    const taken = new Uint8Array(pool.subarray(0, count));
    pool.fill(0, 0, count);
    pool = pool.subarray(count);
    return taken;
  };
}

export const createCryptography = (): NodeJsStyleCrypto =>
  new NodeJsStyleCrypto({
    createECDH,
    createHash,
    createHmac,
    createSign,
    createVerify,
    hkdf,
    pbkdf2,
    createCipheriv: (algorithm: 'aes-128-ccm', key: Bytes, nonce: Bytes, options: CipherOptions) =>
      createCipheriv(algorithm, keyOf(key), nonce, options),
    createDecipheriv: (algorithm: 'aes-128-ccm', key: Bytes, nonce: Bytes, options: CipherOptions) =>
      createDecipheriv(algorithm, keyOf(key), nonce, options),
    randomBytes: createPool(),
  } as ConstructorParameters<typeof NodeJsStyleCrypto>[0]);
