// Reports in a batch: slots and values as plain numbers, for replaying history and for whoever counts nanoseconds. The
// events are the same as those of a step, one after the other, each complete before the next.

import * as abi from './abi';
import { hasRoom } from './output';
import { STAGE_ENTRIES, isBusy, mark, nextEntry, openEntries, takeReport, unit, work } from './step';
import { decideStart } from './starts';
import { nextDeadline } from './timers';
import { now, putWord, tableAt, word } from './memory';
import { FALSE, TRUE, UNKNOWN, fromNumber } from './value';

/** The two arrays of a batch, slots and values, lie one after the other in the ring of events. */
export const BATCH_EVENTS: u32 = 4096;

@inline
function box(slot: u32, raw: f64): u64 {
  if (isNaN(raw)) return UNKNOWN;
  const table = tableAt(slot);
  if (table != 0 && load<u32>(table, abi.TABLE_BOOLEAN) != 0) return raw != 0 ? TRUE : FALSE;
  return fromNumber(raw);
}

/** Makes the event the current input, as the host would have sent it. */
function take(index: u32): void {
  const slot = load<u32>(word(abi.H_EVENTS) + index * 4);
  const raw = load<f64>(word(abi.H_EVENTS) + BATCH_EVENTS * 4 + index * 8);
  const sequence = load<f64>(abi.H_SEQUENCE) + 1;
  store<f64>(abi.H_SEQUENCE, sequence);
  mark();
  store<u32>(abi.H_INPUT, abi.INPUT_VALUE_REPORT, abi.INPUT_KIND);
  store<u32>(abi.H_INPUT, slot, abi.INPUT_SLOT);
  store<u64>(abi.H_INPUT, box(slot, raw), abi.INPUT_VALUE);
  store<u64>(abi.H_INPUT, 0, abi.INPUT_DEVICE);
  store<u64>(abi.H_INPUT, 0, abi.INPUT_BUTTON);
  store<u64>(abi.H_INPUT, abi.DEVICE_ORIGIN, abi.INPUT_ORIGIN);
  store<f64>(abi.H_INPUT, sequence, abi.INPUT_CAUSE);
  if (slot < word(abi.H_SLOT_COUNT) && takeReport(slot)) openEntries(slot);
}

export function feed(target: f64, count: u32): u32 {
  store<f64>(abi.H_TARGET, target);
  putWord(abi.H_EVENT_NEXT, 0);
  putWord(abi.H_EVENT_COUNT, 0);
  putWord(abi.H_DOWNTIME, 0);
  putWord(abi.H_BATCH, count);
  memory.fill(abi.H_INPUT, 0, abi.INPUT_SIZE);
  const status = work();
  return status == abi.STEP_IDLE ? goOn() : status;
}

/** Goes on with a batch that stopped for room or for an answer. */
export function resumeFeed(): u32 {
  const status = work();
  return status == abi.STEP_IDLE ? goOn() : status;
}

function goOn(): u32 {
  const count = word(abi.H_BATCH);
  let next = word(abi.H_BATCH_NEXT);
  while (next < count) {
    take(next++);
    while (word(abi.H_STAGE) == STAGE_ENTRIES && word(abi.H_READY) == 0 && hasRoom()) {
      if (nextEntry() != abi.UNIT_DONE) break;
      if (word(abi.H_START_RULE) != 0 && decideStart() != abi.UNIT_DONE) break;
    }
    while (isBusy()) {
      const status = hasRoom() ? unit() : abi.STEP_FULL;
      if (status == abi.UNIT_DONE) {
        putWord(abi.H_MEMO_COUNT, 0);
        continue;
      }
      putWord(abi.H_BATCH_NEXT, next);
      return status;
    }
    if (nextDeadline() > now()) continue;
    const status = work();
    if (status == abi.STEP_IDLE) continue;
    putWord(abi.H_BATCH_NEXT, next);
    return status;
  }
  putWord(abi.H_BATCH_NEXT, 0);
  return abi.STEP_IDLE;
}
