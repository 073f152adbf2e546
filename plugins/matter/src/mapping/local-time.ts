// What clocks on the wall show, from the platform's own knowledge of time zones.

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known !== undefined) return known;
  const number = 'numeric';
  const fields = { year: number, month: number, day: number, hour: number, minute: number, second: number } as const;
  const format = new Intl.DateTimeFormat('en-US', { timeZone, calendar: 'gregory', hourCycle: 'h23', ...fields });
  formats.set(timeZone, format);
  return format;
}

/** By how many milliseconds the clocks of a zone (an IANA name) are ahead of UTC at an instant, in milliseconds since 1970. */
export function offsetAt(timeZone: string, at: number): number {
  const second = Math.floor(at / 1000) * 1000;
  const shown = formatOf(timeZone).format(second).split(/\D+/);
  const [month = 1, day = 1, year = 1970, ...time] = shown.map(Number);
  const [hours = 0, minutes = 0, seconds = 0] = time;
  return Date.UTC(year, month - 1, day, hours, minutes, seconds) - second;
}

const PROBE_MS = 5 * 86_400_000;
const SECOND_MS = 1000;

/** Between two instants, in milliseconds since 1970: what clocks are ahead of UTC, from when on; the first from the beginning. */
export interface Stretch {
  readonly from: number;
  readonly offset: number;
}

export function stretchesOf(timeZone: string, begin: number, end: number): Stretch[] {
  let offset = offsetAt(timeZone, begin);
  const found: Stretch[] = [{ from: begin, offset }];
  for (let at = begin; at < end; at += PROBE_MS) {
    const there = offsetAt(timeZone, at + PROBE_MS);
    if (there === offset) continue;
    found.push({ from: changeAfter(timeZone, at, at + PROBE_MS), offset: there });
    offset = there;
  }
  return found;
}

/** The first second of another offset. */
function changeAfter(timeZone: string, begin: number, end: number): number {
  const offset = offsetAt(timeZone, begin);
  let [before, after] = [Math.floor(begin / SECOND_MS), Math.floor(end / SECOND_MS)];
  while (after - before > 1) {
    const middle = Math.floor((before + after) / 2);
    if (offsetAt(timeZone, middle * SECOND_MS) === offset) before = middle;
    else after = middle;
  }
  return after * SECOND_MS;
}
