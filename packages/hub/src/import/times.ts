// Durations and times of day as Home Assistant writes them: `300`, `"00:05:00"`, `{minutes: 5}`.

import { DURATION_MS_MAX, formatDuration } from '@lintel/model';
import { Lost } from './notes.ts';
import { FieldReader, isTemplate, numberOf, show, textOf } from './reading.ts';
import type { Source } from './source.ts';

const UNIT_MS: Readonly<Record<string, number>> = {
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1_000,
  milliseconds: 1,
};
const CLOCK = /^([-+]?)(\d{1,4}):(\d{1,2})(?::(\d{1,2}(?:\.\d+)?))?$/;

/** Milliseconds, maybe below zero. */
function millisecondsOf(source: Source): number {
  if (source.type === 'map') {
    const fields = new FieldReader(source, 'a duration');
    const ms = Object.entries(UNIT_MS).map(([unit, each]) => {
      const value = fields.take(unit);
      return value === undefined ? 0 : numberOf(value, unit) * each;
    });
    const [unknown] = fields.rest();
    if (unknown !== undefined) throw new Lost(unknown[1].line, `${show(unknown[0])} is no unit of a duration`);
    return ms.reduce((sum, each) => sum + each, 0);
  }
  const text = textOf(source).trim();
  const match = CLOCK.exec(text);
  if (match === null) return numberOf(source, 'a duration') * 1_000;
  const [, sign, hours, minutes, seconds = '0'] = match;
  const ms = (Number(hours) * 3_600 + Number(minutes) * 60 + Number(seconds)) * 1_000;
  return sign === '-' ? -ms : ms;
}

export function durationOf(source: Source): string {
  const ms = millisecondsOf(source);
  if (ms < 0 || ms > DURATION_MS_MAX) throw new Lost(source.line, 'expected a duration of at most 366 days');
  return formatDuration(ms);
}

/** `"-30m"`, or undefined for none. */
export function offsetOf(source: Source | undefined): string | undefined {
  if (source === undefined) return undefined;
  const ms = millisecondsOf(source);
  if (Math.abs(ms) > 86_400_000) throw new Lost(source.line, 'expected an offset of at most a day');
  return ms === 0 ? undefined : `${ms < 0 ? '-' : ''}${formatDuration(Math.abs(ms))}`;
}

/** A duration that is worked out, as an expression in milliseconds; null where it is plain. */
export function computedDuration(source: Source, write: (source: Source) => string): string | null {
  if (isTemplate(source)) return `(${write(source)}) * 1000`;
  if (source.type !== 'map' || ![...source.entries.values()].some(({ value }) => isTemplate(value))) return null;
  const parts = [...source.entries].map(([unit, { line, value }]) => {
    const ms = Object.hasOwn(UNIT_MS, unit) ? UNIT_MS[unit] : undefined;
    if (ms === undefined) throw new Lost(line, `${show(unit)} is no unit of a duration`);
    return isTemplate(value) ? `(${write(value)}) * ${ms}` : String(numberOf(value, unit) * ms);
  });
  return parts.join(' + ');
}

const TIME = /^(\d{1,2}):(\d{2})(?::(\d{2}))?$/;

/** `"HH:MM"` or `"HH:MM:SS"`; null when it is no time of day. */
export function timeOfDay(text: string): string | null {
  const match = TIME.exec(text.trim());
  if (match === null) return null;
  const [, hours = '', minutes = '', seconds = '00'] = match;
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(seconds) > 59) return null;
  return `${hours.padStart(2, '0')}:${minutes}${seconds === '00' ? '' : `:${seconds}`}`;
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
export type Day = (typeof WEEKDAYS)[number];

export function weekdayOf({ text, line }: { text: string; line: number }): Day {
  const found = WEEKDAYS.find((day) => day === text);
  if (found === undefined) throw new Lost(line, `${show(text)} is no weekday`);
  return found;
}
