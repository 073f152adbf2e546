// From a trigger that fired to a run: remembered as the pending start, its rule's conditions asked, then admitted by the
// rule's mode.

import * as abi from './abi';
import { mayGoOn } from './chains';
import { CHAIN_LINKS_MAX } from './limits';
import { codeAt, putWord, ruleAt, word } from './memory';
import { writeTrace } from './output';
import { createRun, endRun, spawn } from './runs';
import { evaluate } from './evaluate';
import { runInstant } from './instant';
import * as scratch from './scratch';
import { UNKNOWN } from './value';

/** Begins a pending start of a rule; false when the rule has started for this input already, or is switched off. */
export function openStart(rule: u32, byHand: bool): bool {
  const state = ruleAt(rule);
  const mark = word(abi.H_INPUT_MARK);
  if (load<u32>(state, abi.RULE_MARK) == mark) return false;
  if (!byHand && load<u32>(state, abi.RULE_ENABLED) == 0) return false;
  store<u32>(state, mark, abi.RULE_MARK);
  putWord(abi.H_START_RULE, rule + 1);
  return true;
}

/** Fills what the pending start knows from the current input. */
export function startFromInput(trigger: u32, device: u32): void {
  const context = abi.H_START_CONTEXT;
  store<u64>(context, load<u64>(abi.H_INPUT, abi.INPUT_VALUE), abi.CONTEXT_VALUE);
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_ID), abi.CONTEXT_TRIGGER);
  store<u32>(context, device, abi.CONTEXT_DEVICE);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_ACTION), abi.CONTEXT_ACTION);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_DATA), abi.CONTEXT_DATA);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN), abi.CONTEXT_ORIGIN);
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_INDEX), abi.CONTEXT_INDEX);
  if (load<u32>(trigger, abi.TRIGGER_KIND) == abi.KIND_EXPRESSION) {
    store<u64>(context, UNKNOWN, abi.CONTEXT_VALUE);
    memory.fill(context + abi.CONTEXT_DEVICE, 0, abi.CONTEXT_INDEX - abi.CONTEXT_DEVICE);
  }
  store<f64>(abi.H_START_CAUSE, load<f64>(abi.H_INPUT, abi.INPUT_CAUSE));
}

/** Fills what the pending start knows when a person, or another rule, asked for it. */
export function startByHand(): void {
  const context = abi.H_START_CONTEXT;
  memory.fill(context, 0, abi.CONTEXT_SIZE);
  store<u64>(context, UNKNOWN, abi.CONTEXT_VALUE);
  store<u32>(context, load<u32>(abi.H_INPUT, abi.INPUT_BUTTON), abi.CONTEXT_TRIGGER);
  store<f64>(abi.H_START_CAUSE, load<f64>(abi.H_INPUT, abi.INPUT_CAUSE));
}

/** Keeps in a cell what the current input says, for when the trigger's `for` has passed. */
export function rememberInput(trigger: u32, cell: u32, device: u32): void {
  const plain = load<u32>(trigger, abi.TRIGGER_KIND) == abi.KIND_EXPRESSION;
  store<u64>(cell, plain ? UNKNOWN : load<u64>(abi.H_INPUT, abi.INPUT_VALUE), abi.CELL_VALUE);
  store<u32>(cell, plain ? 0 : load<u32>(abi.H_INPUT, abi.INPUT_ORIGIN), abi.CELL_ORIGIN);
  store<u32>(cell, plain ? 0 : device, abi.CELL_DEVICE);
  store<f64>(cell, load<f64>(abi.H_INPUT, abi.INPUT_CAUSE), abi.CELL_CAUSE);
}

/** Fills what the pending start knows from a cell whose `for` has passed; of a clock only the name is known. */
export function startFromCell(trigger: u32, cell: u32): void {
  const context = abi.H_START_CONTEXT;
  const clock = load<u32>(trigger, abi.TRIGGER_KIND) >= abi.KIND_TIME;
  memory.fill(context, 0, abi.CONTEXT_SIZE);
  store<u64>(context, clock ? UNKNOWN : load<u64>(cell, abi.CELL_VALUE), abi.CONTEXT_VALUE);
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_ID), abi.CONTEXT_TRIGGER);
  store<u32>(context, load<u32>(trigger, abi.TRIGGER_INDEX), abi.CONTEXT_INDEX);
  store<f64>(abi.H_START_CAUSE, 0);
  if (clock) return;
  store<u32>(context, load<u32>(cell, abi.CELL_DEVICE), abi.CONTEXT_DEVICE);
  store<u32>(context, load<u32>(cell, abi.CELL_ORIGIN), abi.CONTEXT_ORIGIN);
  store<f64>(abi.H_START_CAUSE, load<f64>(cell, abi.CELL_CAUSE));
}

function refuse(rule: u32, outcome: u32, place: u32): u32 {
  writeTrace(rule, 0, outcome, load<u32>(abi.H_START_CONTEXT, abi.CONTEXT_TRIGGER), place);
  putWord(abi.H_START_RULE, 0);
  return abi.UNIT_DONE;
}

/** Decides about the pending start. */
export function decideStart(): u32 {
  const rule = word(abi.H_START_RULE) - 1;
  const code = codeAt(rule);
  if (load<u32>(abi.H_INPUT, abi.INPUT_DEPTH) > CHAIN_LINKS_MAX || !mayGoOn()) return refuse(rule, abi.OUTCOME_CASCADE, 0);
  const conditions = load<u32>(code, abi.CODE_CONDITIONS);
  if (conditions != 0) {
    scratch.begin(abi.H_START_CONTEXT, 0, 0);
    const passes = evaluate(conditions);
    if (scratch.suspended) return abi.STEP_NEEDS;
    if (!passes) return refuse(rule, abi.OUTCOME_CONDITIONS, word(abi.H_FAILED_CONDITION));
  }
  const running = load<u32>(ruleAt(rule), abi.RULE_RUNNING);
  if (running == 0 && load<u32>(code, abi.CODE_INSTANT) != 0) return startInstant(rule, code);
  const mode = load<u32>(code, abi.CODE_MODE);
  if (running > 0) {
    if (mode == abi.MODE_SINGLE) return refuse(rule, abi.OUTCOME_DROPPED, 0);
    if (mode == abi.MODE_RESTART) cancelRuns(rule);
    else if (running >= load<u32>(code, abi.CODE_MAX)) return refuse(rule, abi.OUTCOME_DROPPED, 0);
  }
  return admit(rule, code, running > 0 && mode == abi.MODE_QUEUED);
}

export function cancelRuns(rule: u32): void {
  for (;;) {
    const run = load<u32>(ruleAt(rule), abi.RULE_FIRST);
    if (run == 0) return;
    endRun(run, abi.OUTCOME_CANCELLED, 0);
  }
}

function startInstant(rule: u32, code: u32): u32 {
  const status = runInstant(rule, load<u32>(code, abi.CODE_ACTIONS));
  if (status == abi.UNIT_DONE) putWord(abi.H_START_RULE, 0);
  return status;
}

function admit(rule: u32, code: u32, waits: bool): u32 {
  const state = waits ? abi.RUN_QUEUED : abi.RUN_RUNNING;
  const cause = load<f64>(abi.H_START_CAUSE);
  const run = createRun(rule, state, abi.H_START_CONTEXT, cause);
  if (run == 0) return refuse(rule, abi.OUTCOME_DROPPED, 0);
  if (!waits && spawn(run, load<u32>(code, abi.CODE_ACTIONS), 0, 0) == 0) endRun(run, abi.OUTCOME_DROPPED, 0);
  putWord(abi.H_START_RULE, 0);
  return abi.UNIT_DONE;
}
