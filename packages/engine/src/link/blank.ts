// The state before anything has happened: rules as they were written, every cell and hold fresh.

import * as abi from '../../../../assembly/abi.ts';
import type { StateLayout } from './layout.ts';
import type { Plan } from './plan.ts';
import { UNKNOWN_HIGH } from './values.ts';

/** What lies from the first rule to behind the last chain. */
export function blankState(plan: Plan, state: StateLayout): Uint8Array {
  const bytes = new Uint8Array(state.runsAt - state.rulesAt);
  const words = new Uint32Array(bytes.buffer);
  const wordOf = (at: number): number => (at - state.rulesAt) >>> 2;
  blankCells(bytes, state);
  for (let rule = 0; rule < plan.rules.length; rule += 1) {
    const { fragment, ghost, index, firstCell, cells } = plan.rules[rule]!;
    const isOn = fragment.rule.enabled !== false && !ghost;
    words[wordOf(state.rulesAt + index * abi.RULE_SIZE + abi.RULE_ENABLED)] = isOn ? 1 : 0;
    for (let cell = 0; cell < cells.length; cell += 1)
      words[wordOf(state.cellsAt + (firstCell + cell) * abi.CELL_SIZE + abi.CELL_MEMBER)] = cells[cell]!.member;
  }
  for (let hold = 0; hold < state.holds; hold += 1) {
    words[wordOf(state.holdsAt + hold * abi.HOLD_SIZE + abi.HOLD_STATE)] = abi.HOLD_FRESH;
  }
  return bytes;
}

function blankCells(bytes: Uint8Array, state: StateLayout): void {
  if (state.cells === 0) return;
  const from = state.cellsAt - state.rulesAt;
  const view = new DataView(bytes.buffer, from, abi.CELL_SIZE);
  view.setUint32(abi.CELL_FLAGS, abi.CELL_FRESH, true);
  view.setUint32(abi.CELL_VALUE + 4, UNKNOWN_HIGH, true);
  view.setFloat64(abi.CELL_FOR_AT, abi.NO_TIME, true);
  view.setFloat64(abi.CELL_RECHECK_AT, abi.NO_TIME, true);
  repeat(bytes, from, abi.CELL_SIZE, state.cells * abi.CELL_SIZE);
}

/** Fills so many bytes with what stands at their beginning. */
export function repeat(bytes: Uint8Array, from: number, size: number, whole: number): void {
  for (let done = size; done < whole; done *= 2)
    bytes.copyWithin(from + done, from, from + Math.min(done, whole - done));
}
