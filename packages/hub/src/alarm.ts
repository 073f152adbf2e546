// Wakes the loop when the machine next wants to be stepped.

import { HubError } from '@lintel/model';
import type { HomeClock } from './home-clock.ts';

const RETRY_MS = 1_000;
/** The clock may be set meanwhile, so that a long wait is looked at again now and then. */
const CHECK_MS = 30_000;

export interface Alarm {
  /** Arms the timer anew where the next time is another by now. */
  rearm(): void;
  close(): void;
}

/**
 * @param wakeAt when to wake next, milliseconds since 1970; null for not at all
 * @param ring called then; a HubError that it throws is told, and it is called again
 */
export function createAlarm(
  scheduler: HomeClock,
  wakeAt: () => number | null,
  ring: () => void,
  onTrouble: (error: unknown) => void,
): Alarm {
  let cancel: (() => void) | null = null;
  let armedFor: number | null = null;
  let closed = false;

  const rearm = (): void => {
    const at = wakeAt();
    if (closed || at === armedFor) return;
    cancel?.();
    armedFor = at;
    cancel = at === null ? null : scheduler.after(Math.min(Math.max(0, at - scheduler.now()), CHECK_MS), wake);
  };

  const wake = (): void => {
    armedFor = null;
    const at = wakeAt();
    if (at === null || at > scheduler.now()) return rearm();
    try {
      ring();
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      onTrouble(error);
      cancel = scheduler.after(RETRY_MS, wake);
    }
  };

  return {
    rearm,
    close: () => {
      closed = true;
      cancel?.();
    },
  };
}
