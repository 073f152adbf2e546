// Links fragments: gives every slot, rule, trigger and instruction its address and writes the tables the core runs on.

import { invariant } from '@lintel/model';
import type { Rule } from '@lintel/model';
import * as abi from '../abi.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { StringTable } from '../strings.ts';
import { CodeWriter } from './code.ts';
import { layOutRings, layOutState } from './layout.ts';
import type { RingLayout, StateLayout } from './layout.ts';
import type { HomeMap } from './members.ts';
import { blankState } from './blank.ts';
import { booleanSlots } from './booleans.ts';
import { chainSlots } from './marks.ts';
import { MemoryWriter } from './memory-writer.ts';
import { SlotNames } from './names.ts';
import { Plan } from './plan.ts';
import type { PlannedRule } from './plan.ts';
import { TriggerWriter } from './triggers.ts';
import type { EntryLists } from './triggers.ts';

export interface LinkInput {
  readonly fragments: readonly Fragment[];
  /** Old versions of rules that still run, and how many runs and strands they have. */
  readonly ghosts: readonly { readonly fragment: Fragment; readonly runs: number; readonly strands: number }[];
  readonly home: HomeMap;
  readonly persons: readonly string[];
  readonly strings: StringTable;
  readonly holidays: readonly number[];
  /** Slots of the layout before that no rule names any more. */
  readonly carriedSlots: number;
}

/** Everything about a rule set in its place: the tables' bytes and what the host must know of them. */
export interface Linked {
  readonly names: SlotNames;
  readonly state: StateLayout;
  readonly rings: RingLayout;
  readonly tablesAt: number;
  readonly tables: Uint8Array;
  readonly addresses: TableAddresses;
  /** The state of rules, cells, holds and chains before anything has happened. */
  readonly blank: Uint8Array;
  readonly namedSlots: number;
  readonly holidays: number;
  readonly ruleCount: number;
  /** The rules in their places; a rule set that was prepared as bytes is planned anew when these are asked for. */
  readonly rules: readonly PlannedRule[];
  fragment(rule: number): Fragment;
  /** The rule of an id, or −1. */
  ruleOf(id: string): number;
  /** The rule in whose list the runs of a rule of this id are, be it one that has been deleted; or −1. */
  holderOf(id: string): number;
}

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

export function link(input: LinkInput): Linked {
  const all = [...input.fragments, ...input.ghosts.map((ghost) => ghost.fragment)];
  const plan = new Plan(input.home, SlotNames.begin(input.home, input.persons, all.some(isAboutAnyone)));
  addRules(plan, input);
  for (const rule of plan.rules) nameSlots(plan, rule.fragment);
  const chains = chainSlots(plan);
  const namedSlots = plan.names.count;
  const counts = {
    namedSlots,
    rules: plan.rules.length,
    cells: plan.cellCount,
    holds: plan.holdCount,
    chains: chains.size,
  };
  const state = layOutState({ ...counts, ...runCounts(input, plan) }, namedSlots + input.carriedSlots);
  return new Linker(input, plan, state, chains).link();
}

/** Live rules first, then old versions; those of a rule that still exists are held by it, others by the first of them. */
function addRules(plan: Plan, { fragments, ghosts }: LinkInput): void {
  if (ghosts.length === 0) {
    for (const fragment of fragments) plan.add(fragment, false, plan.rules.length, [fragment]);
    return;
  }
  const versions = new Map<string, Fragment[]>();
  for (const { fragment } of ghosts) {
    const { id } = fragment.rule;
    versions.set(id, [...(versions.get(id) ?? []), fragment]);
  }
  const holders = new Map<string, number>();
  for (const fragment of fragments) {
    holders.set(fragment.rule.id, plan.rules.length);
    plan.add(fragment, false, plan.rules.length, [fragment, ...(versions.get(fragment.rule.id) ?? [])]);
  }
  for (const { fragment } of ghosts) {
    const { id } = fragment.rule;
    const holder = holders.get(id);
    if (holder === undefined) holders.set(id, plan.rules.length);
    plan.add(fragment, true, holder ?? plan.rules.length, holder === undefined ? (versions.get(id) ?? []) : []);
  }
}

function isAboutAnyone(fragment: Fragment): boolean {
  if (!fragment.usesSets) return false;
  const holds = fragment.holds.some((hold) => hold.predicate.members.type === 'persons');
  const triggers = fragment.triggers.some((trigger) => trigger.predicate?.members.type === 'persons');
  const inCode = fragment.instructions.some(
    ({ b }) => typeof b === 'object' && b.type === 'predicate' && b.predicate.members.type === 'persons',
  );
  return holds || triggers || inCode;
}

/** Gives every slot that code names its number, so that all named slots lie before those of unnamed properties. */
function nameSlots(plan: Plan, fragment: Fragment): void {
  for (const { a, b, wide } of fragment.instructions) {
    if (typeof a === 'object' && a.type === 'slot') plan.slot(a.key);
    if (typeof b === 'object' && b.type === 'slot') plan.slot(b.key);
    if (typeof b === 'object' && b.type === 'predicate') plan.resolve(b.predicate.members);
    if (typeof wide === 'object' && wide.type === 'rows') for (const row of wide.rows) plan.slot(row.key);
  }
  for (const { predicate } of fragment.names.values()) plan.resolve(predicate.members);
}

function runCounts(input: LinkInput, plan: Plan): { runs: number; strands: number } {
  let runs = 0;
  let strands = 0;
  for (const fragment of input.fragments) {
    const most = fragment.instant ? 0 : maxRuns(fragment.rule);
    runs += most;
    strands += most * strandsOf(fragment, plan);
  }
  for (const ghost of input.ghosts) {
    runs += ghost.runs;
    strands += ghost.strands + ghost.runs * strandsOf(ghost.fragment, plan);
  }
  return { runs, strands };
}

/** The most strands of one run: those that act, and those that listen for them. */
function strandsOf({ strands, listeners }: Fragment, plan: Plan): number {
  return listeners.reduce((sum, members) => sum + plan.resolve(members).slots.length, strands);
}

export function maxRuns(rule: Rule): number {
  return rule.mode === 'queued' || rule.mode === 'parallel' ? (rule.max ?? 10) : 1;
}

/** What a rule leaves that is over at the instant at which it starts; 0 for any other rule. */
function instantKind({ instant, instructions, rule }: Fragment): number {
  if (!instant) return 0;
  const onlyRows = instructions.slice(0, rule.actions.length).every(({ op }) => op === abi.OP_SET_ROWS);
  return onlyRows ? abi.INSTANT_ROWS : abi.INSTANT_COMMANDS;
}

class Linker {
  readonly #input: LinkInput;
  readonly #plan: Plan;
  readonly #state: StateLayout;
  /** Where the chain of a slot lies, of the slots that have one. */
  readonly #chains: ReadonlyMap<number, number>;
  readonly #out: MemoryWriter;
  readonly #addresses: TableAddresses;
  readonly #ruleIndex = new Map<string, number>();
  /** Rules that were deleted while they ran. */
  readonly #holders = new Map<string, number>();

  constructor(input: LinkInput, plan: Plan, state: StateLayout, chains: ReadonlyMap<number, number>) {
    this.#input = input;
    this.#plan = plan;
    this.#state = state;
    this.#chains = new Map([...chains].map(([slot, chain]) => [slot, state.chainsAt + chain * abi.CHAIN_SIZE]));
    const known = plan.names.count * 24 + plan.rules.length * 24 + plan.triggerCount * 112 + plan.entries.length * 32;
    this.#out = new MemoryWriter(state.end, input.strings, known + plan.instructionCount * 40 + 65_536);
    this.#addresses = this.#reserve();
    for (const { fragment, ghost, holder, index } of plan.rules) {
      if (!ghost) this.#ruleIndex.set(fragment.rule.id, index);
      else if (holder === index) this.#holders.set(fragment.rule.id, index);
    }
  }

  #reserve(): TableAddresses {
    const { names, rules, triggerCount, holdCount, cellCount, entries, instructionCount } = this.#plan;
    const out = this.#out;
    return {
      slotTable: out.reserve(names.count * abi.TABLE_SIZE),
      ruleTable: out.reserve(rules.length * abi.CODE_SIZE),
      triggers: out.reserve(triggerCount * abi.TRIGGER_SIZE),
      holdTable: out.reserve(holdCount * abi.PREDICATE_SIZE),
      zones: out.reserve(256 * 16),
      holidays: out.reserve(this.#input.holidays.length * 4),
      cellOwners: out.reserve(cellCount * 4),
      entries: out.reserve(entries.length * abi.ENTRY_SIZE),
      code: out.reserve(instructionCount * abi.OP_SIZE),
    };
  }

  link(): Linked {
    const codeAt: number[] = [];
    let next = this.#addresses.code;
    for (const rule of this.#plan.rules) {
      codeAt.push(next);
      next += rule.fragment.instructions.length * abi.OP_SIZE;
    }
    const triggers = new TriggerWriter(this.#out, this.#plan, this.#state, this.#addresses, this.#input.strings);
    const code = new CodeWriter(this.#out, this.#plan, triggers, this.#input.strings, this.#ruleIndex, this.#chains);
    for (const rule of this.#plan.rules) {
      this.#writeRule(rule, codeAt[rule.index]!);
      triggers.write(rule, codeAt[rule.index]!);
      code.write(rule, codeAt[rule.index]!);
    }
    this.#writeSlotTable(triggers.writeEntries(this.#plan.entries));
    invariant(this.#plan.names.count === this.#state.namedSlots, 'every slot is named before tables are written');
    for (const [index, date] of this.#input.holidays.entries())
      this.#out.word(this.#addresses.holidays + index * 4, date);
    const { rules } = this.#plan;
    return {
      names: this.#plan.names,
      state: this.#state,
      rings: layOutRings(this.#out.end),
      tablesAt: this.#out.base,
      tables: this.#out.bytes(),
      addresses: this.#addresses,
      blank: blankState(this.#plan, this.#state),
      namedSlots: this.#state.namedSlots,
      holidays: this.#input.holidays.length,
      ruleCount: rules.length,
      rules,
      fragment: (rule) => rules[rule]!.fragment,
      ruleOf: (id) => this.#ruleIndex.get(id) ?? -1,
      holderOf: (id) => this.#ruleIndex.get(id) ?? this.#holders.get(id) ?? -1,
    };
  }

  #writeRule({ fragment, index, firstCell, cells }: PlannedRule, code: number): void {
    const at = this.#addresses.ruleTable + index * abi.CODE_SIZE;
    const { rule } = fragment;
    const out = this.#out;
    out.word(at + abi.CODE_MODE, ['single', 'restart', 'queued', 'parallel'].indexOf(rule.mode ?? 'single'));
    out.word(at + abi.CODE_MAX, maxRuns(rule));
    const conditions = fragment.conditionsAt === -1 ? 0 : code + fragment.conditionsAt * abi.OP_SIZE;
    out.word(at + abi.CODE_CONDITIONS, conditions);
    out.word(at + abi.CODE_ACTIONS, code + fragment.actionsAt * abi.OP_SIZE);
    out.word(at + abi.CODE_MISSED, rule.missed === 'run' ? 1 : 0);
    out.word(at + abi.CODE_INSTANT, instantKind(fragment));
    out.word(at + abi.CODE_CELLS, firstCell);
    out.word(at + abi.CODE_CELL_COUNT, cells.length);
  }

  #writeSlotTable(lists: EntryLists): void {
    const holds = new Map<number, number[]>();
    for (const rule of this.#plan.rules) collectHolds(rule, holds);
    const booleans = booleanSlots(this.#plan);
    for (let slot = 0; slot < this.#state.namedSlots; slot += 1) {
      const at = this.#addresses.slotTable + slot * abi.TABLE_SIZE;
      this.#out.word(at + abi.TABLE_ENTRIES, lists.at[slot]!);
      this.#out.word(at + abi.TABLE_ENTRY_COUNT, lists.count[slot]!);
      const held = holds.get(slot);
      if (held !== undefined) {
        this.#out.word(at + abi.TABLE_HOLDS, this.#out.words(held));
        this.#out.word(at + abi.TABLE_HOLD_COUNT, held.length);
      }
      this.#out.word(at + abi.TABLE_CHAIN, this.#chains.get(slot) ?? 0);
      this.#out.word(at + abi.TABLE_BOOLEAN, booleans.has(slot) ? 1 : 0);
    }
  }
}

function collectHolds(rule: PlannedRule, holds: Map<number, number[]>): void {
  for (const { first, hold, slots } of rule.holds) {
    for (const [index, slot] of slots.entries()) {
      const list = holds.get(slot) ?? [];
      list.push(hold.each ? first + index : first);
      holds.set(slot, list);
    }
  }
}
