// Every fault of the list planted in the core, one at a time; and a core built the same way without any.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { whatFinds } from './hunt.ts';
import { MUTANTS } from './mutants.ts';

const test = suite('all planted faults');

test('a core without a fault passes', async () => {
  assert.is(await whatFinds(null), null);
});

for (const mutant of MUTANTS) {
  test(`is found: ${mutant.breaks}`, async () => {
    const found = await whatFinds(mutant);
    assert.ok(found, `nothing found that ${mutant.breaks}`);
    console.log(`${mutant.breaks}: found by ${found}`);
  });
}

test.run();
