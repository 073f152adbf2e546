// What each kind of trigger makes of an input. A trigger of a rule and the event a run waits for are the same thing.

import type { TimeTrigger, Trigger, Value } from '@lintel/model';
import { isClock, nextInstant } from './clock.ts';
import { matching } from './conditions.ts';
import { evaluate } from './expressions.ts';
import { isPresent } from './presence.ts';
import { expressionReads } from './reads.ts';
import { membersOf } from './selectors.ts';
import { listOf, memoryOf, valueOf } from './state.ts';
import type { Input, PropertyTrigger, State, TriggerContext, TriggerMemory, Watch } from './state.ts';
import { holdsFor, newWatch, observe } from './watches.ts';
import { readTimeOfDay } from './zone.ts';

/** The key of a statement's watch; a member's is the id of its device. */
export const STATEMENT = '';

type NoticerOf<K extends Trigger['kind']> = Noticer & { readonly trigger: Extract<Trigger, { kind: K }> };

export interface Noticer {
  readonly trigger: Trigger;
  readonly memory: TriggerMemory;
  /** The trigger's id, or its index. */
  readonly id: string;
}

type TimeSource = string | Exclude<TimeTrigger['at'], string | readonly unknown[]>;

/** The time of day that a source says now, as a list of one or none. */
function timeOf(state: State, source: TimeSource): number[] {
  if (typeof source === 'string') return [readTimeOfDay(source)];
  const said = 'variable' in source ? state.variables[source.variable] : valueOf(state, source.device, source.property);
  return typeof said === 'string' && /^\d\d:\d\d(:\d\d)?$/.test(said) ? [readTimeOfDay(said)] : [];
}

const sourcesOf = (trigger: TimeTrigger): readonly TimeSource[] => listOf(trigger.at) as readonly TimeSource[];

/** When each of a clock trigger's times is next: a `time` trigger has one for each source, the others have one. */
export function instantsOf(state: State, trigger: Trigger, after: number): (number | null)[] {
  if (!isClock(trigger)) return [];
  if (trigger.kind !== 'time') return [nextInstant(state.home, trigger, [], after)];
  return sourcesOf(trigger).map((source) => nextInstant(state.home, trigger, timeOf(state, source), after));
}

/** When the next of them is. */
export function nextOf({ instants }: TriggerMemory): number | null {
  const known = instants.filter((at) => at !== null);
  return known.length === 0 ? null : Math.min(...known);
}

const isStatement = (trigger: PropertyTrigger): boolean =>
  typeof trigger.device !== 'string' && (trigger.match === 'all' || trigger.match === 'none');

/** The truth of `all` or `none` over the known members. */
export function statementOf(state: State, trigger: PropertyTrigger): boolean | null {
  const values = membersOf(state, trigger.device).map((device) => valueOf(state, device, trigger.property));
  return matching(
    trigger.match,
    values.map((value) => (value === null ? null : holdsFor(trigger, value))),
  );
}

export const expressionTruth = (state: State, expression: string): boolean | null => {
  const value = evaluate(state, expression, { trigger: null, run: null, round: null });
  return typeof value === 'boolean' ? value : null;
};

function newStatement(truth: boolean | null): Watch {
  return { ...newWatch({}, null), truth };
}

/** A trigger that begins to listen now, armed on what is known now. */
export function newMemory(state: State, trigger: Trigger): TriggerMemory {
  const memory: TriggerMemory = { instants: instantsOf(state, trigger, state.at), watches: {} };
  const { watches } = memory;
  if (trigger.kind === 'online') watches[STATEMENT] = newWatch({}, null);
  if (trigger.kind === 'expression') watches[STATEMENT] = newStatement(expressionTruth(state, trigger.expression));
  if (trigger.kind !== 'property') return memory;
  if (isStatement(trigger)) watches[STATEMENT] = newStatement(statementOf(state, trigger));
  else for (const device of membersOf(state, trigger.device)) watches[device] = newMember(state, trigger, device);
  return memory;
}

function newMember(state: State, trigger: PropertyTrigger, device: string): Watch {
  return newWatch(trigger, memoryOf(state, device, trigger.property)?.known ?? null);
}

export function plainContext(id: string): TriggerContext {
  return { id, device: null, value: null, action: null, data: {}, origin: null };
}

function noticeReport(
  state: State,
  { trigger, memory, id }: Noticer & { trigger: PropertyTrigger },
  input: Input,
): TriggerContext | null {
  const { event } = input;
  if (!('property' in event) || event.property !== trigger.property) return null;
  if (!membersOf(state, trigger.device).includes(event.device)) return null;
  const origin = event.origin ?? { kind: 'device' as const };
  const context = { ...plainContext(id), device: event.device, value: event.value, origin };
  if (isStatement(trigger)) {
    const truth = statementOf(state, trigger);
    // A member that becomes unknown may leave the statement true of the others; unknown by itself fires nothing.
    if (input.repeats || (event.value === null && truth === true)) return null;
    return noticeTruth(state, { trigger, memory, id }, truth, input, context);
  }
  const watch = (memory.watches[event.device] ??= newWatch(trigger, input.before));
  const seen = { at: state.at, before: input.before, value: event.value, origin, cause: input.cause, context };
  return observe(trigger, watch, seen) ? context : null;
}

/** A statement fires from false to true, whatever was unknown in between; a first known true only arms. */
function noticeTruth(
  state: State,
  { trigger, memory }: Noticer,
  truth: boolean | null,
  input: Input,
  context: TriggerContext,
): TriggerContext | null {
  const watch = memory.watches[STATEMENT]!;
  const duration = 'for' in trigger && trigger.for !== undefined ? { for: trigger.for } : {};
  const origin = 'origin' in trigger && trigger.origin !== undefined ? { origin: trigger.origin } : {};
  const seen = { at: state.at, before: watch.truth, value: truth, origin: context.origin, cause: input.cause, context };
  const fires = observe({ becomes: true, ...duration, ...origin }, watch, seen);
  if (truth !== null) watch.truth = truth;
  return fires ? context : null;
}

function isWanted(wanted: Value | readonly Value[] | undefined, value: Value | undefined): boolean {
  return wanted === undefined || (value !== undefined && listOf(wanted).includes(value));
}

function noticeEvent({ trigger, id }: NoticerOf<'event'>, state: State, input: Input): TriggerContext | null {
  const { event } = input;
  if (!('event' in event) || event.event !== trigger.event) return null;
  const device = 'device' in event ? event.device : null;
  if (
    trigger.device === undefined
      ? device !== null
      : device === null || !membersOf(state, trigger.device).includes(device)
  )
    return null;
  const { button, action } = { button: undefined, action: undefined, ...event };
  if (trigger.button !== undefined && String(trigger.button) !== String(button)) return null;
  if (!isWanted(trigger.action, action)) return null;
  return { ...plainContext(id), device, action: action ?? null, data: event.data ?? {} };
}

function noticeOnline(state: State, noticer: NoticerOf<'online'>, input: Input): TriggerContext | null {
  const { trigger, memory, id } = noticer;
  const { event } = input;
  if (!('online' in event) || event.device !== trigger.device) return null;
  const context = { ...plainContext(id), device: event.device, value: event.online };
  const predicate =
    trigger.for === undefined ? { becomes: trigger.becomes } : { becomes: trigger.becomes, for: trigger.for };
  const seen = { at: state.at, before: input.before, value: event.online, origin: null, cause: input.cause, context };
  return observe(predicate, memory.watches[STATEMENT]!, seen) ? context : null;
}

function noticePresence(state: State, { trigger, id }: NoticerOf<'presence'>, input: Input): TriggerContext | null {
  const { event } = input;
  if (!('presence' in event)) return null;
  const isGroup = trigger.person === 'anyone' || trigger.person === 'everyone';
  if (!isGroup && event.person !== trigger.person) return null;
  const past = { ...state.presence };
  if (input.before === null) delete past[event.person];
  else past[event.person] = input.before as 'home' | 'away';
  const before = isPresent(past, trigger.person, trigger.becomes);
  const fires = before === false && isPresent(state.presence, trigger.person, trigger.becomes) === true;
  return fires ? { ...plainContext(id), value: trigger.becomes } : null;
}

function noticeMode({ trigger, id }: NoticerOf<'mode'>, input: Input): TriggerContext | null {
  const { event, before } = input;
  if (!('mode' in event) || before === event.mode) return null;
  const fits = isWanted(trigger.becomes, event.mode) && isWanted(trigger.from, before);
  return fits ? { ...plainContext(id), value: event.mode } : null;
}

/** A schedule is compared with what it last said, as a property is. */
function noticeSchedule({ trigger, id }: NoticerOf<'schedule'>, { event, before }: Input): TriggerContext | null {
  if (!('schedule' in event) || event.schedule !== trigger.schedule) return null;
  if (before === null || event.value === null || event.value === before) return null;
  return isWanted(trigger.becomes, event.value) ? { ...plainContext(id), value: event.value } : null;
}

/** Shows a trigger an input; the context with which it fires, or null. Its memory changes either way. */
export function notice(state: State, noticer: Noticer, input: Input, ruleId: string): TriggerContext | null {
  const { trigger, id, memory } = noticer;
  const { event } = input;
  refreshTimes(state, trigger, memory, input);
  switch (trigger.kind) {
    case 'property':
      return noticeReport(state, { trigger, memory, id }, input);
    case 'event':
      return noticeEvent({ trigger, memory, id }, state, input);
    case 'online':
      return noticeOnline(state, { trigger, memory, id }, input);
    case 'presence':
      return noticePresence(state, { trigger, memory, id }, input);
    case 'mode':
      return noticeMode({ trigger, memory, id }, input);
    case 'schedule':
      return noticeSchedule({ trigger, memory, id }, input);
    case 'start':
      return 'start' in event ? plainContext(id) : null;
    case 'manual':
      return 'run' in event && event.run === ruleId ? plainContext(id) : null;
    case 'webhook':
      return 'webhook' in event && event.webhook === trigger.webhook
        ? { ...plainContext(id), data: event.data ?? {} }
        : null;
    case 'expression':
      if (!expressionReads(state, trigger.expression, event)) return null;
      return noticeTruth(state, noticer, expressionTruth(state, trigger.expression), input, plainContext(id));
    default:
      return null;
  }
}

/** A time of day that a variable or a property says is set anew when that changes. */
function refreshTimes(state: State, trigger: Trigger, memory: TriggerMemory, { event, before, repeats }: Input): void {
  if (trigger.kind !== 'time') return;
  const anew = instantsOf(state, trigger, state.at);
  for (const [place, source] of sourcesOf(trigger).entries()) {
    if (typeof source === 'string') continue;
    const isChange =
      'variable' in source
        ? 'variable' in event && event.variable === source.variable && event.value !== before
        : 'property' in event && event.device === source.device && event.property === source.property && !repeats;
    if (isChange) memory.instants[place] = anew[place]!;
  }
}
