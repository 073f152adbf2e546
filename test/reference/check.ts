// Runs a property over random scenarios with a seed that can be set, and prints what fails ready to paste in a test.

import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import type { Features } from './arbitrary-parts.ts';
import type { Scenario } from './arbitraries.ts';
import { momentsOf } from './machine.ts';
import { Explosion } from './model.ts';

/** Every run tells new stories; SEED=n tells those of another run again. */
export const seed = Number(process.env['SEED'] ?? randomInt(1_000_000_000));
console.log(`SEED=${seed}`);

/** A command's outcome names it by its age at a step, so stories that are cut into other steps go without. */
export const withoutOutcomes = (features: Features): Features =>
  new Set([...features].filter((each) => each !== 'onFailure'));

/** JSON with a line for each rule and each step. */
function pasteable({ steps, startAt, rules, devices, ...world }: Scenario): string {
  const lines = (parts: readonly unknown[]): string => parts.map((part) => `    ${JSON.stringify(part)}`).join(',\n');
  const members = devices?.map(({ id, kind, room }) => ({ id, kind, room }));
  const rest = JSON.stringify({ ...world, startAt, devices: members }).slice(1, -1);
  return `{ ${rest},\n  "rules": [\n${lines(rules)}\n  ],\n  "steps": [\n${lines(momentsOf(startAt, steps))}\n  ] }`;
}

/** Rules that feed one another without end make no story. */
export function forgiveExplosions(error: unknown): null {
  if (error instanceof Explosion) return null;
  throw error;
}

/** Throws with the smallest scenario found for which `holds` tells that something is wrong. */
export async function forAll<S extends Scenario>(
  runs: number,
  holds: (told: S) => Promise<string | null>,
  of: fc.Arbitrary<S>,
): Promise<void> {
  const property = fc.asyncProperty(of, async (told) => {
    const wrong = await holds(told).catch(forgiveExplosions);
    if (wrong !== null) throw new Error(wrong);
  });
  const { failed, counterexample, errorInstance } = await fc.check(property, { seed, numRuns: runs });
  if (!failed) return;
  const wrong = errorInstance instanceof Error ? errorInstance.message : String(errorInstance);
  console.log(pasteable(counterexample![0]));
  throw new Error(`replay with SEED=${seed}: ${wrong}`);
}
