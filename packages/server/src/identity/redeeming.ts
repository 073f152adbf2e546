// Slows down the guessing of guests' codes: each address as at sign-in, and all addresses together.

import { HubError } from '@lintel/model';
import { REDEEM_FORGET_MS, REDEEM_WRONG_CODES_MAX } from '../limits.ts';
import type { Attempts } from './attempts.ts';

const ACCOUNT = '\u0001guest';

export class Redeeming {
  readonly #now: () => number;
  readonly #attempts: Attempts;
  #wrong: number[] = [];

  constructor(now: () => number, attempts: Attempts) {
    this.#now = now;
    this.#attempts = attempts;
  }

  /** @throws HubError TOO_MANY_ATTEMPTS */
  async try<T>(address: string, redeem: () => Promise<T | null>): Promise<T | null> {
    this.#refuseFlood();
    this.#attempts.begin(ACCOUNT, address);
    const found = await redeem();
    if (found === null) this.#wrong.push(this.#now());
    else this.#attempts.succeeded(ACCOUNT, address);
    return found;
  }

  #refuseFlood(): void {
    const now = this.#now();
    this.#wrong = this.#wrong.filter((at) => now - at < REDEEM_FORGET_MS && at <= now);
    if (this.#wrong.length < REDEEM_WRONG_CODES_MAX) return;
    const retryAfterSeconds = Math.ceil((this.#wrong[0]! + REDEEM_FORGET_MS - now) / 1000);
    throw new HubError('TOO_MANY_ATTEMPTS', 'Too many wrong codes. Wait a while.', { retryAfterSeconds });
  }
}
