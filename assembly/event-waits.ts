// Waits for an event: only what happens from now on ends them.

import * as abi from './abi';
import { nextInstant } from './clock';
import { evaluate } from './evaluate';
import { addListener, hasListeners, listenToSources, listenerFor, reread } from './listeners';
import { now, word } from './memory';
import { isMember, memberOf } from './predicates';
import { clearCell } from './runs';
import * as scratch from './scratch';
import { rememberInput } from './starts';
import { armStrand } from './timers';
import * as triggers from './triggers';
import { UNKNOWN, toAnswer } from './value';
import { block, endWait, forgetWait, timeOutAtOnce, timeoutOf, wake } from './waits';

/** Comes to a wait for an event: only what happens from now on ends it. */
export function beginEventWait(strand: u32, at: u32): u32 {
  const timeout = timeoutOf(strand, at);
  if (scratch.suspended) return abi.STEP_NEEDS;
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
    if (kind == abi.KIND_TIME && hasListeners(at) && !listenToSources(strand, at)) return abi.STEP_NEEDS;
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

export function offerEvent(strand: u32): u32 {
  const trigger = load<u32>(load<u32>(strand, abi.STRAND_CODE), abi.OP_A);
  const cell = strand + abi.STRAND_CELL;
  const kind = load<u32>(trigger, abi.TRIGGER_KIND);
  if (kind == abi.KIND_EVENT) {
    if (eventMatches(trigger)) accept(strand, trigger);
    return abi.UNIT_DONE;
  }
  if (hasListeners(load<u32>(strand, abi.STRAND_CODE))) return offerListener(strand, trigger, kind);
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
  followWait(strand, strand, trigger, outcome);
  return abi.UNIT_DONE;
}

/** Shows the current input to what listens for a waiting strand. */
function offerListener(strand: u32, trigger: u32, kind: u32): u32 {
  const slot = load<u32>(abi.H_INPUT, abi.INPUT_SLOT);
  if (kind == abi.KIND_TIME) return reread(strand, slot) ? abi.UNIT_DONE : abi.STEP_NEEDS;
  const member = memberOf(trigger, slot);
  if (member < 0) return abi.UNIT_DONE;
  let listener = listenerFor(strand, slot);
  if (listener == 0) {
    listener = addListener(strand, slot, member);
    if (listener == 0) return abi.UNIT_DONE;
    triggers.armOn(trigger, listener + abi.STRAND_CELL, load<u64>(abi.H_INPUT, abi.INPUT_PREVIOUS));
  }
  followWait(strand, listener, trigger, propertyOutcome(trigger, listener + abi.STRAND_CELL, kind));
  return abi.UNIT_DONE;
}

function propertyOutcome(trigger: u32, cell: u32, kind: u32): u32 {
  const value = load<u64>(abi.H_INPUT, abi.INPUT_VALUE);
  const origin = load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN);
  if (kind == abi.KIND_STATEMENT) return triggers.onStatement(trigger, cell, value, origin);
  return triggers.onProperty(trigger, cell, load<u64>(abi.H_INPUT, abi.INPUT_PREVIOUS), value, origin);
}

/** Does what a trigger's outcome asks of a waiting strand; `listener` is the one that keeps its memory. */
function followWait(strand: u32, listener: u32, trigger: u32, outcome: u32): void {
  const cell = listener + abi.STRAND_CELL;
  if (outcome == triggers.FIRES) return accept(strand, trigger);
  if (outcome == triggers.NOTHING) return;
  const begins = outcome == triggers.BEGINS;
  store<f64>(cell, begins ? now() + load<f64>(trigger, abi.TRIGGER_FOR) : abi.NO_TIME, abi.CELL_FOR_AT);
  if (begins) rememberInput(trigger, cell, currentDevice());
  armStrand(listener);
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

/** The device that the current input is about: an event says it, of a slot its entry knows it. */
function currentDevice(): u32 {
  const device = load<u32>(abi.H_INPUT, abi.INPUT_DEVICE);
  return device != 0 ? device : load<u32>(word(abi.H_ENTRY), abi.ENTRY_DEVICE);
}

/** Ends a wait by the current input, whose particulars become `wait.…`. */
function accept(strand: u32, trigger: u32): void {
  const context = load<u32>(strand, abi.STRAND_RUN) + abi.RUN_WAIT_CONTEXT;
  store<u64>(context, load<u64>(abi.H_INPUT, abi.INPUT_VALUE), abi.CONTEXT_VALUE);
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_ID), abi.CONTEXT_TRIGGER);
  store<u32>(context, currentDevice(), abi.CONTEXT_DEVICE);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_ACTION), abi.CONTEXT_ACTION);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_DATA), abi.CONTEXT_DATA);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN), abi.CONTEXT_ORIGIN);
  if (load<u32>(trigger, abi.TRIGGER_KIND) == abi.KIND_EXPRESSION) {
    store<u64>(context, UNKNOWN, abi.CONTEXT_VALUE);
    memory.fill(context + abi.CONTEXT_DEVICE, 0, 20);
  }
  endWait(strand, false);
  wake(strand);
}

export function eventDue(strand: u32, at: f64): u32 {
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
  else followWait(strand, strand, trigger, outcome);
  return abi.UNIT_DONE;
}

/** A wait's `for` or instant has come: `wait.…` says what the cell remembers. */
export function passFromCell(strand: u32, trigger: u32, cell: u32): void {
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
