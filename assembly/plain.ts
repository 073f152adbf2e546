// The short way of a batch: reports on which nothing hangs but plain triggers of rules that send constant values. Of those each
// is over before the next begins, without a run, a pending start or a unit of work that could be resumed. Where anything else
// comes into play the report becomes the current input, from the entry on that asks for more, and is done like any other.

import * as abi from './abi';
import { beginChain, markLink } from './chains';
import { firesPlainly, isPlain } from './entries';
import { FAILED, PASSED, compareAlong } from './evaluate';
import { BATCH_EVENTS, INSTANT_ROWS_MAX } from './limits';
import { codeAt, now, ruleAt, slotAt, tableAt, word } from './memory';
import { hasRows, putRows } from './output';
import { putValue } from './slots';
import { mark, openEntries, openEntriesFrom, takeReport } from './step';
import { FALSE, TRUE, UNKNOWN, fromNumber } from './value';

const ORIGIN: u32 = abi.DEVICE_ORIGIN;

@inline
function box(table: u32, raw: f64): u64 {
  if (table == 0 || load<u32>(table, abi.TABLE_BOOLEAN) == 0) return fromNumber(raw);
  return isNaN(raw) ? UNKNOWN : raw != 0 ? TRUE : FALSE;
}

/** Makes the report the current input, as the host would have sent it. */
function makeCurrent(slot: u32, value: u64): void {
  store<u32>(abi.H_INPUT, abi.INPUT_VALUE_REPORT, abi.INPUT_KIND);
  store<u32>(abi.H_INPUT, slot, abi.INPUT_SLOT);
  store<u64>(abi.H_INPUT, value, abi.INPUT_VALUE);
  store<u64>(abi.H_INPUT, 0, abi.INPUT_DEVICE);
  store<u64>(abi.H_INPUT, 0, abi.INPUT_BUTTON);
  store<u64>(abi.H_INPUT, ORIGIN, abi.INPUT_ORIGIN);
  store<f64>(abi.H_INPUT, load<f64>(abi.H_SEQUENCE), abi.INPUT_CAUSE);
}

/** Takes reports from `next` on; answers the place behind the last one taken, which may have left more to do. */
export function takeReports(next: u32, count: u32): u32 {
  const slots = word(abi.H_EVENTS);
  const values = slots + BATCH_EVENTS * 4;
  const known = word(abi.H_SLOT_COUNT);
  let settled = true;
  while (next < count && settled) {
    const slot = load<u32>(slots + next * 4);
    store<f64>(abi.H_SEQUENCE, load<f64>(abi.H_SEQUENCE) + 1);
    mark();
    beginChain();
    if (slot < known) settled = settle(slot, load<f64>(values + next * 8));
    next++;
  }
  return next;
}

/** Takes a report and does what follows from it; false where it was made the current input, for all that is left. */
@inline
function settle(slot: u32, raw: f64): bool {
  const at = slotAt(slot);
  const table = tableAt(slot);
  const value = box(table, raw);
  if (load<u64>(at, abi.SLOT_VALUE) == value) return true;
  if (table == 0) {
    putValue(at, value, now(), ORIGIN);
    return true;
  }
  if ((load<u32>(table, abi.TABLE_HOLD_COUNT) | load<u32>(table, abi.TABLE_CHAIN)) != 0) {
    makeCurrent(slot, value);
    takeReport(slot);
    openEntries(slot);
    return false;
  }
  const previous = load<u64>(at, abi.SLOT_KNOWN);
  putValue(at, value, now(), ORIGIN);
  const first = load<u32>(table, abi.TABLE_ENTRIES);
  const end = first + load<u32>(table, abi.TABLE_ENTRY_COUNT) * abi.ENTRY_SIZE;
  for (let entry = first; entry < end; entry += abi.ENTRY_SIZE) {
    const kind = load<u32>(entry, abi.ENTRY_KIND);
    if (isPlain(kind)) {
      if (!firesPlainly(kind, entry, previous, value)) continue;
      if (startPlainly(load<u32>(entry, abi.ENTRY_RULE))) continue;
    }
    makeCurrent(slot, value);
    store<u64>(abi.H_INPUT, previous, abi.INPUT_PREVIOUS);
    openEntriesFrom(entry, end);
    return false;
  }
  return true;
}

/** Starts a rule, and ends it; false where that is not for here, and nothing has been done. */
@inline
function startPlainly(rule: u32): bool {
  const state = ruleAt(rule);
  const code = codeAt(rule);
  const input = word(abi.H_INPUT_MARK);
  if (load<u32>(state, abi.RULE_MARK) == input || load<u32>(state, abi.RULE_ENABLED) == 0) return true;
  if (load<u32>(state, abi.RULE_RUNNING) != 0 || load<u32>(code, abi.CODE_INSTANT) != abi.INSTANT_ROWS) return false;
  if (!hasRows(INSTANT_ROWS_MAX)) return false;
  const conditions = load<u32>(code, abi.CODE_CONDITIONS);
  const verdict = conditions == 0 ? PASSED : compareAlong(conditions);
  if (verdict > PASSED) return false;
  store<u32>(state, input, abi.RULE_MARK);
  if (verdict == FAILED) return true;
  store<u32>(state, load<u32>(state, abi.RULE_RUN_COUNTER) + 1, abi.RULE_RUN_COUNTER);
  for (let at = load<u32>(code, abi.CODE_ACTIONS); <u32>load<u8>(at) != abi.OP_FINISH; at += abi.OP_SIZE) {
    putRows(rule, load<u32>(at, abi.OP_VALUE), load<u32>(at, abi.OP_VALUE + 4));
    const list = load<u32>(at, abi.OP_B);
    if (list != 0) markLink(list, 1, now());
  }
  return true;
}
