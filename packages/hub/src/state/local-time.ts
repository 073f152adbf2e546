// Local time of the home, from the same table of its zone that the core goes by. A time in the hour that does not exist is the
// first instant after it; one in the hour that exists twice is the first of the two.

import { zoneTable, type ZoneStretch } from '@lintel/engine';

const DAY_MS = 86_400_000;

/** A day of the calendar, as days since 1970-01-01. */
export type LocalDay = number;

export interface LocalTime {
  dayOf(at: number): LocalDay;
  /** The instant at which the wall clock shows a time of a day, in milliseconds since its midnight. */
  instantOf(day: LocalDay, timeOfDay: number): number;
}

export function localTime(timeZone: string, around: number): LocalTime {
  const year = new Date(around).getUTCFullYear();
  const table = zoneTable(timeZone, year - 2, year + 2);
  return {
    dayOf: (at) => Math.floor((at + stretchAt(table, at).offset) / DAY_MS),
    instantOf: (day, timeOfDay) => instantOf(table, day * DAY_MS + timeOfDay),
  };
}

const stretchAt = (table: readonly ZoneStretch[], at: number): ZoneStretch =>
  table.findLast(({ from }) => from <= at) ?? table[0]!;

function instantOf(table: readonly ZoneStretch[], local: number): number {
  for (const [index, { from, offset }] of table.entries()) {
    const instant = local - offset;
    const until = table[index + 1]?.from ?? Infinity;
    // Before this stretch began the clock was behind what it shows now: the time was skipped.
    if (instant < from) return from;
    if (instant < until) return instant;
  }
  return local;
}

/** 1 is Monday, 7 is Sunday. */
export const weekdayOf = (day: LocalDay): number => ((((day + 3) % 7) + 7) % 7) + 1;

/** `"2027-12-24"`. */
export const dateOf = (day: LocalDay): string => new Date(day * DAY_MS).toISOString().slice(0, 10);
