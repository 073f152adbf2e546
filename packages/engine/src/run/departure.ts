// What becomes of runs when the rules are replaced: those of unchanged rules stay, those of rules that changed or went finish
// on their old code or end now, as the version said that they started under.

import * as abi from '../../../../assembly/abi.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { PlannedRule } from '../link/plan.ts';
import type { EngineTrace, ReplaceResult } from '../types.ts';
import type { Ghost } from './build.ts';
import type { CompiledRules } from './compile-all.ts';
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
  readonly #fragments: readonly Fragment[];
  /** By old place of a rule: its new one, or −1 where it is gone. */
  readonly #places: Int32Array;
  readonly #ended = new Set<number>();
  #kept = 0;
  #finished = 0;

  constructor(old: Machine, { fragments, places }: CompiledRules) {
    this.#old = old;
    this.#fragments = fragments;
    this.#places = new Int32Array(old.linked.rules.length).fill(-1);
    for (let index = 0; index < places.length; index += 1)
      if (places[index] !== -1) this.#places[places[index]!] = index;
    this.#findDeleted(fragments, places);
    const leaving = new Map<Fragment, number[]>();
    const holders = this.#holders();
    for (let index = 0; index < holders.length; index += 1) this.#sortRuns(holders[index]!, leaving);
    for (const [fragment, runs] of leaving)
      this.ghosts.push({ fragment, runs: runs.length, strands: countStrands(old, runs) });
  }

  /** Rules that were deleted while they ran may be back under their ids. */
  #findDeleted(fragments: readonly Fragment[], places: Int32Array): void {
    if (this.#old.layout.ghosts.length === 0) return;
    for (let index = 0; index < places.length; index += 1) {
      if (places[index] !== -1) continue;
      const deleted = this.#old.linked.deletedOf(fragments[index]!.rule.id);
      if (deleted !== -1) this.#places[deleted] = index;
    }
  }

  /** Old lists of runs in the order of the new rules, then those of deleted ones in their old order. */
  #holders(): PlannedRule[] {
    const staying: PlannedRule[] = [];
    const gone: PlannedRule[] = [];
    const { rules } = this.#old.linked;
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index]!;
      if (rule.holder !== index) continue;
      const place = this.#places[rule.index]!;
      if (place === -1) gone.push(rule);
      else staying.push(rule);
    }
    const placeOf = ({ index }: PlannedRule): number => this.#places[index]!;
    const isInOrder = staying.every((rule, at) => at === 0 || placeOf(staying[at - 1]!) < placeOf(rule));
    if (!isInOrder) staying.sort((one, other) => placeOf(one) - placeOf(other));
    return staying.concat(gone);
  }

  /** The new place of a rule that goes on as it is; −1 for one that was edited or deleted, now or before. */
  staying(rule: number): number {
    const { fragment, ghost } = this.#old.linked.rules[rule]!;
    const place = ghost ? -1 : this.#places[rule]!;
    return place !== -1 && this.#fragments[place] === fragment ? place : -1;
  }

  get result(): ReplaceResult {
    return { kept: this.#kept, finished: this.#finished, cancelled: this.traces.length };
  }

  #sortRuns({ index }: PlannedRule, leaving: Map<Fragment, number[]>): void {
    const isUnchanged = this.staying(index) !== -1;
    const { memory } = this.#old;
    for (
      let run = memory.word(stateOf(this.#old, index) + abi.RULE_FIRST);
      run !== 0;
      run = memory.word(run + abi.RUN_NEXT)
    ) {
      const place = memory.word(run + abi.RUN_VERSION);
      const version = this.#old.linked.fragment(place);
      if (!isUnchanged && version.rule.onEdit === 'cancel') {
        this.#ended.add(run);
        this.traces.push(cancelledTrace(this.#old, version, run));
        continue;
      }
      if (isUnchanged) this.#kept += 1;
      else this.#finished += 1;
      if (this.staying(place) !== -1) continue;
      const runs = leaving.get(version);
      if (runs === undefined) leaving.set(version, [run]);
      else runs.push(run);
    }
  }

  stays(run: number): boolean {
    return !this.#ended.has(run);
  }

  /** From which rule of the old layout each rule of the new one takes over. */
  moves(machine: Machine): RuleMove[] {
    const moves: RuleMove[] = [];
    const { rules } = this.#old.linked;
    for (let index = 0; index < rules.length; index += 1) {
      const { holder, fragment } = rules[index]!;
      if (holder !== index) continue;
      const place = this.#places[index]!;
      const to = place === -1 ? machine.linked.deletedOf(fragment.rule.id) : place;
      if (to !== -1) moves.push({ from: index, to, whole: this.staying(index) !== -1 });
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
