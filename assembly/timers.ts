// One 4-ary heap of everything that waits for time. A timer belongs to a cell, which knows its place in the heap, so that it
// can be moved or removed. At one instant the order is: rule, then strands from the oldest, then triggers in list order.

import * as abi from './abi';
import { word, putWord } from './memory';

@inline
function timerAt(index: u32): u32 {
  return word(abi.H_TIMERS) + index * abi.TIMER_SIZE;
}

/** Whether timer `a` comes before timer `b`. */
function before(a: u32, b: u32): bool {
  const atA = load<f64>(a, abi.TIMER_AT);
  const atB = load<f64>(b, abi.TIMER_AT);
  if (atA != atB) return atA < atB;
  const ruleA = load<u32>(a, abi.TIMER_RULE);
  const ruleB = load<u32>(b, abi.TIMER_RULE);
  if (ruleA != ruleB) return ruleA < ruleB;
  return load<f64>(a, abi.TIMER_KEY) < load<f64>(b, abi.TIMER_KEY);
}

function settle(index: u32, from: u32): void {
  const place = timerAt(index);
  if (place != from) memory.copy(place, from, abi.TIMER_SIZE);
  store<u32>(load<u32>(place, abi.TIMER_CELL), index + 1, abi.CELL_TIMER);
}

/** The slot behind the last timer holds the timer that is being moved. */
@inline
function moving(): u32 {
  return timerAt(word(abi.H_TIMER_CAPACITY));
}

function siftUp(start: u32): void {
  let index = start;
  while (index > 0) {
    const parent = (index - 1) >> 2;
    if (!before(moving(), timerAt(parent))) break;
    settle(index, timerAt(parent));
    index = parent;
  }
  settle(index, moving());
}

function siftDown(start: u32): void {
  const count = word(abi.H_TIMER_COUNT);
  let index = start;
  for (;;) {
    const first = (index << 2) + 1;
    if (first >= count) break;
    const last = min<u32>(first + 4, count);
    let least = first;
    for (let child = first + 1; child < last; child++) {
      if (before(timerAt(child), timerAt(least))) least = child;
    }
    if (!before(timerAt(least), moving())) break;
    settle(index, timerAt(least));
    index = least;
  }
  settle(index, moving());
}

/** Arms the timer of a cell, moving it if it was armed; NO_TIME disarms. */
export function arm(cell: u32, at: f64, rule: u32, key: f64, owner: u32, kind: u32): void {
  const armed = load<u32>(cell, abi.CELL_TIMER);
  if (armed != 0 && load<f64>(timerAt(armed - 1), abi.TIMER_AT) == at) return;
  if (armed != 0) disarm(cell);
  if (at >= abi.NO_TIME) return;
  const count = word(abi.H_TIMER_COUNT);
  putWord(abi.H_TIMER_COUNT, count + 1);
  const timer = moving();
  store<f64>(timer, at, abi.TIMER_AT);
  store<f64>(timer, key, abi.TIMER_KEY);
  store<u32>(timer, rule, abi.TIMER_RULE);
  store<u32>(timer, cell, abi.TIMER_CELL);
  store<u32>(timer, owner, abi.TIMER_OWNER);
  store<u32>(timer, kind, abi.TIMER_KIND);
  siftUp(count);
}

export function disarm(cell: u32): void {
  const armed = load<u32>(cell, abi.CELL_TIMER);
  if (armed == 0) return;
  store<u32>(cell, 0, abi.CELL_TIMER);
  const index = armed - 1;
  const last = word(abi.H_TIMER_COUNT) - 1;
  putWord(abi.H_TIMER_COUNT, last);
  if (index == last) return;
  memory.copy(moving(), timerAt(last), abi.TIMER_SIZE);
  if (index > 0 && before(moving(), timerAt((index - 1) >> 2))) siftUp(index);
  else siftDown(index);
}

/** The earliest timer, or 0. */
export function earliest(): u32 {
  return word(abi.H_TIMER_COUNT) == 0 ? 0 : timerAt(0);
}

/** When the earliest timer is due; NO_TIME when none is armed. */
export function nextDeadline(): f64 {
  return word(abi.H_TIMER_COUNT) == 0 ? abi.NO_TIME : load<f64>(timerAt(0), abi.TIMER_AT);
}

export function armTrigger(trigger: u32, cell: u32): void {
  const at = min(load<f64>(cell, abi.CELL_FOR_AT), load<f64>(cell, abi.CELL_RECHECK_AT));
  const index = load<u32>(trigger, abi.TRIGGER_INDEX);
  const key = abi.TRIGGER_KEYS + <f64>index * 1048576.0 + <f64>load<u32>(cell, abi.CELL_MEMBER);
  arm(cell, at, load<u32>(trigger, abi.TRIGGER_RULE), key, trigger, abi.TIMER_TRIGGER);
}

export function armStrand(strand: u32): void {
  const cell = strand + abi.STRAND_CELL;
  const run = load<u32>(strand, abi.STRAND_RUN);
  const waits = min(load<f64>(cell, abi.CELL_FOR_AT), load<f64>(cell, abi.CELL_RECHECK_AT));
  const at = min(waits, load<f64>(strand, abi.STRAND_TIMEOUT));
  let key = <f64>load<u32>(run, abi.RUN_ID) * 4096.0 + <f64>load<u32>(strand, abi.STRAND_ORDINAL);
  if (load<u32>(strand, abi.STRAND_STATUS) == abi.STATUS_LISTENS) key += <f64>(load<u32>(cell, abi.CELL_MEMBER) + 1) / 65536.0;
  arm(cell, at, load<u32>(run, abi.RUN_RULE), key, strand, abi.TIMER_STRAND);
}
