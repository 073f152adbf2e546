// Endpoint numbers for ever: ecosystems keep rooms, names and automations by them. A number once given is kept for its
// device, also while it is away, and never given to another.

import type { KeyValueStore } from '@lintel/sdk';

const KEY = 'bridge/numbers';
/** 0 is the node itself and 1 the aggregator. */
const FIRST = 2;

interface Kept {
  readonly next: number;
  readonly of: Readonly<Record<string, number>>;
}

export class Numbers {
  readonly #store: KeyValueStore;
  readonly #of: Map<string, number>;
  #next: number;

  private constructor(store: KeyValueStore, { next, of }: Kept) {
    this.#store = store;
    this.#next = next;
    this.#of = new Map(Object.entries(of));
  }

  static async open(store: KeyValueStore): Promise<Numbers> {
    return new Numbers(store, ((await store.get(KEY)) as Kept | null) ?? { next: FIRST, of: {} });
  }

  /** The numbers for these names, in order; new ones are on the disk before they are used. */
  async of(names: readonly string[]): Promise<number[]> {
    const missing = names.filter((name) => !this.#of.has(name));
    for (const name of missing) this.#of.set(name, this.#next++);
    if (missing.length > 0) await this.#store.set(KEY, { next: this.#next, of: Object.fromEntries(this.#of) });
    return names.map((name) => this.#of.get(name)!);
  }
}
