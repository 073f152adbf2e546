// Waiting strands: how a wait begins and ends, and waits for a condition.

import * as abi from './abi';
import { evaluate } from './evaluate';
import { endListeners, hasListeners } from './listeners';
import { now, word } from './memory';
import { clearCell, endRun, makeReady } from './runs';
import * as scratch from './scratch';
import { armStrand } from './timers';
import { UNKNOWN } from './value';

const HAS_TIMEOUT: u32 = 1;

const STOPS_ON_TIMEOUT: u32 = 2;

/** Beside UNIT_DONE, STEP_IDLE and STEP_NEEDS: the wait ended its run. */
const ENDED: u32 = 18;

/** Lets a strand go on behind the instruction at which it waits. */
export function wake(strand: u32): void {
  const at = load<u32>(strand, abi.STRAND_CODE);
  if (load<u32>(strand, abi.STRAND_STATUS) == abi.STATUS_EVENT && hasListeners(at)) endListeners(strand);
  store<u32>(strand, at + abi.OP_SIZE, abi.STRAND_CODE);
  makeReady(strand);
}

/** Notes how the run's wait ended. */
export function endWait(strand: u32, timedOut: bool): void {
  const run = load<u32>(strand, abi.STRAND_RUN);
  store<u32>(run, timedOut ? abi.TIMED_OUT_YES : abi.TIMED_OUT_NO, abi.RUN_TIMED_OUT);
}

/** What `wait.…` says while nothing has ended the wait. */
export function forgetWait(run: u32): void {
  memory.fill(run + abi.RUN_WAIT_CONTEXT, 0, abi.CONTEXT_SIZE);
  store<u64>(run + abi.RUN_WAIT_CONTEXT, UNKNOWN, abi.CONTEXT_VALUE);
  store<u32>(run, abi.TIMED_OUT_NO, abi.RUN_TIMED_OUT);
}

export function timeOut(strand: u32): void {
  const at = load<u32>(strand, abi.STRAND_CODE);
  endWait(strand, true);
  if (!(load<u8>(at, abi.OP_AUX) & <u8>STOPS_ON_TIMEOUT)) return wake(strand);
  endRun(load<u32>(strand, abi.STRAND_RUN), abi.OUTCOME_STOPPED, at);
}

/** Evaluates what a strand waits for; `watch` notes when time alone may change the answer. */
function conditionHolds(strand: u32, code: u32): bool {
  const run = load<u32>(strand, abi.STRAND_RUN);
  scratch.begin(run + abi.RUN_CONTEXT, strand, run);
  scratch.watchTime();
  return evaluate(code);
}

/** Reads the timeout of the wait at `at`, in ms; NO_TIME when it has none. Sets `scratch.suspended` if the host must answer. */
export function timeoutOf(strand: u32, at: u32): f64 {
  scratch.begin(0, 0, 0);
  if (!(load<u8>(at, abi.OP_AUX) & <u8>HAS_TIMEOUT)) return abi.NO_TIME;
  const code = load<u32>(at, abi.OP_TARGET);
  return code == 0 ? load<f64>(at, abi.OP_VALUE) : durationFrom(strand, code);
}

/** A duration that an expression gives, in ms; what is not one counts as none. */
export function durationFrom(strand: u32, code: u32): f64 {
  const run = load<u32>(strand, abi.STRAND_RUN);
  scratch.begin(run + abi.RUN_CONTEXT, strand, run);
  evaluate(code);
  if (scratch.suspended) return 0;
  const value = scratch.pop();
  return value == UNKNOWN ? 0 : max(0.0, reinterpret<f64>(value));
}

export function block(strand: u32, status: u32, timeout: f64): void {
  store<u32>(strand, status, abi.STRAND_STATUS);
  store<u32>(strand, word(abi.H_INPUT_MARK), abi.STRAND_AWAITED);
  store<f64>(strand, timeout >= abi.NO_TIME ? abi.NO_TIME : now() + timeout, abi.STRAND_TIMEOUT);
  armStrand(strand);
}

/** Comes to a `wait until`: STEP_IDLE when the strand now waits, UNIT_DONE when it goes on at once. */
export function beginWait(strand: u32, at: u32): u32 {
  const timeout = timeoutOf(strand, at);
  if (scratch.suspended) return abi.STEP_NEEDS;
  forgetWait(load<u32>(strand, abi.STRAND_RUN));
  const passes = conditionHolds(strand, load<u32>(at, abi.OP_A));
  if (scratch.suspended) return abi.STEP_NEEDS;
  if (passes) return abi.UNIT_DONE;
  if (timeout == 0) return timeOutAtOnce(strand, at);
  clearCell(strand + abi.STRAND_CELL);
  store<f64>(strand + abi.STRAND_CELL, scratch.recheckAt, abi.CELL_RECHECK_AT);
  block(strand, abi.STATUS_CONDITION, timeout);
  return abi.STEP_IDLE;
}

/** A wait without any time: over before anything can happen. */
export function timeOutAtOnce(strand: u32, at: u32): u32 {
  endWait(strand, true);
  if (!(load<u8>(at, abi.OP_AUX) & <u8>STOPS_ON_TIMEOUT)) return abi.UNIT_DONE;
  endRun(load<u32>(strand, abi.STRAND_RUN), abi.OUTCOME_STOPPED, at);
  return ENDED;
}

/** Evaluates a waiting strand's condition again. */
export function recheck(strand: u32): u32 {
  const passes = conditionHolds(strand, load<u32>(load<u32>(strand, abi.STRAND_CODE), abi.OP_A));
  if (scratch.suspended) return abi.STEP_NEEDS;
  if (passes) {
    forgetWait(load<u32>(strand, abi.STRAND_RUN));
    wake(strand);
    return abi.UNIT_DONE;
  }
  store<f64>(strand + abi.STRAND_CELL, scratch.recheckAt, abi.CELL_RECHECK_AT);
  armStrand(strand);
  return abi.UNIT_DONE;
}
