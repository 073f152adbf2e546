// The state as plain JSON: what is known, which runs there are and what each waits for, by the names people gave.

import type { Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import type { EngineParts } from '../engine.ts';
import { readValue } from '../link/values.ts';
import { runsOf, stateOf } from './departure.ts';
import type { Machine } from './machine.ts';
import { codeStart } from './peek.ts';

export interface LogicalValue {
  readonly value: Value;
  /** The last value that was known. */
  readonly known: Value;
  /** Milliseconds since 1970. */
  readonly changedAt: number;
}

export interface LogicalWait {
  /** The action at which it waits. */
  readonly pointer: string;
  readonly kind: 'delay' | 'condition' | 'event' | 'outcome' | 'branches' | 'ready';
  /** The instant at which time alone carries it on, or null. */
  readonly until: number | null;
}

export interface LogicalRun {
  readonly run: number;
  readonly queued: boolean;
  readonly trigger: string;
  readonly startedAt: number;
  readonly cause: number;
  readonly waits: readonly LogicalWait[];
}

export interface LogicalState {
  readonly version: 1;
  readonly now: number;
  readonly sequence: number;
  readonly mode: Value;
  /** By device, then property. */
  readonly properties: Readonly<Record<string, Readonly<Record<string, LogicalValue>>>>;
  readonly variables: Readonly<Record<string, Value>>;
  readonly schedules: Readonly<Record<string, Value>>;
  readonly online: Readonly<Record<string, Value>>;
  readonly presence: Readonly<Record<string, Value>>;
  readonly rules: Readonly<Record<string, { readonly enabled: boolean; readonly runs: readonly LogicalRun[] }>>;
}

const KINDS = ['ready', 'ready', 'delay', 'condition', 'event', 'outcome', 'branches'] as const;

export function exportState({ machine }: EngineParts): LogicalState {
  const { memory, linked } = machine;
  const properties: Record<string, Record<string, LogicalValue>> = {};
  const plain: Record<string, Record<string, Value>> = { v: {}, s: {}, o: {}, h: {} };
  let mode: Value = null;
  for (const [slot, key] of linked.names.keysFrom(0).entries()) {
    const value = slotValue(machine, slot);
    const [type, name, property] = personKey(key, linked.names.persons).split('\0');
    if (type === 'm') mode = value.value;
    else if (type === 'p' && value.known !== null) (properties[name!] ??= {})[property!] = value;
    else if (type !== undefined && name !== undefined && plain[type] !== undefined && value.known !== null)
      plain[type][name] = value.value;
  }
  return {
    version: 1,
    now: machine.now,
    sequence: memory.float(abi.H_SEQUENCE),
    mode,
    properties,
    variables: plain['v']!,
    schedules: plain['s']!,
    online: plain['o']!,
    presence: plain['h']!,
    rules: exportRules(machine),
  };
}

function personKey(key: string, persons: readonly string[]): string {
  return key.startsWith('h#') ? `h\0${persons[Number(key.slice(2))] ?? ''}` : key;
}

function slotValue({ memory, linked, strings }: Machine, slot: number): LogicalValue {
  const at = linked.state.slotsAt + slot * abi.SLOT_SIZE;
  return {
    value: readValue(memory.view, at + abi.SLOT_VALUE, strings),
    known: readValue(memory.view, at + abi.SLOT_KNOWN, strings),
    changedAt: memory.float(at + abi.SLOT_CHANGED),
  };
}

function exportRules(machine: Machine): LogicalState['rules'] {
  const rules: Record<string, { enabled: boolean; runs: LogicalRun[] }> = {};
  for (const { fragment, index, holder } of machine.linked.rules) {
    if (index !== holder) continue;
    const enabled = machine.memory.word(stateOf(machine, index) + abi.RULE_ENABLED) !== 0;
    rules[fragment.rule.id] = { enabled, runs: runsOf(machine, index).map((run) => exportRun(machine, run)) };
  }
  return rules;
}

/** The runs of one rule, oldest first. */
export function exportRunsOf(machine: Machine, rule: string): LogicalRun[] {
  const holder = machine.linked.holderOf(rule);
  return holder === -1 ? [] : runsOf(machine, holder).map((run) => exportRun(machine, run));
}

function exportRun(machine: Machine, run: number): LogicalRun {
  const { memory, strings } = machine;
  const waits: LogicalWait[] = [];
  for (let strand = memory.word(run + abi.RUN_STRANDS); strand !== 0; strand = memory.word(strand + abi.STRAND_NEXT)) {
    if (memory.word(strand + abi.STRAND_STATUS) === abi.STATUS_LISTENS) continue;
    waits.push(exportWait(machine, run, strand));
  }
  return {
    run: memory.word(run + abi.RUN_ID),
    queued: memory.word(run + abi.RUN_STATE) === abi.RUN_QUEUED,
    trigger: strings.text(memory.word(run + abi.RUN_CONTEXT + abi.CONTEXT_TRIGGER)),
    startedAt: memory.float(run + abi.RUN_STARTED),
    cause: memory.float(run + abi.RUN_CAUSE),
    waits,
  };
}

function exportWait({ memory, linked }: Machine, run: number, strand: number): LogicalWait {
  const version = memory.word(run + abi.RUN_VERSION);
  const instruction = (memory.word(strand + abi.STRAND_CODE) - codeStart({ memory, linked }, version)) / abi.OP_SIZE;
  const { places } = linked.fragment(version);
  let pointer = '';
  for (let at = instruction; at >= 0 && pointer === ''; at -= 1) pointer = places.get(at) ?? '';
  const until = Math.min(
    memory.float(strand + abi.STRAND_TIMEOUT),
    memory.float(strand + abi.STRAND_CELL + abi.CELL_FOR_AT),
    memory.float(strand + abi.STRAND_CELL + abi.CELL_RECHECK_AT),
  );
  return {
    pointer,
    kind: KINDS[memory.word(strand + abi.STRAND_STATUS)] ?? 'ready',
    until: until >= abi.NO_TIME ? null : until,
  };
}
