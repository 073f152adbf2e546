// Trying again, and asking regularly, without plugins that all do so at the same instant.

import { PluginError } from './plugin.ts';
import type { Clock } from './plugin.ts';

/**
 * How to try again.
 * @example const patient: RetryOptions = { clock: ctx.clock, signal, attempts: 10, longest: 60_000 };
 */
export interface RetryOptions {
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Attempts in all; default 5. */
  readonly attempts?: number;
  /** Milliseconds before the second attempt, doubled before each further one; default 250. */
  readonly first?: number;
  /** Milliseconds between attempts at most; default 30,000. */
  readonly longest?: number;
  /** From 0 to 1, for jitter; default `Math.random`. */
  readonly random?: () => number;
}

/** Errors that another attempt cannot mend. */
const FINAL = new Set(['BAD_SETTINGS', 'BAD_VALUE', 'UNSUPPORTED', 'DEVICE_REFUSED']);

/**
 * Runs `attempt` until it succeeds. Waits grow and are jittered. Rejects with the last error; at once when it is one that
 * another attempt cannot mend, or when `signal` aborts.
 * @example const bridge = await retry(() => connect(settings.host), { clock: ctx.clock, signal: ctx.signal });
 */
export async function retry<T>(attempt: (number: number) => Promise<T>, options: RetryOptions): Promise<T> {
  const { clock, signal, attempts = 5, first = 250, longest = 30_000, random = Math.random } = options;
  for (let number = 1; ; number += 1) {
    try {
      return await attempt(number);
    } catch (error) {
      const isFinal = error instanceof PluginError && FINAL.has(error.code);
      if (isFinal || number >= attempts || signal?.aborted === true) throw error;
    }
    const wait = Math.min(longest, first * 2 ** (number - 1));
    await clock.sleep(wait * (0.5 + random() / 2), signal);
  }
}

/**
 * How to ask regularly.
 * @example const hourly: PollOptions = { clock: ctx.clock, signal, every: 3_600_000 };
 */
export interface PollOptions {
  readonly clock: Clock;
  readonly signal: AbortSignal;
  /** Milliseconds from the start of one round to the start of the next. */
  readonly every: number;
  /** From 0 to 1, for the first wait and for jitter; default `Math.random`. */
  readonly random?: () => number;
  /** Hears of each round that failed; default nobody does. */
  readonly failed?: (error: unknown, inARow: number) => void;
}

const SLOWER_MAX = 16;

/**
 * Runs `round` regularly until `signal` aborts, never two at once. Starts at a random point of the first interval, so that
 * a hundred devices are not asked in one instant; rounds that fail come up to 16 times more seldom. Resolves when aborted.
 * @example void poll(() => readMeter(ctx), { clock: ctx.clock, signal: ctx.signal, every: 30_000 });
 */
export async function poll(round: () => Promise<void>, options: PollOptions): Promise<void> {
  const { clock, signal, every, random = Math.random, failed } = options;
  let wait = every * random();
  let inARow = 0;
  for (;;) {
    const isOver = await clock.sleep(wait, signal).then(
      () => false,
      () => true,
    );
    if (isOver) return;
    const from = clock.now();
    try {
      await round();
      inARow = 0;
    } catch (error) {
      inARow += 1;
      failed?.(error, inARow);
    }
    const pace = every * Math.min(SLOWER_MAX, 2 ** Math.max(0, inARow - 1));
    wait = Math.max(0, pace * (0.95 + random() / 10) - Math.max(0, clock.now() - from));
  }
}
