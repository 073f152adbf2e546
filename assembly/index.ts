// The automation core. Tables and bytecode in one linear memory that the host lays out; nothing imported, nothing allocated.

import * as abi from './abi';
import { attach as attachMemory, putWord } from './memory';
import { feed, resumeFeed } from './batch';
import * as sums from './digest';
import { updateHold } from './predicates';
import { armStrand, armTrigger, nextDeadline as deadline } from './timers';
import { startQueued as startNext } from './runs';
import { beginInitial, work } from './step';
import { BREAKS, askAnew } from './triggers';
import { resetClocks as resetWaitingClocks } from './waiting';

export function attach(): void {
  attachMemory();
}

/** Begins a step towards `now` with this many events in the ring. Answers STEP_IDLE, STEP_FULL or STEP_NEEDS. */
export function step(now: f64, eventCount: u32, downtime: u32): u32 {
  store<f64>(abi.H_TARGET, now);
  putWord(abi.H_EVENT_NEXT, 0);
  putWord(abi.H_EVENT_COUNT, eventCount);
  putWord(abi.H_DOWNTIME, downtime);
  return work();
}

/** Goes on with a step that stopped, after the host drained the output or wrote its answer. */
export function resume(): u32 {
  return work();
}

/** Gives fresh cells and holds their first state; resumed like a step. */
export function initialise(): u32 {
  beginInitial();
  return work();
}

/** Sets clocks that runs wait for anew, after the table of the time zone has changed. */
export function resetClocks(): void {
  resetWaitingClocks();
}

/** Reports values in a batch; answers like a step, with rows of `set` commands. */
export function stepSlots(now: f64, count: u32): u32 {
  return feed(now, count);
}

export function resumeSlots(): u32 {
  return resumeFeed();
}

/** The deadline of the earliest timer; NO_TIME when none is armed. */
export function nextDeadline(): f64 {
  return deadline();
}

/** Arms the timer of a trigger's cell or of a strand anew, after the host moved it here from another layout. */
export function rearmTrigger(trigger: u32, cell: u32): void {
  armTrigger(trigger, cell);
}

export function rearmStrand(strand: u32): void {
  armStrand(strand);
}

/** Asks what a trigger or a hold says of its set of devices, after the host has changed who is in it. */
export function askStatement(trigger: u32, cell: u32): void {
  if (askAnew(trigger, cell) == BREAKS) store<f64>(cell, abi.NO_TIME, abi.CELL_FOR_AT);
}

export function askHold(index: u32): void {
  updateHold(index);
}

/** Begins a rule's queued run where an edit ended those before it; carried on by the next step. */
export function startQueued(rule: u32): void {
  startNext(rule);
}

/** Check sums of bytes that the host put into the memory: lanes of 64 bytes hold the work and, at the end, the sum. */
export function beginDigest(lanes: u32): void {
  sums.beginDigest(lanes);
}

export function digest(lanes: u32, from: u32, end: u32): void {
  sums.digest(lanes, from, end);
}

export function endDigest(lanes: u32, length: u32): void {
  sums.endDigest(lanes, length);
}
