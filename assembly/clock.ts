// The next instant of a clock trigger: times of day, periods, cron and the sun. Each answers the first instant after `after`,
// or NO_TIME when there is none within sight.

import * as abi from './abi';
import { CLOCK_SEARCH_DAYS, SUN_SEARCH_DAYS } from './limits';
import { elevationPassing, sunEvent } from './sun';
import { DAY_MS, dateOf, datesHold, localDay, localOf, midnight, noonOf, toInstant, weekdayIn, weekdayOf } from './zone';
import { isNumber, toNumber } from './value';

const MINUTE_MS: f64 = 60000;
const HOUR_MS: f64 = 3600000;

export function nextInstant(trigger: u32, cell: u32, after: f64): f64 {
  const clock = load<u32>(trigger, abi.TRIGGER_CLOCK);
  switch (load<u32>(trigger, abi.TRIGGER_KIND)) {
    case abi.KIND_TIME:
      return load<u32>(clock, abi.CLOCK_SOURCE) == abi.NO_SOURCE ? nextTime(clock, after) : nextOfSource(clock, cell, after);
    case abi.KIND_EVERY:
      return nextPeriod(load<f64>(clock, abi.CLOCK_PERIOD), after);
    case abi.KIND_CRON:
      return nextCron(clock, after);
    case abi.KIND_SUN:
      return nextSun(clock, after);
    default:
      return abi.NO_TIME;
  }
}

function dayMatches(clock: u32, day: i32): bool {
  if (!weekdayIn(load<u32>(clock, abi.CLOCK_WEEKDAYS), day)) return false;
  const dates = load<u32>(clock, abi.CLOCK_DATE_COUNT);
  return dates == 0 || datesHold(load<u32>(clock, abi.CLOCK_DATES), dates, dateOf(day));
}

function nextTime(clock: u32, after: f64): f64 {
  const times = load<u32>(clock, abi.CLOCK_TIMES);
  const count = load<u32>(clock, abi.CLOCK_TIME_COUNT);
  const today = localDay(after);
  for (let day = today - 1; day < today + CLOCK_SEARCH_DAYS; day++) {
    if (!dayMatches(clock, day)) continue;
    let best: f64 = abi.NO_TIME;
    for (let i: u32 = 0; i < count; i++) {
      const at = toInstant(<f64>day * DAY_MS + <f64>load<u32>(times + i * 4) * 1000);
      if (at > after) best = min(best, at);
    }
    if (best < abi.NO_TIME) return best;
  }
  return abi.NO_TIME;
}

/** A time of day, or a whole instant, that a variable or a property holds; the cell keeps it as read by the host. */
function nextOfSource(clock: u32, cell: u32, after: f64): f64 {
  const value = load<u64>(cell, abi.CELL_VALUE);
  if (!isNumber(value)) return abi.NO_TIME;
  const number = toNumber(value);
  if (number >= DAY_MS) return number > after ? number : abi.NO_TIME;
  const today = localDay(after);
  for (let day = today - 1; day < today + CLOCK_SEARCH_DAYS; day++) {
    if (!dayMatches(clock, day)) continue;
    const at = toInstant(<f64>day * DAY_MS + number);
    if (at > after) return at;
  }
  return abi.NO_TIME;
}

/** Counted from the local midnight, which begins the count anew. */
function nextPeriod(period: f64, after: f64): f64 {
  const day = localDay(after);
  const start = midnight(day);
  const at = start + (Math.floor((after - start) / period) + 1) * period;
  return min(at, midnight(day + 1));
}

function cronDay(clock: u32, date: u32, day: i32): bool {
  if (!(load<u32>(clock, abi.CLOCK_MONTHS) & (1 << ((date / 100) % 100)))) return false;
  const byDay = (load<u32>(clock, abi.CLOCK_DAYS) & (1 << (date % 100))) != 0;
  const byWeek = (load<u32>(clock, abi.CLOCK_WEEK) & (1 << weekdayOf(day))) != 0;
  return load<u32>(clock, abi.CLOCK_EITHER) ? byDay || byWeek : byDay && byWeek;
}

function nextCron(clock: u32, after: f64): f64 {
  const today = localDay(after);
  for (let day = today - 1; day < today + CLOCK_SEARCH_DAYS; day++) {
    if (!cronDay(clock, dateOf(day), day)) continue;
    const at = cronInDay(clock, day, after);
    if (at < abi.NO_TIME) return at;
  }
  return abi.NO_TIME;
}

/** The minutes of a day in their order; two that the wall clock shows twice or never may share an instant. */
function cronInDay(clock: u32, day: i32, after: f64): f64 {
  const hours = load<u32>(clock, abi.CLOCK_HOURS);
  const minutes = load<u64>(clock, abi.CLOCK_MINUTES);
  let best: f64 = abi.NO_TIME;
  for (let hour: u32 = 0; hour < 24; hour++) {
    const start = <f64>day * DAY_MS + <f64>hour * HOUR_MS;
    if (!(hours & (1 << hour)) || toInstant(start + HOUR_MS) < after) continue;
    for (let minute: u32 = 0; minute < 60; minute++) {
      if (!(minutes & (<u64>1 << <u64>minute))) continue;
      const at = toInstant(start + <f64>minute * MINUTE_MS);
      if (at > after) best = min(best, at);
    }
    if (best < abi.NO_TIME) return best;
  }
  return best;
}

function sunOfDay(clock: u32, day: i32, after: f64): f64 {
  const event = load<u32>(clock, abi.CLOCK_SUN_EVENT);
  const noon = noonOf(day);
  if (event != abi.SUN_ELEVATION) {
    const at = sunEvent(event, noon) + load<f64>(clock, abi.CLOCK_OFFSET);
    return at > after ? at : abi.NO_TIME;
  }
  const degrees = load<f64>(clock, abi.CLOCK_ELEVATION);
  const direction = load<u32>(clock, abi.CLOCK_DIRECTION);
  const offset = load<f64>(clock, abi.CLOCK_OFFSET);
  const rising = direction == 2 ? NaN : elevationPassing(noon, degrees, true) + offset;
  if (rising > after) return rising;
  const setting = direction == 1 ? NaN : elevationPassing(noon, degrees, false) + offset;
  return setting > after ? setting : abi.NO_TIME;
}

function nextSun(clock: u32, after: f64): f64 {
  const today = localDay(after);
  for (let day = today - 2; day < today + SUN_SEARCH_DAYS; day++) {
    const at = sunOfDay(clock, day, after);
    if (at < abi.NO_TIME) return at;
  }
  return abi.NO_TIME;
}

/** The first instant after `after` at which the wall clock shows this time of day (milliseconds). */
export function nextTimeOfDay(after: f64, timeOfDay: f64): f64 {
  const today = localDay(after);
  for (let day = today; day <= today + 1; day++) {
    const at = toInstant(<f64>day * DAY_MS + timeOfDay);
    if (at > after) return at;
  }
  return midnight(today + 2);
}

/** The next whole hour of the wall clock. */
export function nextHour(after: f64): f64 {
  const local = localOf(after);
  const next = toInstant((Math.floor(local / HOUR_MS) + 1) * HOUR_MS);
  return next > after ? next : (Math.floor(after / HOUR_MS) + 1) * HOUR_MS;
}

export function nextMinute(after: f64): f64 {
  return (Math.floor(after / MINUTE_MS) + 1) * MINUTE_MS;
}
