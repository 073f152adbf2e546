// The same 1,000 rules on the same 1,000 properties, the same events in the same order: our core, hand-written closures with an
// index, and json-rules-engine with an index in front. Each says which rules fired; the three hashes must be equal.

import { createEngine } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { Engine as JsonRules } from 'json-rules-engine';
import { RULES, hashOf, makeEvents, take } from './events.ts';
import type { Events } from './events.ts';
import { HOME, PROPERTY, START, device, manyRules, threshold } from './large-home.ts';
import { mean, median, percentile } from './statistics.ts';

const BATCH = 4_096;
/** A tenth of all batches is this little disturbed by what else the machine and the collector of garbage do. */
const CALM = 0.1;

export interface CoreFigures {
  readonly coreNs: number;
  readonly closuresNs: number;
  readonly jsonRulesNs: number;
  /** How many times the core is faster. */
  readonly againstClosures: number;
  readonly againstJsonRules: number;
  /** How many times as long one event takes beside unrelated rules, by the batches that were least disturbed. */
  readonly flatness: number;
}

/** @param rules those of the events, and others */
export async function runCore(
  events: Events,
  rules: readonly Rule[] = manyRules(RULES),
): Promise<{ ns: number; calmNs: number; hash: string }> {
  const engine = await createEngine({ rules, home: HOME, startAt: START });
  const slotOf = Int32Array.from({ length: RULES }, (_, index) => engine.slot(device(index), PROPERTY));
  const slots = events.rules.map((index) => slotOf[index]!);
  const fired: number[] = [];
  const took: number[] = [];
  for (let from = 0; from < slots.length; from += BATCH) {
    const count = Math.min(BATCH, slots.length - from);
    const batch = slots.subarray(from, from + count);
    const values = events.values.subarray(from, from + count);
    const started = performance.now();
    const rows = engine.stepSlots(START, batch, values, count);
    took.push((performance.now() - started) / count);
    for (let row = 0; row < rows; row++) fired.push(engine.out.rules[row]!);
  }
  engine.close();
  const sorted = took.toSorted((a, b) => a - b);
  return { ns: mean(took) * 1e6, calmNs: percentile(sorted, CALM) * 1e6, hash: hashOf(fired) };
}

/** What a good programmer would write by hand: one closure a rule, found by its property. */
function runClosures(events: Events): { ns: number; hash: string } {
  const last = new Float64Array(RULES).fill(Number.NaN);
  const fired: number[] = [];
  const rules = Array.from({ length: RULES }, (_, index) => {
    const limit = threshold(index);
    return (value: number, before: number): void => {
      if (value > limit && before <= limit && !(value > 39)) fired.push(index);
    };
  });
  const index = new Map(rules.map((rule, at) => [device(at), [rule]]));
  const names = Array.from({ length: RULES }, (_, at) => device(at));
  const started = performance.now();
  for (let at = 0; at < events.rules.length; at++) {
    const which = events.rules[at]!;
    const value = events.values[at]!;
    const before = last[which]!;
    last[which] = value;
    for (const rule of index.get(names[which]!)!) rule(value, before);
  }
  return { ns: ((performance.now() - started) * 1e6) / events.rules.length, hash: hashOf(fired) };
}

async function runJsonRules(events: Events): Promise<{ ns: number; hash: string }> {
  const last = new Float64Array(RULES).fill(Number.NaN);
  const fired: number[] = [];
  const index = Array.from({ length: RULES }, (_, at) => {
    const engine = new JsonRules();
    const conditions = {
      all: [
        { fact: 'value', operator: 'greaterThan', value: threshold(at) },
        { fact: 'before', operator: 'lessThanInclusive', value: threshold(at) },
        { not: { fact: 'value', operator: 'greaterThan', value: 39 } },
      ],
    };
    engine.addRule({ conditions, event: { type: 'set' } });
    return engine;
  });
  const started = performance.now();
  for (let at = 0; at < events.rules.length; at++) {
    const which = events.rules[at]!;
    const value = events.values[at]!;
    const before = last[which]!;
    last[which] = value;
    if (Number.isNaN(before)) continue;
    const { events: hits } = await index[which]!.run({ value, before });
    for (const _hit of hits) fired.push(which);
  }
  return { ns: ((performance.now() - started) * 1e6) / events.rules.length, hash: hashOf(fired) };
}

/**
 * @param count events for the fast ones; json-rules-engine gets the first hundredth of them
 * @param unrelated how many more rules there are in the crowded home
 */
export async function measureCore(count: number, rounds: number, unrelated: number): Promise<CoreFigures> {
  const events = makeEvents(count);
  const few = take(events, count / 100);
  const crowd = manyRules(RULES + unrelated);
  const samples = {
    core: [] as number[],
    closures: [] as number[],
    jsonRules: [] as number[],
    crowded: [] as number[],
  };
  for (let round = 0; round < rounds; round++) {
    const core = await runCore(events);
    const closures = runClosures(events);
    const [coreFew, jsonRules] = [await runCore(few), await runJsonRules(few)];
    if (core.hash !== closures.hash || coreFew.hash !== jsonRules.hash) throw new Error('the engines disagree');
    samples.core.push(core.ns);
    samples.closures.push(closures.ns);
    samples.jsonRules.push(jsonRules.ns);
    samples.crowded.push((await runCore(events, crowd)).calmNs / core.calmNs);
  }
  const [coreNs, closuresNs, jsonRulesNs] = [median(samples.core), median(samples.closures), median(samples.jsonRules)];
  return {
    coreNs,
    closuresNs,
    jsonRulesNs,
    againstClosures: closuresNs / coreNs,
    againstJsonRules: jsonRulesNs / coreNs,
    flatness: median(samples.crowded),
  };
}
