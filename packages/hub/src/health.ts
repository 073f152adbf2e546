// How the hub itself is, in sentences for its owner.

import { BAD_BOOTS_MAX } from './boots.ts';
import { clockTrouble, type HomeClock } from './home-clock.ts';
import type { Health } from './interface.ts';
import type { Troubles } from './troubles.ts';

const IN_SAFE_MODE = `The hub failed ${BAD_BOOTS_MAX} times in a row, so that plugins you brought are not started. Leave safe mode on the page of plugins, or restart the hub.`;

export interface HealthSources {
  readonly version: string;
  readonly clock: HomeClock;
  readonly troubles: Troubles;
}

export function healthOf({ version, clock, troubles }: HealthSources, isSafe: boolean): Health {
  const wrong = clockTrouble(clock);
  const reasons = [...(isSafe ? [IN_SAFE_MODE] : []), ...troubles.reasons(), ...(wrong === null ? [] : [wrong])];
  const status = isSafe ? 'safe-mode' : reasons.length === 0 ? 'ok' : 'degraded';
  return { status, version, reasons };
}
