// Slows down guessing: beyond a few failures, each pair of account and address waits longer and longer. Another address is
// not held up by it, so that no one locks a person out of their own home.

import { HubError } from '@lintel/model';
import {
  SIGN_IN_FORGET_MS,
  SIGN_IN_FREE_FAILURES,
  SIGN_IN_KEYS_MAX,
  SIGN_IN_WAIT_MS_MAX,
  SIGN_INS_AT_ONCE_MAX,
} from '../limits.ts';

interface Tries {
  /** Failures so far, tries under way included: a burst sent at once gets no further than one sent in a row. */
  count: number;
  lastAt: number;
  waitFrom: number;
  waitUntil: number;
}

export class Attempts {
  readonly #now: () => number;
  readonly #tries = new Map<string, Tries>();
  readonly #running = new Map<string, number>();

  constructor(now: () => number) {
    this.#now = now;
  }

  /**
   * Counts a try before its outcome is known; {@link succeeded} takes it back.
   * @throws HubError TOO_MANY_ATTEMPTS with the seconds to wait
   */
  begin(account: string, address: string): void {
    const now = this.#now();
    const tries = this.#find(`${address} ${account}`, now);
    const waits = now < tries.waitUntil;
    tries.count += 1;
    tries.lastAt = now;
    const wait = Math.min(1000 * 2 ** Math.min(tries.count - SIGN_IN_FREE_FAILURES, 10), SIGN_IN_WAIT_MS_MAX);
    if (!waits) tries.waitFrom = now;
    if (tries.count >= SIGN_IN_FREE_FAILURES)
      tries.waitUntil = Math.max(tries.waitUntil, Math.min(now + wait, tries.waitFrom + SIGN_IN_WAIT_MS_MAX));
    if (waits) throw tooMany(Math.ceil((tries.waitUntil - now) / 1000));
  }

  /**
   * Runs a costly try of an address, of which a few may go on at once.
   * @throws HubError TOO_MANY_ATTEMPTS
   */
  async oneOfFew<T>(address: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(address) ?? 0;
    if (running >= SIGN_INS_AT_ONCE_MAX) throw tooMany(1);
    this.#running.set(address, running + 1);
    try {
      return await work();
    } finally {
      const left = this.#running.get(address)! - 1;
      if (left === 0) this.#running.delete(address);
      else this.#running.set(address, left);
    }
  }

  succeeded(account: string, address: string): void {
    this.#tries.delete(`${address} ${account}`);
  }

  #find(key: string, now: number): Tries {
    const known = this.#tries.get(key);
    this.#tries.delete(key);
    const forgotten = known === undefined || now - known.lastAt > SIGN_IN_FORGET_MS || now < known.lastAt;
    const tries = forgotten ? { count: 0, lastAt: now, waitFrom: now, waitUntil: 0 } : known;
    this.#tries.set(key, tries);
    if (this.#tries.size > SIGN_IN_KEYS_MAX) this.#tries.delete(this.#tries.keys().next().value!);
    return tries;
  }
}

function tooMany(seconds: number): HubError {
  const detail = `Too many tries. Wait ${seconds} s before the next one.`;
  return new HubError('TOO_MANY_ATTEMPTS', detail, { retryAfterSeconds: seconds });
}
