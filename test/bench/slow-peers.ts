// The core against what is so much slower, or so much harder to have, that it gets fewer events: json-rules-engine as its
// documents show it, Node-RED, CLIPS, and the same rules in C. Whatever is not to be had is left out in words.

import { Engine as JsonRules } from 'json-rules-engine';
import { buildPrograms, hasCompiler } from './c-programs.ts';
import { hasClips, runClips } from './clips.ts';
import { runCore } from './core-against-peers.ts';
import { RULES, changesOf, hashOf, makeEvents, take } from './events.ts';
import type { Change, Events } from './events.ts';
import { manyRules, threshold } from './large-home.ts';
import { fetchNodeRed } from './node-red.ts';
import { median } from './statistics.ts';

/** How many times as long as the core a peer takes for one event; a text says why it was not measured. */
export type Ratio = number | string;

export interface SlowPeers {
  readonly documented: Ratio;
  readonly nodeRed: Ratio;
  readonly clips: Ratio;
  readonly bytecodeInC: Ratio;
  readonly structsInC: Ratio;
}

const EVENTS = 1_000_000;
const DOCUMENTED_EVENTS = 1_500;
const CLIPS_EVENTS = 2_500;
const NODE_RED_EVENTS = 20_000;
const ROUNDS = 5;

/** All rules in one engine, each with its property as a fact, as its documents show it. */
async function runDocumented(changes: readonly Change[]): Promise<{ ns: number; fired: number[] }> {
  const engine = new JsonRules();
  for (let index = 0; index < RULES; index += 1) {
    const conditions = {
      all: [
        { fact: 'property', operator: 'equal', value: index },
        { fact: 'value', operator: 'greaterThan', value: threshold(index) },
        { fact: 'before', operator: 'lessThanInclusive', value: threshold(index) },
        { not: { fact: 'value', operator: 'greaterThan', value: 39 } },
      ],
    };
    engine.addRule({ conditions, event: { type: String(index) } });
  }
  const fired: number[] = [];
  const started = performance.now();
  for (const { rule, value, before } of changes) {
    const { events } = await engine.run({ property: rule, value, before });
    for (const { type } of events) fired.push(Number(type));
  }
  return { ns: ((performance.now() - started) * 1e6) / changes.length, fired };
}

/** What the core does with the first of the events, as a hash to compare with. */
async function expected(events: Events, count: number): Promise<string> {
  return (await runCore(take(events, count))).hash;
}

function ratio(peer: { readonly ns: number; readonly fired: ArrayLike<number> }, hash: string, coreNs: number): number {
  if (hashOf(peer.fired) !== hash) throw new Error('the engines disagree');
  return peer.ns / coreNs;
}

async function againstC(events: Events): Promise<{ bytecodeInC: Ratio; structsInC: Ratio }> {
  if (!hasCompiler()) return { bytecodeInC: 'no C compiler here', structsInC: 'no C compiler here' };
  const programs = await buildPrograms(manyRules(RULES));
  try {
    const samples = { bytecode: [] as number[], structs: [] as number[] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const core = await runCore(events);
      const bytecode = await programs.bytecode(events.rules, events.values, 3);
      const structs = await programs.structs(events.rules, events.values, 3);
      samples.bytecode.push(1 / ratio(bytecode, core.hash, core.ns));
      samples.structs.push(1 / ratio(structs, core.hash, core.ns));
    }
    return { bytecodeInC: 1 / median(samples.bytecode), structsInC: 1 / median(samples.structs) };
  } finally {
    programs.close();
  }
}

async function againstNodeRed(events: Events, coreNs: number): Promise<Ratio> {
  const nodeRed = await fetchNodeRed();
  if (nodeRed === null) return 'npm could not fetch it';
  try {
    const answer = await nodeRed.run(RULES, changesOf(take(events, NODE_RED_EVENTS)));
    return ratio(answer, await expected(events, NODE_RED_EVENTS), coreNs);
  } finally {
    nodeRed.close();
  }
}

export async function measureSlowPeers(): Promise<SlowPeers> {
  const events = makeEvents(EVENTS);
  const inC = await againstC(events);
  const cores = [];
  for (let round = 0; round < ROUNDS; round += 1) cores.push((await runCore(events)).ns);
  const ns = median(cores);
  const documented = await runDocumented(changesOf(take(events, DOCUMENTED_EVENTS)));
  const clips = hasClips() ? runClips(RULES, changesOf(take(events, CLIPS_EVENTS))) : null;
  return {
    ...inC,
    documented: ratio(documented, await expected(events, DOCUMENTED_EVENTS), ns),
    clips: clips === null ? 'CLIPS is not installed' : ratio(clips, await expected(events, CLIPS_EVENTS), ns),
    nodeRed: await againstNodeRed(events, ns),
  };
}

if (import.meta.main) console.log(await measureSlowPeers());
