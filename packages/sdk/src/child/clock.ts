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

interface Deadline {
  /** By `performance.now`. */
  readonly due: number;
  readonly run: () => void;
}

/**
 * Deadlines of commands, nearly all of which are let go moments later. One timer serves them, and stays armed when one is let
 * go: making and unmaking one costs a command more than checking it.
 */
class Deadlines {
  readonly #open = new Set<Deadline>();
  #timer: NodeJS.Timeout | undefined;
  #armedFor = Infinity;

  after(ms: number, run: () => void): () => void {
    const deadline = { due: performance.now() + ms, run };
    this.#open.add(deadline);
    if (deadline.due < this.#armedFor) this.#arm(deadline.due);
    return () => void this.#open.delete(deadline);
  }

  #arm(due: number): void {
    clearTimeout(this.#timer);
    this.#armedFor = due;
    this.#timer = setTimeout(() => this.#pass(), Math.min(Math.ceil(due - performance.now()), TIMER_MS_MAX));
  }

  #pass(): void {
    const now = performance.now();
    const [passed, ahead] = [new Set<Deadline>(), new Set<Deadline>()];
    for (const each of this.#open) (each.due <= now ? passed : ahead).add(each);
    this.#armedFor = Infinity;
    const next = [...ahead].reduce((least, { due }) => Math.min(least, due), Infinity);
    if (next < Infinity) this.#arm(next);
    for (const each of passed) if (this.#open.delete(each)) each.run();
  }
}

const deadlines = new Deadlines();

/** Calls `run` once after `ms`; the answer lets it go. */
export const systemAfter = (ms: number, run: () => void): (() => void) => deadlines.after(ms, run);
