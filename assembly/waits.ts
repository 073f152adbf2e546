// Waiting strands: when a wait ends, and what happens to it while it lasts.

import * as abi from './abi';
import { nextInstant } from './clock';
import { evaluate } from './evaluate';
import { now, putWord, ruleAt, word } from './memory';
import { isMember } from './predicates';
import { clearCell, endRun, makeReady } from './runs';
import * as scratch from './scratch';
import { armStrand } from './timers';
import { rememberInput } from './starts';
import * as triggers from './triggers';
import { UNKNOWN, YES, toAnswer } from './value';

const HAS_TIMEOUT: u32 = 1;
const STOPS_ON_TIMEOUT: u32 = 2;
/** Beside UNIT_DONE, STEP_IDLE and STEP_NEEDS: the wait ended its run. */
const ENDED: u32 = 18;

/** Lets a strand go on behind the instruction at which it waits. */
export function wake(strand: u32): void {
  store<u32>(strand, load<u32>(strand, abi.STRAND_CODE) + abi.OP_SIZE, abi.STRAND_CODE);
  makeReady(strand);
}

/** Notes how the run's wait ended. */
function endWait(strand: u32, timedOut: bool): void {
  const run = load<u32>(strand, abi.STRAND_RUN);
  store<u32>(run, timedOut ? abi.TIMED_OUT_YES : abi.TIMED_OUT_NO, abi.RUN_TIMED_OUT);
}

/** What `wait.…` says while nothing has ended the wait. */
function forgetWait(run: u32): void {
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
function timeoutOf(strand: u32, at: u32): f64 {
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

function block(strand: u32, status: u32, timeout: f64): void {
  store<u32>(strand, status, abi.STRAND_STATUS);
  store<u32>(strand, word(abi.H_INPUT_MARK), abi.STRAND_AWAITED);
  store<f64>(strand, timeout >= abi.NO_TIME ? abi.NO_TIME : now() + timeout, abi.STRAND_TIMEOUT);
  armStrand(strand);
}

/** Comes to a `wait until`: STEP_IDLE when the strand now waits, UNIT_DONE when it goes on at once. */
export function beginWait(strand: u32, at: u32): u32 {
  const timeout = timeoutOf(strand, at);
  if (timeout < abi.NO_TIME && scratch.suspended) return abi.STEP_NEEDS;
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
function timeOutAtOnce(strand: u32, at: u32): u32 {
  endWait(strand, true);
  if (!(load<u8>(at, abi.OP_AUX) & <u8>STOPS_ON_TIMEOUT)) return abi.UNIT_DONE;
  endRun(load<u32>(strand, abi.STRAND_RUN), abi.OUTCOME_STOPPED, at);
  return ENDED;
}

/** Comes to a wait for an event: only what happens from now on ends it. */
export function beginEventWait(strand: u32, at: u32): u32 {
  const timeout = timeoutOf(strand, at);
  if (timeout < abi.NO_TIME && scratch.suspended) return abi.STEP_NEEDS;
  const trigger = load<u32>(at, abi.OP_A);
  const cell = strand + abi.STRAND_CELL;
  const kind = load<u32>(trigger, abi.TRIGGER_KIND);
  if (timeout == 0) {
    forgetWait(load<u32>(strand, abi.STRAND_RUN));
    return timeOutAtOnce(strand, at);
  }
  if (kind == abi.KIND_EXPRESSION) {
    const holds = expressionOf(trigger);
    if (scratch.suspended) return abi.STEP_NEEDS;
    clearCell(cell);
    triggers.onExpression(trigger, cell, holds);
    store<f64>(cell, scratch.recheckAt, abi.CELL_RECHECK_AT);
  } else {
    clearCell(cell);
    if (kind < abi.KIND_TIME) triggers.armOnKnown(trigger, cell);
    else store<f64>(cell, nextInstant(trigger, cell, now()), abi.CELL_RECHECK_AT);
  }
  forgetWait(load<u32>(strand, abi.STRAND_RUN));
  block(strand, abi.STATUS_EVENT, timeout);
  return abi.STEP_IDLE;
}

/** The expression of an event that is waited for knows no more of the run than a rule's own trigger does. */
function expressionOf(trigger: u32): u32 {
  scratch.begin(0, 0, 0);
  scratch.watchTime();
  evaluate(load<u32>(trigger, abi.TRIGGER_CODE));
  return scratch.suspended ? 0 : toAnswer(scratch.pop());
}

/** The next strand of a rule, by age, that waits and has not been looked at in this input; 0 when there is none. */
export function nextWaiting(rule: u32): u32 {
  const fromRun = word(abi.H_WAIT_RUN);
  for (let run = load<u32>(ruleAt(rule), abi.RULE_FIRST); run != 0; run = load<u32>(run, abi.RUN_NEXT)) {
    const id = load<u32>(run, abi.RUN_ID);
    if (id < fromRun) continue;
    const from = id == fromRun ? word(abi.H_WAIT_ORDINAL) : 0;
    for (let strand = load<u32>(run, abi.RUN_STRANDS); strand != 0; strand = load<u32>(strand, abi.STRAND_NEXT)) {
      if (load<u32>(strand, abi.STRAND_ORDINAL) < from) continue;
      const status = load<u32>(strand, abi.STRAND_STATUS);
      if (status != abi.STATUS_CONDITION && status != abi.STATUS_EVENT) continue;
      if (load<u32>(strand, abi.STRAND_AWAITED) != word(abi.H_INPUT_MARK)) return strand;
    }
  }
  return 0;
}

/** Shows the current input to a waiting strand. */
export function offerInput(strand: u32): u32 {
  const run = load<u32>(strand, abi.STRAND_RUN);
  const status = load<u32>(strand, abi.STRAND_STATUS) == abi.STATUS_CONDITION ? recheck(strand) : offerEvent(strand);
  if (status == abi.STEP_NEEDS) return status;
  putWord(abi.H_WAIT_RUN, load<u32>(run, abi.RUN_ID));
  putWord(abi.H_WAIT_ORDINAL, load<u32>(strand, abi.STRAND_ORDINAL) + 1);
  return abi.UNIT_DONE;
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

function offerEvent(strand: u32): u32 {
  const trigger = load<u32>(load<u32>(strand, abi.STRAND_CODE), abi.OP_A);
  const cell = strand + abi.STRAND_CELL;
  const kind = load<u32>(trigger, abi.TRIGGER_KIND);
  if (kind == abi.KIND_EVENT) {
    if (eventMatches(trigger)) accept(strand, trigger);
    return abi.UNIT_DONE;
  }
  let outcome: u32 = triggers.NOTHING;
  if (kind == abi.KIND_EXPRESSION) {
    const holds = expressionOf(trigger);
    if (scratch.suspended) return abi.STEP_NEEDS;
    outcome = triggers.onExpression(trigger, cell, holds);
    store<f64>(cell, scratch.recheckAt, abi.CELL_RECHECK_AT);
    armStrand(strand);
  } else if (isMember(trigger, load<u32>(abi.H_INPUT, abi.INPUT_SLOT))) {
    outcome = propertyOutcome(trigger, cell, kind);
  }
  followWait(strand, trigger, outcome);
  return abi.UNIT_DONE;
}

function propertyOutcome(trigger: u32, cell: u32, kind: u32): u32 {
  const value = load<u64>(abi.H_INPUT, abi.INPUT_VALUE);
  const origin = load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN);
  if (kind == abi.KIND_STATEMENT) return triggers.onStatement(trigger, cell, value, origin);
  return triggers.onProperty(trigger, cell, load<u64>(abi.H_INPUT, abi.INPUT_PREVIOUS), value, origin);
}

function followWait(strand: u32, trigger: u32, outcome: u32): void {
  const cell = strand + abi.STRAND_CELL;
  if (outcome == triggers.FIRES) return accept(strand, trigger);
  if (outcome == triggers.NOTHING) return;
  const begins = outcome == triggers.BEGINS;
  store<f64>(cell, begins ? now() + load<f64>(trigger, abi.TRIGGER_FOR) : abi.NO_TIME, abi.CELL_FOR_AT);
  if (begins) rememberInput(trigger, cell, load<u32>(abi.H_INPUT, abi.INPUT_DEVICE));
  armStrand(strand);
}

function eventMatches(trigger: u32): bool {
  if (load<u32>(trigger, abi.PREDICATE_SLOT) != load<u32>(abi.H_INPUT, abi.INPUT_SLOT)) return false;
  const devices = load<u32>(trigger, abi.TRIGGER_DEVICES);
  if (devices == 0) return triggers.onEvent(trigger, 0);
  const count = load<u32>(devices);
  for (let i: u32 = 1; i <= count; i++) {
    if (triggers.onEvent(trigger, load<u32>(devices + i * 4))) return true;
  }
  return false;
}

/** Ends a wait by the current input, whose particulars become `wait.…`. */
function accept(strand: u32, trigger: u32): void {
  const context = load<u32>(strand, abi.STRAND_RUN) + abi.RUN_WAIT_CONTEXT;
  store<u64>(context, load<u64>(abi.H_INPUT, abi.INPUT_VALUE), abi.CONTEXT_VALUE);
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_ID), abi.CONTEXT_TRIGGER);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_DEVICE), abi.CONTEXT_DEVICE);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_ACTION), abi.CONTEXT_ACTION);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_DATA), abi.CONTEXT_DATA);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN), abi.CONTEXT_ORIGIN);
  if (load<u32>(trigger, abi.TRIGGER_KIND) == abi.KIND_EXPRESSION) memory.fill(context + abi.CONTEXT_DEVICE, 0, 20);
  endWait(strand, false);
  wake(strand);
}

/** A strand's timer is due: its delay, its condition's time, its event's `for` or instant, or its timeout. */
export function strandDue(strand: u32): u32 {
  const cell = strand + abi.STRAND_CELL;
  const status = load<u32>(strand, abi.STRAND_STATUS);
  const at = now();
  if (status == abi.STATUS_DELAY) wake(strand);
  else if (status == abi.STATUS_CONDITION && load<f64>(cell, abi.CELL_RECHECK_AT) <= at) return recheckAtTimeout(strand);
  else if (load<f64>(strand, abi.STRAND_TIMEOUT) <= at && status == abi.STATUS_EVENT) timeOut(strand);
  else if (status == abi.STATUS_EVENT && min(load<f64>(cell, abi.CELL_FOR_AT), load<f64>(cell, abi.CELL_RECHECK_AT)) <= at) {
    return eventDue(strand, at);
  } else timeOut(strand);
  return abi.UNIT_DONE;
}

function recheckAtTimeout(strand: u32): u32 {
  const status = recheck(strand);
  if (status != abi.UNIT_DONE || load<u32>(strand, abi.STRAND_STATUS) != abi.STATUS_CONDITION) return status;
  if (load<f64>(strand, abi.STRAND_TIMEOUT) <= now()) timeOut(strand);
  return abi.UNIT_DONE;
}

function eventDue(strand: u32, at: f64): u32 {
  const trigger = load<u32>(load<u32>(strand, abi.STRAND_CODE), abi.OP_A);
  const cell = strand + abi.STRAND_CELL;
  const isExpression = load<u32>(trigger, abi.TRIGGER_KIND) == abi.KIND_EXPRESSION;
  if (!isExpression || load<f64>(cell, abi.CELL_FOR_AT) <= at) {
    passFromCell(strand, trigger, cell);
    return abi.UNIT_DONE;
  }
  const holds = expressionOf(trigger);
  if (scratch.suspended) return abi.STEP_NEEDS;
  const outcome = triggers.onExpression(trigger, cell, holds);
  store<f64>(cell, scratch.recheckAt, abi.CELL_RECHECK_AT);
  armStrand(strand);
  if (outcome == triggers.FIRES) passFromCell(strand, trigger, cell);
  else followWait(strand, trigger, outcome);
  return abi.UNIT_DONE;
}

/** A wait's `for` or instant has come: `wait.…` says what the cell remembers. */
function passFromCell(strand: u32, trigger: u32, cell: u32): void {
  const run = load<u32>(strand, abi.STRAND_RUN);
  forgetWait(run);
  const context = run + abi.RUN_WAIT_CONTEXT;
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_ID), abi.CONTEXT_TRIGGER);
  if (load<u32>(trigger, abi.TRIGGER_KIND) < abi.KIND_TIME) {
    store<u64>(context, load<u64>(cell, abi.CELL_VALUE), abi.CONTEXT_VALUE);
    store<u32>(context, load<u32>(cell, abi.CELL_DEVICE), abi.CONTEXT_DEVICE);
    store<u32>(context, load<u32>(cell, abi.CELL_ORIGIN), abi.CONTEXT_ORIGIN);
  }
  wake(strand);
}
