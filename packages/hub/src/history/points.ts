// Samples as the points of a chart, thinned out where there are more than fit.

import type { Value } from '@lintel/model';
import type { Sample } from './samples.ts';

/** A value at a time, or the least, mean and greatest number of a stretch that begins then. Times are ISO 8601 UTC. */
export type Point = readonly [at: string, value: Value] | readonly [at: string, min: number, mean: number, max: number];

const iso = (at: number): string => new Date(at).toISOString();

/**
 * Numbers beyond `most` become stretches of equal length with their least, mean and greatest value. Of other values the
 * repetitions are left out first, then points evenly. Samples are never all held at once: there may be years of them.
 */
export function pointsOf(samples: () => Iterable<Sample>, from: number, to: number, most: number): Point[] {
  // Samples come in the order of the journal, in which a clock that was set back shows.
  return pick(samples, from, to, most).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
}

function pick(samples: () => Iterable<Sample>, from: number, to: number, most: number): Point[] {
  const first: Sample[] = [];
  const stretches = new Stretches(from, (to - from) / most, most);
  let isNumeric = true;
  let changes = 0;
  let last: unknown;
  for (const sample of samples()) {
    const { value } = sample;
    if (first.length <= most) first.push(sample);
    if (changes === 0 || value !== last) changes += 1;
    last = value;
    if (typeof value === 'number') stretches.add(sample.at, value);
    else if (value !== null) isNumeric = false;
  }
  if (first.length <= most) return first.map(plain);
  const points = isNumeric ? stretches.points() : [];
  return points.length > 0 ? points : thinned(samples(), Math.ceil(changes / most));
}

export const plain = ({ at, value }: Sample): Point => [iso(at), value as Value];

interface Stretch {
  min: number;
  max: number;
  sum: number;
  count: number;
}

class Stretches {
  readonly #from: number;
  readonly #length: number;
  readonly #most: number;
  readonly #all = new Map<number, Stretch>();

  constructor(from: number, length: number, most: number) {
    this.#from = from;
    this.#length = length;
    this.#most = most;
  }

  add(at: number, value: number): void {
    const index = Math.min(this.#most - 1, Math.floor((at - this.#from) / this.#length));
    const known = this.#all.get(index);
    if (known === undefined) return void this.#all.set(index, { min: value, max: value, sum: value, count: 1 });
    known.min = Math.min(known.min, value);
    known.max = Math.max(known.max, value);
    known.sum += value;
    known.count += 1;
  }

  points(): Point[] {
    return [...this.#all].map(([index, { min, max, sum, count }]) => {
      const mean = Math.min(max, Math.max(min, sum / count));
      return [iso(Math.round(this.#from + index * this.#length)), min, mean, max];
    });
  }
}

/** Of the samples that change something, each so many-th. */
function thinned(samples: Iterable<Sample>, every: number): Point[] {
  const points: Point[] = [];
  let changes = 0;
  let last: unknown;
  for (const sample of samples) {
    if (changes > 0 && sample.value === last) continue;
    if (changes % every === 0) points.push(plain(sample));
    changes += 1;
    last = sample.value;
  }
  return points;
}
