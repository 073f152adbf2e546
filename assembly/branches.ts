// Branches that run beside one another: strands of one run, which goes on when all have ended.

import * as abi from './abi';
import { putWord } from './memory';
import { endRun, endStrand, makeReady, spawn } from './runs';

/** Beside UNIT_DONE (next action) and STEP_NEEDS: the strand waits, or it or its run has ended. */
export const GONE: u32 = 16;

/** Takes a strand that begins to wait from the ready ones. */
export function leave(strand: u32): void {
  putWord(abi.H_READY, load<u32>(strand, abi.STRAND_READY));
}

export function fork(at: u32, strand: u32, run: u32): u32 {
  const list = load<u32>(at, abi.OP_A);
  const count = load<u32>(at, abi.OP_B);
  store<u32>(strand, at + abi.OP_SIZE, abi.STRAND_CODE);
  leave(strand);
  store<u32>(strand, abi.STATUS_CHILDREN, abi.STRAND_STATUS);
  store<u32>(strand, count, abi.STRAND_CHILDREN);
  let previous: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    previous = spawn(run, load<u32>(list + i * 4), strand, previous);
    if (previous != 0) continue;
    endRun(run, abi.OUTCOME_FUEL, at);
    return GONE;
  }
  return GONE;
}

export function join(strand: u32): u32 {
  const parent = load<u32>(strand, abi.STRAND_PARENT);
  const run = load<u32>(strand, abi.STRAND_RUN);
  endStrand(strand);
  countOrdinals(run);
  const left = load<u32>(parent, abi.STRAND_CHILDREN) - 1;
  store<u32>(parent, left, abi.STRAND_CHILDREN);
  if (left == 0) makeReady(parent);
  return GONE;
}

/** Strands are numbered on behind those that are left, so that a loop that forks for ever stays in its order. */
function countOrdinals(run: u32): void {
  let next: u32 = 0;
  for (let each = load<u32>(run, abi.RUN_STRANDS); each != 0; each = load<u32>(each, abi.STRAND_NEXT)) {
    next = max(next, load<u32>(each, abi.STRAND_ORDINAL) + 1);
  }
  store<u32>(run, next, abi.RUN_ORDINALS);
}
