// A pairing as the fake hub opens it: its steps are kept, and it ends with its window.

import type { PairingRequest, PairingStep } from '../pairing.ts';
import type { RunningPlugin } from '../plugin.ts';
import type { FakeClock } from './clock.ts';

/** A pairing under way. */
export interface FakePairing {
  readonly steps: readonly PairingStep[];
  /** Resolves when the plugin has ended it; rejects where it refuses the request. */
  readonly done: Promise<void>;
  stop(): Promise<void>;
}

/** JSON there and back, as between processes: nothing is shared, and what JSON cannot say is lost. */
export const copy = <T>(value: T): T => (value === undefined ? value : (JSON.parse(JSON.stringify(value)) as T));

export function openPairing(running: RunningPlugin, clock: FakeClock, request: Partial<PairingRequest>): FakePairing {
  if (running.pair === undefined) throw new Error('the plugin has no pairing');
  const stop = new AbortController();
  const steps: PairingStep[] = [];
  const full = { seconds: 60, ...request };
  const limit = clock.after(full.seconds * 1000, () => stop.abort());
  const done = (async () => {
    try {
      await running.checkPairing?.(full);
      for await (const step of running.pair!(full, stop.signal)) steps.push(copy(step));
    } finally {
      limit();
    }
  })();
  const end = async (): Promise<void> => {
    stop.abort();
    await done;
  };
  return { steps, done, stop: end };
}
