// Values in a person's words: units, percent, times.

import type { Home, Value } from '@lintel/model';
import { t } from '../strings/index.ts';

export type Units = Home['units'];

/** Properties from 0 to 1 that people read as percent. */
const PERCENT = new Set([
  'level.level',
  'color.saturation',
  'cover.position',
  'cover.tilt',
  'cover.target',
  'battery.level',
  'fan.speed',
  'media.volume',
  'siren.volume',
  'thermostat.valve',
  'filter.life',
  'storage.charge',
  'link.quality',
  'update.progress',
]);

export const plainKey = (key: string): string => key.split('@')[0]!;
export const isPercent = (key: string): boolean => PERCENT.has(plainKey(key));

let locale: string | undefined;

/** Writes numbers and times as this locale does; without it as the browser's own. */
export function useLocale(name: string): void {
  locale = name;
}

/** At most `digits` decimals, in the reader's own notation. */
export function number(value: number, digits = 1): string {
  return new Intl.NumberFormat(locale, { maximumFractionDigits: digits }).format(value);
}

export const percent = (share: number): string => `${Math.round(share * 100)}%`;

/** A temperature with its degree sign, in the home's units. */
export function temperature(celsius: number, units: Units): string {
  return units === 'imperial' ? `${number(celsius * 1.8 + 32, 0)} °F` : `${number(celsius)} °C`;
}

const DIGITS: Readonly<Record<string, number>> = {
  K: 0,
  lx: 0,
  ppm: 0,
  hPa: 0,
  '%': 0,
  '°': 0,
  V: 0,
  kWh: 2,
  A: 2,
};

/** A value with its unit, such as "21.4 °C", "60%", "Open"; a dash where it is unknown. */
export function formatValue(key: string, value: Value, unit: string | null, units: Units): string {
  if (value === null) return '–';
  if (typeof value === 'boolean') return t.valueName(plainKey(key), value);
  if (typeof value === 'string') return t.valueName(plainKey(key), value);
  if (isPercent(key)) return percent(value);
  if (unit === '°C') return temperature(value, units);
  const text = number(value, unit === null ? 1 : (DIGITS[unit] ?? 1));
  if (unit === null || unit === '') return text;
  return unit === '%' || unit === '°' ? `${text}${unit}` : `${text} ${unit}`;
}

const STEPS: readonly [number, Intl.RelativeTimeFormatUnit][] = [
  [60_000, 'second'],
  [3_600_000, 'minute'],
  [86_400_000, 'hour'],
  [7 * 86_400_000, 'day'],
];
const UNIT_MS = { second: 1000, minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** "3 minutes ago", or a date beyond a week. */
export function ago(iso: string, now: number): string {
  const then = Date.parse(iso);
  const since = Math.max(0, now - then);
  if (since < 10_000) return t.justNow;
  for (const [limit, unit] of STEPS) {
    if (since < limit) {
      const count = Math.floor(since / UNIT_MS[unit as keyof typeof UNIT_MS]);
      return new Intl.RelativeTimeFormat(locale, { numeric: 'always' }).format(-count, unit);
    }
  }
  return new Date(then).toLocaleDateString(locale, { dateStyle: 'medium' });
}

export const clockTime = (iso: string): string =>
  new Date(iso).toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' });
