// The reports that every engine of the comparison gets, and how what fired is compared.

import { createHash } from 'node:crypto';

export const RULES = 1_000;

export interface Events {
  readonly rules: Int32Array;
  readonly values: Float64Array;
}

/** A report with the value before it, for engines that do not remember values. */
export interface Change {
  readonly rule: number;
  readonly value: number;
  readonly before: number;
}

/** A linear congruential generator (Numerical Recipes), so that every run sees the same events. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => (state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0) / 2 ** 32;
}

export function makeEvents(count: number): Events {
  const random = generator(7);
  const rules = Int32Array.from({ length: count }, () => Math.floor(random() * RULES));
  const values = Float64Array.from({ length: count }, () => Math.floor(random() * 400) / 10);
  return { rules, values };
}

export const take = (events: Events, count: number): Events => ({
  rules: events.rules.subarray(0, count),
  values: events.values.subarray(0, count),
});

/** The reports of known properties, each with what was reported before. */
export function changesOf({ rules, values }: Events): Change[] {
  const last = new Map<number, number>();
  const changes: Change[] = [];
  for (const [index, rule] of rules.entries()) {
    const [value, before] = [values[index]!, last.get(rule)];
    last.set(rule, value);
    if (before !== undefined) changes.push({ rule, value, before });
  }
  return changes;
}

export const hashOf = (fired: ArrayLike<number>): string =>
  createHash('sha256').update(Int32Array.from(fired)).digest('hex');
