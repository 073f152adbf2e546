// Runs the code of conditions and expressions. A condition's leaf passes or does not, and jumps accordingly: and, or, not
// are only jumps. Under a `not` a leaf passes when it is surely false, so what is unknown never passes.

import * as abi from './abi';
import { nextTimeOfDay } from './clock';
import { now, putWord, valueOf } from './memory';
import { operate } from './operators';
import { held, heldAt, statement } from './predicates';
import * as scratch from './scratch';
import { HORIZON_DEGREES, elevation, sunEvent } from './sun';
import { MAYBE, NO, UNKNOWN, YES, answerOf, isNumber, toAnswer, toNumber } from './value';
import { DAY_MS, localDay, localOf, midnight, nextChangeOfClock, noonOf, offsetAt, weekdayIn } from './zone';

const NO_TIME_OF_DAY: u32 = 0xffffffff;
const SECOND_MS: f64 = 1000;

/** What {@link compareAlong} answers; anything else is an address. */
export const FAILED: u32 = 0;
export const PASSED: u32 = 1;

/** Where code goes on behind a leaf. */
@inline
function behind(at: u32, answer: u32): u32 {
  const passes = answer == (load<u8>(at, abi.OP_NEGATED) ? NO : YES);
  return passes == (load<u8>(at, abi.OP_JUMPS_ON_PASS) != 0) ? load<u32>(at, abi.OP_TARGET) : at + abi.OP_SIZE;
}

/** Runs code as long as it compares single values with constants: FAILED, PASSED, or where it asks for more. */
@inline
export function compareAlong(code: u32): u32 {
  let at = code;
  let op = <u32>load<u8>(at);
  while (op - abi.OP_EQUAL_TO <= abi.OP_AT_MOST - abi.OP_EQUAL_TO) {
    at = behind(at, compare(op, valueOf(load<u32>(at, abi.OP_A)), at));
    op = load<u8>(at);
  }
  return op == abi.OP_PASS ? PASSED : op == abi.OP_FAIL ? FAILED : at;
}

/** Runs code up to its end: true when a condition passed. An expression leaves its values on the stack. */
export function evaluate(code: u32): bool {
  let at = code;
  while (!scratch.suspended) {
    const op = <u32>load<u8>(at);
    if (op >= abi.OP_END) {
      if (op == abi.OP_END) return true;
      operate(op, at);
      at += abi.OP_SIZE;
      continue;
    }
    if (op <= abi.OP_FAIL) {
      if (op == abi.OP_PASS) return true;
      putWord(abi.H_FAILED_CONDITION, load<u32>(at, abi.OP_A));
      return false;
    }
    at = behind(at, leaf(op, at));
  }
  return false;
}

function leaf(op: u32, at: u32): u32 {
  if (op <= abi.OP_AT_MOST) return compare(op, valueOf(load<u32>(at, abi.OP_A)), at);
  switch (op) {
    case abi.OP_IS_UNKNOWN:
      return answerOf(valueOf(load<u32>(at, abi.OP_A)) == UNKNOWN);
    case abi.OP_HELD:
      return heldFor(load<u32>(at, abi.OP_A), load<f64>(at, abi.OP_VALUE));
    case abi.OP_STATEMENT:
      return statement(load<u32>(at, abi.OP_B));
    case abi.OP_ANY_HELD:
      return anyHeld(load<u32>(at, abi.OP_A), load<f64>(at, abi.OP_VALUE));
    case abi.OP_TIME:
      return timeOfDay(load<u32>(at, abi.OP_A), load<u32>(at, abi.OP_B), load<u32>(at, abi.OP_VALUE));
    case abi.OP_SUN:
      return sun(at);
    case abi.OP_TRIGGER_IS:
      return answerOf(scratch.context != 0 && load<u32>(scratch.context, abi.CONTEXT_TRIGGER) == load<u32>(at, abi.OP_A));
    default:
      return toAnswer(scratch.pop());
  }
}

function compare(op: u32, value: u64, at: u32): u32 {
  if (value == UNKNOWN) return MAYBE;
  if (op == abi.OP_EQUAL_TO) return answerOf(value == load<u64>(at, abi.OP_VALUE));
  if (!isNumber(value)) return MAYBE;
  const number = toNumber(value);
  const limit = load<f64>(at, abi.OP_VALUE);
  if (op == abi.OP_ABOVE) return answerOf(number > limit);
  if (op == abi.OP_BELOW) return answerOf(number < limit);
  return answerOf(op == abi.OP_AT_LEAST ? number >= limit : number <= limit);
}

function heldFor(hold: u32, duration: f64): u32 {
  const answer = held(hold, duration);
  if (answer == NO && scratch.wantsRecheck) scratch.recheckBy(heldAt(hold, duration));
  return answer;
}

/** The list begins with its length. */
function anyHeld(list: u32, duration: f64): u32 {
  const count = load<u32>(list);
  let known = false;
  for (let i: u32 = 1; i <= count; i++) {
    const answer = heldFor(load<u32>(list + i * 4), duration);
    if (answer == YES) return YES;
    if (answer == NO) known = true;
  }
  return known ? NO : MAYBE;
}

/** Times in seconds since local midnight; a window over midnight when `after` is later than `before`. */
function timeOfDay(after: u32, before: u32, weekdays: u32): u32 {
  const at = now();
  const local = localOf(at);
  const since = (local - Math.floor(local / DAY_MS) * DAY_MS) / 1000;
  const begun = after == NO_TIME_OF_DAY || since >= <f64>after;
  const open = before == NO_TIME_OF_DAY || since < <f64>before;
  if (scratch.wantsRecheck) watchTimeOfDay(at, after, before);
  const overMidnight = after != NO_TIME_OF_DAY && before != NO_TIME_OF_DAY && after > before;
  if (!(overMidnight ? begun || open : begun && open)) return NO;
  return answerOf(weekdayIn(weekdays, localDay(at)));
}

function watchTimeOfDay(at: f64, after: u32, before: u32): void {
  scratch.recheckBy(midnight(localDay(at) + 1));
  scratch.recheckBy(nextChangeOfClock(at));
  if (after != NO_TIME_OF_DAY) watchWallClock(at, <f64>after * 1000);
  if (before != NO_TIME_OF_DAY) watchWallClock(at, <f64>before * 1000);
}

/** The wall clock shows a time of day twice where an hour comes twice: as it stands now counts too. */
function watchWallClock(at: f64, timeOfDay: f64): void {
  scratch.recheckBy(nextTimeOfDay(at, timeOfDay));
  recheckAfterNow(<f64>localDay(at) * DAY_MS + timeOfDay - offsetAt(at));
}

/** Whether an event of the day has passed; on a day without it the sun's height decides whether it is night. */
function passed(event: u32, instant: f64): bool {
  if (!isNaN(instant)) return now() >= instant;
  return elevation(now()) < HORIZON_DEGREES == (event == abi.SUN_SUNSET || event == abi.SUN_DUSK);
}

function sun(at: u32): u32 {
  const events = load<u32>(at, abi.OP_VALUE);
  const after = events & 255;
  const before = events >> 8;
  const noon = noonOf(localDay(now()));
  const from = after == 0 ? NaN : sunEvent(after - 1, noon) + <f64>load<i32>(at, abi.OP_A);
  const to = before == 0 ? NaN : sunEvent(before - 1, noon) + <f64>load<i32>(at, abi.OP_B);
  if (scratch.wantsRecheck) watchSun(at, after, before);
  const begun = after == 0 || passed(after - 1, from);
  const open = before == 0 || !passed(before - 1, to);
  if (after == 0 || before == 0) return answerOf(begun && open);
  return answerOf(from > to ? begun || open : begun && open);
}

/** Where this day has no such event the horizon decides, which the sun may pass by another day's event. */
function watchSun(at: u32, after: u32, before: u32): void {
  const today = localDay(now());
  for (let day = today - 1; day <= today + 2; day++) {
    const noon = noonOf(day);
    recheckAfterNow(midnight(day));
    if (after != 0) recheckAfterNow(sunEvent(after - 1, noon) + <f64>load<i32>(at, abi.OP_A));
    if (before != 0) recheckAfterNow(sunEvent(before - 1, noon) + <f64>load<i32>(at, abi.OP_B));
    watchHorizon(sunEvent(abi.SUN_SUNRISE, noon));
    watchHorizon(sunEvent(abi.SUN_SUNSET, noon));
  }
}

/** The sun has surely passed its horizon only a second after the instant, which is rounded. */
function watchHorizon(at: f64): void {
  recheckAfterNow(at);
  recheckAfterNow(at + SECOND_MS);
}

/** An instant that does not exist, or has passed, is none to ask again at. */
function recheckAfterNow(at: f64): void {
  if (at > now()) scratch.recheckBy(at);
}
