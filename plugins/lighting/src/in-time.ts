// Work that has an end, by the hub's clock.

import type { Clock } from '@lintel/sdk';

export interface Limit {
  readonly clock: Clock;
  readonly ms: number;
  readonly signal: AbortSignal;
  /** What it fails with at its end. */
  readonly late: () => Error;
}

/** Runs `work` under a signal that aborts after `ms`, or with the given one. */
export async function inTime<T>(
  { clock, ms, signal, late }: Limit,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const [end, done] = [new AbortController(), new AbortController()];
  clock.sleep(ms, done.signal).then(
    () => end.abort(late()),
    () => undefined,
  );
  try {
    return await work(AbortSignal.any([end.signal, signal]));
  } finally {
    done.abort();
  }
}
