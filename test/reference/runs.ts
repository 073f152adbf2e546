// Starting, going on with and ending runs.

import type { Rule, Value } from '@lintel/model';
import { ask } from './conditions.ts';
import type { Asker } from './conditions.ts';
import { act, computed } from './actions.ts';
import type { Flow } from './actions.ts';
import { listOf } from './state.ts';
import type { Frame, Outcome, Run, RuleMemory, State, Thread, TriggerContext } from './state.ts';

export const CHAIN_MAX = 32;
export const FUEL_STEPS_MAX = 10_000;

function trace(state: State, run: Run, outcome: Outcome, pointer?: string): void {
  const told = { rule: run.rule.id, run: run.id, at: state.at, trigger: run.trigger.id, outcome };
  state.traces.push(pointer === undefined ? told : { ...told, pointer });
}

function newRun(state: State, rule: Rule, trigger: TriggerContext, cause: number): Run {
  const list: Frame = { kind: 'list', actions: rule.actions, pointer: '/actions', index: 0 };
  const main: Thread = { id: 0, parent: null, stack: [list], wait: null };
  const run = { id: 0, rule, cause, trigger, threads: [main], nextThread: 1, timedOut: null, event: null };
  return { ...run, steps: 0, stepsAt: state.at };
}

/** A trigger fired, or a person asked: asks the conditions, then the mode. */
export function start(state: State, memory: RuleMemory, trigger: TriggerContext, cause: number): void {
  const run = newRun(state, memory.rule, trigger, cause);
  if (state.depth > CHAIN_MAX) return trace(state, run, 'cascade');
  const conditions = memory.rule.conditions ?? [];
  const failing = conditions.findIndex((each) => ask(state, each, { trigger, run, round: null }) !== true);
  if (failing !== -1) return trace(state, run, 'conditions', `/conditions/${failing}`);
  admit(state, memory, run);
}

function admit(state: State, memory: RuleMemory, run: Run): void {
  const { mode = 'single', max = 10 } = memory.rule;
  if (mode === 'restart') cancelAll(state, memory);
  const going = memory.runs.length + memory.queue.length;
  const room = mode === 'single' || mode === 'restart' ? 1 : max;
  if (going >= room) return trace(state, run, 'dropped');
  run.id = memory.nextRun;
  memory.nextRun += 1;
  if (mode === 'queued' && going > 0) memory.queue.push(run);
  else begin(state, memory, run);
}

export const cancelled = (state: State, run: Run): void => trace(state, run, 'cancelled');

export function cancelAll(state: State, memory: RuleMemory): void {
  for (const run of [...memory.runs, ...memory.queue]) cancelled(state, run);
  memory.runs = [];
  memory.queue = [];
}

export function cancelOne(state: State, id: string, number: number): void {
  const memory = state.rules.find(({ rule }) => rule.id === id);
  const run = [...(memory?.runs ?? []), ...(memory?.queue ?? [])].find((each) => each.id === number);
  if (memory === undefined || run === undefined) return;
  memory.queue = memory.queue.filter((each) => each !== run);
  end(state, memory, run, 'cancelled');
}

function begin(state: State, memory: RuleMemory, run: Run): void {
  memory.runs.push(run);
  goOn(state, memory, run, run.threads[0]!);
}

function end(state: State, memory: RuleMemory, run: Run, outcome: Outcome, pointer?: string): void {
  memory.runs = memory.runs.filter((each) => each !== run);
  run.threads = [];
  trace(state, run, outcome, pointer);
  beginNext(state, memory);
}

export const stopAt = (state: State, memory: RuleMemory, run: Run, pointer: string): void =>
  end(state, memory, run, 'stopped', pointer);

/** A queued run begins when nothing goes before it. */
export function beginNext(state: State, memory: RuleMemory): void {
  const next = memory.runs.length === 0 ? memory.queue.shift() : undefined;
  if (next !== undefined) begin(state, memory, next);
}

/** Lets a thread act until it waits or ends; then its parent, if it was the last branch. */
export function goOn(state: State, memory: RuleMemory, run: Run, thread: Thread): void {
  thread.wait = null;
  while (thread.stack.length > 0) {
    if (isOutOfFuel(state, run)) return end(state, memory, run, 'fuel');
    const flow = step(state, run, thread);
    if (flow === 'waits') return;
    if (flow === 'forks') return fork(state, memory, run, thread);
    if (typeof flow === 'object') return end(state, memory, run, 'stopped', flow.stopped);
  }
  close(state, memory, run, thread);
}

function isOutOfFuel(state: State, run: Run): boolean {
  if (run.stepsAt !== state.at) {
    run.stepsAt = state.at;
    run.steps = 0;
  }
  run.steps += 1;
  return run.steps > FUEL_STEPS_MAX;
}

function close(state: State, memory: RuleMemory, run: Run, thread: Thread): void {
  run.threads = run.threads.filter((each) => each !== thread);
  if (thread.parent === null) return end(state, memory, run, 'finished');
  const parent = run.threads.find((each) => each.id === thread.parent)!;
  if (!run.threads.some((each) => each.parent === parent.id)) goOn(state, memory, run, parent);
}

/** The branches were put beside their parent; each acts in turn, unless one of them ended the run. */
function fork(state: State, memory: RuleMemory, run: Run, parent: Thread): void {
  const branches = run.threads.filter((each) => each.parent === parent.id);
  if (branches.length === 0) return goOn(state, memory, run, parent);
  for (const branch of branches) {
    if (run.threads.includes(branch)) goOn(state, memory, run, branch);
  }
}

function step(state: State, run: Run, thread: Thread): Flow {
  const frame = thread.stack.at(-1)!;
  if (frame.kind === 'repeat') return repeat(state, run, thread, frame);
  const action = frame.actions[frame.index];
  if (action === undefined) {
    thread.stack.pop();
    return 'on';
  }
  const pointer = `${frame.pointer}/${frame.index}`;
  frame.index += 1;
  return act(state, { run, thread, pointer, asker: askerOf(state, run, thread) }, action);
}

/** What conditions and expressions inside this thread may ask: the innermost round, and the innermost value gone over. */
export function askerOf(state: State, run: Run, thread: Thread): Asker {
  const parent = run.threads.find((each) => each.id === thread.parent);
  let round: Asker['round'] = parent === undefined ? null : askerOf(state, run, parent).round;
  for (const frame of thread.stack) {
    if (frame.kind !== 'repeat') continue;
    const { each } = frame.action;
    const outer = { trigger: run.trigger, run, round };
    // Worked out as it is asked for.
    const item = (): Value =>
      each === undefined
        ? (outer.round?.item ?? null)
        : (computed(state, each[frame.round - 1] ?? null, outer) as Value);
    round = {
      index: frame.round,
      get item() {
        return item();
      },
    };
  }
  return { trigger: run.trigger, run, round };
}

function repeat(state: State, run: Run, thread: Thread, frame: Extract<Frame, { kind: 'repeat' }>): Flow {
  const { action } = frame;
  const asker = askerOf(state, run, thread);
  // Asked before a round, so it speaks of the round that would begin.
  const before = { ...asker, round: { index: frame.round + 1, item: asker.round?.item ?? null } };
  const isDone =
    frame.round > 0 && action.until !== undefined
      ? ask(state, action.until, asker) === true
      : action.while !== undefined && ask(state, action.while, before) !== true;
  if (isDone || (frame.count !== null && frame.round >= frame.count)) {
    thread.stack.pop();
    return 'on';
  }
  frame.round += 1;
  thread.stack.push({ kind: 'list', actions: listOf(action.actions), pointer: `${frame.pointer}/actions`, index: 0 });
  return 'on';
}
