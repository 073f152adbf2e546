// Much to send at once goes out in turns, in its order, so that nothing else is held up meanwhile.

import type { Scheduler } from '../clock.ts';
import { DISPATCH_TURN_MS } from '../limits.ts';

export interface Turns {
  /** Does all of it, at once or as the turns come, behind what waits already. */
  take(works: readonly (() => void)[]): void;
  close(): void;
}

export function createTurns(scheduler: Scheduler): Turns {
  let waiting: (() => void)[] = [];
  let cancel: (() => void) | null = null;

  const turn = (works: readonly (() => void)[]): void => {
    const until = scheduler.steady() + DISPATCH_TURN_MS;
    let next = 0;
    while (next < works.length && (next === 0 || scheduler.steady() < until)) works[next++]!();
    if (next === works.length) return;
    waiting = [...works.slice(next), ...waiting];
    cancel ??= scheduler.after(0, goOn);
  };

  const goOn = (): void => {
    cancel = null;
    const works = waiting;
    waiting = [];
    turn(works);
  };

  return {
    take: (works) => {
      if (waiting.length === 0) turn(works);
      else waiting.push(...works);
    },
    close: () => {
      waiting = [];
      cancel?.();
    },
  };
}
