// When clock triggers fire next, found by walking the calendar day by day.

import { readDuration } from '@lintel/model';
import type { CronTrigger, EveryTrigger, SunEvent, SunTrigger, TimeTrigger, Trigger, Weekday } from '@lintel/model';
import { cronHasDate, readCron } from './cron.ts';
import { crossingOf, solarDayOf, sunEventOf } from './sun.ts';
import {
  DAY,
  HOUR,
  MINUTE,
  calendarOf,
  dateAt,
  firstInstant,
  isoDate,
  localAt,
  readOffset,
  startOfDate,
  weekdayOf,
} from './zone.ts';
import type { ReferenceHome } from './state.ts';

const SEARCH_DAYS = 366 * 29;
const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export type ClockTrigger = TimeTrigger | EveryTrigger | CronTrigger | SunTrigger;

export function isClock(trigger: Trigger): trigger is ClockTrigger {
  return trigger.kind === 'time' || trigger.kind === 'every' || trigger.kind === 'cron' || trigger.kind === 'sun';
}

export function isHoliday(home: ReferenceHome, date: number): boolean {
  const iso = isoDate(date);
  return (home.holidays ?? []).some((holiday) => holiday === iso || holiday === iso.slice(5));
}

export function hasWeekday(home: ReferenceHome, weekdays: readonly Weekday[] | undefined, date: number): boolean {
  if (weekdays === undefined) return true;
  const day = weekdayOf(date);
  const working = day >= 1 && day <= 5 && !isHoliday(home, date);
  return weekdays.some((each) => {
    if (each === 'workday') return working;
    if (each === 'holiday') return isHoliday(home, date);
    return each === WEEKDAYS[day];
  });
}

function hasDate(dates: readonly string[] | undefined, date: number): boolean {
  const iso = isoDate(date);
  return dates === undefined || dates.some((each) => each === iso || each === iso.slice(5));
}

/** The next instant after `after` of a `time` trigger whose sources now say `timesOfDay` (ms after midnight). */
export function nextTime(
  home: ReferenceHome,
  trigger: TimeTrigger,
  timesOfDay: readonly number[],
  after: number,
): number | null {
  const today = dateAt(home.timeZone, after);
  for (let date = today - 1; date < today + SEARCH_DAYS; date += 1) {
    if (!hasDate(trigger.dates, date) || !hasWeekday(home, trigger.weekdays, date)) continue;
    const instants = timesOfDay.map((time) => firstInstant(home.timeZone, date * DAY + time));
    const later = instants.filter((instant) => instant > after);
    if (later.length > 0) return Math.min(...later);
  }
  return null;
}

function nextEvery(home: ReferenceHome, trigger: EveryTrigger, after: number): number {
  const period = readDuration(trigger.every)!;
  const date = dateAt(home.timeZone, after);
  const start = startOfDate(home.timeZone, date);
  const end = startOfDate(home.timeZone, date + 1);
  const next = start + (Math.floor((after - start) / period) + 1) * period;
  return Math.min(next, end);
}

function nextCron(home: ReferenceHome, trigger: CronTrigger, after: number): number | null {
  const cron = readCron(trigger.cron);
  const from = localAt(home.timeZone, after) - 3 * HOUR;
  const today = Math.floor(from / DAY);
  for (let date = today; date < today + SEARCH_DAYS; date += 1) {
    const { month, day } = calendarOf(date);
    if (!cronHasDate(cron, month, day, weekdayOf(date))) continue;
    for (let minute = 0; minute < 1440; minute += 1) {
      const local = date * DAY + minute * MINUTE;
      if (local < from || !cron.minutes.has(minute % 60) || !cron.hours.has(Math.floor(minute / 60))) continue;
      const instant = firstInstant(home.timeZone, local);
      if (instant > after) return instant;
    }
  }
  return null;
}

function sunInstants(home: ReferenceHome, trigger: SunTrigger, day: number): number[] {
  const offset = readOffset(trigger.offset, readDuration);
  const { elevation, direction } = trigger;
  const found: (number | null)[] = [];
  if (elevation === undefined) found.push(sunEventOf(home, day, trigger.event!));
  else {
    if (direction !== 'setting') found.push(crossingOf(home, day, elevation, 'rising'));
    if (direction !== 'rising') found.push(crossingOf(home, day, elevation, 'setting'));
  }
  return found.filter((instant) => instant !== null).map((instant) => instant + offset);
}

function nextSun(home: ReferenceHome, trigger: SunTrigger, after: number): number | null {
  const today = Math.floor(after / DAY);
  for (let day = today - 3; day < today + 800; day += 1) {
    const later = sunInstants(home, trigger, day).filter((instant) => instant > after);
    if (later.length > 0) return Math.min(...later, ...laterOf(home, trigger, day + 1, after));
  }
  return null;
}

const laterOf = (home: ReferenceHome, trigger: SunTrigger, day: number, after: number): number[] =>
  sunInstants(home, trigger, day).filter((instant) => instant > after);

/** The next instant strictly after `after`, or null when none comes. */
export function nextInstant(
  home: ReferenceHome,
  trigger: ClockTrigger,
  timesOfDay: readonly number[],
  after: number,
): number | null {
  switch (trigger.kind) {
    case 'time':
      return nextTime(home, trigger, timesOfDay, after);
    case 'every':
      return nextEvery(home, trigger, after);
    case 'cron':
      return nextCron(home, trigger, after);
    case 'sun':
      return nextSun(home, trigger, after);
  }
}

/** The instant of a sun event on a local date, to the second, or null. */
export const sunEventOn = (home: ReferenceHome, date: number, event: SunEvent): number | null =>
  sunEventOf(home, solarDayOf(home, date), event);
