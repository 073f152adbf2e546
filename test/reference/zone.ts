// Wall clocks by Intl alone: what a clock in a zone shows at an instant, and the instants at which it shows something.
// A "local" number is the milliseconds since 1970 that the clock on the wall would have, were it UTC.

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const formats = new Map<string, Intl.DateTimeFormat>();
const offsets = new Map<string, number>();

function formatOf(zone: string): Intl.DateTimeFormat {
  let format = formats.get(zone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
      second: 'numeric',
    });
    formats.set(zone, format);
  }
  return format;
}

function readClock(zone: string, instant: number): number {
  const part: Record<string, number> = {};
  for (const { type, value } of formatOf(zone).formatToParts(instant)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part;
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}

/** Milliseconds that the zone is ahead of UTC. Offsets of our time change only at whole quarters of an hour. */
export function offsetAt(zone: string, instant: number): number {
  const quarter = Math.floor(instant / (15 * MINUTE)) * 15 * MINUTE;
  const key = `${zone} ${quarter}`;
  let offset = offsets.get(key);
  if (offset === undefined) {
    offset = readClock(zone, quarter) - quarter;
    offsets.set(key, offset);
  }
  return offset;
}

export const localAt = (zone: string, instant: number): number => instant + offsetAt(zone, instant);
export const dateOf = (local: number): number => Math.floor(local / DAY);
export const dateAt = (zone: string, instant: number): number => dateOf(localAt(zone, instant));
export const timeOfDay = (local: number): number => local - dateOf(local) * DAY;

/** Every instant at which the clock shows `local`: none in a gap, two in an overlap. */
export function instantsOf(zone: string, local: number): number[] {
  const near = new Set([-DAY, 0, DAY].map((shift) => offsetAt(zone, local + shift)));
  const found = [...near].map((offset) => local - offset).filter((instant) => localAt(zone, instant) === local);
  return found.toSorted((a, b) => a - b);
}

/** The first instant at which the clock shows `local`, or the first after the gap that swallowed it. */
export function firstInstant(zone: string, local: number): number {
  const [first] = instantsOf(zone, local);
  return first ?? endOfGap(zone, local);
}

function endOfGap(zone: string, local: number): number {
  let before = local - 2 * DAY;
  let after = local + 2 * DAY;
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (localAt(zone, middle) < local) before = middle;
    else after = middle;
  }
  return after;
}

/** The first instant of the local date (a day number since 1970). */
export const startOfDate = (zone: string, date: number): number => firstInstant(zone, date * DAY);

/** The next change of the zone's offset within two days, or null. */
export function nextTransition(zone: string, instant: number): number | null {
  const quarter = Math.floor(instant / (15 * MINUTE)) * 15 * MINUTE;
  for (let at = quarter + 15 * MINUTE; at <= instant + 2 * DAY; at += 15 * MINUTE) {
    if (offsetAt(zone, at) !== offsetAt(zone, at - 15 * MINUTE)) return at;
  }
  return null;
}

export const weekdayOf = (date: number): number => (((date + 4) % 7) + 7) % 7;

export function calendarOf(date: number): { year: number; month: number; day: number } {
  const utc = new Date(date * DAY);
  return { year: utc.getUTCFullYear(), month: utc.getUTCMonth() + 1, day: utc.getUTCDate() };
}

/** `"2027-12-24"` of a day number. */
export function isoDate(date: number): string {
  let text = isoDates.get(date);
  if (text === undefined) {
    text = new Date(date * DAY).toISOString().slice(0, 10);
    isoDates.set(date, text);
  }
  return text;
}

const isoDates = new Map<number, string>();

/** Milliseconds after midnight of "HH:MM" or "HH:MM:SS". */
export function readTimeOfDay(text: string): number {
  const [hours, minutes, seconds] = text.split(':').map(Number);
  return hours! * HOUR + minutes! * MINUTE + (seconds ?? 0) * SECOND;
}

/** Milliseconds of "-30m" or "1h". */
export function readOffset(text: string | undefined, readDuration: (text: unknown) => number | null): number {
  if (text === undefined) return 0;
  const sign = text.startsWith('-') ? -1 : 1;
  return sign * (readDuration(text.replace(/^[+-]/, '')) ?? 0);
}
