// Reads what the core holds, for the host to show.

import type { Value } from '@lintel/model';
import * as abi from '../abi.ts';
import { variableKey } from '../compile/fragment.ts';
import { readValue } from '../link/memory-writer.ts';
import type { WaitingRun } from '../types.ts';
import type { Machine } from './machine.ts';
import { placeOf } from './output.ts';
import { runsOf } from './replace.ts';

/** The value of a home variable; null while it is unknown. */
export function variableOf(machine: Machine, name: string): Value {
  const slot = machine.find(variableKey(name));
  if (slot === -1) return null;
  return readValue(machine.memory.view, machine.linked.state.slotsAt + slot * abi.SLOT_SIZE, machine.strings);
}

/** Whether a rule is switched on; null for a rule that is not there. */
export function isRuleEnabled(machine: Machine, rule: string): boolean | null {
  const index = machine.linked.ruleIndex.get(rule);
  if (index === undefined) return null;
  return machine.memory.word(machine.linked.state.rulesAt + index * abi.RULE_SIZE + abi.RULE_ENABLED) !== 0;
}

const WAITS: Readonly<Record<number, WaitingRun['kind']>> = {
  [abi.STATUS_DELAY]: 'delay',
  [abi.STATUS_CONDITION]: 'condition',
  [abi.STATUS_EVENT]: 'event',
  [abi.STATUS_OUTCOME]: 'outcome',
};

/** What waits, rule by rule, the oldest run first: one entry for each branch that does. */
export function waitingOf(machine: Machine): WaitingRun[] {
  return machine.linked.rules.flatMap(({ index }) =>
    runsOf(machine, index).flatMap((run) => waitsOf(machine, index, run)),
  );
}

function waitsOf(machine: Machine, index: number, run: number): WaitingRun[] {
  const { memory, linked } = machine;
  const { fragment } = linked.rules[index]!;
  const base = { rule: fragment.rule.id, run: memory.word(run + abi.RUN_ID), at: memory.float(run + abi.RUN_STARTED) };
  if (memory.word(run + abi.RUN_STATE) === abi.RUN_QUEUED)
    return [{ ...base, kind: 'queued', wakeAt: null, pointer: '' }];
  const found: WaitingRun[] = [];
  for (let each = memory.word(run + abi.RUN_STRANDS); each !== 0; each = memory.word(each + abi.STRAND_NEXT)) {
    const kind = WAITS[memory.word(each + abi.STRAND_STATUS)];
    if (kind === undefined) continue;
    const instruction = (memory.word(each + abi.STRAND_CODE) - linked.codeAt[index]!) / abi.OP_SIZE;
    found.push({ ...base, kind, wakeAt: deadlineOf(machine, each), pointer: placeOf(fragment.places, instruction) });
  }
  return found;
}

/** When the timer of a strand is due, or null where none is armed. */
function deadlineOf({ memory, linked }: Machine, strand: number): number | null {
  const armed = memory.word(strand + abi.STRAND_CELL + abi.CELL_TIMER);
  return armed === 0 ? null : memory.float(linked.state.timersAt + (armed - 1) * abi.TIMER_SIZE + abi.TIMER_AT);
}
