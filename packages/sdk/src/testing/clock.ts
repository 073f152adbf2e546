// A clock turned by hand.

import type { Clock } from '../plugin.ts';

interface Sleeper {
  readonly at: number;
  readonly order: number;
  readonly wake: () => void;
}

/** Ten turns of the event loop, in which everything that only waits for one another gets to run. */
const TURNS = 10;
const TURN_MS = 100;

/**
 * Lets everything that is ready run, without time passing.
 * @example await settle();
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < TURNS; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/**
 * Time that passes when it is told to.
 * @example
 * const clock = new FakeClock(Date.UTC(2027, 0, 1));
 * await clock.advance(60_000);
 */
export class FakeClock implements Clock {
  #now: number;
  #order = 0;
  readonly #sleepers = new Set<Sleeper>();

  constructor(startAt: number) {
    this.#now = startAt;
  }

  now(): number {
    return this.#now;
  }

  /** Calls `fn` once after `ms`; the answer cancels it. */
  after(ms: number, fn: () => void): () => void {
    const sleeper: Sleeper = { at: this.#now + Math.max(0, ms), order: (this.#order += 1), wake: fn };
    this.#sleepers.add(sleeper);
    return () => this.#sleepers.delete(sleeper);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal?.aborted === true) return reject(signal.reason);
      const cancel = this.after(ms, () => {
        signal?.removeEventListener('abort', onAbort);
        resolve();
      });
      const onAbort = (): void => {
        cancel();
        reject(signal?.reason);
      };
      signal?.addEventListener('abort', onAbort, { once: true });
    });
  }

  /** Turns the clock on by `ms`; what falls due on the way runs at its own instant, in order. */
  async advance(ms: number): Promise<void> {
    const until = this.#now + ms;
    await settle();
    for (let next = this.#next(until); next !== undefined; next = this.#next(until)) {
      this.#sleepers.delete(next);
      this.#now = Math.max(this.#now, next.at);
      next.wake();
      await settle();
    }
    this.#now = until;
    await settle();
  }

  /** Lets a little time pass while something is awaited; answers how many milliseconds. */
  async turn(): Promise<number> {
    await this.advance(TURN_MS);
    return TURN_MS;
  }

  /** Sets the wall clock, as a sync with a time server does: forwards or backwards, and nothing falls due by it. */
  jump(to: number): void {
    const by = to - this.#now;
    const sleepers = [...this.#sleepers];
    this.#now = to;
    this.#sleepers.clear();
    for (const each of sleepers) this.#sleepers.add({ ...each, at: each.at + by });
  }

  #next(until: number): Sleeper | undefined {
    return [...this.#sleepers]
      .filter((each) => each.at <= until)
      .toSorted((a, b) => a.at - b.at || a.order - b.order)
      .at(0);
  }
}

/**
 * A clock that stands still until `advance(ms)` is called.
 * @param startAt milliseconds since 1970; default 2027-01-01 12:00 UTC
 * @example const hub = fakeHub({ clock: fakeClock(Date.UTC(2028, 1, 29)) });
 */
export const fakeClock = (startAt = Date.UTC(2027, 0, 1, 12)): FakeClock => new FakeClock(startAt);
