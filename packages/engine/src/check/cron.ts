// Five-field cron expressions, as sets of minutes, hours, days, months and weekdays.

export interface Cron {
  readonly minutes: bigint;
  readonly hours: number;
  readonly days: number;
  /** Bits 1 to 12. */
  readonly months: number;
  /** Bits 0 (Monday) to 6. */
  readonly weekdays: number;
  /** Both day fields are given, and either matches. */
  readonly either: boolean;
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
const WEEKDAYS = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'];

interface Field {
  readonly name: string;
  readonly low: number;
  readonly high: number;
  readonly names?: readonly string[];
  readonly firstName?: number;
}
const FIELDS: readonly Field[] = [
  { name: 'minute', low: 0, high: 59 },
  { name: 'hour', low: 0, high: 23 },
  { name: 'day of month', low: 1, high: 31 },
  { name: 'month', low: 1, high: 12, names: MONTHS, firstName: 1 },
  { name: 'weekday', low: 0, high: 7, names: WEEKDAYS, firstName: 0 },
];

/** The parsed expression, or a sentence on what is wrong with it. */
export function parseCron(text: string): Cron | string {
  const parts = text.trim().split(/\s+/);
  if (parts.length !== 5) return `expected five fields (minute hour day month weekday), not ${parts.length}`;
  const sets: bigint[] = [];
  for (const [index, field] of FIELDS.entries()) {
    const set = parseField(parts[index]!, field);
    if (typeof set === 'string') return set;
    sets.push(set);
  }
  const [minutes, hours, days, months, week] = sets as [bigint, bigint, bigint, bigint, bigint];
  const weekdays = weekBits(Number(week));
  const either = parts[2] !== '*' && parts[4] !== '*';
  const cron = { minutes, hours: Number(hours), days: Number(days), months: Number(months), weekdays, either };
  return canMatch(cron) ? cron : 'no month has such a day';
}

/** From Sunday = 0 or 7 to Monday = 0. */
function weekBits(week: number): number {
  let bits = 0;
  for (let day = 0; day <= 7; day += 1) if ((week & (1 << day)) !== 0) bits |= 1 << ((day + 6) % 7);
  return bits;
}

function canMatch(cron: Cron): boolean {
  if (cron.either) return true;
  const longest = [0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
  for (let month = 1; month <= 12; month += 1) {
    if ((cron.months & (1 << month)) === 0) continue;
    for (let day = 1; day <= longest[month]!; day += 1) if ((cron.days & (1 << day)) !== 0) return true;
  }
  return false;
}

function parseField(text: string, field: Field): bigint | string {
  let set = 0n;
  for (const item of text.toLowerCase().split(',')) {
    const range = parseItem(item, field);
    if (range === null)
      return `${JSON.stringify(item)} is no ${field.name} (${field.low}–${field.high}, ranges, lists, steps)`;
    for (let value = range[0]; value <= range[1]; value += range[2]) set |= 1n << BigInt(value);
  }
  return set;
}

function parseItem(item: string, field: Field): [number, number, number] | null {
  const match = /^(\*|[a-z0-9]+)(?:-([a-z0-9]+))?(?:\/(\d{1,2}))?$/.exec(item);
  if (match === null) return null;
  const [, from, to, every] = match;
  const step = every === undefined ? 1 : Number(every);
  if (step === 0 || (from === '*' && to !== undefined)) return null;
  if (from === '*') return [field.low, field.name === 'weekday' ? 6 : field.high, step];
  const low = parseNumber(from!, field);
  const high = to === undefined ? (every === undefined ? low : field.high) : parseEnd(to, field);
  return low === null || high === null || low > high ? null : [low, high, step];
}

/** A week may end on Sunday, however that is said. */
function parseEnd(text: string, field: Field): number | null {
  const value = parseNumber(text, field);
  return value === 0 && field.name === 'weekday' ? 7 : value;
}

function parseNumber(text: string, field: Field): number | null {
  const named = field.names?.indexOf(text) ?? -1;
  if (named >= 0) return named + field.firstName!;
  const value = /^\d{1,2}$/.test(text) ? Number(text) : -1;
  return value >= field.low && value <= field.high ? value : null;
}
