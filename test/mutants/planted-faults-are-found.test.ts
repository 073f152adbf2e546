// A few faults planted in the core, others in each run: stories must find every one. SEED=n plants those of another run
// again; the nightly file beside this one plants all.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { seed } from '../reference/check.ts';
import { plant } from './build.ts';
import { whatFinds } from './hunt.ts';
import { MUTANTS } from './mutants.ts';

const FAULTS = 2;
const test = suite('planted faults');

test('every fault can still be planted', () => {
  assert.ok(MUTANTS.length >= 30);
  for (const mutant of MUTANTS) assert.type(plant(mutant), 'string');
});

for (let index = 0; index < FAULTS; index += 1) {
  const mutant = MUTANTS[(seed + index * 17) % MUTANTS.length]!;
  test(`is found: ${mutant.breaks}`, async () => {
    assert.ok(await whatFinds(mutant), `nothing found that ${mutant.breaks}`);
  });
}

test.run();
