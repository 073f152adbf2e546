// JSON of something large, written in slices, so that what the home has to do meanwhile does not wait for it.

import { setImmediate } from 'node:timers/promises';

/** So much text takes a few milliseconds. */
const SLICE_CHARACTERS = 131_072;
/** Lists and records with more members are taken apart. */
const MEMBERS_WHOLE = 64;
const LEVELS_APART = 2;

/** What JSON.stringify() answers, of a value that nobody changes until it is done. */
export async function stringifyInSlices(value: object): Promise<string> {
  const slices: string[] = [];
  let slice = '';
  for (const piece of piecesOf(value, 0)) {
    slice += piece;
    if (slice.length < SLICE_CHARACTERS) continue;
    slices.push(slice);
    slice = '';
    await setImmediate();
  }
  return slices.join('') + slice;
}

function* piecesOf(value: unknown, level: number): Generator<string> {
  if (typeof value !== 'object' || value === null) return yield JSON.stringify(value) ?? 'null';
  const entries: readonly (readonly [string, unknown])[] = Object.entries(value);
  if (level >= LEVELS_APART && entries.length <= MEMBERS_WHOLE) return yield JSON.stringify(value);
  const isList = Array.isArray(value);
  let before = isList ? '[' : '{';
  for (const [key, member] of entries) {
    if (member === undefined && !isList) continue;
    yield isList ? before : `${before}${JSON.stringify(key)}:`;
    yield* piecesOf(member, level + 1);
    before = ',';
  }
  yield `${before === ',' ? '' : before}${isList ? ']' : '}'}`;
}
