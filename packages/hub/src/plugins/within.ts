// Waits for something no longer than it is worth waiting for.

import type { Scheduler } from '../clock.ts';

/** Resolves when `work` does, or after `ms`; the work goes on. */
export function within(scheduler: Scheduler, ms: number, work: Promise<void>): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const cancel = scheduler.after(ms, resolve);
  void work.then(resolve, reject).finally(cancel);
  return promise;
}
