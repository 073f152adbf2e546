// What each action does when its turn comes.

import { readDuration } from '@lintel/model';
import type { Action, Computed, Target, Value } from '@lintel/model';
import { ask } from './conditions.ts';
import type { Asker } from './conditions.ts';
import { evaluate } from './expressions.ts';
import { recheckOf } from './rechecks.ts';
import { newMemory } from './triggers.ts';

import type { Command, HomeEvent, Run, State, Thread } from './state.ts';

/** How a thread goes on after an action: at once, not before something happens, by its branches, or not at all. */
export type Flow = 'on' | 'waits' | 'forks' | { readonly stopped: string };

export interface Doing {
  readonly run: Run;
  readonly thread: Thread;
  readonly pointer: string;
  readonly asker: Asker;
}

type ActionOf<K extends Action['kind']> = Extract<Action, { kind: K }>;

/** Replaces every `{expression}` in a value by what it says now. */
export function computed(state: State, raw: unknown, asker: Asker): unknown {
  if (Array.isArray(raw)) return raw.map((each) => computed(state, each, asker));
  if (typeof raw !== 'object' || raw === null) return raw;
  if ('expression' in raw && typeof raw.expression === 'string') return evaluate(state, raw.expression, asker);
  return Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, computed(state, value, asker)]));
}

/** Milliseconds of a duration; a number that an expression gives is milliseconds already, anything else is none. */
function durationOf(state: State, raw: Computed<string>, asker: Asker): number {
  const value = computed(state, raw, asker);
  return typeof value === 'number' ? Math.max(0, Math.round(value)) : (readDuration(value) ?? 0);
}

function resolve(target: Target, doing: Doing): unknown {
  if (!('trigger' in target)) return target;
  const { trigger: _, ...rest } = target;
  const { device } = doing.run.trigger;
  return device === null ? { devices: [], ...rest } : { device, ...rest };
}

function emit(state: State, doing: Doing, fields: { kind: string; [field: string]: unknown }): Command {
  const { run } = doing;
  const id = String(state.nextCommand);
  state.nextCommand += 1;
  const command = { id, at: state.at, rule: run.rule.id, run: run.id, cause: run.cause, ...fields };
  state.commands.push(command);
  return command;
}

/** A command with the action's own fields: durations in ms, expressions worked out, the trigger's device for `{trigger: true}`. */
function command(
  state: State,
  doing: Doing,
  action: Action & { target?: Target; transition?: Computed<string> },
): Flow {
  const { onFailure, ...fields } = action as Record<string, unknown> & { kind: string; onFailure?: unknown };
  const { target } = action;
  const said = computed(state, fields, doing.asker) as typeof fields;
  if (target !== undefined) said['target'] = resolve(target, doing);
  for (const field of ['transition', 'for'] as const) {
    const raw = fields[field] as Computed<string> | undefined;
    if (raw !== undefined) said[field] = durationOf(state, raw, doing.asker);
  }
  const { id } = emit(state, doing, said);
  if (onFailure === undefined || onFailure === 'continue') return 'on';
  const policy = onFailure as 'stop' | readonly Action[];
  doing.thread.wait = { kind: 'outcome', command: id, policy, pointer: doing.pointer };
  return 'waits';
}

/** Queued behind the rules of the present input, as its child in the chain. */
function queue(state: State, doing: Doing, event: HomeEvent, before: Value): Flow {
  state.queue.push({ event, cause: doing.run.cause, depth: state.depth + 1, before, repeats: false });
  return 'on';
}

function setMode(state: State, doing: Doing, action: ActionOf<'mode'>): Flow {
  const mode = computed(state, action.mode, doing.asker);
  if (typeof mode !== 'string') return 'on';
  emit(state, doing, { kind: 'mode', mode });
  const before = state.mode;
  state.mode = mode;
  return queue(state, doing, { mode }, before);
}

function emitEvent(state: State, doing: Doing, action: ActionOf<'emit'>): Flow {
  const said = computed(state, { event: action.event, ...(action.data && { data: action.data }) }, doing.asker) as {
    event: string;
  };
  emit(state, doing, { kind: 'emit', ...said });
  return queue(state, doing, said, null);
}

function setVariable(state: State, doing: Doing, action: ActionOf<'variable'>): Flow {
  const before = state.variables[action.name] ?? null;
  const value = computed(state, action.value, doing.asker) as Value;
  state.variables[action.name] = value;
  return queue(state, doing, { variable: action.name, value }, before);
}

function control(state: State, doing: Doing, action: ActionOf<'automation'>): Flow {
  if (action.do === 'run') return queue(state, doing, { run: action.automation }, null);
  switchRule(state, action.automation, action.do === 'enable');
  return 'on';
}

export function switchRule(state: State, id: string, enabled: boolean): void {
  const memory = state.rules.find((each) => each.rule.id === id && !each.deleted);
  if (memory === undefined || memory.enabled === enabled) return;
  memory.enabled = enabled;
  memory.triggers = memory.rule.triggers.map((trigger) => newMemory(state, trigger));
}

function delay(state: State, doing: Doing, action: ActionOf<'delay'>): Flow {
  const ms = durationOf(state, action.for, doing.asker);
  if (ms === 0) return 'on';
  doing.thread.wait = { kind: 'delay', deadline: state.at + ms };
  return 'waits';
}

function wait(state: State, doing: Doing, action: ActionOf<'wait'>): Flow {
  const { run, thread, pointer, asker } = doing;
  const ms = action.timeout === undefined ? null : durationOf(state, action.timeout, asker);
  run.timedOut = false;
  run.event = null;
  if (action.until !== undefined && ask(state, action.until, asker) === true) return 'on';
  const stops = action.onTimeout === 'stop';
  if (ms === 0) {
    run.timedOut = true;
    return stops ? { stopped: pointer } : 'on';
  }
  const common = { deadline: ms === null ? null : state.at + ms, stops, pointer };
  if (action.until !== undefined) {
    thread.wait = { kind: 'until', condition: action.until, ...common, recheckAt: recheckOf(state, action.until) };
  } else thread.wait = { kind: 'event', trigger: action.event!, memory: newMemory(state, action.event!), ...common };
  return 'waits';
}

function enter(doing: Doing, actions: readonly Action[] | undefined, pointer: string): Flow {
  if (actions !== undefined)
    doing.thread.stack.push({ kind: 'list', actions, pointer: `${doing.pointer}${pointer}`, index: 0 });
  return 'on';
}

function choose(state: State, doing: Doing, action: ActionOf<'choose'>): Flow {
  const index = action.choices.findIndex((choice) => ask(state, choice.if, doing.asker) === true);
  return index === -1
    ? enter(doing, action.else, '/else')
    : enter(doing, action.choices[index]!.then, `/choices/${index}/then`);
}

function beginRepeat(state: State, doing: Doing, action: ActionOf<'repeat'>): Flow {
  const said = action.each === undefined ? computed(state, action.count ?? null, doing.asker) : action.each.length;
  const isCounted = action.count !== undefined || action.each !== undefined;
  const count = isCounted ? (typeof said === 'number' ? Math.floor(said) : 0) : null;
  doing.thread.stack.push({ kind: 'repeat', action, pointer: doing.pointer, count, round: 0 });
  return 'on';
}

function branch({ run, thread, pointer }: Doing, action: ActionOf<'parallel'>): Flow {
  action.branches.forEach((actions, index) => {
    const list = { kind: 'list' as const, actions, pointer: `${pointer}/branches/${index}`, index: 0 };
    run.threads.push({ id: run.nextThread, parent: thread.id, stack: [list], wait: null });
    run.nextThread += 1;
  });
  thread.wait = { kind: 'branches' };
  return 'forks';
}

export function act(state: State, doing: Doing, action: Action): Flow {
  switch (action.kind) {
    case 'mode':
      return setMode(state, doing, action);
    case 'emit':
      return emitEvent(state, doing, action);
    case 'variable':
      return setVariable(state, doing, action);
    case 'automation':
      return control(state, doing, action);
    case 'delay':
      return delay(state, doing, action);
    case 'wait':
      return wait(state, doing, action);
    case 'if': {
      const passes = ask(state, action.if, doing.asker) === true;
      return passes ? enter(doing, action.then, '/then') : enter(doing, action.else, '/else');
    }
    case 'choose':
      return choose(state, doing, action);
    case 'repeat':
      return beginRepeat(state, doing, action);
    case 'parallel':
      return branch(doing, action);
    case 'stop':
      return { stopped: doing.pointer };
    default:
      return command(state, doing, action);
  }
}
