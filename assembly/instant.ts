// Rules that only send constant commands begin and end at once: they need no run of their own in memory, only a place to
// write from. That is most rules of a home, and all of its busiest.

import * as abi from './abi';
import { markChain } from './chains';
import { INSTANT_ROWS_MAX } from './limits';
import { ruleAt, word } from './memory';
import { hasRows, writeCommand, writeRows, writeTrace } from './output';

/** Behind the header's end, where no run of the pool lies. */
const RUN: u32 = abi.H_END;

export function runInstant(rule: u32, code: u32): u32 {
  const rows = word(abi.H_ROWS) != 0;
  if (rows && !hasRows(INSTANT_ROWS_MAX)) return abi.STEP_FULL;
  const state = ruleAt(rule);
  const id = load<u32>(state, abi.RULE_RUN_COUNTER) + 1;
  store<u32>(state, id, abi.RULE_RUN_COUNTER);
  store<u32>(RUN, rule, abi.RUN_RULE);
  store<u32>(RUN, rule, abi.RUN_VERSION);
  store<u32>(RUN, id, abi.RUN_ID);
  store<u32>(RUN, 0, abi.RUN_COMMANDS);
  store<f64>(RUN, load<f64>(abi.H_START_CAUSE), abi.RUN_CAUSE);
  const device = load<u32>(abi.H_START_CONTEXT, abi.CONTEXT_DEVICE);
  store<u32>(RUN + abi.RUN_CONTEXT, device, abi.CONTEXT_DEVICE);
  for (let at = code; <u32>load<u8>(at) != abi.OP_FINISH; at += abi.OP_SIZE) {
    const plain = <u32>load<u8>(at) == abi.OP_SET_ROWS;
    if (plain && rows) writeRows(RUN, load<u32>(at, abi.OP_VALUE), load<u32>(at, abi.OP_VALUE + 4));
    else writeCommand(RUN, load<u32>(at, abi.OP_A), 0);
    markChain(load<u32>(at, abi.OP_B));
  }
  writeTrace(rule, id, abi.OUTCOME_FINISHED, load<u32>(abi.H_START_CONTEXT, abi.CONTEXT_TRIGGER), 0);
  return abi.UNIT_DONE;
}
