// Durations as people type and read them. The hub's own form is "5m", "1h30m".

import { formatDuration, readDuration } from '@lintel/model';
import { t } from '../strings/index.ts';

const UNITS: readonly (readonly [RegExp, string])[] = [
  [/^(milliseconds?|msecs?|ms)$/, 'ms'],
  [/^(seconds?|secs?|s)$/, 's'],
  [/^(minutes?|mins?|m)$/, 'm'],
  [/^(hours?|hrs?|h)$/, 'h'],
  [/^(days?|d)$/, 'd'],
];

/** "5 minutes", "5 min" and "5m" become "5m"; what is no duration stays as it was typed, for the error to name. */
export function normaliseDuration(typed: string): string {
  const parts = [
    ...typed
      .trim()
      .toLowerCase()
      .matchAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/g),
  ];
  if (parts.length === 0) return typed.trim();
  const text = parts.map(([, count, word]) => `${count!.replace(',', '.')}${unitOf(word!)}`).join('');
  const rest = typed
    .toLowerCase()
    .replaceAll(/(\d+(?:[.,]\d+)?)\s*([a-z]+)/g, '')
    .replaceAll(/[\s,]|and/g, '');
  const ms = rest === '' ? readDuration(text) : null;
  return ms === null ? typed.trim() : formatDuration(ms);
}

const unitOf = (word: string): string => UNITS.find(([pattern]) => pattern.test(word))?.[1] ?? word;

export const isDuration = (text: string): boolean => readDuration(text) !== null;

const WORDS: readonly (readonly [string, number])[] = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
  ['second', 1000],
];

/** "1h30m" in words: "1 hour 30 minutes". */
export function durationWords(text: unknown): string {
  const ms = readDuration(text);
  if (ms === null) return typeof text === 'string' ? text : t.rule.computed;
  if (ms < 1000) return `${ms} ms`;
  let rest = ms;
  const parts: string[] = [];
  for (const [unit, size] of WORDS) {
    const count = unit === 'second' ? rest / size : Math.floor(rest / size);
    rest -= Math.floor(count) * size;
    if (count >= 1 || (unit === 'second' && count > 0)) parts.push(t.rule.count(Math.round(count * 10) / 10, unit));
    if (unit === 'second') break;
  }
  return parts.join(' ');
}
