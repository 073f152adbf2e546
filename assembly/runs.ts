// Runs and their strands: two pools with free lists, runs linked by age under their rule, strands under their run.

import * as abi from './abi';
import { codeAt, now, putWord, ruleAt, word } from './memory';
import { writeTrace } from './output';
import { UNKNOWN } from './value';
import { disarm } from './timers';

/** Takes a record of a pool; 0 when the pool is used up. */
function take(base: u32, size: u32, capacity: u32, free: u32, high: u32): u32 {
  const index = word(free);
  if (index != 0) {
    const record = base + index * size;
    putWord(free, load<u32>(record, 4));
    return record;
  }
  const next = word(high);
  if (next >= capacity) return 0;
  putWord(high, next + 1);
  return base + next * size;
}

function give(record: u32, base: u32, size: u32, free: u32): void {
  memory.fill(record, 0, size);
  store<u32>(record, word(free), 4);
  putWord(free, (record - base) / size);
}

function takeStrand(): u32 {
  return take(word(abi.H_STRANDS), abi.STRAND_SIZE, word(abi.H_STRAND_CAPACITY), abi.H_STRAND_FREE, abi.H_STRAND_HIGH);
}

/** Makes a run and puts it behind the others of its rule; 0 when there is no room for more. */
export function createRun(rule: u32, state: u32, context: u32, cause: f64): u32 {
  const run = take(word(abi.H_RUNS), abi.RUN_SIZE, word(abi.H_RUN_CAPACITY), abi.H_RUN_FREE, abi.H_RUN_HIGH);
  if (run == 0) return 0;
  memory.fill(run, 0, abi.RUN_SIZE);
  const ruleState = ruleAt(rule);
  const id = load<u32>(ruleState, abi.RULE_RUN_COUNTER) + 1;
  store<u32>(ruleState, id, abi.RULE_RUN_COUNTER);
  store<u32>(ruleState, load<u32>(ruleState, abi.RULE_RUNNING) + 1, abi.RULE_RUNNING);
  const last = load<u32>(ruleState, abi.RULE_LAST);
  store<u32>(run, rule, abi.RUN_RULE);
  store<u32>(run, rule, abi.RUN_VERSION);
  store<u64>(run + abi.RUN_WAIT_CONTEXT, UNKNOWN, abi.CONTEXT_VALUE);
  store<u32>(run, last, abi.RUN_PREVIOUS);
  store<u32>(run, state, abi.RUN_STATE);
  store<u32>(run, id, abi.RUN_ID);
  store<f64>(run, cause, abi.RUN_CAUSE);
  store<f64>(run, now(), abi.RUN_STARTED);
  memory.copy(run + abi.RUN_CONTEXT, context, abi.CONTEXT_SIZE);
  if (last == 0) store<u32>(ruleState, run, abi.RULE_FIRST);
  else store<u32>(last, run, abi.RUN_NEXT);
  store<u32>(ruleState, run, abi.RULE_LAST);
  putWord(abi.H_LIVE_RUNS, word(abi.H_LIVE_RUNS) + 1);
  return run;
}

/** Adds a strand to a run and makes it ready behind `previous`; 0 when there is no room. */
export function spawn(run: u32, code: u32, parent: u32, previous: u32): u32 {
  const strand = addStrand(run, code, parent);
  if (strand != 0) readyBehind(previous, strand);
  return strand;
}

/** Adds a strand to a run, behind its others; 0 when there is no room. */
export function addStrand(run: u32, code: u32, parent: u32): u32 {
  const strand = takeStrand();
  if (strand == 0) return 0;
  memory.fill(strand, 0, abi.STRAND_SIZE);
  const ordinal = load<u32>(run, abi.RUN_ORDINALS);
  store<u32>(run, ordinal + 1, abi.RUN_ORDINALS);
  store<u32>(strand, run, abi.STRAND_RUN);
  store<u32>(strand, parent, abi.STRAND_PARENT);
  store<u32>(strand, code, abi.STRAND_CODE);
  store<u32>(strand, ordinal, abi.STRAND_ORDINAL);
  store<f64>(strand, abi.NO_TIME, abi.STRAND_TIMEOUT);
  clearCell(strand + abi.STRAND_CELL);
  let last = run + abi.RUN_STRANDS - abi.STRAND_NEXT;
  while (load<u32>(last, abi.STRAND_NEXT) != 0) last = load<u32>(last, abi.STRAND_NEXT);
  store<u32>(last, strand, abi.STRAND_NEXT);
  return strand;
}

export function clearCell(cell: u32): void {
  disarm(cell);
  memory.fill(cell, 0, abi.CELL_SIZE);
  store<u64>(cell, UNKNOWN, abi.CELL_VALUE);
  store<f64>(cell, abi.NO_TIME, abi.CELL_FOR_AT);
  store<f64>(cell, abi.NO_TIME, abi.CELL_RECHECK_AT);
}

/** Makes a strand the next to be carried on. */
export function makeReady(strand: u32): void {
  readyBehind(0, strand);
}

/** Makes a strand ready behind another, or before all (0): what a strand forks is done before what comes beside it. */
export function readyBehind(previous: u32, strand: u32): void {
  store<u32>(strand, abi.STATUS_READY, abi.STRAND_STATUS);
  clearCell(strand + abi.STRAND_CELL);
  store<f64>(strand, abi.NO_TIME, abi.STRAND_TIMEOUT);
  const next = previous == 0 ? word(abi.H_READY) : load<u32>(previous, abi.STRAND_READY);
  store<u32>(strand, next, abi.STRAND_READY);
  if (previous == 0) putWord(abi.H_READY, strand);
  else store<u32>(previous, strand, abi.STRAND_READY);
}

/** Takes a strand out of the ready ones, wherever it stands. */
export function unready(strand: u32): void {
  let previous: u32 = 0;
  let each = word(abi.H_READY);
  while (each != 0 && each != strand) {
    previous = each;
    each = load<u32>(each, abi.STRAND_READY);
  }
  if (each == 0) return;
  const next = load<u32>(strand, abi.STRAND_READY);
  if (previous == 0) putWord(abi.H_READY, next);
  else store<u32>(previous, next, abi.STRAND_READY);
}

/** Ends one strand of a run that goes on. */
export function endStrand(strand: u32): void {
  const run = load<u32>(strand, abi.STRAND_RUN);
  let previous = run + abi.RUN_STRANDS - abi.STRAND_NEXT;
  while (load<u32>(previous, abi.STRAND_NEXT) != strand) previous = load<u32>(previous, abi.STRAND_NEXT);
  store<u32>(previous, load<u32>(strand, abi.STRAND_NEXT), abi.STRAND_NEXT);
  freeStrand(strand);
}

function freeStrand(strand: u32): void {
  unready(strand);
  disarm(strand + abi.STRAND_CELL);
  give(strand, word(abi.H_STRANDS), abi.STRAND_SIZE, abi.H_STRAND_FREE);
}

/** Ends a run with all its strands, writes its trace, and starts the next queued run of its rule. */
export function endRun(run: u32, outcome: u32, place: u32): void {
  const rule = load<u32>(run, abi.RUN_RULE);
  const version = load<u32>(run, abi.RUN_VERSION);
  writeTrace(version, load<u32>(run, abi.RUN_ID), outcome, load<u32>(run + abi.RUN_CONTEXT, abi.CONTEXT_TRIGGER), place);
  let strand = load<u32>(run, abi.RUN_STRANDS);
  while (strand != 0) {
    const next = load<u32>(strand, abi.STRAND_NEXT);
    freeStrand(strand);
    strand = next;
  }
  unlink(run, rule);
  startQueued(rule);
}

function unlink(run: u32, rule: u32): void {
  const ruleState = ruleAt(rule);
  const next = load<u32>(run, abi.RUN_NEXT);
  const previous = load<u32>(run, abi.RUN_PREVIOUS);
  if (previous == 0) store<u32>(ruleState, next, abi.RULE_FIRST);
  else store<u32>(previous, next, abi.RUN_NEXT);
  if (next == 0) store<u32>(ruleState, previous, abi.RULE_LAST);
  else store<u32>(next, previous, abi.RUN_PREVIOUS);
  store<u32>(ruleState, load<u32>(ruleState, abi.RULE_RUNNING) - 1, abi.RULE_RUNNING);
  putWord(abi.H_LIVE_RUNS, word(abi.H_LIVE_RUNS) - 1);
  give(run, word(abi.H_RUNS), abi.RUN_SIZE, abi.H_RUN_FREE);
}

/** A queued run begins when no other run of its rule is under way, on the code that it was admitted under. */
export function startQueued(rule: u32): void {
  let queued: u32 = 0;
  for (let run = load<u32>(ruleAt(rule), abi.RULE_FIRST); run != 0; run = load<u32>(run, abi.RUN_NEXT)) {
    if (load<u32>(run, abi.RUN_STATE) != abi.RUN_QUEUED) return;
    if (queued == 0) queued = run;
  }
  if (queued == 0) return;
  store<u32>(queued, abi.RUN_RUNNING, abi.RUN_STATE);
  store<f64>(queued, now(), abi.RUN_STARTED);
  const code = codeAt(load<u32>(queued, abi.RUN_VERSION));
  if (spawn(queued, load<u32>(code, abi.CODE_ACTIONS), 0, 0) == 0) endRun(queued, abi.OUTCOME_DROPPED, 0);
}

/** A run of a rule that is not over, by its number; 0 where there is none. */
export function findRun(rule: u32, id: u32): u32 {
  let run = load<u32>(ruleAt(rule), abi.RULE_FIRST);
  while (run != 0 && load<u32>(run, abi.RUN_ID) != id) run = load<u32>(run, abi.RUN_NEXT);
  return run;
}
