// Reads the home that an engine is given.

import { parseDate } from './check/triggers.ts';
import { isObject, show } from './check/reader.ts';
import { EngineError } from './errors.ts';
import type { EngineHome } from './types.ts';
import { isTimeZone } from './zone.ts';

export const DEFAULT_MODE = 'home';

function refuse(message: string): never {
  throw new EngineError('BAD_HOME', message);
}

export function readHome(raw: unknown): EngineHome {
  if (!isObject(raw)) refuse(`expected a home {latitude, longitude, timeZone}, not ${show(raw)}`);
  const degrees = (name: string, most: number): void => {
    const value = raw[name];
    if (typeof value !== 'number' || !(Math.abs(value) <= most))
      refuse(`expected ${name} from −${most} to ${most}, not ${show(value)}`);
  };
  degrees('latitude', 90);
  degrees('longitude', 180);
  if (!isTimeZone(raw['timeZone']))
    refuse(`expected a time zone such as "Europe/Berlin", not ${show(raw['timeZone'])}`);
  const mode = raw['mode'];
  if (mode !== undefined && (typeof mode !== 'string' || mode === '')) refuse(`expected a mode, not ${show(mode)}`);
  readHolidays(raw['holidays']);
  return raw as unknown as EngineHome;
}

function readHolidays(raw: unknown): void {
  if (raw === undefined) return;
  if (!Array.isArray(raw)) refuse(`expected a list of dates as holidays, not ${show(raw)}`);
  for (const date of raw as unknown[]) {
    if (typeof date !== 'string' || parseDate(date) === null)
      refuse(`expected a date such as "12-24" as holiday, not ${show(date)}`);
  }
}

/** Holidays as the core has them: year × 10000 + month × 100 + day, the year 0 for every year. */
export function holidayNumbers(home: EngineHome): number[] {
  return (home.holidays ?? []).map((date) => parseDate(date) ?? 0);
}
