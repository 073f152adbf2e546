// Tells stories to the core it is given until one of them comes out wrong. Exit code 1: a fault was found.

import fc from 'fast-check';
import { scenarioOf } from '../reference/arbitraries.ts';
import type { Scenario } from '../reference/arbitraries.ts';
import { forgiveExplosions, seed } from '../reference/check.ts';
import { sameAsReference, sameWhileEdited } from '../reference/comparison.ts';
import { editedScenarioOf } from '../reference/edited-scenarios.ts';
import { FEATURES } from '../reference/arbitrary-parts.ts';

const [stories = '0'] = process.argv.slice(2);
const features = new Set(FEATURES);

async function tell<S extends Scenario>(
  runs: number,
  holds: (told: S) => Promise<string | null>,
  of: fc.Arbitrary<S>,
): Promise<void> {
  const property = fc.asyncProperty(of, async (told) => {
    const wrong = await holds(told).catch(forgiveExplosions);
    if (wrong !== null) throw new Error(wrong);
  });
  const { failed, errorInstance } = await fc.check(property, { seed, numRuns: runs, endOnFailure: true });
  if (!failed) return;
  console.log(String(errorInstance));
  process.exit(1);
}

await tell(Number(stories), sameAsReference, scenarioOf(features));
await tell(Number(stories) / 4, sameWhileEdited, editedScenarioOf(features));
