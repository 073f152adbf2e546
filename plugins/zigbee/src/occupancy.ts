// A motion sensor that only says "motion" is cleared after a while, on the clock that the hub hands in.

import type { PluginContext } from '@lintel/sdk';

import type { ZigbeeDevice } from './device.ts';
import { occupancySeconds } from './occupancy-setting.ts';

export class Occupancy {
  readonly #ctx: PluginContext;
  readonly #clear: (device: ZigbeeDevice) => void;
  readonly #timers = new Map<string, AbortController>();

  /** @param clear reports that nobody is there any more */
  constructor(ctx: PluginContext, clear: (device: ZigbeeDevice) => void) {
    this.#ctx = ctx;
    this.#clear = clear;
  }

  /** Motion was seen, or may have been before a restart: counts anew from now. */
  arm(device: ZigbeeDevice): void {
    this.cancel(device);
    if (!device.reportsMotionOnly) return;
    const seconds = this.#secondsOf(device);
    if (seconds === 0) return;
    const timer = new AbortController();
    this.#timers.set(device.id, timer);
    const signal = AbortSignal.any([timer.signal, this.#ctx.signal]);
    this.#ctx.clock.sleep(seconds * 1000, signal).then(
      () => {
        this.#timers.delete(device.id);
        this.#clear(device);
      },
      () => undefined,
    );
  }

  cancel(device: ZigbeeDevice): void {
    this.#timers.get(device.id)?.abort();
    this.#timers.delete(device.id);
  }

  /** Whether the device waits to be cleared. */
  isArmed(device: ZigbeeDevice): boolean {
    return this.#timers.has(device.id);
  }

  #secondsOf(device: ZigbeeDevice): number {
    const known = this.#ctx.devices.known().includes(device.id);
    return occupancySeconds(known ? this.#ctx.devices.settings(device.id)['occupancyTimeout'] : undefined);
  }
}
