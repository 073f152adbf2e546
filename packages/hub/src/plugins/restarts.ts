// When a plugin that ended is started again, and when no more.

import { CRASH_WINDOW_MS, CRASHES_MAX, RESTART_DELAY_FIRST_MS, RESTART_DELAY_MAX_MS } from './limits.ts';

/** Doubles from 0.1 to 60 s, each shortened by up to half so that plugins do not come back in step. */
function backOff(attempt: number, random: () => number): number {
  const full = Math.min(RESTART_DELAY_MAX_MS, RESTART_DELAY_FIRST_MS * 2 ** Math.min(attempt, 20));
  return full * (0.5 + random() / 2);
}

export class Restarts {
  readonly #random: () => number;
  #crashes: number[] = [];
  #refusals = 0;
  #total = 0;

  constructor(random: () => number) {
    this.#random = random;
  }

  /** Restarts since a person last started the plugin. */
  get total(): number {
    return this.#total;
  }

  /** Milliseconds to wait after a crash, or null when there were too many. The first is forgiven at once. */
  crashed(now: number): number | null {
    this.#crashes = [...this.#crashes.filter((at) => now - at < CRASH_WINDOW_MS), now];
    const count = this.#crashes.length;
    if (count >= CRASHES_MAX) return null;
    this.#total += 1;
    return count === 1 ? 0 : backOff(count - 2, this.#random);
  }

  /** Milliseconds to wait when the plugin said by itself that it cannot start: its radio is not there. */
  refused(): number {
    this.#total += 1;
    this.#refusals += 1;
    return backOff(this.#refusals - 1, this.#random);
  }

  started(): void {
    this.#refusals = 0;
  }

  /** A person looked after it. */
  clear(): void {
    this.#crashes = [];
    this.#refusals = 0;
    this.#total = 0;
  }
}
