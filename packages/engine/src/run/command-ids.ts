// Ids of commands: rule, run, and place in the run; with a generation where a rule of that id was deleted before.

import * as abi from '../../../../assembly/abi.ts';
import { runsOf } from './departure.ts';
import type { Machine } from './machine.ts';

export function commandId(rule: string, generation: number, run: number, number: number): string {
  return generation === 0 ? `${rule}:${run}:${number}` : `${rule}:${run}:${number}:${generation}`;
}

/** Where a command came from; null where its run is over. */
export function commandOf(machine: Machine, id: string): { rule: number; run: number; number: number } | null {
  const parts = id.split(':');
  return find(machine, parts, 2) ?? find(machine, parts, 3);
}

/** A rule's id may itself have colons: the numbers are the last of the parts. */
function find(machine: Machine, parts: readonly string[], numbers: number): ReturnType<typeof commandOf> {
  const rule = parts.slice(0, -numbers).join(':');
  const [run, number, generation = 0] = parts.slice(-numbers).map(Number);
  const index = machine.linked.holderOf(rule);
  if (index === -1 || generation !== (machine.generations.get(rule) ?? 0)) return null;
  const found = runsOf(machine, index).some((each) => machine.memory.word(each + abi.RUN_ID) === run);
  return found ? { rule: index, run: run!, number: number! } : null;
}
