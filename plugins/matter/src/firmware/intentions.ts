// The firmware that people have chosen for devices that do not run it yet: a device may take longer over it than this process
// runs, and asks for it again then.

import type { KeyValueStore } from '@lintel/sdk';

const KEY = 'firmware/intentions';

export interface Intention {
  readonly version: number;
  /** The version as people read it. */
  readonly label: string;
}

export class Intentions {
  readonly #store: KeyValueStore;
  readonly #of: Map<string, Intention>;

  private constructor(store: KeyValueStore, kept: Readonly<Record<string, Intention>>) {
    this.#store = store;
    this.#of = new Map(Object.entries(kept));
  }

  static async open(store: KeyValueStore): Promise<Intentions> {
    return new Intentions(store, ((await store.get(KEY)) as Readonly<Record<string, Intention>> | null) ?? {});
  }

  of(node: string): Intention | undefined {
    return this.#of.get(node);
  }

  /** Resolves when it is on the disk. */
  async keep(node: string, intention: Intention): Promise<void> {
    this.#of.set(node, intention);
    await this.#save();
  }

  async forget(node: string): Promise<void> {
    if (this.#of.delete(node)) await this.#save();
  }

  async #save(): Promise<void> {
    await this.#store.set(KEY, Object.fromEntries(this.#of));
  }
}
