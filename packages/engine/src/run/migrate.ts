// Moves the state from one layout to the next when the rules are replaced. What belongs to an unchanged rule arrives exactly
// as it was; runs of rules that changed arrive with their old code.

import * as abi from '../../../../assembly/abi.ts';
import { PERSONS_MAX } from '../../../../assembly/limits.ts';
import type { CompiledTrigger } from '../compile/fragment.ts';
import { personKeyBack } from '../link/names.ts';
import type { PlannedRule } from '../link/plan.ts';
import { TEXT_HIGH, UNKNOWN_HIGH } from '../link/values.ts';
import { translate } from '../texts.ts';
import type { Departure } from './departure.ts';
import { chainAt } from './handover.ts';
import { HoldsMove } from './holds-move.ts';
import type { Machine } from './machine.ts';
import type { MovedSets } from './moved-sets.ts';
import { codeStart } from './peek.ts';

/** From which rule of the old layout a rule of the new one takes what: everything, or only its runs' counter. */
export interface RuleMove {
  readonly from: number;
  readonly to: number;
  readonly whole: boolean;
}

const CONTEXT_TEXTS = [abi.CONTEXT_TRIGGER, abi.CONTEXT_DEVICE, abi.CONTEXT_ACTION, abi.CONTEXT_DATA];

export class Migration {
  readonly #old: Machine;
  readonly #new: Machine;
  /** New numbers of texts, slots and rules by the old ones; −1 for what has none. */
  readonly #texts: Int32Array;
  readonly #slots: Int32Array;
  readonly #versions: Int32Array;
  /** Where old strands went, by their numbers. */
  readonly #strands: Int32Array;
  readonly #departure: Departure;
  readonly #moved: MovedSets;
  readonly #holds: HoldsMove;

  constructor(old: Machine, next: Machine, departure: Departure, moved: MovedSets) {
    this.#old = old;
    this.#new = next;
    this.#departure = departure;
    this.#moved = moved;
    const texts = translate(old.strings.given, next.strings.given);
    this.#texts = new Int32Array(old.strings.size).fill(-1);
    for (let number = 0; number < texts.length; number += 1)
      if (texts[number] !== -1) this.#texts[number + 1] = texts[number]! + 1;
    this.#slots = new Int32Array(old.slotCount).fill(-1);
    this.#holds = new HoldsMove(old, next, this.#slots, moved);
    this.#strands = new Int32Array(old.memory.word(abi.H_STRAND_HIGH));
    const live = next.linked.rules.length - next.layout.ghosts.length;
    const ghosts = new Map(next.linked.rules.slice(live).map(({ fragment, index }) => [fragment, index]));
    const { rules } = old.linked;
    this.#versions = new Int32Array(rules.length);
    for (let rule = 0; rule < rules.length; rule += 1) {
      const place = departure.staying(rule);
      this.#versions[rule] = place === -1 ? (ghosts.get(rules[rule]!.fragment) ?? -1) : place;
    }
  }

  run(moves: readonly RuleMove[]): void {
    this.#moveScalars();
    this.#moveSlots();
    this.#moveChains();
    for (let index = 0; index < moves.length; index += 1) this.#moveRule(moves[index]!);
    const { rules, state } = this.#old.linked;
    if (state.holds === 0) return;
    for (let rule = 0; rule < rules.length; rule += 1) {
      const to = this.#versions[rule]!;
      if (to !== -1 && rules[rule]!.form.holds.length > 0) this.#holds.move(rules[rule]!, this.#new.linked.rules[to]!);
    }
  }

  #text(number: number): number {
    if (number === 0) return 0;
    let moved = this.#texts[number] ?? 0;
    if (moved === -1) {
      moved = this.#new.strings.number(this.#old.strings.text(number));
      this.#texts[number] = moved;
    }
    return moved;
  }

  /** Gives the text in a field its number in the new table. */
  #moveText(at: number): void {
    this.#new.memory.putWord(at, this.#text(this.#new.memory.word(at)));
  }

  #moveValue(at: number): void {
    if (this.#new.memory.word(at + 4) === TEXT_HIGH) this.#moveText(at);
  }

  /** Word by word: the pieces are small, and views of them would cost more than the copying. */
  #copy(from: number, to: number, size: number): void {
    const { words: source } = this.#old.memory;
    const { words: target } = this.#new.memory;
    const shift = (to - from) >> 2;
    for (let at = from >>> 2; at < (from + size) >>> 2; at += 1) target[at + shift] = source[at]!;
  }

  #moveScalars(): void {
    for (const at of [abi.H_NOW, abi.H_SEQUENCE, abi.H_RANDOM]) this.#copy(at, at, 8);
    this.#copy(abi.H_INPUT_MARK, abi.H_INPUT_MARK, 4);
  }

  #moveSlots(): void {
    const { names: old, state: oldState } = this.#old.linked;
    const { names: next, state } = this.#new.linked;
    const places = translate(old.named, next.named);
    const people = old.personsAt === -1 ? 0 : old.personsAt + PERSONS_MAX;
    for (let slot = 0; slot < old.count; slot += 1) {
      const from = oldState.slotsAt + slot * abi.SLOT_SIZE;
      const place = slot < people ? -1 : (places[slot] ?? -1);
      const isUsed = this.#old.memory.word(from + abi.SLOT_KNOWN + 4) !== UNKNOWN_HIGH;
      const moved = place === -1 ? this.#placeOf(old.key(slot), isUsed) : place;
      if (moved === -1) continue;
      this.#slots[slot] = moved;
      const to = state.slotsAt + moved * abi.SLOT_SIZE;
      this.#copy(from, to, abi.SLOT_SIZE);
      this.#moveValue(to + abi.SLOT_VALUE);
      this.#moveValue(to + abi.SLOT_KNOWN);
    }
  }

  /** The new slot of a key: its place, or one made now if its value is known; −1 if neither. */
  #placeOf(key: string, isUsed: boolean): number {
    const { names } = this.#new.linked;
    const named = personKeyBack(key, this.#old.linked.names.persons, names);
    if (named === null) return -1;
    return isUsed ? names.slot(named) : names.find(named);
  }

  #moveChains(): void {
    if (this.#old.linked.state.chains === 0 || this.#new.linked.state.chains === 0) return;
    for (let slot = 0; slot < this.#slots.length; slot += 1) {
      const moved = this.#slots[slot]!;
      if (moved === -1) continue;
      const from = chainAt(this.#old, slot);
      const to = chainAt(this.#new, moved);
      if (from !== 0 && to !== 0) this.#copy(from, to, abi.CHAIN_SIZE);
    }
  }

  #moveRule({ from, to, whole }: RuleMove): void {
    const old = this.#old.linked.rules[from]!;
    const next = this.#new.linked.rules[to]!;
    const oldState = this.#old.linked.state.rulesAt + from * abi.RULE_SIZE;
    const state = this.#new.linked.state.rulesAt + to * abi.RULE_SIZE;
    this.#copy(oldState + abi.RULE_RUN_COUNTER, state + abi.RULE_RUN_COUNTER, 4);
    if (whole) this.#copy(oldState, state, abi.RULE_SIZE);
    this.#moveRuns(next.index, oldState, state);
    if (!whole) return;
    this.#moveCells(old, next);
  }

  #take(high: number, base: number, size: number): number {
    const index = this.#new.memory.word(high);
    this.#new.memory.putWord(high, index + 1);
    return base + index * size;
  }

  #moveRuns(holder: number, oldState: number, state: number): void {
    const { memory } = this.#new;
    memory.putWord(state + abi.RULE_FIRST, 0);
    let previous = 0;
    let running = 0;
    for (
      let run = this.#old.memory.word(oldState + abi.RULE_FIRST);
      run !== 0;
      run = this.#old.memory.word(run + abi.RUN_NEXT)
    ) {
      if (!this.#departure.stays(run)) continue;
      const from = this.#old.memory.word(run + abi.RUN_VERSION);
      const version = this.#versions[from]!;
      const delta = codeStart(this.#new, version) - codeStart(this.#old, from);
      const moved = this.#take(abi.H_RUN_HIGH, this.#new.linked.state.runsAt, abi.RUN_SIZE);
      this.#copy(run, moved, abi.RUN_SIZE);
      memory.putWord(moved + abi.RUN_RULE, holder);
      memory.putWord(moved + abi.RUN_VERSION, version);
      memory.putWord(moved + abi.RUN_PREVIOUS, previous);
      memory.putWord(moved + abi.RUN_NEXT, 0);
      memory.putWord(moved + abi.RUN_STRANDS, 0);
      if (previous === 0) memory.putWord(state + abi.RULE_FIRST, moved);
      else memory.putWord(previous + abi.RUN_NEXT, moved);
      this.#moveContext(moved + abi.RUN_CONTEXT);
      this.#moveContext(moved + abi.RUN_WAIT_CONTEXT);
      this.#moveStrands(run, moved, delta);
      previous = moved;
      running += 1;
    }
    memory.putWord(state + abi.RULE_LAST, previous);
    memory.putWord(state + abi.RULE_RUNNING, running);
    memory.putWord(abi.H_LIVE_RUNS, memory.word(abi.H_LIVE_RUNS) + running);
  }

  #moveContext(at: number): void {
    this.#moveValue(at + abi.CONTEXT_VALUE);
    for (let field = 0; field < CONTEXT_TEXTS.length; field += 1) this.#moveText(at + CONTEXT_TEXTS[field]!);
  }

  #moveStrands(oldRun: number, run: number, delta: number): void {
    const { memory } = this.#new;
    let previous = 0;
    for (
      let each = this.#old.memory.word(oldRun + abi.RUN_STRANDS);
      each !== 0;
      each = this.#old.memory.word(each + abi.STRAND_NEXT)
    ) {
      if (this.#old.memory.word(each + abi.STRAND_STATUS) === abi.STATUS_LISTENS && !this.#listens(each)) continue;
      const moved = this.#take(abi.H_STRAND_HIGH, this.#new.linked.state.strandsAt, abi.STRAND_SIZE);
      this.#strands[this.#strandNumber(each)] = moved;
      this.#copy(each, moved, abi.STRAND_SIZE);
      memory.putWord(moved + abi.STRAND_RUN, run);
      memory.putWord(moved + abi.STRAND_NEXT, 0);
      memory.putWord(moved + abi.STRAND_CODE, memory.word(moved + abi.STRAND_CODE) + delta);
      memory.putWord(previous === 0 ? run + abi.RUN_STRANDS : previous + abi.STRAND_NEXT, moved);
      if (memory.word(moved + abi.STRAND_STATUS) === abi.STATUS_LISTENS) {
        const slot = memory.word(moved + abi.STRAND_LISTENS_TO);
        memory.putWord(moved + abi.STRAND_LISTENS_TO, this.#slots[slot]!);
      }
      const parent = memory.word(moved + abi.STRAND_PARENT);
      memory.putWord(moved + abi.STRAND_PARENT, parent === 0 ? 0 : this.#strands[this.#strandNumber(parent)]!);
      this.#moveCell(moved + abi.STRAND_CELL);
      const waits = this.#old.memory.word(each + abi.STRAND_CELL + abi.CELL_TIMER) !== 0;
      if (this.#asksAnew(each, moved) || waits) this.#new.core.rearmStrand(moved);
      previous = moved;
    }
  }

  #strandNumber(strand: number): number {
    return (strand - this.#old.linked.state.strandsAt) / abi.STRAND_SIZE;
  }

  /** The trigger that a strand waits for: in its rule, and where it now lies. */
  #triggerOf(strand: number): { readonly trigger: CompiledTrigger; readonly at: number } {
    const { memory, linked } = this.#old;
    const version = memory.word(memory.word(strand + abi.STRAND_RUN) + abi.RUN_VERSION);
    const place = memory.word(memory.word(strand + abi.STRAND_CODE) + abi.OP_A) - linked.addresses.triggers;
    const index = place / abi.TRIGGER_SIZE - linked.rules[version]!.firstTrigger;
    const { linked: next } = this.#new;
    const { fragment, firstTrigger } = next.rules[this.#versions[version]!]!;
    const at = next.addresses.triggers + (firstTrigger + index) * abi.TRIGGER_SIZE;
    return { trigger: fragment.triggers[index]!, at };
  }

  /** Whether what a waiting strand asks of sets of devices is asked anew. */
  #asksAnew(strand: number, moved: number): boolean {
    if (this.#moved.isNone) return false;
    const { memory } = this.#new;
    const cell = moved + abi.STRAND_CELL;
    const status = memory.word(moved + abi.STRAND_STATUS);
    const { fragment } = this.#new.linked.rules[memory.word(memory.word(moved + abi.STRAND_RUN) + abi.RUN_VERSION)]!;
    if (!fragment.waitReads.some((each) => this.#moved.has(each))) return false;
    if (status === abi.STATUS_CONDITION) this.#moved.askSoon(this.#new, cell);
    if (status !== abi.STATUS_EVENT) return status === abi.STATUS_CONDITION;
    const { trigger, at } = this.#triggerOf(strand);
    this.#moved.askTrigger(this.#new, trigger, at, cell);
    return true;
  }

  /** Whether what a strand listens to is still there: a device may have left the set. */
  #listens(strand: number): boolean {
    const slot = this.#slots[this.#old.memory.word(strand + abi.STRAND_LISTENS_TO)] ?? -1;
    const { at } = this.#triggerOf(strand);
    const { memory } = this.#new;
    if (memory.word(at + abi.TRIGGER_KIND) === abi.KIND_TIME) return slot !== undefined;
    const members = memory.word(at + abi.PREDICATE_MEMBERS) >>> 2;
    const count = memory.word(at + abi.PREDICATE_MEMBER_COUNT);
    return slot !== undefined && memory.words.subarray(members, members + count).includes(slot);
  }

  #moveCell(at: number): void {
    this.#moveValue(at + abi.CELL_VALUE);
    this.#moveText(at + abi.CELL_DEVICE);
    this.#new.memory.putWord(at + abi.CELL_TIMER, 0);
  }

  /** Cells of the same trigger and device; members that are new to a set stay fresh. */
  #moveCells(old: PlannedRule, next: PlannedRule): void {
    const aligned = old.cells.length === next.cells.length && !next.fragment.usesSets;
    const state = this.#new.linked.state.rulesAt + next.index * abi.RULE_SIZE;
    const isOn = next.fragment.usesSets && this.#new.memory.word(state + abi.RULE_ENABLED) !== 0;
    for (let index = 0; index < next.cells.length; index += 1) {
      const cell = next.cells[index]!;
      const same = (each: PlannedRule['cells'][number]): boolean =>
        each.trigger === cell.trigger && each.device === cell.device;
      const found = aligned ? index : old.cells.findIndex(same);
      if (found === -1) continue;
      const from = this.#old.linked.state.cellsAt + (old.firstCell + found) * abi.CELL_SIZE;
      const to = this.#new.linked.state.cellsAt + (next.firstCell + index) * abi.CELL_SIZE;
      this.#copy(from, to, abi.CELL_SIZE);
      this.#moveCell(to);
      this.#new.memory.putWord(to + abi.CELL_MEMBER, cell.member);
      const owner = this.#new.linked.addresses.triggers + (next.firstTrigger + cell.trigger) * abi.TRIGGER_SIZE;
      if (isOn) this.#moved.askTrigger(this.#new, next.fragment.triggers[cell.trigger]!, owner, to);
      if (isOn || this.#old.memory.word(from + abi.CELL_TIMER) !== 0) this.#new.core.rearmTrigger(owner, to);
    }
  }
}
