// How long after the last motion a sensor that only says "motion" is cleared, as people write it.

import { readDuration } from '@lintel/model';

import { OCCUPANCY_TIMEOUT_SECONDS } from './limits.ts';

/** The setting in seconds, written as a duration such as `"90s"` or as a number. */
export function occupancySeconds(setting: unknown): number {
  const ms = readDuration(setting);
  const seconds = typeof setting === 'number' ? setting : ms === null ? Number.NaN : ms / 1000;
  return Number.isFinite(seconds) && seconds >= 0 ? seconds : OCCUPANCY_TIMEOUT_SECONDS;
}
