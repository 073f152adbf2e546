// When a guest may: from a moment to another, on some weekdays, between two times of the home's day.

export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

export interface GuestWindow {
  /** Milliseconds since 1970. */
  readonly from: number;
  readonly until: number;
  readonly weekdays: readonly Weekday[] | null;
  /** `"HH:MM"` of the home's local time; `after` past `before` spans midnight, and belongs to the day it begins on. */
  readonly after: string | null;
  readonly before: string | null;
}

const MINUTE_MS = 60_000;
const formats = new Map<string, Intl.DateTimeFormat>();

export function isInside(
  { from, until, weekdays, after, before }: GuestWindow,
  now: number,
  timeZone: string,
): boolean {
  if (now < from || now >= until) return false;
  const { day, time } = localTime(now, timeZone);
  const isOn = (each: number): boolean => weekdays === null || weekdays.includes(WEEKDAYS[(each + 7) % 7]!);
  const [start, end] = [after ?? '00:00', before ?? '24:00'];
  if (start < end) return isOn(day) && time >= start && time < end;
  return (isOn(day) && time >= start) || (isOn(day - 1) && time < end);
}

/** When {@link isInside} is to be asked again at the latest; null where it stays as it is. */
export function askAgainAt({ from, until, weekdays, after, before }: GuestWindow, now: number): number | null {
  if (now >= until) return null;
  const hasHours = weekdays !== null || after !== null || before !== null;
  const minute = hasHours ? Math.floor(now / MINUTE_MS + 1) * MINUTE_MS : until;
  return Math.min(now < from ? from : until, now < from ? from : minute);
}

function localTime(now: number, timeZone: string): { day: number; time: string } {
  const known = formats.get(timeZone);
  const options = { timeZone, weekday: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
  const format = known ?? new Intl.DateTimeFormat('en-GB', options);
  formats.set(timeZone, format);
  const parts = Object.fromEntries(format.formatToParts(now).map(({ type, value }) => [type, value]));
  const day = WEEKDAYS.indexOf(parts['weekday']!.toLowerCase() as Weekday);
  return { day, time: `${parts['hour']}:${parts['minute']}` };
}
