// Weekly schedules: what each has now, and when one next changes. A change is an input of the core.

import type { Home, Schedule, ScheduleBlock, Value, Weekday } from '@lintel/model';
import { dateOf, localTime, weekdayOf, type LocalDay, type LocalTime } from './local-time.ts';

export type ExportedSchedules = readonly (readonly [string, Value])[];

export interface Schedules {
  /** When a schedule next changes, milliseconds since 1970; null where none does. */
  readonly nextAt: number | null;
  value(id: string): Value;
  /** What changed by this instant; `anew` where the schedules or the home were edited. */
  step(at: number, schedules: readonly Schedule[], home: HomeTime, anew: boolean): readonly ScheduleEvent[];
  export(): ExportedSchedules;
}

export type HomeTime = Pick<Home, 'timeZone'> & { readonly holidays?: readonly string[] };

export interface ScheduleEvent {
  readonly schedule: string;
  readonly value: Value;
}

const WEEKDAYS: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
/** Every block of weekdays comes round within so many days; one of holidays within a year. */
const WEEK_DAYS = 8;
const YEAR_DAYS = 367;
const DAY_MS = 86_400_000;

export function createSchedules(from: ExportedSchedules = []): Schedules {
  let told = new Map(from);
  let nextAt: number | null = null;
  let isFirst = true;
  return {
    get nextAt() {
      return nextAt;
    },
    value: (id) => told.get(id) ?? null,
    step: (at, schedules, home, anew) => {
      if (!isFirst && !anew && (nextAt === null || at < nextAt)) return [];
      isFirst = false;
      const clock = localTime(home.timeZone, at);
      const now = new Map(schedules.map((each) => [each.id, valueAt(each, at, clock, home)]));
      const next = schedules.flatMap((each) => nextChange(each, at, clock, home) ?? []);
      nextAt = next.length === 0 ? null : Math.min(...next);
      const events = difference(told, now);
      told = now;
      return events;
    },
    export: () => [...told],
  };
}

/** A schedule that is gone has no value any more. */
function difference(before: ReadonlyMap<string, Value>, now: ReadonlyMap<string, Value>): ScheduleEvent[] {
  const ids = new Set([...before.keys(), ...now.keys()]);
  return [...ids]
    .filter((id) => (before.get(id) ?? null) !== (now.get(id) ?? null))
    .map((schedule) => ({ schedule, value: now.get(schedule) ?? null }));
}

/** The value of the block that began last. */
export function valueAt(schedule: Schedule, at: number, clock: LocalTime, home: HomeTime): Value {
  const today = clock.dayOf(at);
  for (let back = 0; back < daysToLook(schedule); back += 1) {
    const begun = instants(schedule, today - back, clock, home).filter(({ instant }) => instant <= at);
    if (begun.length > 0) return begun.at(-1)!.block.value;
  }
  return null;
}

export function nextChange(schedule: Schedule, at: number, clock: LocalTime, home: HomeTime): number | null {
  const today = clock.dayOf(at);
  for (let ahead = 0; ahead < daysToLook(schedule); ahead += 1) {
    const coming = instants(schedule, today + ahead, clock, home).find(({ instant }) => instant > at);
    if (coming !== undefined) return coming.instant;
  }
  // The table of the zone ends some day: look again before.
  return schedule.blocks.length === 0 ? null : at + YEAR_DAYS * DAY_MS;
}

const daysToLook = ({ blocks }: Schedule): number =>
  blocks.some(({ weekdays }) => weekdays.includes('holiday') || weekdays.includes('workday')) ? YEAR_DAYS : WEEK_DAYS;

/** The blocks of one day in the order in which they begin; of two at one time the later in the list counts. */
function instants(schedule: Schedule, day: LocalDay, clock: LocalTime, home: HomeTime) {
  return schedule.blocks
    .filter((block) => isOn(block, day, home))
    .map((block) => ({ block, instant: clock.instantOf(day, timeOfDay(block.at)) }))
    .toSorted((a, b) => a.instant - b.instant);
}

function isOn({ weekdays }: ScheduleBlock, day: LocalDay, home: HomeTime): boolean {
  const weekday = weekdayOf(day);
  const date = dateOf(day);
  const isHoliday = (home.holidays ?? []).some((holiday) => holiday === date || holiday === date.slice(5));
  return weekdays.some((each) => {
    if (each === 'holiday') return isHoliday;
    if (each === 'workday') return weekday <= 5 && !isHoliday;
    return each === WEEKDAYS[weekday - 1];
  });
}

function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0, seconds = 0] = text.split(':').map(Number);
  return ((hours * 60 + minutes) * 60 + seconds) * 1_000;
}
