// Runs a property over random scenarios with a seed that can be set, and prints what fails ready to paste in a test.

import fc from 'fast-check';
import { scenario } from './arbitraries.ts';
import type { Scenario } from './arbitraries.ts';
import { momentsOf } from './machine.ts';

export const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_000);
const nightly = process.env['LINTEL_NIGHTLY'] === '1';

export const scaled = (daily: number, nights: number): number => (nightly ? nights : daily);

function pasteable({ home, startAt, rules, steps }: Scenario): string {
  return JSON.stringify({ home, startAt, rules, steps: momentsOf(startAt, steps) }, null, 1);
}

/** Throws with the smallest scenario found for which `holds` tells that something is wrong. */
export async function forAll(
  runs: number,
  holds: (told: Scenario) => Promise<string | null>,
  of = scenario,
): Promise<void> {
  const property = fc.asyncProperty(of, async (told) => {
    const wrong = await holds(told);
    if (wrong !== null) throw new Error(wrong);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: runs });
  if (!failed) return;
  const wrong = errorInstance instanceof Error ? (errorInstance.stack ?? '') : String(errorInstance);
  throw new Error(`replay with SEED=${seed}\n${pasteable(counterexample![0])}\n${wrong}`);
}
