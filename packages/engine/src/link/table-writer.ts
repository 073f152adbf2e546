// Copies the forms of rules into the tables, and puts in what depends on their places.

import * as abi from '../../../../assembly/abi.ts';
import { ZONE_CHANGES_MAX } from '../../../../assembly/limits.ts';
import type { StateLayout } from './layout.ts';
import type { Plan, PlannedRule } from './plan.ts';
import { BASE, SECTIONS } from './rule-form.ts';
import { REPEATED, entriesOf } from './slot-table.ts';
import type { SlotTable } from './slot-table.ts';
import { align } from './values.ts';

export interface TableAddresses {
  readonly slotTable: number;
  readonly ruleTable: number;
  readonly triggers: number;
  readonly holdTable: number;
  readonly zones: number;
  readonly holidays: number;
  readonly cellOwners: number;
  readonly entries: number;
  readonly code: number;
}

interface Places extends TableAddresses {
  /** Lists of the forms, then those that depend on all rules: chains that commands carry on, and holds by slot. */
  readonly lists: number;
  readonly marks: number;
  readonly heldLists: number;
  readonly end: number;
}

const NO_WORDS = new Uint32Array(0);
const NO_PLACES = new Int32Array(0);
const ENTRY_WORDS = abi.ENTRY_SIZE / 4;

function layOut(plan: Plan, slots: SlotTable, base: number, holidays: number): Places {
  let end = base;
  const region = (size: number): number => {
    const at = end;
    end = align(at + size);
    return at;
  };
  const marks = slots.carried.reduce((sum, { chains }) => sum + chains.length + 1, 0);
  const places = {
    slotTable: region(plan.names.count * abi.TABLE_SIZE),
    ruleTable: region(plan.rules.length * abi.CODE_SIZE),
    triggers: region(plan.triggerCount * abi.TRIGGER_SIZE),
    holdTable: region(plan.holdCount * abi.PREDICATE_SIZE),
    zones: region(ZONE_CHANGES_MAX * 16),
    holidays: region(holidays * 4),
    cellOwners: region(plan.cellCount * 4),
    entries: region(slots.entryCount * abi.ENTRY_SIZE),
    code: region(plan.codeWords * 4),
    lists: region(plan.listWords * 4),
    marks: region(marks * 4),
    heldLists: region(slots.heldCount * 4),
  };
  return { ...places, end };
}

const [RULE, TRIGGERS, HOLDS, OWNERS, CODE, LISTS] = (
  ['rule', 'triggers', 'holds', 'owners', 'code', 'lists'] as const
).map((name) => SECTIONS.indexOf(name)) as [number, number, number, number, number, number];

export class TableWriter {
  readonly addresses: TableAddresses;
  readonly #plan: Plan;
  readonly #slots: SlotTable;
  readonly #state: StateLayout;
  readonly #places: Places;
  readonly #holidays: readonly number[];
  readonly #base: number;
  /** How many bytes the tables take. */
  readonly size: number;
  #words: Uint32Array = NO_WORDS;
  /** One rule's words while they are put right. */
  readonly #scratch: Uint32Array;
  /** Where the next entry and the next hold of each slot goes, as numbers of words. */
  #nextEntry: Int32Array = NO_PLACES;
  #nextHeld: Int32Array = NO_PLACES;

  constructor(plan: Plan, slots: SlotTable, state: StateLayout, holidays: readonly number[]) {
    this.#plan = plan;
    this.#slots = slots;
    this.#state = state;
    this.#holidays = holidays;
    this.#base = state.end;
    this.#places = layOut(plan, slots, state.end, holidays.length);
    const { lists: _lists, marks: _marks, heldLists: _held, end, ...addresses } = this.#places;
    this.addresses = addresses;
    this.size = end - state.end;
    this.#scratch = new Uint32Array(plan.rules.reduce((most, { form }) => Math.max(most, form.fixupsAt - form.at), 0));
  }

  #wordOf(address: number): number {
    return (address - this.#base) >>> 2;
  }

  /** @param words of all tables, from where the state ends; zero */
  write(words: Uint32Array): void {
    this.#words = words;
    this.#nextEntry = starts(this.#slots.entries, this.#wordOf(this.#places.entries), ENTRY_WORDS);
    this.#nextHeld = starts(this.#slots.holds, this.#wordOf(this.#places.heldLists), 1);
    this.#writeSlotTable();
    this.#writeChains();
    this.#words.set(this.#holidays, this.#wordOf(this.#places.holidays));
    let { code, lists } = this.#places;
    const { rules } = this.#plan;
    for (let index = 0; index < rules.length; index += 1) {
      const rule = rules[index]!;
      this.#settle(rule, code, lists);
      this.#place(rule, code, lists);
      this.#placeEntries(rule);
      this.#placeHeld(rule);
      code += rule.form.sizes[CODE]! * 4;
      lists += rule.form.sizes[LISTS]! * 4;
    }
    this.#words = NO_WORDS;
  }

  #writeSlotTable(): void {
    const { entries, holds, booleans, chains } = this.#slots;
    const words = this.#words;
    for (let slot = 0; slot < entries.length; slot += 1) {
      const at = (slot * abi.TABLE_SIZE) >>> 2;
      words[at + abi.TABLE_ENTRIES / 4] = entries[slot] === 0 ? 0 : this.#base + this.#nextEntry[slot]! * 4;
      words[at + abi.TABLE_ENTRY_COUNT / 4] = entries[slot]!;
      words[at + abi.TABLE_HOLDS / 4] = holds[slot] === 0 ? 0 : this.#base + this.#nextHeld[slot]! * 4;
      words[at + abi.TABLE_HOLD_COUNT / 4] = holds[slot]!;
      words[at + abi.TABLE_CHAIN / 4] = chains[slot] === 0 ? 0 : this.#chainAt(chains[slot]!);
      words[at + abi.TABLE_BOOLEAN / 4] = booleans[slot]!;
    }
  }

  #chainAt(chain: number): number {
    return this.#state.chainsAt + (chain - 1) * abi.CHAIN_SIZE;
  }

  /** Lists of the chains that commands may carry on, their lengths first. */
  #writeChains(): void {
    let at = this.#wordOf(this.#places.marks);
    for (const { symbol, chains } of this.#slots.carried) {
      this.#plan.values[symbol] = this.#base + at * 4;
      this.#words[at] = chains.length;
      for (const [index, chain] of chains.entries()) this.#words[at + 1 + index] = this.#chainAt(chain);
      at += chains.length + 1;
    }
  }

  /** Copies a form into the scratch and adds the values of its symbols. */
  #settle(
    { form, symbols, index, firstTrigger, firstHold, firstCell }: PlannedRule,
    code: number,
    lists: number,
  ): void {
    const { values } = this.#plan;
    values[symbols + BASE.code] = code;
    values[symbols + BASE.lists] = lists;
    values[symbols + BASE.triggers] = this.#places.triggers + firstTrigger * abi.TRIGGER_SIZE;
    values[symbols + BASE.holds] = firstHold;
    values[symbols + BASE.rule] = index;
    values[symbols + BASE.cells] = this.#state.cellsAt + firstCell * abi.CELL_SIZE;
    values[symbols + BASE.firstCell] = firstCell;
    const { words } = form.arena;
    const scratch = this.#scratch;
    const size = form.fixupsAt - form.at;
    for (let word = 0; word < size; word += 1) scratch[word] = words[form.at + word]!;
    for (let fixup = form.fixupsAt; fixup < form.keysAt; fixup += 2)
      scratch[words[fixup]!]! += values[symbols + words[fixup + 1]!]!;
  }

  #place({ form, index, firstTrigger, firstHold, firstCell, ghost }: PlannedRule, code: number, lists: number): void {
    const places = this.#places;
    const { sizes } = form;
    const rule = places.ruleTable + index * abi.CODE_SIZE;
    let from = this.#copy(0, sizes[RULE]!, rule);
    from = this.#copy(from, sizes[TRIGGERS]!, places.triggers + firstTrigger * abi.TRIGGER_SIZE);
    from = this.#copy(from, sizes[HOLDS]!, places.holdTable + firstHold * abi.PREDICATE_SIZE);
    if (ghost) {
      this.#words[this.#wordOf(rule + abi.CODE_CELL_COUNT)] = 0;
      from += sizes[OWNERS]!;
    } else from = this.#copy(from, sizes[OWNERS]!, places.cellOwners + firstCell * 4);
    this.#copy(from, sizes[CODE]!, code);
    this.#copy(form.fixupsAt - form.at - sizes[LISTS]!, sizes[LISTS]!, lists);
  }

  /** Copies so many words of the scratch to an address; answers where the next begin. */
  #copy(from: number, size: number, address: number): number {
    const to = this.#wordOf(address);
    const words = this.#words;
    const scratch = this.#scratch;
    for (let word = 0; word < size; word += 1) words[to + word] = scratch[from + word]!;
    return from + size;
  }

  /** Entries of a slot stand in the order of their rules, a rule's waits before its triggers. */
  #placeEntries(rule: PlannedRule): void {
    const words = this.#words;
    const waits = this.#plan.waits.get(rule.index);
    if (waits !== undefined) this.#placeWaits(rule.index, waits);
    const { entriesAt } = rule.form;
    for (let entry = 0; entry < entriesOf(rule); entry += 1) {
      const slot = this.#slots.slotOfEntry(rule, entry);
      if (slot === REPEATED) continue;
      const at = this.#takeEntry(slot);
      const from = entriesAt + entry * ENTRY_WORDS;
      for (let word = 0; word < ENTRY_WORDS; word += 1) words[at + word] = this.#scratch[from + word]!;
    }
  }

  #placeWaits(rule: number, waits: ReadonlyMap<number, number>): void {
    const words = this.#words;
    for (const [slot, device] of waits) {
      const at = this.#takeEntry(slot);
      words[at + abi.ENTRY_KIND / 4] = abi.ENTRY_WAITS;
      words[at + abi.ENTRY_RULE / 4] = rule;
      words[at + abi.ENTRY_DEVICE / 4] = device;
    }
  }

  #takeEntry(slot: number): number {
    const at = this.#nextEntry[slot]!;
    this.#nextEntry[slot] = at + ENTRY_WORDS;
    return at;
  }

  #placeHeld(rule: PlannedRule): void {
    const { arena, heldAt, booleansAt } = rule.form;
    for (let at = heldAt; at < booleansAt; at += 2) {
      const slot = this.#plan.slotOf(rule, arena.words[at]!);
      this.#words[this.#nextHeld[slot]!] = rule.firstHold + arena.words[at + 1]!;
      this.#nextHeld[slot]! += 1;
    }
  }
}

/** Where the list of each slot begins. */
function starts(counts: Int32Array, from: number, size: number): Int32Array {
  const starts = new Int32Array(counts.length);
  let at = from;
  for (let slot = 0; slot < counts.length; slot += 1) {
    starts[slot] = at;
    at += counts[slot]! * size;
  }
  return starts;
}
