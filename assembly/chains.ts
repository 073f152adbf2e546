// Chains: what a rule causes may cause a rule. A queued input is one link deeper than the one that was being handled. Through the world, a slot that a command is about to change remembers how deep the command was, and hands that on to
// the report that follows.

import * as abi from './abi';
import { CHAIN_INPUTS_MAX, CHAIN_STEPS_MAX, CHAIN_WINDOW_MS } from './limits';
import { now, putWord, tableAt, word } from './memory';

@inline
function chainOf(slot: u32): u32 {
  const table = tableAt(slot);
  return table == 0 ? 0 : load<u32>(table, abi.TABLE_CHAIN);
}

/** When the chain began that the current input belongs to. */
function chainStart(): f64 {
  return load<u32>(abi.H_INPUT, abi.INPUT_DEPTH) == 0 ? now() : load<f64>(abi.H_INPUT, abi.INPUT_CHAIN_START);
}

/** Notes that a command which the current input led to is about to carry on these chains. */
export function markChain(list: u32): void {
  if (list != 0) markLink(list, load<u32>(abi.H_INPUT, abi.INPUT_DEPTH) + 1, chainStart());
}

/** Notes how deep a command is that is about to carry on these chains; the list of where they lie begins with its length. */
export function markLink(list: u32, depth: u32, start: f64): void {
  const count = load<u32>(list);
  for (let i: u32 = 1; i <= count; i++) {
    const chain = load<u32>(list + i * 4);
    store<f64>(chain, now(), abi.CHAIN_AT);
    store<f64>(chain, start, abi.CHAIN_START);
    store<u32>(chain, depth, abi.CHAIN_DEPTH);
  }
}

/** Makes the current input, a report of this slot, a link of the chain that led to it. */
export function continueChain(slot: u32): void {
  const chain = chainOf(slot);
  if (chain == 0 || load<u32>(chain, abi.CHAIN_DEPTH) == 0) return;
  if (now() - load<f64>(chain, abi.CHAIN_AT) > CHAIN_WINDOW_MS) return;
  const old = now() - load<f64>(chain, abi.CHAIN_START) > CHAIN_WINDOW_MS;
  store<u32>(abi.H_INPUT, old ? 1 : load<u32>(chain, abi.CHAIN_DEPTH), abi.INPUT_DEPTH);
  store<f64>(abi.H_INPUT, old ? now() : load<f64>(chain, abi.CHAIN_START), abi.INPUT_CHAIN_START);
}

/** An input from outside: what it causes is counted from here. */
@inline
export function beginChain(): void {
  if (word(abi.H_CHAIN_STEPS) == 0) return;
  putWord(abi.H_CHAIN_STEPS, 0);
  putWord(abi.H_CHAIN_INPUTS, 0);
}

/** Counts a step for an input that rules caused; false where there were too many, and the chain is cut. */
export function mayGoOn(): bool {
  const steps = word(abi.H_CHAIN_STEPS);
  if (steps == 0) return true;
  putWord(abi.H_CHAIN_STEPS, steps + 1);
  return steps <= CHAIN_STEPS_MAX || cut();
}

/** Lets go of what is left of a chain. */
function cut(): bool {
  putWord(abi.H_CHAIN_STEPS, CHAIN_STEPS_MAX + 1);
  putWord(abi.H_QUEUE_LENGTH, 0);
  putWord(abi.H_STAGE, 0);
  return false;
}

/** Counts an input that the current one causes; what comes from outside may cause as many as it likes. */
function mayCause(): bool {
  if (word(abi.H_CHAIN_STEPS) == 0) return true;
  const caused = word(abi.H_CHAIN_INPUTS) + 1;
  putWord(abi.H_CHAIN_INPUTS, caused);
  return caused <= CHAIN_INPUTS_MAX || cut();
}

/** A queued input of this run, one link deeper than the current one; 0 when there is no room, or too many were caused. */
export function enqueue(run: u32, kind: u32): u32 {
  if (!mayCause()) return 0;
  const length = word(abi.H_QUEUE_LENGTH);
  const capacity = word(abi.H_QUEUE_CAPACITY);
  if (length >= capacity) return 0;
  const place = (word(abi.H_QUEUE_HEAD) + length) % capacity;
  const input = word(abi.H_QUEUE) + place * abi.INPUT_SIZE;
  store<u32>(abi.H_QUEUE_LENGTH, length + 1);
  memory.fill(input, 0, abi.INPUT_SIZE);
  store<u32>(input, kind, abi.INPUT_KIND);
  store<u32>(input, load<u32>(abi.H_INPUT, abi.INPUT_DEPTH) + 1, abi.INPUT_DEPTH);
  store<f64>(input, load<f64>(run, abi.RUN_CAUSE), abi.INPUT_CAUSE);
  store<f64>(input, chainStart(), abi.INPUT_CHAIN_START);
  store<u32>(input, load<u32>(run, abi.RUN_RULE), abi.INPUT_RULE);
  store<u32>(input, load<u32>(run, abi.RUN_ID), abi.INPUT_RUN);
  return input;
}

/** Takes the next queued input as the current one; false when there is none. */
export function dequeue(): bool {
  const length = word(abi.H_QUEUE_LENGTH);
  if (length == 0) return false;
  if (word(abi.H_CHAIN_STEPS) == 0) putWord(abi.H_CHAIN_STEPS, 1);
  const head = word(abi.H_QUEUE_HEAD);
  memory.copy(abi.H_INPUT, word(abi.H_QUEUE) + head * abi.INPUT_SIZE, abi.INPUT_SIZE);
  store<u32>(abi.H_QUEUE_HEAD, (head + 1) % word(abi.H_QUEUE_CAPACITY));
  store<u32>(abi.H_QUEUE_LENGTH, length - 1);
  return true;
}
