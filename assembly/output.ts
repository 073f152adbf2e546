// The output ring: commands and traces, read by the host between calls. Every unit of work begins only with room for all it
// can write, so nothing is ever dropped.

import * as abi from './abi';
import { UNIT_OUTPUT_BYTES } from './limits';
import { now, putWord, word } from './memory';

@inline
export function hasRoom(): bool {
  return word(abi.H_OUT_LENGTH) + UNIT_OUTPUT_BYTES <= word(abi.H_OUT_CAPACITY);
}

/** Room in the rows of `set` commands that a batch leaves. */
@inline
export function hasRows(count: u32): bool {
  return word(abi.H_ROW_COUNT) + count <= word(abi.H_ROW_CAPACITY);
}

function claim(bytes: u32): u32 {
  const length = word(abi.H_OUT_LENGTH);
  putWord(abi.H_OUT_LENGTH, length + bytes);
  return word(abi.H_OUT) + length;
}

/** Writes a command; `values` are the results of its expressions, from the bottom of the stack. */
export function writeCommand(run: u32, action: u32, valueCount: u32): void {
  const record = claim(abi.OUT_VALUES + valueCount * 8);
  const number = load<u32>(run, abi.RUN_COMMANDS) + 1;
  store<u32>(run, number, abi.RUN_COMMANDS);
  store<u32>(record, abi.OUT_COMMAND, abi.OUT_TYPE);
  store<u32>(record, load<u32>(run, abi.RUN_VERSION), abi.OUT_RULE);
  store<u32>(record, action, abi.OUT_ACTION);
  store<u32>(record, valueCount, abi.OUT_VALUE_COUNT);
  store<u32>(record, load<u32>(run, abi.RUN_ID), abi.OUT_RUN);
  store<u32>(record, number, abi.OUT_NUMBER);
  store<f64>(record, now(), abi.OUT_AT);
  store<f64>(record, load<f64>(run, abi.RUN_CAUSE), abi.OUT_CAUSE);
  store<u32>(record, load<u32>(run + abi.RUN_CONTEXT, abi.CONTEXT_DEVICE), abi.OUT_DEVICE);
  if (valueCount > 0) memory.copy(record + abi.OUT_VALUES, word(abi.H_STACK), valueCount * 8);
}

/** Writes what became of a run, or of an attempt to start one (`run` 0). Batches for speed keep no traces. */
export function writeTrace(rule: u32, run: u32, outcome: u32, trigger: u32, place: u32): void {
  if (word(abi.H_ROWS) != 0) return;
  const record = claim(abi.TRACE_SIZE);
  store<u32>(record, abi.OUT_TRACE, abi.OUT_TYPE);
  store<u32>(record, rule, abi.OUT_RULE);
  store<u32>(record, outcome, abi.OUT_OUTCOME);
  store<u32>(record, trigger, abi.OUT_TRIGGER);
  store<u32>(record, run, abi.OUT_RUN);
  store<u32>(record, place, abi.OUT_PLACE);
  store<f64>(record, now(), abi.OUT_AT);
}

/** Writes a plain `set` as rows of (rule, slot, value); the list holds (slot, boxed value) pairs of 16 bytes. */
export function writeRows(run: u32, list: u32, count: u32): void {
  store<u32>(run, load<u32>(run, abi.RUN_COMMANDS) + 1, abi.RUN_COMMANDS);
  putRows(load<u32>(run, abi.RUN_RULE), list, count);
}

@inline
export function putRows(rule: u32, list: u32, count: u32): void {
  let row = word(abi.H_ROW_COUNT);
  for (let i: u32 = 0; i < count; i++, row++) {
    store<u32>(word(abi.H_ROW_RULES) + row * 4, rule);
    store<u32>(word(abi.H_ROW_SLOTS) + row * 4, load<u32>(list + i * 16));
    store<f64>(word(abi.H_ROW_VALUES) + row * 8, load<f64>(list + i * 16 + 8));
  }
  putWord(abi.H_ROW_COUNT, row);
}
