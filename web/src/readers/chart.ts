// A series as it is drawn and told: points in time, ticks and the lowest, mean and highest. Pure.

import type { Value } from '@lintel/model';

/** `[t, value]`, or `[t, min, mean, max]` where several values share a point. */
export type HistoryPoint = readonly [string, Value] | readonly [string, number, number, number];

export interface History {
  readonly points: readonly HistoryPoint[];
  readonly before: readonly [string, Value] | null;
}

export interface Sample {
  readonly at: number;
  readonly value: Value;
  readonly low: number;
  readonly high: number;
}

const asNumber = (value: Value): number => (typeof value === 'number' ? value : Number.NaN);

/** The points in order of time, begun by what held at `from` and carried on to `to`. */
export function samplesOf({ points, before }: History, from: number, to: number): Sample[] {
  const sample = (at: number, value: Value): Sample => ({ at, value, low: asNumber(value), high: asNumber(value) });
  const read = points.map((point): Sample => {
    const at = Date.parse(point[0]);
    if (point.length === 2) return sample(at, point[1]);
    return { at, value: point[2], low: point[1], high: point[3] };
  });
  const first = before === null ? [] : [sample(from, before[1])];
  const last = read.at(-1) ?? first[0];
  const end = last === undefined || last.at >= to ? [] : [{ ...last, at: to }];
  return [...first, ...read, ...end];
}

export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** The span of the values, with a little air; a flat line lies in the middle. */
export function extentOf(samples: readonly Sample[]): Extent {
  const known = samples.filter(({ low }) => !Number.isNaN(low));
  const low = Math.min(...known.map((each) => each.low));
  const high = Math.max(...known.map((each) => each.high));
  if (known.length === 0) return { low: 0, high: 1 };
  const air = high === low ? Math.max(Math.abs(high) * 0.1, 0.5) : (high - low) * 0.08;
  return { low: low - air, high: high + air };
}

/** Three or four round values inside the span. */
export function ticksOf({ low, high }: Extent): number[] {
  const rough = (high - low) / 4;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((each) => each * power).find((each) => each >= rough) ?? power * 10;
  const ticks: number[] = [];
  for (let at = Math.ceil(low / step) * step; at <= high; at += step) ticks.push(Number(at.toPrecision(12)));
  return ticks;
}

/** The lowest, highest and time-weighted mean of a series of numbers, or null. */
export function summaryOf(samples: readonly Sample[]): (Extent & { readonly mean: number }) | null {
  const known = samples.filter(({ value }) => typeof value === 'number');
  if (known.length === 0) return null;
  let [sum, span] = [0, 0];
  for (const [index, { at, value }] of samples.entries()) {
    const next = samples[index + 1];
    if (next === undefined || typeof value !== 'number') continue;
    sum += value * (next.at - at);
    span += next.at - at;
  }
  const mean = span === 0 ? (known[0]!.value as number) : sum / span;
  return { low: Math.min(...known.map((each) => each.low)), high: Math.max(...known.map((each) => each.high)), mean };
}

/** The sample that held at an instant, or undefined before the first. */
export const heldAt = (samples: readonly Sample[], at: number): Sample | undefined =>
  samples.findLast((each) => each.at <= at);
