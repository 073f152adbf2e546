// A wait for one of several: each device of a set, or each place that holds a time of day, needs a memory of its own. It
// lies in a strand that only listens, beside the one that waits, and ends with the wait.

import * as abi from './abi';
import { nextInstant } from './clock';
import { timeFrom } from './entries';
import { now } from './memory';
import { addStrand, endStrand } from './runs';
import * as scratch from './scratch';
import { armStrand } from './timers';

const HAS_LISTENERS: u8 = 4;

export function hasListeners(at: u32): bool {
  return (load<u8>(at, abi.OP_AUX) & HAS_LISTENERS) != 0;
}

/** The listener of a waiting strand for a slot; 0 when there is none. */
export function listenerFor(strand: u32, slot: u32): u32 {
  const run = load<u32>(strand, abi.STRAND_RUN);
  for (let each = load<u32>(run, abi.RUN_STRANDS); each != 0; each = load<u32>(each, abi.STRAND_NEXT)) {
    if (load<u32>(each, abi.STRAND_PARENT) != strand || load<u32>(each, abi.STRAND_STATUS) != abi.STATUS_LISTENS) continue;
    if (load<u32>(each, abi.STRAND_LISTENS_TO) == slot) return each;
  }
  return 0;
}

/** Adds a listener in the place of the strand that waits; `member` orders those of one wait. 0 when there is no room. */
export function addListener(strand: u32, slot: u32, member: u32): u32 {
  const run = load<u32>(strand, abi.STRAND_RUN);
  const ordinals = load<u32>(run, abi.RUN_ORDINALS);
  const listener = addStrand(run, load<u32>(strand, abi.STRAND_CODE), strand);
  if (listener == 0) return 0;
  store<u32>(run, ordinals, abi.RUN_ORDINALS);
  store<u32>(listener, load<u32>(strand, abi.STRAND_ORDINAL), abi.STRAND_ORDINAL);
  store<u32>(listener, abi.STATUS_LISTENS, abi.STRAND_STATUS);
  store<u32>(listener, slot, abi.STRAND_LISTENS_TO);
  store<u32>(listener + abi.STRAND_CELL, member, abi.CELL_MEMBER);
  return listener;
}

export function endListeners(strand: u32): void {
  let each = load<u32>(load<u32>(strand, abi.STRAND_RUN), abi.RUN_STRANDS);
  while (each != 0) {
    const next = load<u32>(each, abi.STRAND_NEXT);
    const listens = load<u32>(each, abi.STRAND_STATUS) == abi.STATUS_LISTENS;
    if (listens && load<u32>(each, abi.STRAND_PARENT) == strand) endStrand(each);
    each = next;
  }
}

/** The trigger of a listener: that of its wait, or of its place among several times of day. */
export function triggerOf(listener: u32): u32 {
  const trigger = load<u32>(load<u32>(listener, abi.STRAND_CODE), abi.OP_A);
  if (load<u32>(trigger, abi.TRIGGER_KIND) != abi.KIND_TIME) return trigger;
  return trigger + load<u32>(listener + abi.STRAND_CELL, abi.CELL_MEMBER) * abi.TRIGGER_SIZE;
}

@inline
function sourceOf(trigger: u32): u32 {
  return load<u32>(load<u32>(trigger, abi.TRIGGER_CLOCK), abi.CLOCK_SOURCE);
}

/** Begins to listen to every source of a wait for a time of day; false when the host must answer first. */
export function listenToSources(strand: u32, at: u32): bool {
  const first = load<u32>(at, abi.OP_A);
  const end = first + load<u32>(at, abi.OP_B) * abi.TRIGGER_SIZE;
  for (let trigger = first; trigger < end; trigger += abi.TRIGGER_SIZE) {
    if (sourceOf(trigger) == abi.NO_SOURCE) continue;
    timeFrom(trigger);
    if (scratch.suspended) return false;
  }
  for (let trigger = first; trigger < end; trigger += abi.TRIGGER_SIZE) {
    const slot = sourceOf(trigger);
    if (slot == abi.NO_SOURCE || listenerFor(strand, slot) != 0) continue;
    const listener = addListener(strand, slot, (trigger - first) / abi.TRIGGER_SIZE);
    if (listener != 0) setClock(listener, trigger, timeFrom(trigger));
  }
  return true;
}

function setClock(listener: u32, trigger: u32, time: u64): void {
  const cell = listener + abi.STRAND_CELL;
  store<u64>(cell, time, abi.CELL_VALUE);
  store<f64>(cell, nextInstant(trigger, cell, now()), abi.CELL_RECHECK_AT);
  armStrand(listener);
}

/** A source of a wait for a time of day says another one; false when the host must answer first. */
export function reread(strand: u32, slot: u32): bool {
  const listener = listenerFor(strand, slot);
  if (listener == 0) return true;
  const trigger = triggerOf(listener);
  const time = timeFrom(trigger);
  if (scratch.suspended) return false;
  setClock(listener, trigger, time);
  return true;
}
