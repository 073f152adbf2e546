// Makes a machine for a rule set.

import * as abi from '../../../../assembly/abi.ts';
import type { Fragment } from '../compile/fragment.ts';
import type { CoreModule } from '../core.ts';
import { DEFAULT_MODE, holidayNumbers } from '../home.ts';
import { link } from '../link/link.ts';
import type { PlannedRule } from '../link/plan.ts';
import { writeValue } from '../link/values.ts';
import type { EngineHome } from '../types.ts';
import { Machine } from './machine.ts';
import type { RuleSet } from './rule-set.ts';

export interface Ghost {
  readonly fragment: Fragment;
  readonly runs: number;
  readonly strands: number;
}

/** What a layout depends on beside the rules. An image of this layout names it again. */
export interface LayoutInput {
  readonly ghosts: readonly Ghost[];
  readonly persons: readonly string[];
  readonly carriedSlots: number;
}

export const FRESH_LAYOUT: LayoutInput = { ghosts: [], persons: [], carriedSlots: 0 };

/** @param before the rules of the layout that this one takes the place of */
export function buildMachine(
  module: CoreModule,
  rules: RuleSet,
  layout: LayoutInput,
  before: readonly PlannedRule[] = [],
): Machine {
  const { fragments, home, map } = rules;
  const linked = link({ fragments, home: map, holidays: holidayNumbers(home), ...layout, before });
  return new Machine(module, linked, home, layout);
}

/** Sets a new machine's clock, mode and random numbers, and gives everything its first state. */
export function startMachine(machine: Machine, home: EngineHome, startAt: number, seed: number): void {
  const { memory, linked, strings } = machine;
  memory.putFloat(abi.H_NOW, startAt);
  memory.putWord(abi.H_RANDOM, seed >>> 0);
  memory.putWord(abi.H_RANDOM + 4, Math.floor(seed / 2 ** 32) >>> 0);
  const mode = linked.state.slotsAt + linked.names.slot('m') * abi.SLOT_SIZE;
  writeValue(memory.view, mode + abi.SLOT_VALUE, home.mode ?? DEFAULT_MODE, strings);
  writeValue(memory.view, mode + abi.SLOT_KNOWN, home.mode ?? DEFAULT_MODE, strings);
  memory.putFloat(mode + abi.SLOT_CHANGED, startAt);
  machine.coverTime(home.timeZone, startAt);
  machine.initialise();
}
