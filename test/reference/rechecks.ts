// When a condition may become true by the passing of time alone.

import { readDuration } from '@lintel/model';
import type { Condition, SunEvent } from '@lintel/model';
import { sunEventOn } from './clock.ts';
import type { State } from './state.ts';
import {
  DAY,
  MINUTE,
  SECOND,
  dateAt,
  firstInstant,
  instantsOf,
  nextTransition,
  readOffset,
  readTimeOfDay,
} from './zone.ts';

const DAYS_AHEAD = [-1, 0, 1, 2];

function timeCandidates(state: State, condition: Extract<Condition, { kind: 'time' }>): (number | null)[] {
  const zone = state.home.timeZone;
  const today = dateAt(zone, state.at);
  const times = ['00:00', condition.after, condition.before].filter((time) => time !== undefined).map(readTimeOfDay);
  const locals = DAYS_AHEAD.flatMap((days) => times.map((time) => (today + days) * DAY + time));
  return [
    nextTransition(zone, state.at),
    ...locals.flatMap((local) => [firstInstant(zone, local), ...instantsOf(zone, local)]),
  ];
}

function sunCandidates(state: State, condition: Extract<Condition, { kind: 'sun' }>): (number | null)[] {
  const { home, at } = state;
  const today = dateAt(home.timeZone, at);
  const shifted = (date: number, event: SunEvent | undefined, offset: string | undefined): number | null => {
    const instant = event === undefined ? null : sunEventOn(home, date, event);
    return instant === null ? null : instant + readOffset(offset, readDuration);
  };
  return DAYS_AHEAD.flatMap((days) => [
    shifted(today + days, condition.after, condition.offset),
    shifted(today + days, condition.before, condition.beforeOffset),
    ...horizonCandidates(state, today + days),
    firstInstant(home.timeZone, (today + days) * DAY),
  ]);
}

/** On a day without the event the horizon decides; a second after the rounded instant the sun has surely passed it. */
const horizonCandidates = ({ home }: State, date: number): (number | null)[] =>
  [sunEventOn(home, date, 'sunrise'), sunEventOn(home, date, 'sunset')].flatMap((at) =>
    at === null ? [] : [at, at + SECOND],
  );

function candidates(state: State, condition: Condition): (number | null)[] {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return condition.conditions.flatMap((each) => candidates(state, each));
    case 'not':
      return candidates(state, condition.condition);
    case 'property': {
      const long = readDuration(condition.for ?? '0s')!;
      return Object.values(state.held.get(condition) ?? {}).map((since) => since + long);
    }
    case 'time':
      return timeCandidates(state, condition);
    case 'sun':
      return sunCandidates(state, condition);
    case 'expression':
      return [(Math.floor(state.at / MINUTE) + 1) * MINUTE];
    default:
      return [];
  }
}

/** The next instant at which to ask a condition again even if nothing happens, or null. */
export function recheckOf(state: State, condition: Condition): number | null {
  const later = candidates(state, condition).filter((at) => at !== null && at > state.at) as number[];
  return later.length === 0 ? null : Math.min(...later);
}
