// Whatever samples go into a chunk come out again, to the last bit. SEED=… replays a run.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { decodeChunk, encodeChunk } from '../../src/history/chunk.ts';
import type { Sample } from '../../src/history/samples.ts';

const test = suite('chunks give back what went in');
const seed = Number(process.env['SEED'] ?? Date.now() % 2 ** 31);

const number = fc.oneof(
  fc.integer(),
  fc.integer({ min: -5_000, max: 5_000 }).map((each) => each / 100),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 2 ** 53, -(2 ** 53), 1e-7, 0.1 + 0.2),
);
const mixed = fc.oneof(
  number.filter((each) => !Object.is(each, -0)),
  fc.boolean(),
  fc.constant(null),
  fc.string({ unit: 'binary' }),
  fc.record({ event: fc.string(), data: fc.dictionary(fc.string(), fc.string()) }, { noNullPrototype: true }),
);
const samples = fc.oneof(number, mixed).chain(() =>
  fc.oneof(fc.constant(number), fc.constant(mixed)).chain((value) =>
    fc.array(
      fc.record<Sample>(
        {
          sequence: fc.integer({ min: 1, max: 2 ** 51 }),
          place: fc.nat(300),
          at: fc.integer({ min: 0, max: 4e15 }),
          value,
          origin: fc.constantFrom('', 'device', 'automation', 'user'),
        },
        { noNullPrototype: true },
      ),
      { minLength: 1, maxLength: 60 },
    ),
  ),
);

test('zeros keep their signs', () => {
  for (const values of [[-0], [-0, 0], [0, -0], [1, -0, 2.5]]) {
    const given = values.map((value, index): Sample => ({
      sequence: index + 1,
      place: 0,
      at: index,
      value,
      origin: '',
    }));
    const back = decodeChunk(encodeChunk(given)).map(({ value }) => value);
    assert.ok(
      back.every((value, index) => Object.is(value, values[index])),
      String(back),
    );
  }
});

test('random samples', () => {
  fc.assert(
    fc.property(samples, (given) => {
      assert.equal(decodeChunk(encodeChunk(given)), JSON.parse(JSON.stringify(given)), `replay with SEED=${seed}`);
      const back = decodeChunk(encodeChunk(given));
      const exact = given.every(
        ({ value }, index) => typeof value !== 'number' || Object.is(value, back[index]!.value),
      );
      assert.ok(exact, `not the same bits; replay with SEED=${seed}`);
    }),
    { seed, numRuns: 1_000 },
  );
});

test('a day of a thermometer takes less than five bytes a sample', () => {
  const day: Sample[] = [];
  let value = 20;
  for (let index = 0; index < 2_000; index += 1) {
    value = Math.round((value + Math.sin(index * 12.9898) * 0.1) * 100) / 100;
    const jitter = Math.round(Math.abs(Math.sin(index * 78.233)) * 2_000);
    day.push({ sequence: 7 + index * 31, place: 0, at: 1.79e12 + index * 43_200 + jitter, value, origin: 'device' });
  }
  const bytes = encodeChunk(day).length / day.length;
  assert.ok(bytes < 5, `${bytes.toFixed(2)} bytes a sample`);
});

test.run();
