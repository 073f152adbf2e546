// What becomes of runs when the rules are replaced: those of unchanged rules stay, those of rules that changed or went finish
// on their old code or end now, as the version said that they started under.

import * as abi from '../abi.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { PlannedRule } from '../link/plan.ts';
import type { EngineTrace, ReplaceResult } from '../types.ts';
import type { Ghost } from './build.ts';
import type { Machine } from './machine.ts';
import type { RuleMove } from './migrate.ts';

export const stateOf = (machine: Machine, rule: number): number => machine.linked.state.rulesAt + rule * abi.RULE_SIZE;

/** The addresses of the runs in a rule's list, oldest first. */
export function runsOf(machine: Machine, rule: number): number[] {
  const { memory } = machine;
  const runs: number[] = [];
  for (
    let run = memory.word(stateOf(machine, rule) + abi.RULE_FIRST);
    run !== 0;
    run = memory.word(run + abi.RUN_NEXT)
  ) {
    runs.push(run);
  }
  return runs;
}

export class Departure {
  readonly traces: EngineTrace[] = [];
  readonly ghosts: Ghost[] = [];
  readonly #old: Machine;
  /** Where the new list of rules has each id. */
  readonly #ids = new Map<string, number>();
  readonly #fragments: readonly Fragment[];
  readonly #ended = new Set<number>();
  #kept = 0;
  #finished = 0;

  constructor(old: Machine, fragments: readonly Fragment[]) {
    this.#old = old;
    this.#fragments = fragments;
    for (const [index, { rule }] of fragments.entries()) this.#ids.set(rule.id, index);
    const staying = new Map<Fragment, number[]>();
    for (const { index, fragment } of this.#holders()) this.#sortRuns(index, fragment, staying);
    for (const [fragment, runs] of staying) {
      if (!this.#isLive(fragment)) this.ghosts.push({ fragment, runs: runs.length, strands: countStrands(old, runs) });
    }
  }

  /** Old lists of runs in the order of the new rules, then those of deleted ones in their old order. */
  #holders(): PlannedRule[] {
    const placeOf = (rule: PlannedRule): number =>
      this.#ids.get(rule.fragment.rule.id) ?? this.#fragments.length + rule.index;
    const holders = this.#old.linked.rules.filter((rule) => rule.holder === rule.index);
    const places = holders.map((rule) => ({ rule, place: placeOf(rule) }));
    return places.toSorted((a, b) => a.place - b.place).map(({ rule }) => rule);
  }

  get result(): ReplaceResult {
    return { kept: this.#kept, finished: this.#finished, cancelled: this.traces.length };
  }

  #isLive(fragment: Fragment): boolean {
    const index = this.#ids.get(fragment.rule.id);
    return index !== undefined && this.#fragments[index] === fragment;
  }

  #sortRuns(holder: number, fragment: Fragment, staying: Map<Fragment, number[]>): void {
    const isUnchanged = !this.#old.linked.rules[holder]!.ghost && this.#isLive(fragment);
    for (const run of runsOf(this.#old, holder)) {
      const version = this.#versionOf(run);
      if (!isUnchanged && version.rule.onEdit === 'cancel') {
        this.#ended.add(run);
        this.traces.push(cancelledTrace(this.#old, version, run));
        continue;
      }
      const runs = staying.get(version);
      if (runs === undefined) staying.set(version, [run]);
      else runs.push(run);
      if (isUnchanged) this.#kept += 1;
      else this.#finished += 1;
    }
  }

  #versionOf(run: number): Fragment {
    return this.#old.linked.fragment(this.#old.memory.word(run + abi.RUN_VERSION));
  }

  stays(run: number): boolean {
    return !this.#ended.has(run);
  }

  /** From which rule of the old layout each rule of the new one takes over. */
  moves(machine: Machine): RuleMove[] {
    const moves: RuleMove[] = [];
    for (const rule of this.#old.linked.rules) {
      if (rule.holder !== rule.index) continue;
      const to = machine.linked.holderOf(rule.fragment.rule.id);
      if (to === -1) continue;
      const next = machine.linked.rules[to]!;
      moves.push({ from: rule.index, to, whole: !rule.ghost && next.fragment === rule.fragment && !next.ghost });
    }
    return moves;
  }
}

function countStrands(machine: Machine, runs: readonly number[]): number {
  const { memory } = machine;
  let count = 0;
  for (const run of runs) {
    for (let each = memory.word(run + abi.RUN_STRANDS); each !== 0; each = memory.word(each + abi.STRAND_NEXT))
      count += 1;
  }
  return count;
}

function cancelledTrace(machine: Machine, fragment: Fragment, run: number): EngineTrace {
  return {
    rule: fragment.rule.id,
    run: machine.memory.word(run + abi.RUN_ID),
    at: machine.now,
    trigger: machine.strings.text(machine.memory.word(run + abi.RUN_CONTEXT + abi.CONTEXT_TRIGGER)),
    outcome: 'cancelled',
  };
}
