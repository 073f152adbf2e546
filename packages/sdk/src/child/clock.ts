// The real clock, for a plugin's own process.

import type { Clock } from '../plugin.ts';

/** A timer beyond this fires at once, so longer waits are made of several. */
const TIMER_MS_MAX = 2_147_483_647;

function wait(ms: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal?.aborted === true) return reject(signal.reason);
    const onAbort = (): void => {
      clearTimeout(timer);
      reject(signal?.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve();
    }, ms);
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

export const systemClock: Clock = {
  now: () => Date.now(),
  async sleep(ms, signal) {
    for (let rest = Math.max(0, ms); rest >= 0; rest -= TIMER_MS_MAX) await wait(Math.min(rest, TIMER_MS_MAX), signal);
  },
};

/** For deadlines of commands, which stay far below the longest timer. */
export function systemAfter(ms: number, run: () => void): () => void {
  const timer = setTimeout(run, Math.min(ms, TIMER_MS_MAX));
  return () => clearTimeout(timer);
}
