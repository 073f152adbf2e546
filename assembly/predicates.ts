// Predicates over one slot or a set of slots, three-valued.

import * as abi from './abi';
import { word, slotAt, valueOf } from './memory';
import { UNKNOWN, MAYBE, NO, YES, answerOf, isNumber, toNumber } from './value';

/** Whether a list of values holds this one. */
export function listHolds(list: u32, count: u32, value: u64): bool {
  for (let i: u32 = 0; i < count; i++) {
    if (load<u64>(list + i * 8) == value) return true;
  }
  return false;
}

/** What a predicate says of one value. */
export function test(predicate: u32, value: u64): u32 {
  const tests = load<u32>(predicate, abi.PREDICATE_TESTS);
  if (tests & (abi.TEST_UNKNOWN | abi.TEST_KNOWN)) return answerOf((value == UNKNOWN) == ((tests & abi.TEST_UNKNOWN) != 0));
  if (value == UNKNOWN) return MAYBE;
  if (tests & abi.TEST_VALUES) {
    return answerOf(listHolds(load<u32>(predicate, abi.PREDICATE_VALUES), load<u32>(predicate, abi.PREDICATE_VALUE_COUNT), value));
  }
  if (tests == 0) return YES;
  if (!isNumber(value)) return MAYBE;
  return answerOf(within(predicate, tests, toNumber(value)));
}

function within(predicate: u32, tests: u32, number: f64): bool {
  const low = load<f64>(predicate, abi.PREDICATE_LOW);
  const high = load<f64>(predicate, abi.PREDICATE_HIGH);
  if (tests & abi.TEST_ABOVE && !(number > low)) return false;
  if (tests & abi.TEST_BELOW && !(number < high)) return false;
  if (tests & abi.TEST_FROM && !(number >= low)) return false;
  if (tests & abi.TEST_TO && !(number <= high)) return false;
  return true;
}

/** Whether an origin (its number) is one of a mask; an empty mask takes all. */
@inline
export function originIn(mask: u32, origin: u32): bool {
  return mask == 0 || (origin != 0 && (mask & (1 << origin)) != 0);
}

/** What a predicate says of a slot as it is now, and of where that came from. */
export function testSlot(predicate: u32, slot: u32, origins: u32): u32 {
  const answer = test(predicate, valueOf(slot));
  if (origins == 0 || answer == NO) return answer;
  const last = load<u32>(slotAt(slot), abi.SLOT_ORIGIN);
  if (last == 0) return MAYBE;
  return originIn(origins, last) ? answer : NO;
}

/** What a condition says now: of its one slot, or over the known members of its set. */
export function statement(predicate: u32): u32 {
  return statementFrom(predicate, load<u32>(predicate, abi.PREDICATE_ORIGINS));
}

/** The same, where origins are those of what must hold; of a trigger they are those of the change alone. */
export function statementFrom(predicate: u32, origins: u32): u32 {
  const kind = load<u32>(predicate, abi.PREDICATE_KIND);
  if (kind == abi.OVER_ONE) return testSlot(predicate, load<u32>(predicate, abi.PREDICATE_SLOT), origins);
  const members = load<u32>(predicate, abi.PREDICATE_MEMBERS);
  const count = load<u32>(predicate, abi.PREDICATE_MEMBER_COUNT);
  let known: u32 = 0;
  let holding: u32 = 0;
  for (let i: u32 = 0; i < count; i++) {
    const answer = testSlot(predicate, load<u32>(members + i * 4), origins);
    if (answer != MAYBE) known++;
    if (answer == YES) holding++;
  }
  if (known == 0) return MAYBE;
  if (kind == abi.OVER_ANY) return answerOf(holding > 0);
  return answerOf(kind == abi.OVER_ALL ? holding == known : holding == 0);
}

/** The place of a slot among the members of a set, or −1. */
export function memberOf(predicate: u32, slot: u32): i32 {
  const members = load<u32>(predicate, abi.PREDICATE_MEMBERS);
  const count = load<u32>(predicate, abi.PREDICATE_MEMBER_COUNT);
  for (let i: u32 = 0; i < count; i++) {
    if (load<u32>(members + i * 4) == slot) return i;
  }
  return -1;
}

export function isMember(predicate: u32, slot: u32): bool {
  if (load<u32>(predicate, abi.PREDICATE_KIND) == abi.OVER_ONE) return load<u32>(predicate, abi.PREDICATE_SLOT) == slot;
  return memberOf(predicate, slot) >= 0;
}

/** Brings a hold ("has held since") up to date after a slot of its predicate changed. */
export function updateHold(index: u32): void {
  const hold = word(abi.H_HOLDS) + index * abi.HOLD_SIZE;
  const answer = statement(word(abi.H_HOLD_TABLE) + index * abi.PREDICATE_SIZE);
  if (answer == load<u32>(hold, abi.HOLD_STATE)) return;
  store<u32>(hold, answer, abi.HOLD_STATE);
  store<f64>(hold, load<f64>(abi.H_NOW), abi.HOLD_SINCE);
}

/** Sets a new hold from what is known: as long as its slot has its value; a set from now on. */
export function initialiseHold(index: u32): void {
  const hold = word(abi.H_HOLDS) + index * abi.HOLD_SIZE;
  const predicate = word(abi.H_HOLD_TABLE) + index * abi.PREDICATE_SIZE;
  const count = load<u32>(predicate, abi.PREDICATE_MEMBER_COUNT);
  let since: f64 = load<f64>(abi.H_NOW);
  if (load<u32>(predicate, abi.PREDICATE_KIND) == abi.OVER_ONE) {
    since = load<f64>(slotAt(load<u32>(predicate, abi.PREDICATE_SLOT)), abi.SLOT_CHANGED);
  } else if (count > 0) {
    since = lastChange(load<u32>(predicate, abi.PREDICATE_MEMBERS), count);
  }
  store<u32>(hold, statement(predicate), abi.HOLD_STATE);
  store<f64>(hold, since, abi.HOLD_SINCE);
}

function lastChange(members: u32, count: u32): f64 {
  let last: f64 = 0;
  for (let i: u32 = 0; i < count; i++) last = max(last, load<f64>(slotAt(load<u32>(members + i * 4)), abi.SLOT_CHANGED));
  return last;
}

/** Whether a hold is `duration` old: NO where its predicate fails or is too young, MAYBE where it is unknown. */
export function held(index: u32, duration: f64): u32 {
  const hold = word(abi.H_HOLDS) + index * abi.HOLD_SIZE;
  const state = load<u32>(hold, abi.HOLD_STATE);
  if (state != YES) return state;
  return load<f64>(abi.H_NOW) - load<f64>(hold, abi.HOLD_SINCE) >= duration ? YES : NO;
}

/** When a hold will be `duration` old, were nothing to change; NO_TIME if it is not holding. */
export function heldAt(index: u32, duration: f64): f64 {
  const hold = word(abi.H_HOLDS) + index * abi.HOLD_SIZE;
  if (load<u32>(hold, abi.HOLD_STATE) != YES) return abi.NO_TIME;
  return load<f64>(hold, abi.HOLD_SINCE) + duration;
}
