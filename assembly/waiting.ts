// What happens to waiting strands: an input comes by, or their time.

import * as abi from './abi';
import { nextInstant } from './clock';
import { eventDue, offerEvent, passFromCell } from './event-waits';
import { triggerOf } from './listeners';
import { now, putWord, ruleAt, word } from './memory';
import { armStrand } from './timers';
import { recheck, timeOut, wake } from './waits';

/** The next strand of a rule, by age, that waits and has not been looked at in this input; 0 when there is none. */
export function nextWaiting(rule: u32): u32 {
  const fromRun = word(abi.H_WAIT_RUN);
  for (let run = load<u32>(ruleAt(rule), abi.RULE_FIRST); run != 0; run = load<u32>(run, abi.RUN_NEXT)) {
    const id = load<u32>(run, abi.RUN_ID);
    if (id < fromRun) continue;
    const from = id == fromRun ? word(abi.H_WAIT_ORDINAL) : 0;
    for (let strand = load<u32>(run, abi.RUN_STRANDS); strand != 0; strand = load<u32>(strand, abi.STRAND_NEXT)) {
      if (load<u32>(strand, abi.STRAND_ORDINAL) < from) continue;
      const status = load<u32>(strand, abi.STRAND_STATUS);
      if (status != abi.STATUS_CONDITION && status != abi.STATUS_EVENT) continue;
      if (load<u32>(strand, abi.STRAND_AWAITED) != word(abi.H_INPUT_MARK)) return strand;
    }
  }
  return 0;
}

/** Shows the current input to a waiting strand. */
export function offerInput(strand: u32): u32 {
  const run = load<u32>(strand, abi.STRAND_RUN);
  const status = load<u32>(strand, abi.STRAND_STATUS) == abi.STATUS_CONDITION ? recheck(strand) : offerEvent(strand);
  if (status == abi.STEP_NEEDS) return status;
  putWord(abi.H_WAIT_RUN, load<u32>(run, abi.RUN_ID));
  putWord(abi.H_WAIT_ORDINAL, load<u32>(strand, abi.STRAND_ORDINAL) + 1);
  return abi.UNIT_DONE;
}

/** A strand's timer is due: its delay, its condition's time, its event's `for` or instant, or its timeout. */
export function strandDue(strand: u32): u32 {
  const cell = strand + abi.STRAND_CELL;
  const status = load<u32>(strand, abi.STRAND_STATUS);
  const at = now();
  if (status == abi.STATUS_DELAY) wake(strand);
  else if (status == abi.STATUS_LISTENS) passFromCell(load<u32>(strand, abi.STRAND_PARENT), triggerOf(strand), cell);
  else if (status == abi.STATUS_CONDITION && load<f64>(cell, abi.CELL_RECHECK_AT) <= at) return recheckAtTimeout(strand);
  else if (load<f64>(strand, abi.STRAND_TIMEOUT) <= at && status == abi.STATUS_EVENT) timeOut(strand);
  else if (status == abi.STATUS_EVENT && min(load<f64>(cell, abi.CELL_FOR_AT), load<f64>(cell, abi.CELL_RECHECK_AT)) <= at) {
    return eventDue(strand, at);
  } else timeOut(strand);
  return abi.UNIT_DONE;
}

function recheckAtTimeout(strand: u32): u32 {
  const status = recheck(strand);
  if (status != abi.UNIT_DONE || load<u32>(strand, abi.STRAND_STATUS) != abi.STATUS_CONDITION) return status;
  if (load<f64>(strand, abi.STRAND_TIMEOUT) <= now()) timeOut(strand);
  return abi.UNIT_DONE;
}

/** Sets what waits for an instant of the clock anew, after the host has made the table of the time zone longer. */
export function resetClocks(): void {
  for (let i: u32 = 1; i < word(abi.H_STRAND_HIGH); i++) {
    const strand = word(abi.H_STRANDS) + i * abi.STRAND_SIZE;
    const status = load<u32>(strand, abi.STRAND_STATUS);
    if (status != abi.STATUS_EVENT && status != abi.STATUS_LISTENS) continue;
    const trigger = triggerOf(strand);
    const kind = load<u32>(trigger, abi.TRIGGER_KIND);
    if (kind < abi.KIND_TIME || kind > abi.KIND_SUN) continue;
    const cell = strand + abi.STRAND_CELL;
    store<f64>(cell, nextInstant(trigger, cell, now()), abi.CELL_RECHECK_AT);
    armStrand(strand);
  }
}
