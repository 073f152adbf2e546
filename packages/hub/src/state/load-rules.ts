// Rules were checked when they were saved. Should one be refused all the same, by a newer core or together with the others, it
// is left out and named; the home goes on with the rest.

import { RuleError } from '@lintel/engine';
import type { Rule } from '@lintel/model';

export interface Loaded<T> {
  readonly result: T;
  /** What was left out, in words. */
  readonly refused: readonly string[];
}

/** Calls `load` with the rules, without those that it refuses. */
export function loadRules<T>(rules: readonly Rule[], load: (rules: readonly Rule[]) => T): Loaded<T> {
  const refused: string[] = [];
  for (let left = rules; ;) {
    try {
      return { result: load(left), refused };
    } catch (error) {
      left = without(left, error, refused);
    }
  }
}

/** As {@link loadRules}, for what answers a promise. */
export async function loadRulesAsync<T>(
  rules: readonly Rule[],
  load: (rules: readonly Rule[]) => Promise<T>,
): Promise<Loaded<T>> {
  const refused: string[] = [];
  for (let left = rules; ;) {
    try {
      return { result: await load(left), refused };
    } catch (error) {
      left = without(left, error, refused);
    }
  }
}

function without(rules: readonly Rule[], error: unknown, refused: string[]): readonly Rule[] {
  if (!(error instanceof RuleError)) throw error;
  const left = rules.filter(({ id }) => id !== error.rule);
  if (left.length === rules.length) throw error;
  refused.push(`the automation ${error.rule} cannot run: ${error.message}`);
  return left;
}
