// The reference model of the rule language: every rule is scanned for every input, every timer for the earliest. It is
// slow and obvious on purpose, shares nothing with the engine, and has the engine's interface.

import type { Rule } from '@lintel/model';
import { newRule, replace } from './edits.ts';
import type { Replaced } from './edits.ts';
import { updateHeld } from './held.ts';
import { apply } from './inputs.ts';
import { conditionReads } from './reads.ts';
import { cancelOne, goOn, start, stopAt } from './runs.ts';
import { switchRule } from './actions.ts';
import type {
  Command,
  HomeEvent,
  Input,
  ReferenceDevice,
  ReferenceHome,
  RuleMemory,
  Run,
  State,
  Thread,
  Trace,
  Wait,
} from './state.ts';
import { earliest, isListening, noticersOf, pass, recheck } from './timers.ts';
import { instantsOf, notice, plainContext } from './triggers.ts';

/** Rules that feed one another for ever, or branch ever wider within a chain, are not worth a comparison. */
export class Explosion extends Error {}
const CHAIN_INPUTS_MAX = 200;
const STEP_TIMERS_MAX = 2000;

export interface ReferenceOptions {
  readonly rules: readonly Rule[];
  readonly home: ReferenceHome;
  /** Milliseconds since 1970. */
  readonly startAt: number;
  readonly seed?: number;
  readonly devices?: readonly ReferenceDevice[];
}

export interface Stepped {
  readonly commands: Command[];
  readonly wakeAt: number | null;
  readonly traces: Trace[];
}

export interface Reference {
  step(now: number, events: readonly HomeEvent[]): Stepped;
  replaceRules(rules: readonly Rule[], options?: { devices?: readonly ReferenceDevice[] }): Replaced;
  snapshot(): State;
  /** The state itself, to look at. */
  peek(): State;
  restore(image: State): void;
}

function newState(options: ReferenceOptions): State {
  const { home, startAt } = options;
  const state: State = {
    home,
    devices: options.devices ?? [],
    now: startAt,
    at: startAt,
    sequence: 0,
    random: options.seed ?? 0,
    nextCommand: 1,
    mode: home.mode ?? 'home',
    properties: {},
    online: {},
    presence: {},
    variables: {},
    schedules: {},
    rules: [],
    held: new Map(),
    queue: [],
    depth: 0,
    commands: [],
    traces: [],
  };
  state.rules = structuredClone(options.rules).map((rule) => newRule(state, rule));
  return state;
}

interface Waiting {
  readonly run: Run;
  readonly thread: Thread;
  readonly wait: Wait;
}

function waitingIn(memory: RuleMemory): Waiting[] {
  const threads = memory.runs.flatMap((run) => run.threads.map((thread) => ({ run, thread, wait: thread.wait })));
  return threads.filter((each): each is Waiting => each.wait !== null);
}

/** Shows a waiting thread an input. */
function offer(state: State, memory: RuleMemory, { run, thread, wait }: Waiting, input: Input): void {
  if (wait.kind === 'until' && conditionReads(state, wait.condition, input.event)) recheck(state, memory, run, thread);
  if (wait.kind === 'event') {
    const noticer = { trigger: wait.trigger, memory: wait.memory, id: wait.trigger.id ?? '0' };
    const context = notice(state, noticer, input, run.rule.id);
    if (context !== null) pass(state, memory, run, thread, context);
  }
  const { event } = input;
  if (wait.kind !== 'outcome' || !('outcome' in event) || event.outcome !== wait.command) return;
  if (event.status !== 'done') {
    if (wait.policy === 'stop') return stopAt(state, memory, run, wait.pointer);
    thread.stack.push({ kind: 'list', actions: wait.policy, pointer: `${wait.pointer}/onFailure`, index: 0 });
  }
  goOn(state, memory, run, thread);
}

function runTriggers(state: State, memory: RuleMemory, input: Input): void {
  const { event } = input;
  const noticers = noticersOf(memory);
  if ('run' in event && event.run === memory.rule.id && !memory.deleted) {
    const manual = noticers.find((each) => each.trigger.kind === 'manual');
    const name = input.depth > 0 ? 'automation' : (manual?.id ?? 'manual');
    return start(state, memory, plainContext(name), input.cause);
  }
  if (!isListening(memory)) return;
  const contexts = noticers.map((noticer) => notice(state, noticer, input, memory.rule.id));
  const first = contexts.find((context) => context !== null);
  if (first !== undefined) start(state, memory, first, input.cause);
}

function handle(state: State, input: Input): void {
  const { event } = input;
  state.depth = input.depth;
  if ('cancel' in event) return cancelOne(state, event.cancel.rule, event.cancel.run);
  if ('enabled' in event) return switchRule(state, event.rule, event.enabled);
  apply(state, input);
  updateHeld(state);
  for (const memory of state.rules) {
    for (const waiting of waitingIn(memory)) {
      if (waiting.thread.wait === waiting.wait && waiting.run.threads.includes(waiting.thread)) {
        offer(state, memory, waiting, input);
      }
    }
    runTriggers(state, memory, input);
  }
}

function drain(state: State): void {
  let handled = 0;
  for (let input = state.queue.shift(); input !== undefined; input = state.queue.shift()) {
    handled += 1;
    if (handled > CHAIN_INPUTS_MAX) throw new Explosion();
    handle(state, input);
  }
  state.depth = 0;
}

/** After downtime clock triggers that are due are skipped, or fire once at `now`. */
function skipMissed(state: State, now: number): void {
  for (const memory of state.rules) {
    for (const { trigger, memory: of } of noticersOf(memory)) {
      const later = instantsOf(state, trigger, now);
      const next = (place: number): number | null => (memory.rule.missed === 'run' ? now : later[place]!);
      of.instants = of.instants.map((at, place) => (at === null || at > now ? at : next(place)));
    }
  }
}

function fireTimers(state: State, now: number): void {
  let fired = 0;
  for (let timer = earliest(state); timer !== null && timer.at <= now; timer = earliest(state)) {
    state.at = timer.at;
    timer.fire();
    drain(state);
    fired += 1;
    if (fired > STEP_TIMERS_MAX) throw new Explosion();
  }
  state.at = now;
}

function step(state: State, asked: number, events: readonly HomeEvent[]): Stepped {
  const now = Math.max(asked, state.now);
  const first = events[0];
  if (first !== undefined && ('start' in first || 'downtime' in first)) skipMissed(state, now);
  fireTimers(state, now);
  state.now = now;
  for (const event of events) {
    state.sequence += 1;
    handle(state, { event, cause: event.sequence ?? state.sequence, depth: 0, before: null, repeats: false });
    drain(state);
  }
  const { commands, traces } = state;
  state.commands = [];
  state.traces = [];
  return { commands, wakeAt: earliest(state)?.at ?? null, traces };
}

export function createReference(options: ReferenceOptions): Reference {
  let state = newState(options);
  return {
    step: (now, events) => step(state, now, events),
    replaceRules: (rules, { devices } = {}) => replace(state, structuredClone(rules) as Rule[], devices),
    snapshot: () => structuredClone(state),
    peek: () => state,
    restore(image) {
      state = structuredClone(image);
    },
  };
}
