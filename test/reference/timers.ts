// Every timer that is armed, found by looking everywhere; and what happens when one is due.

import { ask } from './conditions.ts';
import { recheckOf } from './rechecks.ts';
import { askerOf, goOn, start, stopAt } from './runs.ts';
import type { RuleMemory, Run, State, Thread, Watch } from './state.ts';
import { instantsOf, nextOf, plainContext } from './triggers.ts';
import type { Noticer } from './triggers.ts';
import { complete } from './watches.ts';

interface Timer {
  readonly at: number;
  readonly fire: () => void;
}

const idOf = (trigger: { id?: string }, index: number): string => trigger.id ?? String(index);

export function noticersOf(memory: RuleMemory): Noticer[] {
  return memory.rule.triggers.map((trigger, index) => ({
    trigger,
    memory: memory.triggers[index]!,
    id: idOf(trigger, index),
  }));
}

/** All timers in the order in which those of one instant fire. */
function timersOf(state: State): Timer[] {
  return state.rules.flatMap((memory) => {
    const waiting = memory.runs.flatMap((run) =>
      run.threads.flatMap((thread) => threadTimers(state, memory, run, thread)),
    );
    return [...waiting, ...triggerTimers(state, memory)];
  });
}

/** The earliest timer; of several at one instant the first in order. */
export function earliest(state: State): Timer | null {
  let found: Timer | null = null;
  for (const timer of timersOf(state)) if (found === null || timer.at < found.at) found = timer;
  return found;
}

function triggerTimers(state: State, memory: RuleMemory): Timer[] {
  if (!isListening(memory)) return [];
  return noticersOf(memory).flatMap((noticer) => {
    const { watches } = noticer.memory;
    const nextAt = nextOf(noticer.memory);
    const timers: Timer[] = nextAt === null ? [] : [{ at: nextAt, fire: () => fireClock(state, memory) }];
    for (const watch of Object.values(watches)) {
      if (watch.deadline !== null) timers.push({ at: watch.deadline, fire: () => fireWatch(state, memory, watch) });
    }
    return timers;
  });
}

export const isListening = (memory: RuleMemory): boolean => memory.enabled && !memory.deleted;

/** All clock triggers of a rule that are due at this instant are one input: the first in list order is named. */
function fireClock(state: State, memory: RuleMemory): void {
  const due = noticersOf(memory).filter((each) => nextOf(each.memory) === state.at);
  for (const { trigger, memory: of } of due) {
    const next = instantsOf(state, trigger, state.at);
    of.instants = of.instants.map((at, place) => (at === state.at ? next[place]! : at));
  }
  start(state, memory, plainContext(due[0]!.id), 0);
}

function fireWatch(state: State, memory: RuleMemory, watch: Watch): void {
  complete(watch);
  start(state, memory, watch.context!, watch.cause);
}

function threadTimers(state: State, memory: RuleMemory, run: Run, thread: Thread): Timer[] {
  const { wait } = thread;
  if (wait === null) return [];
  if (wait.kind === 'delay') return [{ at: wait.deadline, fire: () => goOn(state, memory, run, thread) }];
  const timers: Timer[] = [];
  if (wait.kind === 'until' && wait.recheckAt !== null) {
    timers.push({ at: wait.recheckAt, fire: () => recheck(state, memory, run, thread) });
  }
  if ('deadline' in wait && wait.deadline !== null) {
    timers.push({ at: wait.deadline, fire: () => timeOut(state, memory, run, thread) });
  }
  if (wait.kind === 'event') timers.push(...eventTimers(state, memory, run, thread));
  return timers;
}

/** A clock trigger that a run waits for, or the `for` of another. */
function eventTimers(state: State, memory: RuleMemory, run: Run, thread: Thread): Timer[] {
  const { wait } = thread;
  if (wait?.kind !== 'event') return [];
  const { watches } = wait.memory;
  const nextAt = nextOf(wait.memory);
  const clock = (): void => pass(state, memory, run, thread, plainContext(idOf(wait.trigger, 0)));
  const timers: Timer[] = nextAt === null ? [] : [{ at: nextAt, fire: clock }];
  for (const watch of Object.values(watches)) {
    if (watch.deadline !== null)
      timers.push({ at: watch.deadline, fire: () => pass(state, memory, run, thread, watch.context) });
  }
  return timers;
}

export function pass(state: State, memory: RuleMemory, run: Run, thread: Thread, event: Run['event']): void {
  run.timedOut = false;
  run.event = event;
  goOn(state, memory, run, thread);
}

/** Asks a wait's condition again; true when the wait passed. */
export function recheck(state: State, memory: RuleMemory, run: Run, thread: Thread): boolean {
  const { wait } = thread;
  if (wait?.kind !== 'until') return false;
  // What it waits for speaks of this wait, which nothing has ended yet, whatever other branches waited for.
  const asker = { ...askerOf(state, run, thread), run: { ...run, timedOut: false, event: null } };
  if (ask(state, wait.condition, asker) === true) {
    pass(state, memory, run, thread, null);
    return true;
  }
  wait.recheckAt = recheckOf(state, wait.condition);
  return false;
}

function timeOut(state: State, memory: RuleMemory, run: Run, thread: Thread): void {
  const { wait } = thread;
  if (wait?.kind !== 'until' && wait?.kind !== 'event') return;
  if (recheck(state, memory, run, thread)) return;
  run.timedOut = true;
  if (wait.stops) stopAt(state, memory, run, wait.pointer);
  else goOn(state, memory, run, thread);
}
