// Reads the home and the devices that an engine is given.

import { parseDate } from './check/triggers.ts';
import { isObject, show } from './check/reader.ts';
import { EngineError } from './errors.ts';
import type { EngineDevice, EngineHome, HomeNames } from './types.ts';
import { isTimeZone } from './zone.ts';

export const DEFAULT_MODE = 'home';

function refuse(message: string): never {
  throw new EngineError('BAD_HOME', message);
}

/** What a caller hands over as one object, by its name; a `BAD_HOME` where it is none. */
export function readOptions(raw: unknown, what: string): void {
  if (!isObject(raw)) refuse(`expected ${what}, not ${show(raw)}`);
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
  for (const room of listIn(raw['rooms'] ?? [], 'rooms')) objectIn(room, 'a room');
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

/**
 * Reads devices as `GET /api/devices` gives them; of each only what rules are linked by is looked at.
 *
 * @throws EngineError `BAD_HOME` that names the device and what was expected
 */
export function readDevices(raw: unknown): readonly EngineDevice[] | undefined {
  if (raw === undefined) return undefined;
  for (const device of listIn(raw, 'devices')) {
    const { id, endpoints } = objectIn(device, 'a device');
    if (typeof id !== 'string') refuse(`expected a text as id of a device, not ${show(id)}`);
    for (const endpoint of listIn(endpoints, `endpoints of ${show(id)}`)) {
      const { capabilities } = objectIn(endpoint, `an endpoint of ${show(id)}`);
      for (const capability of listIn(capabilities, `capabilities of ${show(id)}`)) {
        const { properties } = objectIn(capability, `a capability of ${show(id)}`);
        for (const property of listIn(properties, `properties of ${show(id)}`))
          objectIn(property, `a property of ${show(id)}`);
      }
    }
  }
  return raw as readonly EngineDevice[];
}

/** @throws EngineError `BAD_HOME` that says which list is none of ids */
export function readNames(raw: unknown): HomeNames {
  if (raw === undefined) return {};
  for (const [what, ids] of Object.entries(objectIn(raw, 'names')))
    for (const id of listIn(ids ?? [], what))
      if (typeof id !== 'string') refuse(`expected texts as ${what}, not ${show(id)}`);
  return raw as HomeNames;
}

function listIn(raw: unknown, what: string): readonly unknown[] {
  if (!Array.isArray(raw)) refuse(`expected a list as ${what}, not ${show(raw)}`);
  return raw as readonly unknown[];
}

function objectIn(raw: unknown, what: string): Readonly<Record<string, unknown>> {
  if (!isObject(raw)) refuse(`expected an object as ${what}, not ${show(raw)}`);
  return raw;
}
