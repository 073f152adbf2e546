// A step: timers due fire first, each at its own deadline, then the events in their order; behind each input comes what its
// rules queued. Work is done in units that either complete or change nothing, so a step can stop between any two, for room
// in the output ring or for an answer of the host, and be resumed by calling again.

import * as abi from './abi';
import { beginChain, continueChain, dequeue } from './chains';
import { nextInstant } from './clock';
import { fire, firesPlainly, handleEntry, initialiseTrigger, isPlain, reevaluate } from './entries';
import { carryOn } from './execute';
import { codeAt, now, putWord, ruleAt, tableAt, word } from './memory';
import { takeCancel, takeOutcome, takeSwitch } from './inputs';
import { hasRoom } from './output';
import { initialiseHold } from './predicates';
import { changeSlot, lastKnown } from './slots';
import { decideStart, openStart, startByHand, startFromCell } from './starts';
import { armStrand, armTrigger, disarm, earliest, nextDeadline } from './timers';
import { fired } from './triggers';
import { UNKNOWN } from './value';
import { nextWaiting, offerInput, strandDue } from './waiting';

const STAGE_NEXT: u32 = 0;
export const STAGE_ENTRIES: u32 = 1;
const STAGE_INITIAL: u32 = 2;

/** Whether anything of the current input is left to do. */
export function isBusy(): bool {
  return (word(abi.H_STAGE) | word(abi.H_READY) | word(abi.H_START_RULE) | word(abi.H_QUEUE_LENGTH)) != 0;
}

/** Works on until nothing is left to do (STEP_IDLE), the output is full, or the host must answer. */
export function work(): u32 {
  let status = abi.UNIT_DONE;
  while (status == abi.UNIT_DONE) {
    status = hasRoom() ? unit() : abi.STEP_FULL;
    if (status == abi.UNIT_DONE) putWord(abi.H_MEMO_COUNT, 0);
  }
  return status;
}

export function unit(): u32 {
  if (word(abi.H_READY) != 0) return carryOn();
  if (word(abi.H_START_RULE) != 0) return decideStart();
  switch (word(abi.H_STAGE)) {
    case STAGE_ENTRIES:
      return nextEntry();
    case STAGE_INITIAL:
      return nextInitial();
    default:
      return nextInput();
  }
}

@inline
export function mark(): void {
  putWord(abi.H_INPUT_MARK, word(abi.H_INPUT_MARK) + 1);
}

function nextInput(): u32 {
  if (dequeue()) return begin();
  beginChain();
  const target = load<f64>(abi.H_TARGET);
  const due = nextDeadline();
  if (due <= target) {
    store<f64>(abi.H_NOW, max(now(), due));
    return timerDue();
  }
  store<f64>(abi.H_NOW, max(now(), target));
  putWord(abi.H_DOWNTIME, 0);
  const next = word(abi.H_EVENT_NEXT);
  if (next >= word(abi.H_EVENT_COUNT)) return abi.STEP_IDLE;
  putWord(abi.H_EVENT_NEXT, next + 1);
  memory.copy(abi.H_INPUT, word(abi.H_EVENTS) + next * abi.INPUT_SIZE, abi.INPUT_SIZE);
  const status = begin();
  // What needs an answer first is begun again with it.
  if (status == abi.STEP_NEEDS) putWord(abi.H_EVENT_NEXT, next);
  return status;
}

/** Begins the input that has been copied to its place in the header. */
function begin(): u32 {
  mark();
  const kind = load<u32>(abi.H_INPUT, abi.INPUT_KIND);
  const slot = load<u32>(abi.H_INPUT, abi.INPUT_SLOT);
  if (kind == abi.INPUT_OUTCOME) {
    takeOutcome();
    return abi.UNIT_DONE;
  }
  if (kind == abi.INPUT_START_RULE) {
    beginByHand(slot);
    return abi.UNIT_DONE;
  }
  if (kind == abi.INPUT_CANCEL) {
    takeCancel();
    return abi.UNIT_DONE;
  }
  if (kind == abi.INPUT_SWITCH) return takeSwitch();
  if (kind == abi.INPUT_VALUE_REPORT && !takeReport(slot)) return abi.UNIT_DONE;
  openEntries(slot);
  return abi.UNIT_DONE;
}

export function takeReport(slot: u32): bool {
  const previous = lastKnown(slot);
  if (!changeSlot(slot, load<u64>(abi.H_INPUT, abi.INPUT_VALUE), load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN))) return false;
  store<u64>(abi.H_INPUT, previous, abi.INPUT_PREVIOUS);
  continueChain(slot);
  return true;
}

export function openEntries(slot: u32): void {
  const table = tableAt(slot);
  if (table == 0) return;
  const first = load<u32>(table, abi.TABLE_ENTRIES);
  openEntriesFrom(first, first + load<u32>(table, abi.TABLE_ENTRY_COUNT) * abi.ENTRY_SIZE);
}

export function openEntriesFrom(entry: u32, end: u32): void {
  putWord(abi.H_ENTRY, entry);
  putWord(abi.H_ENTRY_END, end);
  putWord(abi.H_WAIT_RUN, 0);
  putWord(abi.H_WAIT_ORDINAL, 0);
  putWord(abi.H_STAGE, STAGE_ENTRIES);
}

/** Starts a rule whatever its triggers, under the name that the input gives. */
function beginByHand(rule: u32): void {
  if (!openStart(rule, true)) return;
  startByHand();
}

export function nextEntry(): u32 {
  const end = word(abi.H_ENTRY_END);
  for (let entry = word(abi.H_ENTRY); entry < end; entry += abi.ENTRY_SIZE) {
    const kind = load<u32>(entry, abi.ENTRY_KIND);
    if (isPlain(kind)) {
      if (!firesPlainly(kind, entry, load<u64>(abi.H_INPUT, abi.INPUT_PREVIOUS), load<u64>(abi.H_INPUT, abi.INPUT_VALUE))) continue;
      putWord(abi.H_ENTRY, entry + abi.ENTRY_SIZE);
      fire(load<u32>(entry, abi.ENTRY_TRIGGER), load<u32>(entry, abi.ENTRY_DEVICE));
      return abi.UNIT_DONE;
    }
    putWord(abi.H_ENTRY, entry);
    const rule = load<u32>(entry, abi.ENTRY_RULE);
    if (kind != abi.ENTRY_WAITS && load<u32>(ruleAt(rule), abi.RULE_ENABLED) == 0) continue;
    const status = kind == abi.ENTRY_WAITS ? offerNext(rule) : handleEntry(entry);
    if (status == abi.STEP_NEEDS) return status;
    if (status == STILL_WAITING) return abi.UNIT_DONE;
    putWord(abi.H_ENTRY, entry + abi.ENTRY_SIZE);
    if (word(abi.H_START_RULE) != 0) return abi.UNIT_DONE;
  }
  putWord(abi.H_STAGE, STAGE_NEXT);
  return abi.UNIT_DONE;
}

const STILL_WAITING: u32 = 17;

/** Offers the input to the rule's next waiting strand. */
function offerNext(rule: u32): u32 {
  const strand = nextWaiting(rule);
  if (strand != 0) return offerInput(strand) == abi.STEP_NEEDS ? abi.STEP_NEEDS : STILL_WAITING;
  putWord(abi.H_WAIT_RUN, 0);
  putWord(abi.H_WAIT_ORDINAL, 0);
  return abi.UNIT_DONE;
}

/** The earliest timer is an input of its own. */
function timerDue(): u32 {
  const timer = earliest();
  const owner = load<u32>(timer, abi.TIMER_OWNER);
  const cell = load<u32>(timer, abi.TIMER_CELL);
  const isStrand = load<u32>(timer, abi.TIMER_KIND) == abi.TIMER_STRAND;
  mark();
  memory.fill(abi.H_INPUT, 0, abi.INPUT_SIZE);
  store<u64>(abi.H_INPUT, UNKNOWN, abi.INPUT_VALUE);
  disarm(cell);
  const status = isStrand ? strandDue(owner) : triggerDue(owner, cell);
  if (status != abi.STEP_NEEDS) return status;
  if (isStrand) armStrand(owner);
  else armTrigger(owner, cell);
  return status;
}

function triggerDue(trigger: u32, cell: u32): u32 {
  const kind = load<u32>(trigger, abi.TRIGGER_KIND);
  if (kind >= abi.KIND_TIME) {
    clockDue(trigger, cell);
    return abi.UNIT_DONE;
  }
  if (load<f64>(cell, abi.CELL_FOR_AT) <= now()) {
    store<f64>(cell, abi.NO_TIME, abi.CELL_FOR_AT);
    store<u32>(cell, load<u32>(cell, abi.CELL_FLAGS) & ~abi.CELL_PENDING, abi.CELL_FLAGS);
    armTrigger(trigger, cell);
    fireFromCell(trigger, cell);
    fired(trigger, cell);
    return abi.UNIT_DONE;
  }
  return reevaluate(trigger, cell);
}

function fireFromCell(trigger: u32, cell: u32): void {
  if (openStart(load<u32>(trigger, abi.TRIGGER_RULE), false)) startFromCell(trigger, cell);
}

/** A clock trigger is due. In downtime it is skipped, or fires once when the step has caught up. */
function clockDue(trigger: u32, cell: u32): void {
  const rule = load<u32>(trigger, abi.TRIGGER_RULE);
  const missed = load<u32>(codeAt(rule), abi.CODE_MISSED) != 0;
  const target = load<f64>(abi.H_TARGET);
  const downtime = word(abi.H_DOWNTIME) != 0;
  if (downtime && missed && now() < target) {
    store<f64>(cell, target, abi.CELL_RECHECK_AT);
    return armTrigger(trigger, cell);
  }
  setClocks(rule, downtime ? target : now());
  if (!downtime || missed) fireFromCell(trigger, cell);
}

/** All clock triggers of a rule that are due now are one input: each is set to its next instant. */
function setClocks(rule: u32, after: f64): void {
  const first = load<u32>(codeAt(rule), abi.CODE_CELLS);
  const end = first + load<u32>(codeAt(rule), abi.CODE_CELL_COUNT);
  for (let i = first; i < end; i++) {
    const cell = word(abi.H_CELLS) + i * abi.CELL_SIZE;
    const trigger = load<u32>(word(abi.H_CELL_OWNERS) + i * 4);
    if (load<u32>(trigger, abi.TRIGGER_KIND) < abi.KIND_TIME || load<f64>(cell, abi.CELL_RECHECK_AT) > now()) continue;
    store<f64>(cell, nextInstant(trigger, cell, after), abi.CELL_RECHECK_AT);
    armTrigger(trigger, cell);
  }
}

function nextInitial(): u32 {
  for (let i = word(abi.H_INITIAL); i < word(abi.H_CELL_COUNT); i++) {
    putWord(abi.H_INITIAL, i);
    const cell = word(abi.H_CELLS) + i * abi.CELL_SIZE;
    if (!(load<u32>(cell, abi.CELL_FLAGS) & abi.CELL_FRESH)) continue;
    const trigger = load<u32>(word(abi.H_CELL_OWNERS) + i * 4);
    const on = load<u32>(ruleAt(load<u32>(trigger, abi.TRIGGER_RULE)), abi.RULE_ENABLED) != 0;
    if (on && initialiseTrigger(trigger, cell) == abi.STEP_NEEDS) return abi.STEP_NEEDS;
    store<u32>(cell, load<u32>(cell, abi.CELL_FLAGS) & ~abi.CELL_FRESH, abi.CELL_FLAGS);
    putWord(abi.H_MEMO_COUNT, 0);
  }
  putWord(abi.H_STAGE, STAGE_NEXT);
  return abi.STEP_IDLE;
}

/** Prepares what is new in the memory: fresh cells and holds take their first state from what is known. */
export function beginInitial(): void {
  for (let i: u32 = 0; i < word(abi.H_HOLD_COUNT); i++) {
    if (load<u32>(word(abi.H_HOLDS) + i * abi.HOLD_SIZE, abi.HOLD_STATE) == abi.HOLD_FRESH) initialiseHold(i);
  }
  memory.fill(abi.H_INPUT, 0, abi.INPUT_SIZE);
  putWord(abi.H_INITIAL, 0);
  putWord(abi.H_STAGE, STAGE_INITIAL);
}
