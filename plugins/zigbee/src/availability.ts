// Whether devices are there: any frame says yes; a failed command, or long silence of a device on mains, asks.

import type { PluginContext } from '@lintel/sdk';

import type { ZigbeeDevice } from './device.ts';
import { PING_AFTER_MS, PING_EVERY_MS } from './limits.ts';

export interface AvailabilityOptions {
  readonly ctx: PluginContext;
  readonly devices: () => Iterable<ZigbeeDevice>;
  /** Whether the adapter is there: without it nobody is blamed. */
  readonly isUp: () => boolean;
}

export class Availability {
  readonly #options: AvailabilityOptions;
  readonly #pinging = new Set<string>();
  readonly #waking = new Map<string, Set<() => void>>();

  constructor(options: AvailabilityOptions) {
    this.#options = options;
    void this.#watch();
  }

  /** A frame of the device arrived. */
  heard(device: ZigbeeDevice): void {
    device.heardAt = this.#options.ctx.clock.now();
    if (!device.isOnline) this.#say(device, true);
    const waking = this.#waking.get(device.id);
    if (waking === undefined) return;
    this.#waking.delete(device.id);
    for (const wake of waking) wake();
  }

  /** Resolves with the device's next frame, when a sleeping one listens for a moment. */
  nextFrame(device: ZigbeeDevice, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const waiting = this.#waking.get(device.id) ?? new Set();
      this.#waking.set(device.id, waiting.add(resolve));
      signal.addEventListener('abort', () => (waiting.delete(resolve), reject(signal.reason)), { once: true });
    });
  }

  /** A command failed: asks the device whether it is there at all. A sleeping one cannot be asked. */
  async check(device: ZigbeeDevice): Promise<void> {
    if (this.#pinging.has(device.id) || !this.#options.isUp()) return;
    this.#pinging.add(device.id);
    const before = device.heardAt;
    try {
      if (!device.isSleepy) await device.radio.ping(true);
      else if (device.heardAt === before) this.#say(device, false);
    } catch {
      if (this.#options.isUp() && device.heardAt === before) this.#say(device, false);
    } finally {
      this.#pinging.delete(device.id);
    }
  }

  #say(device: ZigbeeDevice, isOnline: boolean): void {
    if (device.isOnline === isOnline) return;
    device.isOnline = isOnline;
    this.#options.ctx.online(device.id, isOnline).catch(() => undefined);
  }

  /** The device went away by itself: it stays listed, and is offline. */
  gone(device: ZigbeeDevice): void {
    this.#say(device, false);
  }

  async #watch(): Promise<void> {
    const { ctx, devices, isUp } = this.#options;
    while (!ctx.signal.aborted) {
      try {
        await ctx.clock.sleep(PING_EVERY_MS, ctx.signal);
      } catch {
        return;
      }
      const late = [...devices()].filter((each) => !each.isSleepy && ctx.clock.now() - each.heardAt > PING_AFTER_MS);
      for (const device of late) if (isUp()) await this.check(device);
    }
  }
}
