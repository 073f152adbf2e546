// Good JSON made bad: something strange is put in some place of it, or is missing, doubled or too deep.

import fc from 'fast-check';

const deep = (depth: number): unknown => {
  let value: unknown = 1;
  for (let level = 0; level < depth; level += 1) value = level % 2 === 0 ? [value] : { and: value };
  return value;
};

export const strange = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    undefined,
    true,
    0,
    -1,
    0.5,
    1e308,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    2 ** 53,
    '',
    'x',
    '__proto__',
    'constructor',
    '\0',
    '\ud800',
    'a'.repeat(5000),
    '99999999d',
    '-1s',
    '24:00',
    '* * * * *',
    '/',
    '%',
    [],
    {},
    [[]],
    [null],
    Object.freeze({ kind: 'and' }),
    Object.create(null),
    new Date(0),
    10n,
    Symbol('x'),
    () => 1,
  ),
  fc.nat(60).map(deep),
  fc.constantFrom(5000, 20_000).map(deep),
  fc.jsonValue({ maxDepth: 2 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const words = fc.constantFrom(
  ...'1 0.5 1e9 "a" \'b\' true unknown ( ) [ ] , . + - * / % ! == != < <= > >= && || now hour sun elevation trigger'.split(
    ' ',
  ),
  ...'value data device variable wait timedOut event repeat index item count home room text min clamp since _ @ £'.split(
    ' ',
  ),
);
/** Something like an expression. */
const expression = fc.array(words, { maxLength: 14 }).map((parts) => parts.join(' '));

const KEYS = [
  'kind',
  'id',
  'device',
  'for',
  'match',
  'at',
  'is',
  'expression',
  'actions',
  'conditions',
  'x',
  '__proto__',
];

export interface Edit {
  readonly steps: readonly number[];
  readonly how: number;
  readonly key: string;
  readonly value: unknown;
}

const edit: fc.Arbitrary<Edit> = fc.record({
  steps: fc.array(fc.nat(40), { maxLength: 7 }),
  how: fc.nat(5),
  key: fc.constantFrom(...KEYS),
  value: fc.oneof({ weight: 3, arbitrary: strange }, { weight: 1, arbitrary: expression }),
});

export const edits = fc.array(edit, { minLength: 1, maxLength: 3 });

type Box = Record<string, unknown>;

/** The object or list that some steps lead to, and a key in it. */
function walk(root: Box, steps: readonly number[]): { box: Box; key: string } {
  let place = { box: root, key: 'root' };
  for (const step of steps) {
    const inside = place.box[place.key];
    const keys = typeof inside === 'object' && inside !== null ? Object.keys(inside) : [];
    if (keys.length === 0) break;
    place = { box: inside as Box, key: keys[step % keys.length]! };
  }
  return place;
}

function apply(root: Box, { steps, how, key: name, value }: Edit): void {
  const { box, key } = walk(root, steps);
  if (Object.isFrozen(box)) return;
  if (how === 0) delete box[key];
  else if (how === 1) Object.defineProperty(box, name, { value, enumerable: true, configurable: true, writable: true });
  else if (how === 2) box[key] = [box[key], box[key]];
  else box[key] = value;
}

/** A copy of good JSON with these edits in it. */
export function spoil(good: unknown, all: readonly Edit[]): unknown {
  const root: Box = { root: structuredClone(good) };
  for (const each of all) apply(root, each);
  return root['root'];
}
