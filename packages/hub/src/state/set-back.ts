// The clock was wrong, and is set back: what counts from an instant moves along, so that nothing waits for a time that is far off.

import type { Parts } from './parts.ts';

/** @param to milliseconds since 1970 */
export function setBack({ core, reverts, attribution, pending, properties }: Parts, to: number): void {
  const by = to - core.now;
  if (by >= 0) return;
  core.setBack(to);
  for (const part of [reverts, attribution, pending, properties]) part.shift(by);
}
