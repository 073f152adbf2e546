// Where everything lies in the core's memory.

import * as abi from '../../../../assembly/abi.ts';
import {
  BATCH_EVENTS,
  BATCH_ROWS_MAX,
  HOST_ANSWERS_MAX,
  OUT_BYTES,
  QUEUE_INPUTS,
  RUNS_MAX,
  SPARE_SLOTS_MIN,
  STACK_VALUES_MAX,
} from '../../../../assembly/limits.ts';
import { align } from './values.ts';

/** Behind the header and the place for the runs of instant rules. */
const ARENA = align(abi.H_END + abi.RUN_SIZE);

export interface Counts {
  readonly namedSlots: number;
  readonly rules: number;
  readonly cells: number;
  readonly holds: number;
  readonly chains: number;
  readonly runs: number;
  readonly strands: number;
}

/** Addresses of the regions of the state, with their capacities. */
export interface StateLayout extends Counts {
  readonly slotCapacity: number;
  readonly slotsAt: number;
  readonly rulesAt: number;
  readonly cellsAt: number;
  readonly holdsAt: number;
  readonly chainsAt: number;
  readonly runsAt: number;
  readonly strandsAt: number;
  readonly timersAt: number;
  readonly timers: number;
  readonly end: number;
}

export function layOutState(counts: Counts, slotsInUse: number): StateLayout {
  const slotCapacity = slotsInUse + Math.max(SPARE_SLOTS_MIN, slotsInUse >> 2);
  const runs = Math.min(counts.runs, RUNS_MAX) + 1;
  const strands = Math.min(counts.strands, RUNS_MAX * 2) + 1;
  const timers = counts.cells + strands + 1;
  let at = ARENA;
  const region = (size: number): number => {
    const start = at;
    at = align(at + size);
    return start;
  };
  const slotsAt = region(slotCapacity * abi.SLOT_SIZE);
  const rulesAt = region(counts.rules * abi.RULE_SIZE);
  const cellsAt = region(counts.cells * abi.CELL_SIZE);
  const holdsAt = region(counts.holds * abi.HOLD_SIZE);
  const chainsAt = region(counts.chains * abi.CHAIN_SIZE);
  const runsAt = region(runs * abi.RUN_SIZE);
  const strandsAt = region(strands * abi.STRAND_SIZE);
  const timersAt = region((timers + 1) * abi.TIMER_SIZE);
  const state = { slotsAt, rulesAt, cellsAt, holdsAt, chainsAt, runsAt, strandsAt, timersAt };
  return { ...counts, ...state, slotCapacity, runs, strands, timers, end: at };
}

/** What lies behind the tables and holds nothing between steps. */
export interface RingLayout {
  readonly stackAt: number;
  readonly memoAt: number;
  readonly queueAt: number;
  readonly eventsAt: number;
  readonly outAt: number;
  readonly rowRulesAt: number;
  readonly rowSlotsAt: number;
  readonly rowValuesAt: number;
  readonly end: number;
}

export function layOutRings(start: number): RingLayout {
  let at = align(start);
  const region = (size: number): number => {
    const begin = at;
    at = align(at + size);
    return begin;
  };
  return {
    stackAt: region((STACK_VALUES_MAX + 8) * 8),
    memoAt: region(HOST_ANSWERS_MAX * abi.MEMO_SIZE),
    queueAt: region(QUEUE_INPUTS * abi.INPUT_SIZE),
    eventsAt: region(BATCH_EVENTS * abi.INPUT_SIZE),
    outAt: region(OUT_BYTES),
    rowRulesAt: region(BATCH_ROWS_MAX * 4),
    rowSlotsAt: region(BATCH_ROWS_MAX * 4),
    rowValuesAt: region(BATCH_ROWS_MAX * 8),
    end: at,
  };
}
