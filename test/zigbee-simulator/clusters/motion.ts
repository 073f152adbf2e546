// Fades and moves: an attribute that goes to its target in steps, readable on the way.

import type { VirtualEndpoint } from '../device.ts';

const STEP_MS = 100;

/** Takes `path` from its present value to `target` in `ms`; `done` runs at the end, not when something else takes over. */
export function fade(endpoint: VirtualEndpoint, path: string, target: number, ms: number, done?: () => void): void {
  const { timers } = endpoint.device;
  const from = Number(endpoint.get(path) ?? target);
  const started = timers.now();
  endpoint.stopMotion(path);
  if (ms <= 0) {
    endpoint.set(path, target);
    done?.();
    return;
  }
  const step = (): void => {
    const share = Math.min((timers.now() - started) / ms, 1);
    endpoint.set(path, Math.round(from + (target - from) * share));
    if (share < 1) {
      endpoint.motions.set(path, timers.after(Math.min(STEP_MS, ms * (1 - share) + 1), step));
      return;
    }
    endpoint.motions.delete(path);
    done?.();
  };
  endpoint.startMotion(path, timers.after(Math.min(STEP_MS, ms), step));
}
