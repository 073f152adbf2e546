// Reports in a batch: slots and values as plain numbers, for replaying history and for whoever counts nanoseconds. The
// events are the same as those of a step, one after the other, each complete before the next.

import * as abi from './abi';
import { hasRoom } from './output';
import { takeReports } from './plain';
import { STAGE_ENTRIES, isBusy, nextEntry, unit, work } from './step';
import { decideStart } from './starts';
import { nextDeadline } from './timers';
import { now, putWord, word } from './memory';

export function feed(target: f64, count: u32): u32 {
  store<f64>(abi.H_TARGET, target);
  putWord(abi.H_EVENT_NEXT, 0);
  putWord(abi.H_EVENT_COUNT, 0);
  putWord(abi.H_DOWNTIME, 0);
  putWord(abi.H_BATCH, count);
  memory.fill(abi.H_INPUT, 0, abi.INPUT_SIZE);
  return resumeFeed();
}

/** Goes on with a batch, where it stopped for room or for an answer. */
export function resumeFeed(): u32 {
  const status = work();
  return status == abi.STEP_IDLE ? goOn() : status;
}

function goOn(): u32 {
  const count = word(abi.H_BATCH);
  let next = word(abi.H_BATCH_NEXT);
  while (next < count) {
    next = takeReports(next, count);
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
