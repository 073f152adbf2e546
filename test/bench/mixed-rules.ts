// What rules cost an event that have nothing to do with it, where they are mixed among its own. What an event touches then lies in
// lines and pages of memory far from one another, and the caches of the machine hold less of it: a C program on the same tables
// slows down by about as many nanoseconds.

import { buildPrograms, hasCompiler } from './c-programs.ts';
import { runCore } from './core-against-peers.ts';
import { RULES, hashOf, makeEvents } from './events.ts';
import type { Events } from './events.ts';
import { manyRules, mixedRules } from './large-home.ts';

/** One event, by the batches that were least disturbed. */
export interface Slowdown {
  readonly aloneNs: number;
  readonly mixedNs: number;
}

export interface Mixed {
  readonly core: Slowdown;
  /** null where there is no compiler. */
  readonly inC: Slowdown | null;
}

/** A run of the core and one of the C program in the same home; what fires in both must be equal. */
async function run(events: Events, unrelated: number, rounds: number): Promise<{ core: number; inC: number }> {
  const rules = unrelated === 0 ? manyRules(RULES) : mixedRules(RULES, unrelated);
  const cores = [];
  for (let round = 0; round < rounds; round += 1) cores.push(await runCore(events, rules));
  const core = Math.min(...cores.map(({ calmNs }) => calmNs));
  if (!hasCompiler()) return { core, inC: Number.NaN };
  const programs = await buildPrograms(rules);
  try {
    const { calmNs, fired } = await programs.bytecode(events.rules, events.values, rounds);
    if (hashOf(fired) !== cores[0]!.hash) throw new Error('the engines disagree');
    return { core, inC: calmNs };
  } finally {
    programs.close();
  }
}

/** @param unrelated a multiple of the number of rules that the events are about */
export async function measureMixed(count: number, rounds: number, unrelated: number): Promise<Mixed> {
  const events = makeEvents(count);
  const [alone, mixed] = [await run(events, 0, rounds), await run(events, unrelated, rounds)];
  return {
    core: { aloneNs: alone.core, mixedNs: mixed.core },
    inC: hasCompiler() ? { aloneNs: alone.inC, mixedNs: mixed.inC } : null,
  };
}

if (import.meta.main) console.log(await measureMixed(500_000, 3, 100_000));
