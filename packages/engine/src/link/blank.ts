// The state before anything has happened: rules as they were written, every cell and hold fresh.

import * as abi from '../abi.ts';
import type { StateLayout } from './layout.ts';
import type { Plan } from './plan.ts';

export const UNKNOWN_HIGH = 0x7ffc_0000;

/** What lies from the first rule to behind the last chain. */
export function blankState(plan: Plan, state: StateLayout): Uint8Array {
  const bytes = new Uint8Array(state.runsAt - state.rulesAt);
  const words = new Uint32Array(bytes.buffer);
  const floats = new Float64Array(bytes.buffer);
  const wordOf = (at: number): number => (at - state.rulesAt) >>> 2;
  for (const { fragment, ghost, index, firstCell, cells } of plan.rules) {
    const isOn = fragment.rule.enabled !== false && !ghost;
    words[wordOf(state.rulesAt + index * abi.RULE_SIZE + abi.RULE_ENABLED)] = isOn ? 1 : 0;
    for (const [number, { member }] of cells.entries()) {
      const at = state.cellsAt + (firstCell + number) * abi.CELL_SIZE;
      words[wordOf(at + abi.CELL_FLAGS)] = abi.CELL_FRESH;
      words[wordOf(at + abi.CELL_VALUE + 4)] = UNKNOWN_HIGH;
      floats[wordOf(at + abi.CELL_FOR_AT) >>> 1] = abi.NO_TIME;
      floats[wordOf(at + abi.CELL_RECHECK_AT) >>> 1] = abi.NO_TIME;
      words[wordOf(at + abi.CELL_MEMBER)] = member;
    }
  }
  for (let hold = 0; hold < state.holds; hold += 1) {
    words[wordOf(state.holdsAt + hold * abi.HOLD_SIZE + abi.HOLD_STATE)] = abi.HOLD_FRESH;
  }
  return bytes;
}
