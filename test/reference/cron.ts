// Cron lines, field by field, as sets of numbers.

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

export interface Cron {
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  readonly months: ReadonlySet<number>;
  readonly weekdays: ReadonlySet<number>;
  readonly anyDay: boolean;
  readonly anyWeekday: boolean;
}

function numberOf(text: string, names: readonly string[], firstName: number): number {
  const named = names.indexOf(text.toLowerCase());
  return named === -1 ? Number(text) : named + firstName;
}

function readField(
  field: string,
  low: number,
  high: number,
  names: readonly string[] = [],
  firstName = 0,
): Set<number> {
  const found = new Set<number>();
  for (const item of field.split(',')) {
    const [range, step] = item.split('/');
    const ends = range!.split('-').map((text) => numberOf(text, names, firstName));
    const from = range === '*' ? low : ends[0]!;
    const openEnd = range === '*' || (step !== undefined && ends.length === 1);
    // Of weekdays, which have names, the last may be Sunday.
    const isSunday = names === WEEKDAYS && ends.length === 2 && ends[1] === 0;
    const to = openEnd ? high : isSunday ? 7 : ends.at(-1)!;
    for (let value = from; value <= to; value += Number(step ?? 1)) found.add(value);
  }
  return found;
}

export function readCron(text: string): Cron {
  const [minute, hour, day, month, weekday] = text.trim().split(/\s+/);
  const weekdays = readField(weekday!, 0, 7, WEEKDAYS, 0);
  if (weekdays.has(7)) weekdays.add(0);
  return {
    minutes: readField(minute!, 0, 59),
    hours: readField(hour!, 0, 23),
    days: readField(day!, 1, 31),
    months: readField(month!, 1, 12, MONTHS, 1),
    weekdays,
    anyDay: day === '*',
    anyWeekday: weekday === '*',
  };
}

/** Whether a date is one of the line's; with both day fields given, either one is enough. */
export function cronHasDate(cron: Cron, month: number, day: number, weekday: number): boolean {
  if (!cron.months.has(month)) return false;
  if (!cron.anyDay && !cron.anyWeekday) return cron.days.has(day) || cron.weekdays.has(weekday);
  return cron.days.has(day) && cron.weekdays.has(weekday);
}
