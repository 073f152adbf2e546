// The plugin's own cryptography and matter.js's understand each other, and its random bytes are.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { NodeJsStyleCrypto } from '@matter/main';

import { createCryptography } from '../src/node/cryptography.ts';

const test = suite('messages are sealed as by matter.js');

const ours = createCryptography();
const theirs = new NodeJsStyleCrypto();
const bytes = (count: number, from: number): Uint8Array => Uint8Array.from({ length: count }, (_, at) => from + at);
const text = (each: unknown): string => Buffer.from(each as Uint8Array).toString('hex');
const [key, other, nonce, header] = [bytes(16, 1), bytes(16, 2), bytes(13, 3), bytes(8, 4)];

test('what one seals the other opens, again and again with the same key', () => {
  for (const count of [0, 1, 40, 1_200]) {
    const message = bytes(count, 5);
    assert.is(text(ours.encrypt(key, message, nonce, header)), text(theirs.encrypt(key, message, nonce, header)));
    assert.is(text(ours.decrypt(key, theirs.encrypt(key, message, nonce, header), nonce, header)), text(message));
    assert.is(text(theirs.decrypt(key, ours.encrypt(key, message, nonce, header), nonce, header)), text(message));
  }
});

test('another key opens nothing, nor does another header', () => {
  const sealed = ours.encrypt(key, bytes(20, 6), nonce, header);
  assert.throws(() => ours.decrypt(other, sealed, nonce, header), /decryption failed/);
  assert.throws(() => ours.decrypt(key, sealed, nonce, bytes(8, 9)), /decryption failed/);
});

test('random bytes do not come twice, and are as many as asked for', () => {
  const drawn = Array.from({ length: 5_000 }, () => ours.randomBytes(8));
  assert.is(new Set(drawn.map(text)).size, drawn.length);
  for (const count of [0, 1, 63, 64, 65, 5_000]) assert.is(ours.randomBytes(count).byteLength, count);
  const kept = ours.randomBytes(32);
  const before = text(kept);
  for (let round = 0; round < 500; round += 1) ours.randomBytes(32);
  assert.is(text(kept), before);
});

test.run();
