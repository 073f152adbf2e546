// Durations travel as strings ("250ms", "90s", "1h30m", "2d") and are kept as whole milliseconds.

import { HubError } from './errors.ts';

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1_000, ms: 1 };
const DURATION = /^(?:(\d{1,6})d)?(?:(\d{1,6})h)?(?:(\d{1,6})m(?!s))?(?:(\d{1,9}(?:\.\d{1,3})?)s)?(?:(\d{1,12})ms)?$/;

export const DURATION_MS_MAX = 366 * 86_400_000;

/** Milliseconds of a duration such as `"1h30m"`, or null when it is not one or exceeds a leap year. */
export function readDuration(text: unknown): number | null {
  if (typeof text !== 'string' || text === '') return null;
  const match = DURATION.exec(text);
  if (match === null) return null;
  const [, d, h, m, s, ms] = match;
  const total =
    Number(d ?? 0) * UNIT_MS['d']! +
    Number(h ?? 0) * UNIT_MS['h']! +
    Number(m ?? 0) * UNIT_MS['m']! +
    Math.round(Number(s ?? 0) * 1000) +
    Number(ms ?? 0);
  return total <= DURATION_MS_MAX ? total : null;
}

/** As {@link readDuration}; throws `BAD_VALUE` at `pointer` when the text is no duration. */
export function parseDuration(text: unknown, pointer?: string): number {
  const ms = readDuration(text);
  if (ms !== null) return ms;
  const detail = `expected a duration such as "90s", "5m" or "1h30m" (at most 366 days), not ${JSON.stringify(text)}`;
  throw new HubError('BAD_VALUE', detail, pointer === undefined ? {} : { pointer });
}

/** The shortest duration string of whole milliseconds: `5_400_000` is `"1h30m"`, `0` is `"0s"`. */
export function formatDuration(ms: number): string {
  let rest = Math.max(0, Math.round(ms));
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const count = Math.floor(rest / UNIT_MS[unit]!);
    rest -= count * UNIT_MS[unit]!;
    if (count > 0) text += `${count}${unit}`;
  }
  return text === '' ? '0s' : text;
}
