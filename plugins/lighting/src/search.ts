// Lamps that announce themselves. Whatever a stranger on the network says of itself, it is looked at before it counts.

import { retry, type Discovered, type PluginContext } from '@lintel/sdk';

import { LOOKS_AT_ONCE_MAX } from './limits.ts';
import type { Address } from './settings.ts';
import { lookAt } from './wled/reach.ts';
import type { LampInfo } from './wled/messages.ts';

const SERVICE = '_wled._tcp';
/** A lamp that has just started announces itself before it answers. */
const ATTEMPTS = 3;

export interface Sighting {
  readonly address: Address;
  readonly info: LampInfo;
}

export interface SearchOptions {
  readonly ctx: PluginContext;
  readonly signal: AbortSignal;
  /** Whether an address need not be looked at. */
  isKnown(address: Address, mac: string | undefined): boolean;
  seen(sighting: Sighting): Promise<void>;
  /** Something announced itself that is no lamp, or does not answer. */
  failed(address: Address, error: Error): void;
}

/** Lets so many work at once; the others wait. */
class Turns {
  #free = LOOKS_AT_ONCE_MAX;
  readonly #waiting: (() => void)[] = [];

  async take(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  give(): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free += 1;
    else next();
  }
}

const addressIn = ({ address, port }: Discovered): Address => ({ host: address, port });

/** Looks for lamps until `signal` aborts. */
export async function search(options: SearchOptions): Promise<void> {
  const { ctx, signal } = options;
  const turns = new Turns();
  for await (const found of ctx.discover.mdns(SERVICE, signal)) {
    if (signal.aborted) return;
    const address = addressIn(found);
    if (options.isKnown(address, found.detail['mac']?.toLowerCase())) continue;
    await turns.take();
    void lookInto(options, address).finally(() => turns.give());
  }
}

/** Looks at one address and tells what is there. */
export async function lookInto({ ctx, signal, seen, failed }: SearchOptions, address: Address): Promise<void> {
  try {
    const scope = { clock: ctx.clock, signal };
    const info = await retry(() => lookAt(scope, address), { ...scope, attempts: ATTEMPTS });
    await seen({ address, info });
  } catch (error) {
    if (!signal.aborted) failed(address, error as Error);
  }
}
