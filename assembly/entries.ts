// The entries of a slot's list for the current input: each may begin the start of its rule, or a `for`.

import * as abi from './abi';
import { nextInstant } from './clock';
import { evaluate } from './evaluate';
import { now, putWord, valueOf } from './memory';
import * as scratch from './scratch';
import { openStart, rememberInput, startFromInput } from './starts';
import { armTrigger } from './timers';
import * as triggers from './triggers';
import { UNKNOWN, toAnswer, toNumber } from './value';

/** Handles the entry of a trigger; STEP_NEEDS when the host must answer first. */
export function handleEntry(entry: u32): u32 {
  const trigger = load<u32>(entry, abi.ENTRY_TRIGGER);
  const cell = load<u32>(entry, abi.ENTRY_CELL);
  switch (load<u32>(entry, abi.ENTRY_KIND)) {
    case abi.ENTRY_EXPRESSION:
      return reevaluate(trigger, cell);
    case abi.ENTRY_SOURCE:
      return reread(trigger, cell);
    case abi.ENTRY_EVENT:
      if (triggers.onEvent(trigger, load<u32>(entry, abi.ENTRY_DEVICE))) fire(trigger, load<u32>(entry, abi.ENTRY_DEVICE));
      return abi.UNIT_DONE;
    default:
      settleProperty(entry, trigger, cell);
      return abi.UNIT_DONE;
  }
}

/** Whether an entry's predicate is so simple that it lies in it. */
@inline
export function isPlain(kind: u32): bool {
  return kind - abi.ENTRY_EQUALS <= abi.ENTRY_BELOW - abi.ENTRY_EQUALS;
}

/** Whether a plain entry fires. What is no number is a NaN and lies on no side of a limit; a choice less to guess wrong. */
@inline
export function firesPlainly(kind: u32, entry: u32, previous: u64, value: u64): bool {
  if (previous == UNKNOWN || value == UNKNOWN) return false;
  if (kind == abi.ENTRY_EQUALS) return value == load<u64>(entry, abi.ENTRY_VALUE) && previous != value;
  const limit = load<f64>(entry, abi.ENTRY_VALUE);
  const number = toNumber(value);
  const before = toNumber(previous);
  if (kind == abi.ENTRY_ABOVE) return <bool>(<u32>(number > limit) & <u32>!(before > limit));
  return <bool>(<u32>(number < limit) & <u32>!(before < limit));
}

function settleProperty(entry: u32, trigger: u32, cell: u32): void {
  const value = load<u64>(abi.H_INPUT, abi.INPUT_VALUE);
  const origin = load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN);
  let outcome: u32;
  if (load<u32>(entry, abi.ENTRY_KIND) == abi.ENTRY_STATEMENT) outcome = triggers.onStatement(trigger, cell, value, origin);
  else outcome = triggers.onProperty(trigger, cell, load<u64>(abi.H_INPUT, abi.INPUT_PREVIOUS), value, origin);
  follow(trigger, cell, outcome, load<u32>(entry, abi.ENTRY_DEVICE));
}

/** Does what a trigger's outcome asks for. */
export function follow(trigger: u32, cell: u32, outcome: u32, device: u32): void {
  if (outcome == triggers.FIRES) return fire(trigger, device);
  if (outcome == triggers.NOTHING) return;
  if (outcome == triggers.BEGINS) {
    store<f64>(cell, now() + load<f64>(trigger, abi.TRIGGER_FOR), abi.CELL_FOR_AT);
    rememberInput(trigger, cell, device);
  } else {
    store<f64>(cell, abi.NO_TIME, abi.CELL_FOR_AT);
  }
  armTrigger(trigger, cell);
}

export function fire(trigger: u32, device: u32): void {
  if (openStart(load<u32>(trigger, abi.TRIGGER_RULE), false)) startFromInput(trigger, device);
}

/** Evaluates the expression of a trigger again, and notes when time alone may change it. */
export function reevaluate(trigger: u32, cell: u32): u32 {
  scratch.begin(0, 0, 0);
  scratch.watchTime();
  evaluate(load<u32>(trigger, abi.TRIGGER_CODE));
  if (scratch.suspended) return abi.STEP_NEEDS;
  const outcome = triggers.onExpression(trigger, cell, toAnswer(scratch.pop()));
  store<f64>(cell, scratch.recheckAt, abi.CELL_RECHECK_AT);
  follow(trigger, cell, outcome, 0);
  if (outcome == triggers.NOTHING || outcome == triggers.FIRES) armTrigger(trigger, cell);
  return abi.UNIT_DONE;
}

/** The time of day that a trigger's source says, as the host reads it; unknown until the host has answered. */
export function timeFrom(trigger: u32): u64 {
  const clock = load<u32>(trigger, abi.TRIGGER_CLOCK);
  scratch.begin(0, 0, 0);
  scratch.push(valueOf(load<u32>(clock, abi.CLOCK_SOURCE)));
  scratch.ask(abi.HOST_TIME_OF_DAY, trigger, 1);
  return scratch.suspended ? UNKNOWN : scratch.pop();
}

/** Reads the time of day that a variable or property holds now, and sets the trigger's timer by it. */
export function reread(trigger: u32, cell: u32): u32 {
  const time = timeFrom(trigger);
  if (scratch.suspended) return abi.STEP_NEEDS;
  store<u64>(cell, time, abi.CELL_VALUE);
  store<f64>(cell, nextInstant(trigger, cell, now()), abi.CELL_RECHECK_AT);
  armTrigger(trigger, cell);
  return abi.UNIT_DONE;
}

/** Gives a new trigger its first state; STEP_NEEDS when the host must answer first. */
export function initialiseTrigger(trigger: u32, cell: u32): u32 {
  const kind = load<u32>(trigger, abi.TRIGGER_KIND);
  if (kind == abi.KIND_EXPRESSION) {
    const status = reevaluate(trigger, cell);
    putWord(abi.H_START_RULE, 0);
    return status;
  }
  if (kind == abi.KIND_TIME && load<u32>(load<u32>(trigger, abi.TRIGGER_CLOCK), abi.CLOCK_SOURCE) != abi.NO_SOURCE) {
    return reread(trigger, cell);
  }
  if (kind >= abi.KIND_TIME && kind <= abi.KIND_SUN) {
    store<f64>(cell, nextInstant(trigger, cell, now()), abi.CELL_RECHECK_AT);
    armTrigger(trigger, cell);
    return abi.UNIT_DONE;
  }
  triggers.armOnKnown(trigger, cell);
  return abi.UNIT_DONE;
}
