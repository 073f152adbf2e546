// What hangs on each slot: the entries of rules that hear it, the holds that depend on it, whether it is a boolean, its chain.

import * as abi from '../../../../assembly/abi.ts';
import type { Plan, PlannedRule } from './plan.ts';

export const REPEATED = -1;

/** How many entries the triggers of a live rule have. */
export const entriesOf = ({ ghost, form }: PlannedRule): number => (ghost ? 0 : form.heldAt - form.entryKeysAt);

export class SlotTable {
  /** How many entries and holds each slot has. */
  readonly entries: Int32Array;
  readonly holds: Int32Array;
  readonly booleans: Uint8Array;
  /** Numbers of chains, from 1: slots that a command changes and a trigger hears, through which rules may cause one another. */
  readonly chains: Int32Array;
  /** The chains that a command may carry on, by the symbol of its list. */
  readonly carried: { readonly symbol: number; readonly chains: readonly number[] }[] = [];
  entryCount = 0;
  heldCount = 0;
  chainCount = 0;
  readonly #plan: Plan;

  constructor(plan: Plan) {
    const { count } = plan.names;
    this.#plan = plan;
    this.entries = new Int32Array(count);
    this.holds = new Int32Array(count);
    this.booleans = new Uint8Array(count);
    this.chains = new Int32Array(count);
    const heard = new Uint8Array(count);
    for (let index = 0; index < plan.rules.length; index += 1) this.#count(plan.rules[index]!, heard);
    for (const { symbol, slots } of plan.marked) this.#addChains(symbol, slots, heard);
  }

  #addChains(symbol: number, slots: readonly number[], heard: Uint8Array): void {
    const chained = slots.filter((slot) => heard[slot] === 1);
    for (const slot of chained) if (this.chains[slot] === 0) this.chains[slot] = ++this.chainCount;
    if (chained.length > 0) this.carried.push({ symbol, chains: chained.map((slot) => this.chains[slot]!) });
  }

  #count(rule: PlannedRule, heard: Uint8Array): void {
    const { form } = rule;
    const waits = this.#plan.waits.get(rule.index);
    if (waits !== undefined) for (const slot of waits.keys()) this.#countEntry(slot);
    for (let entry = 0; entry < entriesOf(rule); entry += 1) {
      const slot = this.slotOfEntry(rule, entry);
      if (slot === REPEATED) continue;
      this.#countEntry(slot);
      heard[slot] = 1;
    }
    const { words } = form.arena;
    for (let at = form.heldAt; at < form.booleansAt; at += 2) {
      this.holds[this.#plan.slotOf(rule, words[at]!)]! += 1;
      this.heldCount += 1;
    }
    for (let at = form.booleansAt; at < form.waitsAt; at += 1) this.booleans[this.#plan.slotOf(rule, words[at]!)] = 1;
  }

  #countEntry(slot: number): void {
    this.entries[slot]! += 1;
    this.entryCount += 1;
  }

  /** The slot that an entry of a rule's triggers hears; {@link REPEATED} where another entry does already. */
  slotOfEntry(rule: PlannedRule, entry: number): number {
    const slot = this.#slotOfKey(rule, entry);
    return rule.form.isAboutAnyone && this.#isRepeated(rule, slot, entry) ? REPEATED : slot;
  }

  #slotOfKey(rule: PlannedRule, entry: number): number {
    const { arena, entryKeysAt } = rule.form;
    return this.#plan.slotOf(rule, arena.words[entryKeysAt + entry]!);
  }

  /** Someone's presence goes by two names where a rule is about anyone; a trigger that reads it by both hears of it once. */
  #isRepeated(rule: PlannedRule, slot: number, entry: number): boolean {
    const { form } = rule;
    const { words } = form.arena;
    const at = (index: number, field: number): number =>
      words[form.at + form.entriesAt + ((index * abi.ENTRY_SIZE + field) >>> 2)]!;
    const kind = at(entry, abi.ENTRY_KIND);
    if (kind !== abi.ENTRY_EXPRESSION && kind !== abi.ENTRY_SOURCE) return false;
    const trigger = at(entry, abi.ENTRY_TRIGGER);
    for (let before = entry - 1; before >= 0 && at(before, abi.ENTRY_TRIGGER) === trigger; before -= 1)
      if (this.#slotOfKey(rule, before) === slot) return true;
    return false;
  }
}
