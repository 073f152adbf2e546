// Local time from the table of offsets that the host computed for the home's time zone: (from, offset) pairs in milliseconds,
// the first from the beginning of time.

import * as abi from './abi';
import { word } from './memory';

export const DAY_MS: f64 = 86400000;

@inline
function fromAt(index: u32): f64 {
  return load<f64>(word(abi.H_ZONES) + index * 16);
}

@inline
function offsetIn(index: u32): f64 {
  return load<f64>(word(abi.H_ZONES) + index * 16 + 8);
}

/** The stretch of the table that an instant lies in. */
function stretchAt(at: f64): u32 {
  let low: u32 = 0;
  let high = word(abi.H_ZONE_COUNT) - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (fromAt(middle) <= at) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Milliseconds to add to an instant to read the wall clock. */
export function offsetAt(at: f64): f64 {
  return offsetIn(stretchAt(at));
}

/** When the wall clock is next put forward or back. */
export function nextChangeOfClock(at: f64): f64 {
  const next = stretchAt(at) + 1;
  return next < word(abi.H_ZONE_COUNT) ? fromAt(next) : abi.NO_TIME;
}

/**
 * The instant at which the wall clock shows `local`: the first of two in an overlap, the first after a gap. The table is
 * sorted, so it is the first stretch that has not ended by then.
 */
export function toInstant(local: f64): f64 {
  const last = word(abi.H_ZONE_COUNT) - 1;
  let low: u32 = 0;
  let high = last;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (local - offsetIn(middle) < fromAt(middle + 1)) high = middle;
    else low = middle + 1;
  }
  const at = local - offsetIn(low);
  return low > 0 ? max(at, fromAt(low)) : at;
}

@inline
export function localOf(at: f64): f64 {
  return at + offsetAt(at);
}

/** Days since 1970 of the local date. */
@inline
export function localDay(at: f64): i32 {
  return <i32>Math.floor(localOf(at) / DAY_MS);
}

@inline
export function midnight(day: i32): f64 {
  return toInstant(<f64>day * DAY_MS);
}

@inline
export function noonOf(day: i32): f64 {
  return toInstant(<f64>day * DAY_MS + DAY_MS / 2);
}

/** 0 is Monday. */
export function weekdayOf(day: i32): u32 {
  return <u32>((((day + 3) % 7) + 7) % 7);
}

/** A date as year × 10000 + month × 100 + day. */
export function dateOf(day: i32): u32 {
  const shifted = day + 719468;
  const era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
  const dayOfEra = shifted - era * 146097;
  const yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365;
  const dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
  const shiftedMonth = (5 * dayOfYear + 2) / 153;
  const dayOfMonth = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1;
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return <u32>(year * 10000 + month * 100 + dayOfMonth);
}

/** Whether a list of dates holds this one; an entry without a year holds it every year. */
export function datesHold(list: u32, count: u32, date: u32): bool {
  for (let i: u32 = 0; i < count; i++) {
    const entry = load<u32>(list + i * 4);
    if (entry == date || (entry < 10000 && entry == date % 10000)) return true;
  }
  return false;
}

const WORKDAY: u32 = 1 << 7;
const HOLIDAY: u32 = 1 << 8;

/** Whether a day is one of a mask of weekdays (bits from Monday, then workday, holiday); an empty mask takes all. */
export function weekdayIn(mask: u32, day: i32): bool {
  if (mask == 0) return true;
  const weekday = weekdayOf(day);
  if (mask & (1 << weekday)) return true;
  if ((mask & (WORKDAY | HOLIDAY)) == 0) return false;
  const holiday = datesHold(word(abi.H_HOLIDAYS), word(abi.H_HOLIDAY_COUNT), dateOf(day));
  return holiday ? (mask & HOLIDAY) != 0 : (mask & WORKDAY) != 0 && weekday < 5;
}
