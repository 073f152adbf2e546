// A clock for plugins whose radio lives on the host's time: it is turned by hand too, but not without letting that pass.

import { FakeClock } from './clock.ts';

const STEP_MS = 5;

const hostSleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

export class PacedClock extends FakeClock {
  readonly #pace: number;

  /** @param pace milliseconds of this clock for each one of the host's, while nothing is awaited; at least 1 */
  constructor(pace: number) {
    if (!(pace >= 1)) throw new RangeError(`a pace is a number from 1, not ${pace}`);
    super(Date.now());
    this.#pace = pace;
  }

  /** A quiet stretch: passes at the pace. */
  override async advance(ms: number): Promise<void> {
    const step = STEP_MS * this.#pace;
    for (let left = ms; left > 0; left -= step) {
      await hostSleep(STEP_MS);
      await super.advance(Math.min(left, step));
    }
  }

  /** Something is awaited: never faster than the host's clock, so that a busy machine is not taken for a dead radio. */
  override async turn(): Promise<number> {
    await hostSleep(STEP_MS);
    await super.advance(STEP_MS);
    return STEP_MS;
  }
}
