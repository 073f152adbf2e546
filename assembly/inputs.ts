// Inputs that concern a run or a rule itself: what became of a command, a run called off, a rule switched on or off.

import * as abi from './abi';
import { endRun, findRun } from './runs';
import { switchTo } from './switch';
import { wake } from './waits';

/** The current input calls one run off; one that is over by now is left alone. */
export function takeCancel(): void {
  const run = findRun(load<u32>(abi.H_INPUT, abi.INPUT_RULE), load<u32>(abi.H_INPUT, abi.INPUT_RUN));
  if (run != 0) endRun(run, abi.OUTCOME_CANCELLED, 0);
}

/** The current input switches a rule on or off, as a rule's own action does. */
export function takeSwitch(): u32 {
  const rule = load<u32>(abi.H_INPUT, abi.INPUT_RULE);
  return switchTo(rule, load<u32>(abi.H_INPUT, abi.INPUT_SILENT) == 0);
}

/** The current input tells what became of a command: a strand that waits for it goes on, or to what it does on failure. */
export function takeOutcome(): void {
  const rule = load<u32>(abi.H_INPUT, abi.INPUT_RULE);
  const run = findRun(rule, load<u32>(abi.H_INPUT, abi.INPUT_RUN));
  if (run == 0) return;
  for (let strand = load<u32>(run, abi.RUN_STRANDS); strand != 0; strand = load<u32>(strand, abi.STRAND_NEXT)) {
    if (load<u32>(strand, abi.STRAND_STATUS) != abi.STATUS_OUTCOME) continue;
    if (load<u32>(strand, abi.STRAND_AWAITED) != load<u32>(abi.H_INPUT, abi.INPUT_SLOT)) continue;
    const at = load<u32>(strand, abi.STRAND_CODE);
    wake(strand);
    if (load<u32>(abi.H_INPUT, abi.INPUT_SILENT) != 0) store<u32>(strand, load<u32>(at, abi.OP_TARGET), abi.STRAND_CODE);
    return;
  }
}
