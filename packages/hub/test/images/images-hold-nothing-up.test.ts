// The text of an image is written in slices: between two of them the hub does what else there is, and nothing of that gets in.

import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { stringifyInSlices } from '../../src/images/slices.ts';
import { createRuns } from '../../src/state/runs.ts';

const test = suite('images hold nothing up');

test('slices come to what JSON says', async () => {
  const large = { list: Array.from({ length: 300 }, (_, index) => ({ index, gone: undefined })), none: undefined };
  const record = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${index}`, [index, { index }]]));
  for (const value of [large, { tail: { rules: record, empty: {}, nothing: [] } }, {}, []])
    assert.is(await stringifyInSlices(value), JSON.stringify(value));
  await fc.assert(
    fc.asyncProperty(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), async (value) =>
      assert.is(await stringifyInSlices(value), JSON.stringify(value)),
    ),
    { numRuns: 200 },
  );
});

test('the loop turns while a large home is written', async () => {
  const home = {
    rules: Array.from({ length: 10_000 }, (_, index) => ({ id: `rule-${index}`, text: 'x'.repeat(200) })),
  };
  let turns = 0;
  let isDone = false;
  const turn = (): void => {
    turns += 1;
    if (!isDone) setImmediate(turn);
  };
  setImmediate(turn);
  const text = await stringifyInSlices(home);
  isDone = true;
  assert.ok(turns >= text.length / 262_144, `${turns} turns for ${text.length} characters`);
});

test('runs that end while an image is written are not in it', () => {
  const run = {
    run: 1,
    at: '2027-01-01T12:00:00.000Z',
    trigger: null,
    outcome: 'running',
    cause: 0,
    commands: [],
  } as const;
  const runs = createRuns([['rule', [run]]]);
  const image = runs.export();
  const before = JSON.stringify(image);
  runs.ended({ rule: 'rule', run: 1, at: 5, trigger: 't', outcome: 'finished' } as never, 9);
  runs.ended({ rule: 'rule', run: 0, at: 5, trigger: 't', outcome: 'dropped' } as never, 9);
  assert.is(JSON.stringify(image), before);
  assert.is(runs.list('rule').length, 2);
});

test.run();
