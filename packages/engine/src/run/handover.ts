// The whole state by names: what one version of the core hands to the next, which has another memory. Written beside images;
// what was once written stays readable for ever.

import type { Rule, Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { EngineParts } from '../engine.ts';
import { readValue } from '../link/values.ts';
import { holdsOf, type PlannedRule } from '../link/plan.ts';
import { runsOf, stateOf } from './departure.ts';
import type { Machine } from './machine.ts';
import { codeStart } from './peek.ts';

/** Kind and names: `["p", device, property]`, `["v", variable]`, `["s", schedule]`, `["h", person]`, `["o", device]`, `["m"]`. */
export type HandedKey = readonly string[];

export interface HandedSlot {
  readonly key: HandedKey;
  readonly value: Value;
  readonly known: Value;
  readonly changedAt: number;
  readonly origin: number;
  /** Where a chain of rules goes on through a device: when it was marked, when it began, how deep it is. */
  readonly chain?: readonly [at: number, start: number, depth: number];
}

/** What a trigger or a wait remembers; times are milliseconds since 1970, null for none. */
export interface HandedCell {
  readonly trigger?: number;
  readonly device: string;
  /** Bits: 1 armed, 2 pending, 4 broken, 8 missed, 64 fresh. */
  readonly flags: number;
  readonly statement: number;
  readonly cause: number;
  readonly value: Value;
  /** The device of a trigger's member, or of the event remembered. */
  readonly of: string | null;
  readonly origin: number;
  readonly forAt: number | null;
  readonly recheckAt: number | null;
  readonly member: number;
  readonly armed: boolean;
}

export interface HandedContext {
  readonly value: Value;
  readonly trigger: string;
  readonly device: string;
  readonly action: string;
  readonly data: string;
  readonly origin: number;
  readonly index: number;
}

export type HandedStatus = 'delay' | 'condition' | 'event' | 'outcome' | 'branches' | 'listens';

export interface HandedStrand {
  readonly ordinal: number;
  readonly status: HandedStatus;
  /** The action at which it waits. */
  readonly pointer: string;
  /** Its parent's place in the list of the run's strands. */
  readonly parent: number | null;
  readonly children: number;
  readonly listensTo: HandedKey | null;
  /** The number of the command whose outcome it waits for. */
  readonly awaits: number;
  readonly timeout: number | null;
  readonly cell: HandedCell;
}

export interface HandedRun {
  readonly run: number;
  readonly queued: boolean;
  readonly ordinals: number;
  readonly commands: number;
  readonly cause: number;
  readonly startedAt: number;
  readonly timedOut: number;
  readonly context: HandedContext;
  readonly waitContext: HandedContext;
  /** Rounds begun and rounds to do, by pointer of the repeat. */
  readonly repeats: Readonly<Record<string, readonly [number, number]>>;
  /** The text that it runs by, where that is not the rule's present one. */
  readonly version: Rule | null;
  readonly strands: readonly HandedStrand[];
}

export interface HandedRule {
  readonly enabled: boolean;
  readonly offences: number;
  readonly counter: number;
  readonly runs: readonly HandedRun[];
  readonly cells: readonly HandedCell[];
  /** Since when each `for` condition holds: its number in the rule, its slot or null, the instant, its state. */
  readonly holds: readonly (readonly [hold: number, key: HandedKey | null, since: number, state: number])[];
}

export interface Handover {
  readonly format: 1;
  readonly now: number;
  readonly sequence: number;
  readonly random: readonly [number, number];
  readonly persons: readonly string[];
  readonly generations: readonly (readonly [string, number])[];
  readonly slots: readonly HandedSlot[];
  readonly rules: Readonly<Record<string, HandedRule>>;
}

export const STATUSES: Readonly<Record<HandedStatus, { readonly status: number; readonly op: number }>> = {
  delay: { status: abi.STATUS_DELAY, op: abi.OP_DELAY },
  condition: { status: abi.STATUS_CONDITION, op: abi.OP_WAIT },
  event: { status: abi.STATUS_EVENT, op: abi.OP_WAIT_EVENT },
  outcome: { status: abi.STATUS_OUTCOME, op: abi.OP_OUTCOME },
  branches: { status: abi.STATUS_CHILDREN, op: abi.OP_PARALLEL },
  listens: { status: abi.STATUS_LISTENS, op: abi.OP_WAIT_EVENT },
};
const NAMES = new Map(Object.entries(STATUSES).map(([name, { status }]) => [status, name as HandedStatus]));

/** The pointer of the action that each instruction belongs to. */
export function pointersOf({ instructions, places }: Fragment): string[] {
  let pointer = '';
  return instructions.map((_, index) => (pointer = places.get(index) ?? pointer));
}

export function handOver({ machine, generations }: EngineParts): Handover {
  const { memory, linked } = machine;
  const rules: Record<string, HandedRule> = {};
  for (const rule of linked.rules) if (rule.index === rule.holder) rules[rule.fragment.rule.id] = ruleOf(machine, rule);
  return {
    format: 1,
    now: machine.now,
    sequence: memory.float(abi.H_SEQUENCE),
    random: [memory.word(abi.H_RANDOM), memory.word(abi.H_RANDOM + 4)],
    persons: [...linked.names.persons],
    generations: [...generations],
    slots: linked.names.keysFrom(0).flatMap((_, slot) => slotOf(machine, slot)),
    rules,
  };
}

/** Null for one of the slots kept for people whom no one has been heard of. */
export function keyOfSlot({ linked: { names } }: Machine, slot: number): HandedKey | null {
  const key = names.key(slot);
  if (!key.startsWith('h#')) return key.split('\0');
  const person = names.persons[Number(key.slice(2))];
  return person === undefined ? null : ['h', person];
}

export function chainAt({ memory, linked }: Machine, slot: number): number {
  return slot < linked.namedSlots
    ? memory.word(linked.addresses.slotTable + slot * abi.TABLE_SIZE + abi.TABLE_CHAIN)
    : 0;
}

function slotOf(machine: Machine, slot: number): HandedSlot[] {
  const { memory, linked, strings } = machine;
  const at = linked.state.slotsAt + slot * abi.SLOT_SIZE;
  const key = keyOfSlot(machine, slot);
  const known = readValue(memory.view, at + abi.SLOT_KNOWN, strings);
  const chain = chainAt(machine, slot);
  const depth = chain === 0 ? 0 : memory.word(chain + abi.CHAIN_DEPTH);
  if (key === null || (known === null && depth === 0 && memory.float(at + abi.SLOT_CHANGED) === 0)) return [];
  const handed: HandedSlot = {
    key,
    value: readValue(memory.view, at + abi.SLOT_VALUE, strings),
    known,
    changedAt: memory.float(at + abi.SLOT_CHANGED),
    origin: memory.word(at + abi.SLOT_ORIGIN),
  };
  if (depth === 0) return [handed];
  return [{ ...handed, chain: [memory.float(chain + abi.CHAIN_AT), memory.float(chain + abi.CHAIN_START), depth] }];
}

function ruleOf(machine: Machine, rule: PlannedRule): HandedRule {
  const { memory, linked } = machine;
  const state = stateOf(machine, rule.index);
  const cells = rule.cells.map(({ trigger, device }, index): HandedCell => {
    const at = linked.state.cellsAt + (rule.firstCell + index) * abi.CELL_SIZE;
    return { ...cellOf(machine, at), trigger, of: device };
  });
  const holds = holdsOf(linked.names, rule).flatMap(({ first, hold, slots }, number) => {
    const keys = hold.each ? slots.map((slot) => keyOfSlot(machine, slot)) : [null];
    return keys.map((key, index) => {
      const at = linked.state.holdsAt + (first + index) * abi.HOLD_SIZE;
      return [number, key, memory.float(at + abi.HOLD_SINCE), memory.word(at + abi.HOLD_STATE)] as const;
    });
  });
  return {
    enabled: memory.word(state + abi.RULE_ENABLED) !== 0,
    offences: memory.word(state + abi.RULE_OFFENCES),
    counter: memory.word(state + abi.RULE_RUN_COUNTER),
    runs: runsOf(machine, rule.index).map((run) => runOf(machine, rule, run)),
    cells: rule.ghost ? [] : cells,
    holds: rule.ghost ? [] : holds,
  };
}

function runOf(machine: Machine, holder: PlannedRule, run: number): HandedRun {
  const { memory } = machine;
  const version = memory.word(run + abi.RUN_VERSION);
  const fragment = machine.linked.fragment(version);
  const pointers = pointersOf(fragment);
  const strands: number[] = [];
  for (let each = memory.word(run + abi.RUN_STRANDS); each !== 0; each = memory.word(each + abi.STRAND_NEXT))
    strands.push(each);
  const handed = strands.map((strand) => strandOf(machine, strand, strands, pointers, codeStart(machine, version)));
  return {
    run: memory.word(run + abi.RUN_ID),
    queued: memory.word(run + abi.RUN_STATE) === abi.RUN_QUEUED,
    ordinals: memory.word(run + abi.RUN_ORDINALS),
    commands: memory.word(run + abi.RUN_COMMANDS),
    cause: memory.float(run + abi.RUN_CAUSE),
    startedAt: memory.float(run + abi.RUN_STARTED),
    timedOut: memory.word(run + abi.RUN_TIMED_OUT),
    context: contextOf(machine, run + abi.RUN_CONTEXT),
    waitContext: contextOf(machine, run + abi.RUN_WAIT_CONTEXT),
    repeats: repeatsOf(machine, run, fragment, handed),
    version: version === holder.index && !holder.ghost ? null : fragment.rule,
    strands: handed,
  };
}

/** The repeats that a strand is in the middle of. */
function repeatsOf(
  { memory }: Machine,
  run: number,
  fragment: Fragment,
  strands: readonly HandedStrand[],
): HandedRun['repeats'] {
  const pointers = pointersOf(fragment);
  const repeats = fragment.instructions.flatMap(({ op, aux }, index) => {
    const pointer = pointers[index]!;
    if (op !== abi.OP_REPEAT || !strands.some((strand) => strand.pointer.startsWith(`${pointer}/`))) return [];
    const local = run + abi.RUN_LOCALS + aux * 8;
    return [[pointer, [memory.word(local), memory.word(local + 4)]] as const];
  });
  return Object.fromEntries(repeats);
}

function strandOf(
  machine: Machine,
  strand: number,
  strands: readonly number[],
  pointers: readonly string[],
  code: number,
): HandedStrand {
  const { memory } = machine;
  const status = NAMES.get(memory.word(strand + abi.STRAND_STATUS))!;
  const at = (memory.word(strand + abi.STRAND_CODE) - code) / abi.OP_SIZE;
  const parent = memory.word(strand + abi.STRAND_PARENT);
  const shared = memory.word(strand + abi.STRAND_CHILDREN);
  return {
    ordinal: memory.word(strand + abi.STRAND_ORDINAL),
    status,
    // A strand whose branches are under way stands behind the instruction that began them.
    pointer: pointers[status === 'branches' ? at - 1 : at]!,
    parent: parent === 0 ? null : strands.indexOf(parent),
    children: status === 'branches' ? shared : 0,
    listensTo: status === 'listens' ? keyOfSlot(machine, shared) : null,
    awaits: status === 'outcome' ? memory.word(strand + abi.STRAND_AWAITED) : 0,
    timeout: timeAt(machine, strand + abi.STRAND_TIMEOUT),
    cell: cellOf(machine, strand + abi.STRAND_CELL),
  };
}

function timeAt({ memory }: Machine, at: number): number | null {
  const time = memory.float(at);
  return time >= abi.NO_TIME ? null : time;
}

function cellOf(machine: Machine, at: number): HandedCell {
  const { memory, strings } = machine;
  return {
    device: strings.text(memory.word(at + abi.CELL_DEVICE)),
    flags: memory.word(at + abi.CELL_FLAGS),
    statement: memory.word(at + abi.CELL_STATEMENT),
    cause: memory.float(at + abi.CELL_CAUSE),
    value: readValue(memory.view, at + abi.CELL_VALUE, strings),
    of: null,
    origin: memory.word(at + abi.CELL_ORIGIN),
    forAt: timeAt(machine, at + abi.CELL_FOR_AT),
    recheckAt: timeAt(machine, at + abi.CELL_RECHECK_AT),
    member: memory.word(at + abi.CELL_MEMBER),
    armed: memory.word(at + abi.CELL_TIMER) !== 0,
  };
}

function contextOf({ memory, strings }: Machine, at: number): HandedContext {
  const text = (field: number): string => strings.text(memory.word(at + field));
  return {
    value: readValue(memory.view, at + abi.CONTEXT_VALUE, strings),
    trigger: text(abi.CONTEXT_TRIGGER),
    device: text(abi.CONTEXT_DEVICE),
    action: text(abi.CONTEXT_ACTION),
    data: text(abi.CONTEXT_DATA),
    origin: memory.word(at + abi.CONTEXT_ORIGIN),
    index: memory.word(at + abi.CONTEXT_INDEX),
  };
}
