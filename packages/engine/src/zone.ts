// The offsets of a time zone as a table, from the platform's own knowledge of zones, so that the core needs none.

import { EngineError } from './errors.ts';

/** From this instant on (ms since 1970) the wall clock shows UTC plus this offset (ms). */
export interface ZoneStretch {
  readonly from: number;
  readonly offset: number;
}

const DAY_MS = 86_400_000;
/** Shorter than any stretch that a zone has had in the years rules live in. */
const PROBE_MS = 20 * DAY_MS;
const BEGINNING = -8.64e15;
const tables = new Map<string, readonly ZoneStretch[]>();

/** Zones that are known to be there: asking takes long. */
const zones = new Set<string>();

export function isTimeZone(name: unknown): name is string {
  if (typeof name !== 'string' || name === '') return false;
  if (zones.has(name)) return true;
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    zones.add(name);
    return true;
  } catch {
    return false;
  }
}

/** The stretches between two years, both included; the first holds for all time before. */
export function zoneTable(timeZone: string, firstYear: number, lastYear: number): readonly ZoneStretch[] {
  const key = `${timeZone} ${firstYear} ${lastYear}`;
  const known = tables.get(key);
  if (known !== undefined) return known;
  const offsetAt = offsetReader(timeZone);
  const end = Date.UTC(lastYear + 1, 0, 1);
  let at = Date.UTC(firstYear, 0, 1);
  let offset = offsetAt(at);
  const table: ZoneStretch[] = [{ from: BEGINNING, offset }];
  while (at < end) {
    const next = at + PROBE_MS;
    const there = offsetAt(next);
    if (there !== offset) {
      const from = bisect(offsetAt, at, next, offset);
      offset = offsetAt(from);
      table.push({ from, offset });
      at = from;
    } else {
      at = next;
    }
  }
  if (tables.size > 64) tables.clear();
  tables.set(key, table);
  return table;
}

/** The first second at which the offset is another. */
function bisect(offsetAt: (at: number) => number, low: number, high: number, offset: number): number {
  let [before, after] = [low / 1000, high / 1000];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(middle * 1000) === offset) before = middle;
    else after = middle;
  }
  return after * 1000;
}

function offsetReader(timeZone: string): (at: number) => number {
  if (!isTimeZone(timeZone))
    throw new EngineError('BAD_HOME', `expected a time zone such as "Europe/Berlin", not ${JSON.stringify(timeZone)}`);
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (at) => {
    const [month, day, year, hour, minute, second] = format.format(at).split(/\D+/).map(Number);
    return Date.UTC(year!, month! - 1, day, hour, minute, second) - at;
  };
}
