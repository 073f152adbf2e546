// Ids of commands: rule, run, and place in the run; with a generation where a rule of that id was deleted before.

import * as abi from '../abi.ts';
import { runsOf } from './departure.ts';
import type { Machine } from './machine.ts';

export function commandId(rule: string, generation: number, run: number, number: number): string {
  return generation === 0 ? `${rule}:${run}:${number}` : `${rule}:${run}:${number}:${generation}`;
}

/** Where a command came from; null where its run is over. */
export function commandOf(machine: Machine, id: string): { rule: number; run: number; number: number } | null {
  for (const { fragment, index, holder } of machine.linked.rules) {
    const { id: rule } = fragment.rule;
    if (index !== holder || !id.startsWith(`${rule}:`)) continue;
    const [run, number, generation = 0] = id
      .slice(rule.length + 1)
      .split(':')
      .map(Number);
    if (generation !== (machine.generations.get(rule) ?? 0)) continue;
    const found = runsOf(machine, index).some((each) => machine.memory.word(each + abi.RUN_ID) === run);
    if (found) return { rule: index, run: run!, number: number! };
  }
  return null;
}
