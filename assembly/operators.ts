// The instructions of expressions. A wrong type, or a division by zero, is unknown.

import * as abi from './abi';
import { nextHour, nextMinute } from './clock';
import { now, slotAt, valueOf, word } from './memory';
import { testSlot } from './predicates';
import * as scratch from './scratch';
import { azimuth, elevation } from './sun';
import {
  FALSE, NO, TRUE, UNKNOWN, YES, fromAnswer, fromBoolean, fromNumber, fromText, isNumber, isText, toAnswer, toNumber,
} from './value';
import { DAY_MS, localDay, localOf, weekdayOf } from './zone';

const HOUR_MS: f64 = 3600000;

/** Carries out one instruction of an expression. */
export function operate(op: u32, at: u32): void {
  if (op >= abi.OP_ADD && op <= abi.OP_MAX) return binary(op, at);
  if (op >= abi.OP_CONTEXT && op <= abi.OP_REPEAT_ITEM) return scratch.push(named(op, at));
  switch (op) {
    case abi.OP_CONSTANT:
      return scratch.push(load<u64>(at, abi.OP_VALUE));
    case abi.OP_LOAD:
      return scratch.push(valueOf(load<u32>(at, abi.OP_A)));
    case abi.OP_NEGATE: {
      const value = scratch.pop();
      return scratch.push(isNumber(value) ? fromNumber(-toNumber(value)) : UNKNOWN);
    }
    case abi.OP_NOT: {
      const value = scratch.pop();
      return scratch.push(value == TRUE ? FALSE : value == FALSE ? TRUE : UNKNOWN);
    }
    case abi.OP_NOT_KNOWN:
      return scratch.push(fromBoolean(scratch.pop() == UNKNOWN));
    case abi.OP_ABS:
    case abi.OP_ROUND:
      return rounding(op);
    case abi.OP_CLAMP:
      return clamp();
    case abi.OP_RANDOM:
      return random();
    case abi.OP_COUNT:
      return scratch.push(fromNumber(<f64>countMembers(load<u32>(at, abi.OP_B))));
    case abi.OP_AVERAGE:
      return scratch.push(average(load<u32>(at, abi.OP_B)));
    case abi.OP_SINCE:
      return scratch.push(since(load<u32>(at, abi.OP_A)));
    case abi.OP_HOST:
      if (scratch.wantsRecheck && readsByName(load<u32>(at, abi.OP_A))) scratch.recheckBy(nextMinute(now()));
      return scratch.ask(load<u32>(at, abi.OP_A), at, load<u32>(at, abi.OP_B));
    default:
      scratch.push(timeValue(op, load<u8>(at, abi.OP_AUX)));
  }
}

/** What is looked up by a name that was worked out does not call when it changes. */
function readsByName(request: u32): bool {
  return request == abi.HOST_PROPERTY || request == abi.HOST_VARIABLE || request == abi.HOST_SCHEDULE;
}

function timeValue(op: u32, which: u32): u64 {
  const at = now();
  if (op == abi.OP_HOUR || op == abi.OP_WEEKDAY) {
    if (scratch.wantsRecheck) scratch.recheckBy(nextHour(at));
    if (op == abi.OP_WEEKDAY) return fromText(word(abi.H_WEEKDAY_NAMES) + weekdayOf(localDay(at)));
    const local = localOf(at);
    return fromNumber(Math.floor((local - Math.floor(local / DAY_MS) * DAY_MS) / HOUR_MS));
  }
  if (scratch.wantsRecheck) scratch.recheckBy(nextMinute(at));
  if (op == abi.OP_NOW) return fromNumber(at);
  return fromNumber(which == 0 ? elevation(at) : azimuth(at));
}

function since(slot: u32): u64 {
  if (scratch.wantsRecheck) scratch.recheckBy(nextMinute(now()));
  if (valueOf(slot) == UNKNOWN) return UNKNOWN;
  return fromNumber(now() - load<f64>(slotAt(slot), abi.SLOT_CHANGED));
}

/** The names `trigger.…`, `wait.…` and `repeat.…`. */
function named(op: u32, at: u32): u64 {
  const which = <u32>load<u8>(at, abi.OP_AUX);
  switch (op) {
    case abi.OP_CONTEXT:
      return scratch.context == 0 ? UNKNOWN : field(scratch.context, which);
    case abi.OP_WAIT_CONTEXT:
      return scratch.run == 0 || scratch.wantsRecheck ? UNKNOWN : field(scratch.run + abi.RUN_WAIT_CONTEXT, which);
    case abi.OP_TIMED_OUT:
      return timedOut();
    default:
      return repeated(op, at, which);
  }
}

/** What a run waits for speaks of the wait that lasts, which nothing has ended yet, whatever other branches waited for. */
function timedOut(): u64 {
  if (scratch.run != 0 && scratch.wantsRecheck) return FALSE;
  const said = scratch.run == 0 ? 0 : load<u32>(scratch.run, abi.RUN_TIMED_OUT);
  return said == 0 ? UNKNOWN : fromBoolean(said == abi.TIMED_OUT_YES);
}

function field(context: u32, which: u32): u64 {
  if (which == abi.CONTEXT_NAME) {
    const action = load<u32>(context, abi.CONTEXT_ACTION);
    return fromText(action != 0 ? action : load<u32>(context, abi.CONTEXT_TRIGGER));
  }
  return which == 0 ? load<u64>(context, abi.CONTEXT_VALUE) : fromText(load<u32>(context + 4 + which * 4));
}

function repeated(op: u32, at: u32, local: u32): u64 {
  if (scratch.run == 0) return UNKNOWN;
  const index = load<u32>(scratch.run + abi.RUN_LOCALS + local * 8);
  if (op == abi.OP_REPEAT_INDEX) return fromNumber(<f64>index);
  if (index == 0 || index > load<u32>(at, abi.OP_B)) return UNKNOWN;
  return load<u64>(load<u32>(at, abi.OP_A) + (index - 1) * 8);
}

function binary(op: u32, at: u32): void {
  const right = scratch.pop();
  const left = scratch.pop();
  if (op == abi.OP_AND) return scratch.push(both(left, right));
  if (op == abi.OP_OR) return scratch.push(either(left, right));
  if (left == UNKNOWN || right == UNKNOWN) return scratch.push(UNKNOWN);
  if (op == abi.OP_EQ) return scratch.push(fromBoolean(left == right));
  if (op == abi.OP_NE) return scratch.push(fromBoolean(left != right));
  if (op == abi.OP_ADD && (isText(left) || isText(right))) {
    scratch.push(left);
    scratch.push(right);
    return scratch.ask(abi.HOST_JOIN, at, 2);
  }
  if (!isNumber(left) || !isNumber(right)) return scratch.push(UNKNOWN);
  scratch.push(arithmetic(op, toNumber(left), toNumber(right)));
}

function both(left: u64, right: u64): u64 {
  const a = toAnswer(left);
  const b = toAnswer(right);
  return a == NO || b == NO ? FALSE : fromAnswer(a == YES ? b : a);
}

function either(left: u64, right: u64): u64 {
  const a = toAnswer(left);
  const b = toAnswer(right);
  return a == YES || b == YES ? TRUE : fromAnswer(a == NO ? b : a);
}

function arithmetic(op: u32, a: f64, b: f64): u64 {
  switch (op) {
    case abi.OP_ADD:
      return fromNumber(a + b);
    case abi.OP_SUBTRACT:
      return fromNumber(a - b);
    case abi.OP_MULTIPLY:
      return fromNumber(a * b);
    case abi.OP_DIVIDE:
      return fromNumber(a / b);
    case abi.OP_REMAINDER:
      return fromNumber(a % b);
    case abi.OP_MIN:
      return fromNumber(min(a, b));
    case abi.OP_MAX:
      return fromNumber(max(a, b));
    case abi.OP_LT:
      return fromBoolean(a < b);
    case abi.OP_LE:
      return fromBoolean(a <= b);
    case abi.OP_GT:
      return fromBoolean(a > b);
    default:
      return fromBoolean(a >= b);
  }
}

function rounding(op: u32): void {
  const value = scratch.pop();
  if (!isNumber(value)) return scratch.push(UNKNOWN);
  const number = toNumber(value);
  scratch.push(fromNumber(op == abi.OP_ABS ? Math.abs(number) : Math.round(number)));
}

function clamp(): void {
  const high = scratch.pop();
  const low = scratch.pop();
  const value = scratch.pop();
  if (!isNumber(value) || !isNumber(low) || !isNumber(high)) return scratch.push(UNKNOWN);
  scratch.push(fromNumber(max(toNumber(low), min(toNumber(high), toNumber(value)))));
}

/** A number from a to below b, from a generator (splitmix64) whose state is part of the image. */
function random(): void {
  const high = scratch.pop();
  const low = scratch.pop();
  if (!isNumber(low) || !isNumber(high)) return scratch.push(UNKNOWN);
  const state = load<u64>(abi.H_RANDOM) + 0x9e3779b97f4a7c15;
  store<u64>(abi.H_RANDOM, state);
  let mixed = (state ^ (state >> 30)) * 0xbf58476d1ce4e5b9;
  mixed = (mixed ^ (mixed >> 27)) * 0x94d049bb133111eb;
  const share = <f64>((mixed ^ (mixed >> 31)) >> 11) / 9007199254740992.0;
  scratch.push(fromNumber(toNumber(low) + share * (toNumber(high) - toNumber(low))));
}

function countMembers(predicate: u32): u32 {
  const members = load<u32>(predicate, abi.PREDICATE_MEMBERS);
  const count = load<u32>(predicate, abi.PREDICATE_MEMBER_COUNT);
  let holding: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    if (testSlot(predicate, load<u32>(members + i * 4), 0) == YES) holding++;
  }
  return holding;
}

function average(predicate: u32): u64 {
  const members = load<u32>(predicate, abi.PREDICATE_MEMBERS);
  const count = load<u32>(predicate, abi.PREDICATE_MEMBER_COUNT);
  let sum: f64 = 0;
  let known: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const value = valueOf(load<u32>(members + i * 4));
    if (!isNumber(value)) continue;
    sum += toNumber(value);
    known++;
  }
  return fromNumber(sum / <f64>known);
}
