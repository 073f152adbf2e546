// Reads what the core holds, for the host to show.

import type { Value } from '@lintel/model';
import * as abi from '../../../../assembly/abi.ts';
import { variableKey } from '../compile/fragment.ts';
import { readValue } from '../link/values.ts';
import type { Machine } from './machine.ts';

/** The value of a home variable; null while it is unknown. */
export function variableOf(machine: Machine, name: string): Value {
  const slot = machine.find(variableKey(name));
  if (slot === -1) return null;
  return readValue(machine.memory.view, machine.linked.state.slotsAt + slot * abi.SLOT_SIZE, machine.strings);
}

/** Whether a rule is switched on; null for a rule that is not there. */
export function isRuleEnabled(machine: Machine, rule: string): boolean | null {
  const index = machine.linked.ruleOf(rule);
  if (index === -1) return null;
  return machine.memory.word(machine.linked.state.rulesAt + index * abi.RULE_SIZE + abi.RULE_ENABLED) !== 0;
}

/** The address of a rule's first instruction. */
export function codeStart({ memory, linked }: Pick<Machine, 'memory' | 'linked'>, rule: number): number {
  return memory.word(linked.addresses.ruleTable + rule * abi.CODE_SIZE + abi.CODE_ACTIONS);
}

/** The name under which a run by hand is traced: the rule's manual trigger, if it has one. */
export function manualName(machine: Machine, rule: number): number {
  const manual = machine.linked.fragment(rule).triggers.find((trigger) => trigger.kind === abi.KIND_MANUAL);
  return manual === undefined ? 0 : machine.strings.number(manual.id);
}
