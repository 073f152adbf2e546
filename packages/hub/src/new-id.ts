// ULIDs for what people make: sortable by time, from time and randomness that are handed in (https://github.com/ulid/spec).

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

export type RandomBytes = (count: number) => Uint8Array;

export function newId(now: number, random: RandomBytes): string {
  let text = '';
  for (let rest = now, digit = 0; digit < 10; digit++, rest = Math.floor(rest / 32)) text = ALPHABET[rest % 32]! + text;
  for (const byte of random(16)) text += ALPHABET[byte % 32]!;
  return text;
}
