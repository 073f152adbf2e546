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
