// Carries a strand on, action by action, until it waits or ends. An action first evaluates, then acts: when the host must
// answer in between, the action is simply done again.

import * as abi from './abi';
import { GONE, fork, join, leave } from './branches';
import { enqueue, markChain, mayGoOn } from './chains';
import { evaluate } from './evaluate';
import { FUEL_OFFENCES_MAX, STEPS_PER_INSTANT_MAX } from './limits';
import { now, putWord, ruleAt, word } from './memory';
import { hasRoom, hasRows, writeCommand, writeRows } from './output';
import { endRun } from './runs';
import * as scratch from './scratch';
import { changeSlot, lastKnown } from './slots';
import { switchOff, switchTo } from './switch';
import { armStrand } from './timers';
import { UNKNOWN, isNumber, isText, textOf, toNumber } from './value';
import { beginEventWait } from './event-waits';
import { beginWait, durationFrom } from './waits';

const NO_INDEX: u32 = 0xffffffff;

/** Carries the first ready strand on. */
export function carryOn(): u32 {
  const strand = word(abi.H_READY);
  const run = load<u32>(strand, abi.STRAND_RUN);
  while (hasRoom()) {
    const at = load<u32>(strand, abi.STRAND_CODE);
    const op = <u32>load<u8>(at);
    if (op <= abi.OP_WAIT_EVENT && op != abi.OP_JUMP && !hasFuel(run, at)) return abi.UNIT_DONE;
    const status = perform(op, at, strand, run);
    if (status == abi.STEP_NEEDS || status == abi.STEP_FULL) return status;
    if (status == GONE) return abi.UNIT_DONE;
    putWord(abi.H_MEMO_COUNT, 0);
  }
  return abi.STEP_FULL;
}

/** Counts a step of a run at this instant; a run that takes too many is stopped, and in the end its rule. */
function hasFuel(run: u32, at: u32): bool {
  if (load<f64>(run, abi.RUN_STEPS_AT) != now()) {
    store<f64>(run, now(), abi.RUN_STEPS_AT);
    store<u32>(run, 0, abi.RUN_STEPS);
  }
  const steps = load<u32>(run, abi.RUN_STEPS) + 1;
  store<u32>(run, steps, abi.RUN_STEPS);
  if (!mayGoOn()) {
    endRun(run, abi.OUTCOME_CASCADE, at);
    return false;
  }
  if (steps <= STEPS_PER_INSTANT_MAX) return true;
  const rule = load<u32>(run, abi.RUN_RULE);
  const offences = load<u32>(ruleAt(rule), abi.RULE_OFFENCES) + 1;
  store<u32>(ruleAt(rule), offences, abi.RULE_OFFENCES);
  if (offences >= FUEL_OFFENCES_MAX) switchOff(rule);
  endRun(run, abi.OUTCOME_FUEL, at);
  return false;
}

function advance(strand: u32, at: u32): u32 {
  store<u32>(strand, at + abi.OP_SIZE, abi.STRAND_CODE);
  return abi.UNIT_DONE;
}

function jump(strand: u32, to: u32): u32 {
  store<u32>(strand, to, abi.STRAND_CODE);
  return abi.UNIT_DONE;
}

function perform(op: u32, at: u32, strand: u32, run: u32): u32 {
  switch (op) {
    case abi.OP_SET_ROWS:
    case abi.OP_ACT:
      return act(op, at, strand, run);
    case abi.OP_MODE:
    case abi.OP_VARIABLE:
      return assign(op, at, strand, run);
    case abi.OP_EMIT:
      return emit(at, strand, run);
    case abi.OP_AUTOMATION:
      return automate(at, strand, run);
    case abi.OP_DELAY:
      return delay(at, strand);
    case abi.OP_WAIT:
    case abi.OP_WAIT_EVENT:
      return wait(op, at, strand);
    case abi.OP_JUMP:
      return jump(strand, load<u32>(at, abi.OP_TARGET));
    case abi.OP_STEP:
      return advance(strand, at);
    case abi.OP_JUMP_UNLESS:
      return choose(at, strand, run);
    case abi.OP_REPEAT:
    case abi.OP_ROUND_NEXT:
      return repeat(op, at, strand, run);
    case abi.OP_PARALLEL:
      return fork(at, strand, run);
    case abi.OP_OUTCOME:
      return awaitOutcome(strand, run);
    case abi.OP_BRANCH_END:
      return join(strand);
    default:
      return end(op, at, run);
  }
}

function end(op: u32, at: u32, run: u32): u32 {
  if (op == abi.OP_FINISH) store<u32>(ruleAt(load<u32>(run, abi.RUN_RULE)), 0, abi.RULE_OFFENCES);
  endRun(run, op == abi.OP_STOP ? abi.OUTCOME_STOPPED : abi.OUTCOME_FINISHED, op == abi.OP_STOP ? at : 0);
  return GONE;
}

/** Evaluates the expressions of an action; their values are then on the stack, from its bottom. */
function evaluateFor(code: u32, strand: u32, run: u32): bool {
  scratch.begin(run + abi.RUN_CONTEXT, strand, run);
  if (code != 0) evaluate(code);
  return !scratch.suspended;
}

function act(op: u32, at: u32, strand: u32, run: u32): u32 {
  if (op == abi.OP_SET_ROWS && word(abi.H_ROWS) != 0) {
    if (!hasRows(load<u32>(at, abi.OP_VALUE + 4))) return abi.STEP_FULL;
    writeRows(run, load<u32>(at, abi.OP_VALUE), load<u32>(at, abi.OP_VALUE + 4));
  } else {
    if (!evaluateFor(load<u32>(at, abi.OP_TARGET), strand, run)) return abi.STEP_NEEDS;
    writeCommand(run, load<u32>(at, abi.OP_A), scratch.height());
  }
  markChain(load<u32>(at, abi.OP_B));
  return advance(strand, at);
}

/** Sets the mode or a variable: the value at once, what it triggers behind the rules of the current input. */
function assign(op: u32, at: u32, strand: u32, run: u32): u32 {
  if (!evaluateFor(load<u32>(at, abi.OP_TARGET), strand, run)) return abi.STEP_NEEDS;
  const value = load<u64>(word(abi.H_STACK));
  if (op == abi.OP_MODE) {
    if (!isText(value)) return advance(strand, at);
    writeCommand(run, load<u32>(at, abi.OP_A), 1);
  }
  const slot = op == abi.OP_MODE ? word(abi.H_MODE_SLOT) : load<u32>(at, abi.OP_B);
  const previous = lastKnown(slot);
  if (!changeSlot(slot, value, 0)) return advance(strand, at);
  const input = enqueue(run, abi.INPUT_VALUE_CHANGED);
  if (input == 0) return overflow(run, at);
  store<u32>(input, slot, abi.INPUT_SLOT);
  store<u64>(input, value, abi.INPUT_VALUE);
  store<u64>(input, previous, abi.INPUT_PREVIOUS);
  return advance(strand, at);
}

/** A run that causes more than there is room for is stopped. */
function overflow(run: u32, at: u32): u32 {
  endRun(run, abi.OUTCOME_CASCADE, at);
  return GONE;
}

/** An event of one's own; the host makes one text of its data, so that it fits into a value. */
function emit(at: u32, strand: u32, run: u32): u32 {
  if (!evaluateFor(load<u32>(at, abi.OP_TARGET), strand, run)) return abi.STEP_NEEDS;
  const count = scratch.height();
  let data: u32 = 0;
  if (load<u8>(at, abi.OP_AUX)) {
    for (let i: u32 = 0; i < count; i++) scratch.push(load<u64>(word(abi.H_STACK) + i * 8));
    scratch.ask(abi.HOST_DATA, at, count);
    if (scratch.suspended) return abi.STEP_NEEDS;
    data = textOf(scratch.pop());
  }
  writeCommand(run, load<u32>(at, abi.OP_A), count);
  const slot = load<u32>(at, abi.OP_B);
  if (slot == NO_INDEX) return advance(strand, at);
  const input = enqueue(run, abi.INPUT_EVENT);
  if (input == 0) return overflow(run, at);
  store<u32>(input, slot, abi.INPUT_SLOT);
  store<u64>(input, UNKNOWN, abi.INPUT_VALUE);
  store<u32>(input, data, abi.INPUT_DATA);
  return advance(strand, at);
}

function automate(at: u32, strand: u32, run: u32): u32 {
  const rule = load<u32>(at, abi.OP_A);
  const what = load<u8>(at, abi.OP_AUX);
  if (rule == NO_INDEX) return advance(strand, at);
  if (what != 0) {
    return switchTo(rule, what == 1) == abi.STEP_NEEDS ? abi.STEP_NEEDS : advance(strand, at);
  }
  const input = enqueue(run, abi.INPUT_START_RULE);
  if (input == 0) return overflow(run, at);
  store<u32>(input, rule, abi.INPUT_SLOT);
  store<u64>(input, UNKNOWN, abi.INPUT_VALUE);
  store<u32>(input, load<u32>(at, abi.OP_B), abi.INPUT_BUTTON);
  return advance(strand, at);
}

function delay(at: u32, strand: u32): u32 {
  const code = load<u32>(at, abi.OP_TARGET);
  const duration = code == 0 ? load<f64>(at, abi.OP_VALUE) : durationFrom(strand, code);
  if (code != 0 && scratch.suspended) return abi.STEP_NEEDS;
  if (duration == 0) return advance(strand, at);
  leave(strand);
  store<u32>(strand, abi.STATUS_DELAY, abi.STRAND_STATUS);
  store<f64>(strand, now() + duration, abi.STRAND_TIMEOUT);
  armStrand(strand);
  return GONE;
}

function wait(op: u32, at: u32, strand: u32): u32 {
  const status = op == abi.OP_WAIT ? beginWait(strand, at) : beginEventWait(strand, at);
  if (status == abi.STEP_NEEDS) return status;
  if (status == abi.UNIT_DONE) return advance(strand, at);
  if (status == abi.STEP_IDLE) leave(strand);
  return GONE;
}

function choose(at: u32, strand: u32, run: u32): u32 {
  scratch.begin(run + abi.RUN_CONTEXT, strand, run);
  const passes = evaluate(load<u32>(at, abi.OP_A));
  if (scratch.suspended) return abi.STEP_NEEDS;
  return passes ? advance(strand, at) : jump(strand, load<u32>(at, abi.OP_TARGET));
}

/** REPEAT sets the counter and how many rounds there are; ROUND_NEXT begins a round or leaves. */
function repeat(op: u32, at: u32, strand: u32, run: u32): u32 {
  const local = run + abi.RUN_LOCALS + <u32>load<u8>(at, abi.OP_AUX) * 8;
  if (op == abi.OP_ROUND_NEXT) {
    const index = load<u32>(local);
    if (index >= load<u32>(local, 4)) return jump(strand, load<u32>(at, abi.OP_TARGET));
    store<u32>(local, index + 1);
    return advance(strand, at);
  }
  let rounds = load<u32>(at, abi.OP_B);
  if (load<u32>(at, abi.OP_TARGET) != 0) {
    if (!evaluateFor(load<u32>(at, abi.OP_TARGET), strand, run)) return abi.STEP_NEEDS;
    const value = scratch.pop();
    rounds = isNumber(value) ? <u32>max(0.0, min(1e9, Math.floor(toNumber(value)))) : 0;
  }
  store<u32>(local, 0);
  store<u32>(local, rounds, 4);
  return advance(strand, at);
}

function awaitOutcome(strand: u32, run: u32): u32 {
  leave(strand);
  store<u32>(strand, abi.STATUS_OUTCOME, abi.STRAND_STATUS);
  store<u32>(strand, load<u32>(run, abi.RUN_COMMANDS), abi.STRAND_AWAITED);
  return GONE;
}
