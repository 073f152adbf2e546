// A home for tests: simulated lamps on loopback, and the plugin in a hub in memory whose clock is turned by hand.

import { FakeHub, type FakeHubOptions } from '@lintel/sdk/testing';
import type { Discovered, Discovery } from '@lintel/sdk';

import { plugIn, type LampOptions, type WledLamp } from '../../../test/wled-simulator/lamp.ts';
import plugin from '../src/index.ts';

const LIMIT_MS = 10_000;
const STEP_MS = 250;

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Resolves when `check` holds; the machine's time passes, the hub's does not. */
export async function until(check: () => boolean, what = check.toString()): Promise<void> {
  for (const end = Date.now() + LIMIT_MS; !check(); await sleep(2)) {
    if (Date.now() > end) throw new Error(`never came true: ${what}`);
  }
}

/** Lets the hub's time pass, and what is on its way over loopback arrive, until `check` holds. */
export async function passUntil(hub: FakeHub, check: () => boolean, ms: number): Promise<number> {
  for (let passed = 0; passed < ms; passed += STEP_MS) {
    if (check()) return passed;
    await hub.clock.advance(STEP_MS);
    await sleep(4);
  }
  throw new Error(`never came true within ${ms} ms: ${check.toString()}`);
}

export const idOf = (lamp: WledLamp): string => `wled:${lamp.mac}`;

export const settingsFor = (...lamps: readonly WledLamp[]) => ({
  discover: false,
  devices: lamps.map(({ port }) => ({ driver: 'wled', host: '127.0.0.1', port })),
});

export interface Home {
  readonly hub: FakeHub;
  readonly lamp: WledLamp;
  readonly id: string;
  value(property: string): unknown;
  close(): Promise<void>;
}

/** A home with one lamp, which its settings name. */
export async function homeWith(options: LampOptions = {}): Promise<Home> {
  const lamp = await plugIn(options);
  const hub = await startHub({ settings: settingsFor(lamp) });
  const id = idOf(lamp);
  return {
    hub,
    lamp,
    id,
    value: (property) => hub.value(id, property),
    close: async () => {
      await hub.stop();
      await lamp.cut();
    },
  };
}

export async function startHub(options: FakeHubOptions): Promise<FakeHub> {
  const hub = new FakeHub(options);
  await hub.start(plugin as never);
  return hub;
}

/** A network on which what is announced is heard, by whoever listens then or later. */
export class Network {
  readonly #heard: Discovered[] = [];
  readonly #listeners = new Set<() => void>();

  announce(lamp: WledLamp, more: Partial<Discovered> = {}): void {
    this.#heard.push({ address: '127.0.0.1', port: lamp.port, name: lamp.name, detail: { mac: lamp.mac }, ...more });
    for (const wake of this.#listeners) wake();
  }

  get listeners(): number {
    return this.#listeners.size;
  }

  async *#listen(signal: AbortSignal): AsyncGenerator<Discovered> {
    let wake = (): void => undefined;
    const listener = (): void => wake();
    this.#listeners.add(listener);
    signal.addEventListener('abort', listener, { once: true });
    try {
      for (let at = 0; !signal.aborted;) {
        while (at < this.#heard.length && !signal.aborted) yield this.#heard[at++]!;
        if (!signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
      }
    } finally {
      this.#listeners.delete(listener);
    }
  }

  readonly discover: Discovery = {
    mdns: (service, signal) => (service === '_wled._tcp' ? this.#listen(signal) : silence()),
    ssdp: silence,
    udp: silence,
  };
}

async function* silence(): AsyncGenerator<never> {}
