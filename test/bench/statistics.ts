// What benchmarks say of their samples.

/** The value that a share of the samples does not exceed. */
export function percentile(sorted: ArrayLike<number>, share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * share) - 1)]!;
}

export const median = (samples: readonly number[]): number =>
  percentile(
    samples.toSorted((a, b) => a - b),
    0.5,
  );

export const mean = (samples: readonly number[]): number =>
  samples.reduce((sum, sample) => sum + sample, 0) / samples.length;
