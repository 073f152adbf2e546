// Ways in which bytes go wrong: a few are changed, the end is missing, something stands behind it or in between.

import fc from 'fast-check';

/** Changes a copy of some bytes. */
export type Damage = (bytes: Uint8Array) => Uint8Array;

const place = (share: number, length: number): number => Math.min(length - 1, Math.floor(share * length));
/** Even over the whole length: numbers drawn by their bits would nearly all be next to 0. */
const SHARES = 2 ** 20;
const share = fc.integer({ min: 0, max: SHARES }).map((part) => part / SHARES);

const changed = fc
  .array(fc.tuple(share, fc.integer({ min: 1, max: 255 })), { minLength: 1, maxLength: 8 })
  .map((flips): Damage => (bytes) => {
    const next = Uint8Array.from(bytes);
    for (const [at, by] of flips) next[place(at, next.length)]! ^= by;
    return next;
  });
/** The first bytes say what the others are, so they are worth more tries. */
const changedInFront = fc
  .array(fc.tuple(fc.nat(127), fc.nat(255)), { minLength: 1, maxLength: 4 })
  .map((writes): Damage => (bytes) => {
    const next = Uint8Array.from(bytes);
    for (const [at, value] of writes) if (at < next.length) next[at] = value;
    return next;
  });
const cut = share.map(
  (at): Damage =>
    (bytes) =>
      Uint8Array.from(bytes.subarray(0, Math.floor(at * bytes.length))),
);
const padded = fc.uint8Array({ minLength: 1, maxLength: 64 }).map(
  (more): Damage =>
    (bytes) =>
      new Uint8Array([...bytes, ...more]),
);
const moved = fc.tuple(share, share, fc.nat(64)).map(([from, to, size]): Damage => (bytes) => {
  const next = Uint8Array.from(bytes);
  next.copyWithin(place(to, next.length), place(from, next.length), place(from, next.length) + size);
  return next;
});
const without = fc.tuple(share, fc.integer({ min: 1, max: 64 })).map(([at, size]): Damage => (bytes) => {
  const from = place(at, bytes.length);
  return new Uint8Array([...bytes.subarray(0, from), ...bytes.subarray(from + size)]);
});
const other = fc.uint8Array({ maxLength: 256 }).map(
  (bytes): Damage =>
    () =>
      bytes,
);

export const damage: fc.Arbitrary<Damage> = fc.oneof(changed, changedInFront, cut, padded, moved, without, other);

export const isSame = (a: Uint8Array, b: Uint8Array): boolean => Buffer.compare(a, b) === 0;
