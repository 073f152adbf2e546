// The sun by NOAA's solar equations, as plainly as they are published: an elevation at an instant, and the roots of it.

import type { Place, SunEvent } from '@lintel/model';
import { DAY, HOUR, MINUTE, SECOND, dateAt } from './zone.ts';

const RADIANS = Math.PI / 180;
const sin = (degrees: number): number => Math.sin(degrees * RADIANS);
const cos = (degrees: number): number => Math.cos(degrees * RADIANS);
const tan = (degrees: number): number => Math.tan(degrees * RADIANS);

export const HORIZON = -0.833;
export const TWILIGHT = -6;

interface Ephemeris {
  /** Degrees. */
  readonly declination: number;
  /** Minutes. */
  readonly equationOfTime: number;
}

function ephemerisAt(instant: number): Ephemeris {
  const t = (instant / DAY + 2440587.5 - 2451545) / 36525;
  const longitude = 280.46646 + t * (36000.76983 + t * 0.0003032);
  const anomaly = 357.52911 + t * (35999.05029 - 0.0001537 * t);
  const eccentricity = 0.016708634 - t * (0.000042037 + 0.0000001267 * t);
  const center =
    sin(anomaly) * (1.914602 - t * (0.004817 + 0.000014 * t)) +
    sin(2 * anomaly) * (0.019993 - 0.000101 * t) +
    sin(3 * anomaly) * 0.000289;
  const node = 125.04 - 1934.136 * t;
  const apparent = longitude + center - 0.00569 - 0.00478 * sin(node);
  const meanObliquity = 23 + (26 + (21.448 - t * (46.815 + t * (0.00059 - t * 0.001813))) / 60) / 60;
  const obliquity = meanObliquity + 0.00256 * cos(node);
  const y = tan(obliquity / 2) ** 2;
  const equation =
    y * sin(2 * longitude) -
    2 * eccentricity * sin(anomaly) +
    4 * eccentricity * y * sin(anomaly) * cos(2 * longitude) -
    0.5 * y * y * sin(4 * longitude) -
    1.25 * eccentricity * eccentricity * sin(2 * anomaly);
  return {
    declination: Math.asin(sin(obliquity) * sin(apparent)) / RADIANS,
    equationOfTime: (4 * equation) / RADIANS,
  };
}

/** Degrees from the meridian, negative in the morning. */
function hourAngleAt(place: Place, instant: number): number {
  const minutes = (((instant % DAY) + DAY) % DAY) / MINUTE;
  const solar = minutes + ephemerisAt(instant).equationOfTime + 4 * place.longitude;
  return ((((solar % 1440) + 1440) % 1440) / 4 - 180) % 360;
}

/** Degrees above the geometric horizon. */
export function elevationAt(place: Place, instant: number): number {
  const { declination } = ephemerisAt(instant);
  const height =
    sin(place.latitude) * sin(declination) + cos(place.latitude) * cos(declination) * cos(hourAngleAt(place, instant));
  return Math.asin(Math.min(1, Math.max(-1, height))) / RADIANS;
}

/** Degrees clockwise from north. */
export function azimuthAt(place: Place, instant: number): number {
  const { declination } = ephemerisAt(instant);
  const angle = hourAngleAt(place, instant);
  const east = -cos(declination) * sin(angle);
  const north = sin(declination) * cos(place.latitude) - cos(declination) * sin(place.latitude) * cos(angle);
  return (Math.atan2(east, north) / RADIANS + 360) % 360;
}

/** The transit of a solar day, by number: the one nearest to the mean noon of that UTC date at the place's longitude. */
function transitOf(place: Place, day: number): number {
  const mean = day * DAY + 12 * HOUR - place.longitude * 4 * MINUTE;
  let instant = mean;
  for (let round = 0; round < 5; round += 1) instant = mean - ephemerisAt(instant).equationOfTime * MINUTE;
  return instant;
}

function crossing(place: Place, low: number, high: number, elevation: number): number | null {
  let below = low;
  let above = high;
  if (elevationAt(place, below) >= elevation || elevationAt(place, above) < elevation) return null;
  // Halved until the instants of the two ends can no longer be told apart.
  for (let round = 0; round < 60; round += 1) {
    const middle = (below + above) / 2;
    if (elevationAt(place, middle) < elevation) below = middle;
    else above = middle;
  }
  return (below + above) / 2;
}

const remembered = new Map<string, number | null>();

function remember(key: string, compute: () => number | null): number | null {
  let found = remembered.get(key);
  if (found === undefined) {
    const exact = compute();
    found = exact === null ? null : Math.round(exact / SECOND) * SECOND;
    remembered.set(key, found);
  }
  return found;
}

/** When the sun crosses an elevation on a solar day, to the second; null when it does not. */
export function crossingOf(
  place: Place,
  day: number,
  elevation: number,
  direction: 'rising' | 'setting',
): number | null {
  const key = `${place.latitude} ${place.longitude} ${day} ${elevation} ${direction}`;
  return remember(key, () => {
    const transit = transitOf(place, day);
    return crossing(place, transit + (direction === 'rising' ? -12 : 12) * HOUR, transit, elevation);
  });
}

/** The instant of a sun event on a solar day, to the second; null on a day without it. */
export function sunEventOf(place: Place, day: number, event: SunEvent): number | null {
  if (event === 'noon') return remember(`${place.longitude} ${day} noon`, () => transitOf(place, day));
  const elevation = event === 'dawn' || event === 'dusk' ? TWILIGHT : HORIZON;
  return crossingOf(place, day, elevation, event === 'sunrise' || event === 'dawn' ? 'rising' : 'setting');
}

/** The solar day whose transit falls in a local date. */
export function solarDayOf(place: Place, date: number): number {
  for (const day of [date, date - 1, date + 1]) {
    if (dateAt(place.timeZone, transitOf(place, day)) === date) return day;
  }
  return date;
}
