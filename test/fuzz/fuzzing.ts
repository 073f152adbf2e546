// Throws hostile input at everything that reads what it did not write itself, in any number of cases.

import fc from 'fast-check';
import type { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { seed } from '../reference/check.ts';
import { damage } from './damage.ts';
import { edits, spoil, strange } from './hostile-json.ts';
import { EngineTarget, JournalTarget, goodParts, tryRule } from './targets.ts';

type Suite = ReturnType<typeof suite>;

/** Counts how many cases were taken, since a check that refuses all, or none, tells nothing. */
async function throwAll<T>(
  cases: number,
  input: fc.Arbitrary<T>,
  at: (each: T) => Promise<boolean> | boolean,
): Promise<number> {
  let taken = 0;
  const property = fc.asyncProperty(input, async (each) => {
    if (await at(each)) taken += 1;
  });
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: cases });
  if (failed) throw new Error(`replay with SEED=${seed}: ${(errorInstance as Error).stack}`);
  return taken;
}

export async function defineFuzzing(test: Suite, cases: number): Promise<void> {
  const { rules, events } = goodParts(seed);
  const engine = await EngineTarget.open(rules);
  const journal = new JournalTarget();
  const part = (share: number): number => Math.round(cases * share);
  const anyOf = (list: readonly unknown[]) =>
    fc.tuple(fc.nat(list.length - 1), edits).map(([index, all]) => spoil(list[index], all));

  test('a rule is refused with a RuleError, or can be run', async () => {
    const taken = await throwAll(part(0.3), anyOf(rules), tryRule);
    assert.ok(taken > 0 && taken < part(0.3));
  });

  test('whatever comes as a rule, an event, an image or compiled rules is refused by name', async () => {
    await throwAll(part(0.05), strange, async (each) => {
      assert.not(await tryRule(each));
      engine.tryEvent(each);
      engine.tryAsImage(each);
      return engine.tryAsCompiled(each);
    });
  });

  test('an event is refused as a bad one, or taken', async () => {
    const taken = await throwAll(part(0.1), anyOf(events), (each) => engine.tryEvent(each));
    assert.ok(taken > 0 && taken < part(0.1));
  });

  test('a damaged image is refused, and the state as it was', async () => {
    const sealed = fc.tuple(damage, fc.boolean());
    await throwAll(part(0.25), sealed, ([each, seal]) => engine.tryImage(each, seal));
  });

  test('damaged compiled rules are refused', async () => {
    await throwAll(part(0.1), damage, (each) => engine.tryCompiled(each));
  });

  test('a damaged journal is refused, or gives what was written', async () => {
    const taken = await throwAll(part(0.2), fc.tuple(damage, fc.nat(20)), ([each, which]) => journal.try(each, which));
    assert.ok(taken > 0 && taken < part(0.2));
  });
}
