// What is remembered of lamps over restarts: where each was last, how it came, and which a person has taken out.

import type { KeyValueStore } from '@lintel/sdk';

import type { Address } from './settings.ts';

/** Whether its address was given by a person, or it announced itself. */
export type Origin = 'settings' | 'network';

export interface Remembered extends Address {
  readonly by: Origin;
  /** A person took it out of the home: it comes back only by pairing. */
  readonly isRemoved: boolean;
}

const KEY = 'lamps';

function read(raw: unknown): Map<string, Remembered> {
  const entries = typeof raw === 'object' && raw !== null ? Object.entries(raw) : [];
  return new Map(entries as [string, Remembered][]);
}

export class Memory {
  readonly #store: KeyValueStore;
  readonly #lamps: Map<string, Remembered>;

  private constructor(store: KeyValueStore, lamps: Map<string, Remembered>) {
    this.#store = store;
    this.#lamps = lamps;
  }

  static async open(store: KeyValueStore): Promise<Memory> {
    return new Memory(store, read(await store.get(KEY)));
  }

  get(mac: string): Remembered | undefined {
    return this.#lamps.get(mac);
  }

  all(): readonly (readonly [mac: string, lamp: Remembered])[] {
    return [...this.#lamps];
  }

  async set(mac: string, lamp: Remembered): Promise<void> {
    if (JSON.stringify(this.#lamps.get(mac)) === JSON.stringify(lamp)) return;
    this.#lamps.set(mac, lamp);
    await this.#save();
  }

  async forget(mac: string): Promise<void> {
    if (this.#lamps.delete(mac)) await this.#save();
  }

  async remove(mac: string): Promise<void> {
    const known = this.#lamps.get(mac);
    if (known !== undefined) await this.set(mac, { ...known, isRemoved: true });
  }

  #save(): Promise<void> {
    return this.#store.set(KEY, Object.fromEntries(this.#lamps));
  }
}
