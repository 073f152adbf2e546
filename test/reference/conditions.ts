// Conditions by Kleene's logic: true, false, or null for unknown.

import { readDuration } from '@lintel/model';
import type { Condition, Match, SunEvent, Value } from '@lintel/model';
import { hasWeekday, sunEventOn } from './clock.ts';
import { evaluate } from './expressions.ts';
import { isPresent } from './presence.ts';
import { membersOf } from './selectors.ts';
import { HORIZON, elevationAt } from './sun.ts';
import { listOf, memoryOf } from './state.ts';
import type { PropertyCondition, ReferenceHome, Run, State, TriggerContext } from './state.ts';
import { dateAt, localAt, readOffset, readTimeOfDay, timeOfDay } from './zone.ts';

export type Truth = boolean | null;

/** What a condition may ask beside the home: the trigger and the run it is asked for. */
export interface Asker {
  readonly trigger: TriggerContext | null;
  readonly run: Run | null;
  readonly round: { readonly index: number; readonly item: Value } | null;
}

export const not = (truth: Truth): Truth => (truth === null ? null : !truth);

export function all(truths: readonly Truth[]): Truth {
  if (truths.includes(false)) return false;
  return truths.includes(null) ? null : true;
}

export const any = (truths: readonly Truth[]): Truth => not(all(truths.map(not)));

/** `any`, `all` or `none` of the known truths; unknown with none known. */
export function matching(match: Match | undefined, truths: readonly Truth[]): Truth {
  const known = truths.filter((truth) => truth !== null);
  if (known.length === 0) return null;
  if (match === 'all') return known.every(Boolean);
  return match === 'none' ? !known.some(Boolean) : known.some(Boolean);
}

function compare(condition: PropertyCondition, value: Value): Truth {
  if (condition.unknown !== undefined) return (value === null) === condition.unknown;
  if (value === null) return null;
  if (condition.is !== undefined) return listOf(condition.is).includes(value);
  if (condition.between === undefined && condition.above === undefined && condition.below === undefined) return true;
  if (typeof value !== 'number') return null;
  if (condition.between !== undefined) return value >= condition.between[0] && value <= condition.between[1];
  if (condition.above !== undefined && !(value > condition.above)) return false;
  return condition.below === undefined || value < condition.below;
}

/** With `origin`: the predicate holds, and the present value came from there. */
function memberTruth(state: State, condition: PropertyCondition, device: string): Truth {
  const memory = memoryOf(state, device, condition.property);
  const truth = compare(condition, memory?.value ?? null);
  if (condition.origin === undefined) return truth;
  return all([truth, memory === undefined ? null : listOf(condition.origin).includes(memory.origin.kind)]);
}

/** Whether the `for` of a condition counts for each member by itself, or for the statement over all of them. */
const countsMembers = (condition: PropertyCondition): boolean =>
  typeof condition.device !== 'string' && (condition.match ?? 'any') === 'any';

/** The predicates whose `for` is counted, by the name they are counted under: members, or one statement. */
export function predicatesNow(state: State, condition: PropertyCondition): Record<string, Truth> {
  const members = membersOf(state, condition.device);
  const truths = members.map((device) => memberTruth(state, condition, device));
  if (countsMembers(condition)) return Object.fromEntries(members.map((device, index) => [device, truths[index]!]));
  return { '': typeof condition.device === 'string' ? truths[0]! : matching(condition.match, truths) };
}

function propertyTruth(state: State, condition: PropertyCondition): Truth {
  const lasting = Object.entries(predicatesNow(state, condition)).map(([name, truth]): Truth => {
    if (condition.for === undefined || truth !== true) return truth;
    const since = state.held.get(condition)?.[name];
    return since !== undefined && state.at - since >= readDuration(condition.for)!;
  });
  return countsMembers(condition) ? matching('any', lasting) : lasting[0]!;
}

function timeTruth(state: State, condition: Extract<Condition, { kind: 'time' }>): boolean {
  const local = localAt(state.home.timeZone, state.at);
  const time = timeOfDay(local);
  const after = condition.after === undefined ? null : readTimeOfDay(condition.after);
  const before = condition.before === undefined ? null : readTimeOfDay(condition.before);
  const begun = after === null || time >= after;
  const notEnded = before === null || time < before;
  const overMidnight = after !== null && before !== null && after > before;
  return (
    hasWeekday(state.home, condition.weekdays, Math.floor(local / 86_400_000)) &&
    (overMidnight ? begun || notEnded : begun && notEnded)
  );
}

/** On a day without the event the elevation says on which side of it the sun is. */
function isPast(home: ReferenceHome, at: number, event: SunEvent, instant: number | null): boolean {
  if (instant !== null) return at >= instant;
  const isDark = elevationAt(home, at) < HORIZON;
  return event === 'sunset' || event === 'dusk' ? isDark : !isDark;
}

function sunTruth(state: State, condition: Extract<Condition, { kind: 'sun' }>): boolean {
  const { home, at } = state;
  const date = dateAt(home.timeZone, at);
  const instantOf = (event: SunEvent | undefined, offset: string | undefined): number | null => {
    const exact = event === undefined ? null : sunEventOn(home, date, event);
    return exact === null ? null : exact + readOffset(offset, readDuration);
  };
  const after = instantOf(condition.after, condition.offset);
  const before = instantOf(condition.before, condition.beforeOffset);
  const begun = condition.after === undefined || isPast(home, at, condition.after, after);
  const notEnded = condition.before === undefined || !isPast(home, at, condition.before, before);
  const overMidnight = after !== null && before !== null && after > before;
  return overMidnight ? begun || notEnded : begun && notEnded;
}

function isOneOf(value: Value, wanted: Value | readonly Value[]): Truth {
  return value === null ? null : listOf(wanted).includes(value);
}

export function ask(state: State, condition: Condition, asker: Asker): Truth {
  switch (condition.kind) {
    case 'and':
      return all(condition.conditions.map((each) => ask(state, each, asker)));
    case 'or':
      return any(condition.conditions.map((each) => ask(state, each, asker)));
    case 'not':
      return not(ask(state, condition.condition, asker));
    case 'property':
      return propertyTruth(state, condition);
    case 'time':
      return timeTruth(state, condition);
    case 'sun':
      return sunTruth(state, condition);
    case 'trigger':
      return asker.trigger === null ? null : asker.trigger.id === condition.is;
    case 'mode':
      return isOneOf(state.mode, condition.is);
    case 'presence':
      return isPresent(state.presence, condition.person, condition.is);
    case 'online':
      return isOneOf(state.online[condition.device] ?? null, condition.is);
    case 'schedule':
      return isOneOf(state.schedules[condition.schedule] ?? null, condition.is);
    case 'expression': {
      const value = evaluate(state, condition.expression, asker);
      return typeof value === 'boolean' ? value : null;
    }
  }
}
