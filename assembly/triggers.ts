// Whether a trigger fires for the current input. Triggers of rules keep what they must remember in a cell of their own;
// those of waits in the waiting strand's.

import * as abi from './abi';
import { now, slotAt } from './memory';
import { listHolds, originIn, statementFrom, test } from './predicates';
import { MAYBE, NO, UNKNOWN, YES, isNumber, toNumber } from './value';

/** Whether a `for` ended by this, began by this, or the trigger fires at once. */
export const NOTHING: u32 = 0;
export const FIRES: u32 = 1;
export const BEGINS: u32 = 2;
export const BREAKS: u32 = 3;

@inline
function flagsOf(trigger: u32): u32 {
  return load<u32>(trigger, abi.TRIGGER_FLAGS);
}

function isFrom(trigger: u32, value: u64): bool {
  return listHolds(load<u32>(trigger, abi.TRIGGER_FROM), load<u32>(trigger, abi.TRIGGER_FROM_COUNT), value);
}

/** Whether a known value satisfies the trigger's predicate, wherever it came from. */
export function satisfies(trigger: u32, value: u64): bool {
  const flags = flagsOf(trigger);
  if (flags & abi.TRIGGER_CHANGES) return true;
  if (flags & abi.TRIGGER_LEAVES) return !isFrom(trigger, value);
  return test(trigger, value) == YES;
}

/** Whether going from one known value to another makes the trigger fire, hysteresis apart. */
function crosses(trigger: u32, previous: u64, value: u64): bool {
  const flags = flagsOf(trigger);
  if (previous == value) return false;
  if (flags & abi.TRIGGER_CHANGES) return true;
  if (flags & abi.TRIGGER_LEAVES) return isFrom(trigger, previous) && !isFrom(trigger, value);
  if (test(trigger, value) != YES) return false;
  if (flags & abi.TRIGGER_HAS_FROM && !isFrom(trigger, previous)) return false;
  if (load<u32>(trigger, abi.PREDICATE_TESTS) & abi.TEST_VALUES) return true;
  return flags & abi.TRIGGER_HAS_FROM ? true : test(trigger, previous) != YES;
}

/** Whether a number is far enough on this side of its limits for the trigger to be armed again. */
function backEnough(trigger: u32, number: f64): bool {
  const tests = load<u32>(trigger, abi.PREDICATE_TESTS);
  const margin = load<f64>(trigger, abi.TRIGGER_HYSTERESIS);
  if (tests & abi.TEST_ABOVE && number <= load<f64>(trigger, abi.PREDICATE_LOW) - margin) return true;
  return (tests & abi.TEST_BELOW) != 0 && number >= load<f64>(trigger, abi.PREDICATE_HIGH) + margin;
}

/** Keeps the armed flag of a trigger with hysteresis; true when it is armed and its value beyond. */
function crossesArmed(trigger: u32, cell: u32, previous: u64, value: u64): bool {
  const beyond = test(trigger, value) == YES;
  const flags = load<u32>(cell, abi.CELL_FLAGS);
  if (previous == UNKNOWN) {
    store<u32>(cell, beyond ? flags & ~abi.CELL_ARMED : flags | abi.CELL_ARMED, abi.CELL_FLAGS);
    return false;
  }
  if (beyond) return (flags & abi.CELL_ARMED) != 0;
  if (isNumber(value) && backEnough(trigger, toNumber(value))) store<u32>(cell, flags | abi.CELL_ARMED, abi.CELL_FLAGS);
  return false;
}

@inline
function disarmHysteresis(cell: u32): void {
  store<u32>(cell, load<u32>(cell, abi.CELL_FLAGS) & ~abi.CELL_ARMED, abi.CELL_FLAGS);
}

/** A trigger with hysteresis is spent when it fired, at once or after its `for`, or when the wrong origin crossed. */
export function fired(trigger: u32, cell: u32): void {
  if (flagsOf(trigger) & abi.TRIGGER_HAS_HYSTERESIS) disarmHysteresis(cell);
}

/** What the change of a slot from its last known value to this one means for a property trigger. */
export function onProperty(trigger: u32, cell: u32, previous: u64, value: u64, origin: u32): u32 {
  const flags = flagsOf(trigger);
  const lasting = (flags & abi.TRIGGER_HAS_FOR) != 0;
  if (value == UNKNOWN) return lasting ? settle(cell, MAYBE, false, false) : NOTHING;
  let starts: bool;
  if (flags & abi.TRIGGER_HAS_HYSTERESIS) starts = crossesArmed(trigger, cell, previous, value);
  else starts = previous != UNKNOWN && crosses(trigger, previous, value);
  const fits = originIn(load<u32>(trigger, abi.PREDICATE_ORIGINS), origin);
  if (starts && (lasting ? !fits && !isPending(cell) : true)) fired(trigger, cell);
  starts = starts && fits;
  if (!lasting) return starts ? FIRES : NOTHING;
  const anew = (flags & (abi.TRIGGER_CHANGES | abi.TRIGGER_LEAVES)) != 0 && previous != value;
  const holds = satisfies(trigger, value) && (fits || !anew || !isPending(cell));
  return settle(cell, holds ? YES : NO, starts, anew);
}

@inline
function isPending(cell: u32): bool {
  return (load<u32>(cell, abi.CELL_FLAGS) & abi.CELL_PENDING) != 0;
}

/** Carries a `for` on: `holds` is the predicate now, `starts` whether it has just come true, `anew` whether it restarts. */
function settle(cell: u32, holds: u32, starts: bool, anew: bool): u32 {
  const flags = load<u32>(cell, abi.CELL_FLAGS);
  const pending = (flags & abi.CELL_PENDING) != 0;
  if (holds == MAYBE) {
    if (!pending) return NOTHING;
    store<u32>(cell, (flags & ~abi.CELL_PENDING) | abi.CELL_BROKEN, abi.CELL_FLAGS);
    return BREAKS;
  }
  const broken = (flags & abi.CELL_BROKEN) != 0;
  if (holds == NO) {
    store<u32>(cell, flags & ~(abi.CELL_PENDING | abi.CELL_BROKEN), abi.CELL_FLAGS);
    return pending ? BREAKS : NOTHING;
  }
  if (pending ? !anew : !starts && !broken) return NOTHING;
  store<u32>(cell, (flags | abi.CELL_PENDING) & ~abi.CELL_BROKEN, abi.CELL_FLAGS);
  return BEGINS;
}

@inline
function storedStatement(cell: u32): u32 {
  return (load<u32>(cell, abi.CELL_FLAGS) & abi.CELL_STATEMENT) >> abi.CELL_STATEMENT_SHIFT;
}

function storeStatement(cell: u32, answer: u32): void {
  const flags = load<u32>(cell, abi.CELL_FLAGS) & ~abi.CELL_STATEMENT;
  store<u32>(cell, flags | (answer << abi.CELL_STATEMENT_SHIFT), abi.CELL_FLAGS);
}

/** What a member's change means for a trigger over a whole set. What is unknown never makes it fire. */
export function onStatement(trigger: u32, cell: u32, value: u64, origin: u32): u32 {
  const lasting = (flagsOf(trigger) & abi.TRIGGER_HAS_FOR) != 0;
  const holds = statementFrom(trigger, 0);
  if (value == UNKNOWN) {
    const pending = (load<u32>(cell, abi.CELL_FLAGS) & abi.CELL_PENDING) != 0;
    return lasting && pending && holds != YES ? settle(cell, holds, false, false) : NOTHING;
  }
  let starts = storedStatement(cell) == NO && holds == YES;
  if (holds != MAYBE) storeStatement(cell, holds);
  if (starts && !originIn(load<u32>(trigger, abi.PREDICATE_ORIGINS), origin)) starts = false;
  return lasting ? settle(cell, holds, starts, false) : starts ? FIRES : NOTHING;
}

/** Asks a trigger over a set anew after others have come into it; nothing fires by that alone. */
export function askAnew(trigger: u32, cell: u32): u32 {
  const holds = statementFrom(trigger, 0);
  if (holds != MAYBE) storeStatement(cell, holds);
  return holds == YES ? NOTHING : settle(cell, holds, false, false);
}

/** What an expression's new value means for its trigger: it fires from false to true. */
export function onExpression(trigger: u32, cell: u32, holds: u32): u32 {
  const starts = storedStatement(cell) == NO && holds == YES;
  if (holds != MAYBE) storeStatement(cell, holds);
  if (flagsOf(trigger) & abi.TRIGGER_HAS_FOR) return settle(cell, holds, starts, false);
  return starts ? FIRES : NOTHING;
}

/** Whether the current input, an event, is the one that an event trigger names. */
export function onEvent(trigger: u32, device: u32): bool {
  if (load<u32>(abi.H_INPUT, abi.INPUT_DEVICE) != device) return false;
  const button = load<u32>(trigger, abi.TRIGGER_BUTTON);
  if (button != 0 && button != load<u32>(abi.H_INPUT, abi.INPUT_BUTTON)) return false;
  const count = load<u32>(trigger, abi.PREDICATE_VALUE_COUNT);
  if (count == 0) return true;
  const action = load<u32>(abi.H_INPUT, abi.INPUT_ACTION);
  return listHolds(load<u32>(trigger, abi.PREDICATE_VALUES), count, <u64>action);
}

/** Sets a new trigger's memory from what is known now, so that only what happens from now on fires it. */
export function armOnKnown(trigger: u32, cell: u32): void {
  const kind = load<u32>(trigger, abi.TRIGGER_KIND);
  if (kind == abi.KIND_STATEMENT) return storeStatement(cell, statementFrom(trigger, 0));
  if (!(flagsOf(trigger) & abi.TRIGGER_HAS_HYSTERESIS)) return;
  armOn(trigger, cell, load<u64>(slotAt(memberSlot(trigger, cell)), abi.SLOT_KNOWN));
}

/** Arms a trigger with hysteresis on the value that was known when it began to listen. */
export function armOn(trigger: u32, cell: u32, known: u64): void {
  if (known != UNKNOWN && flagsOf(trigger) & abi.TRIGGER_HAS_HYSTERESIS) crossesArmed(trigger, cell, UNKNOWN, known);
}

/** The slot that a cell of a property trigger stands for. */
export function memberSlot(trigger: u32, cell: u32): u32 {
  if (load<u32>(trigger, abi.PREDICATE_KIND) == abi.OVER_ONE) return load<u32>(trigger, abi.PREDICATE_SLOT);
  return load<u32>(load<u32>(trigger, abi.PREDICATE_MEMBERS) + load<u32>(cell, abi.CELL_MEMBER) * 4);
}
