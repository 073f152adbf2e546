// The home's time zone, as plugins are told it: devices that keep schedules of their own keep them in local time.

import type { Kernel } from '../kernel.ts';
import type { TimeZonePort } from '../plugins/types.ts';

const NOWHERE = 'UTC';

export function createTimeZonePort({ machine, bus }: Pick<Kernel, 'machine' | 'bus'>): TimeZonePort {
  const now = (): string => machine.registry.home?.timeZone ?? NOWHERE;
  return {
    now,
    subscribe(listener) {
      let told = now();
      return bus.subscribe((change) => {
        if (change.topic !== 'home' || change.value.timeZone === told) return;
        told = change.value.timeZone;
        listener(told);
      });
    },
  };
}
