// What one evaluation needs and nobody keeps: the stack's height, whether the host must be asked, what the names of a
// rule's expressions refer to. None of it outlives a unit of work, so none of it is state.

import * as abi from './abi';
import { HOST_ANSWERS_MAX, STACK_VALUES_MAX } from './limits';
import { putWord, word } from './memory';
import { UNKNOWN } from './value';

/** Set when the host must answer before the unit of work can go on; the unit is then done again from its start. */
export let suspended: bool = false;
/** The earliest instant at which what was evaluated could turn out differently by time alone. */
export let recheckAt: f64 = abi.NO_TIME;
export let wantsRecheck: bool = false;
/** What `trigger`, `wait` and `repeat` refer to; 0 where there is none. */
export let context: u32 = 0;
export let strand: u32 = 0;
export let run: u32 = 0;

let top: u32 = 0;
/** The generator's state before the evaluation, for when it must be done again. */
let random: u64 = 0;

export function begin(triggerContext: u32, ofStrand: u32, ofRun: u32): void {
  suspended = false;
  wantsRecheck = false;
  recheckAt = abi.NO_TIME;
  context = triggerContext;
  strand = ofStrand;
  run = ofRun;
  top = word(abi.H_STACK);
  random = load<u64>(abi.H_RANDOM);
}

export function watchTime(): void {
  wantsRecheck = true;
}

@inline
export function recheckBy(at: f64): void {
  recheckAt = min(recheckAt, at);
}

@inline
export function push(value: u64): void {
  store<u64>(top, value);
  if (top < word(abi.H_STACK) + STACK_VALUES_MAX * 8) top += 8;
}

@inline
export function pop(): u64 {
  if (top > word(abi.H_STACK)) top -= 8;
  return load<u64>(top);
}

export function height(): u32 {
  return (top - word(abi.H_STACK)) >> 3;
}

/** Replaces the top `count` values by the host's answer, or asks for it. */
export function ask(request: u32, place: u32, count: u32): void {
  const first = top - count * 8;
  const known = word(abi.H_MEMO_COUNT);
  for (let i: u32 = 0; i < known; i++) {
    const memo = word(abi.H_MEMO) + i * abi.MEMO_SIZE;
    if (!answers(memo, request, place, count, first)) continue;
    top = first;
    push(load<u64>(memo, 40));
    return;
  }
  if (known >= HOST_ANSWERS_MAX) {
    top = first;
    push(UNKNOWN);
    return;
  }
  writeRequest(word(abi.H_MEMO) + known * abi.MEMO_SIZE, request, place, count, first);
}

function answers(memo: u32, request: u32, place: u32, count: u32, first: u32): bool {
  if (load<u32>(memo) != request || load<u32>(memo, 4) != place) return false;
  for (let i: u32 = 0; i < min<u32>(count, 3); i++) {
    if (load<u64>(memo + 16 + i * 8) != load<u64>(first + i * 8)) return false;
  }
  return true;
}

function writeRequest(memo: u32, request: u32, place: u32, count: u32, first: u32): void {
  store<u32>(memo, request);
  store<u32>(memo, place, 4);
  store<u32>(memo, count, 8);
  store<u32>(memo, first, 12);
  for (let i: u32 = 0; i < min<u32>(count, 3); i++) store<u64>(memo + 16 + i * 8, load<u64>(first + i * 8));
  putWord(abi.H_NEED, request);
  store<u64>(abi.H_RANDOM, random);
  suspended = true;
}
