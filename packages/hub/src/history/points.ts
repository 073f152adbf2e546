// Samples as the points of a chart, thinned out where there are more than fit.

import type { Value } from '@lintel/model';
import type { Sample } from './samples.ts';

/** A value at a time, or the least, mean and greatest number of a stretch that begins then. Times are ISO 8601 UTC. */
export type Point = readonly [at: string, value: Value] | readonly [at: string, min: number, mean: number, max: number];

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Numbers beyond `most` become stretches of equal length with their least, mean and greatest value. Of other values the
 * repetitions are left out first, then points evenly.
 */
export function pointsOf(samples: readonly Sample[], from: number, to: number, most: number): Point[] {
  if (samples.length <= most) return samples.map(plain);
  const numbers = samples.filter(({ value }) => typeof value === 'number');
  const isNumeric = numbers.length > 0 && samples.every(({ value }) => value === null || typeof value === 'number');
  return isNumeric ? stretches(numbers, from, to, most) : thinned(samples, most);
}

const plain = ({ at, value }: Sample): Point => [iso(at), value as Value];

function stretches(samples: readonly Sample[], from: number, to: number, most: number): Point[] {
  const length = (to - from) / most;
  const grouped = Map.groupBy(samples, ({ at }) => Math.min(most - 1, Math.floor((at - from) / length)));
  return [...grouped].map(([index, group]) => {
    let [min, max, sum] = [Infinity, -Infinity, 0];
    for (const { value } of group as readonly { value: number }[]) {
      min = Math.min(min, value);
      max = Math.max(max, value);
      sum += value;
    }
    const mean = Math.min(max, Math.max(min, sum / group.length));
    return [iso(Math.round(from + index * length)), min, mean, max];
  });
}

function thinned(samples: readonly Sample[], most: number): Point[] {
  const changes = samples.filter(({ value }, index) => index === 0 || value !== samples[index - 1]!.value);
  const every = Math.ceil(changes.length / most);
  return changes.filter((_, index) => index % every === 0).map(plain);
}
