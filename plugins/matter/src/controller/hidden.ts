// Children of bridges that people removed here. Their bridge goes on telling of them, since only it could let them go: they are
// left out for as long as the bridge is in the home.

import type { KeyValueStore } from '@lintel/sdk';

const KEPT = 'hidden';

export class Hidden {
  readonly #store: KeyValueStore;
  readonly #ids: Set<string>;

  private constructor(store: KeyValueStore, ids: readonly string[]) {
    this.#store = store;
    this.#ids = new Set(ids);
  }

  static async open(store: KeyValueStore): Promise<Hidden> {
    const kept = await store.get(KEPT);
    return new Hidden(store, Array.isArray(kept) ? kept.map(String) : []);
  }

  /** @param id the plugin's id of a child */
  has(id: string): boolean {
    return this.#ids.has(id);
  }

  async add(id: string): Promise<void> {
    this.#ids.add(id);
    await this.#keep();
  }

  /** The bridge has left the home. @param bridge its id */
  async forget(bridge: string): Promise<void> {
    const gone = [...this.#ids].filter((id) => id.startsWith(`${bridge}.`));
    if (gone.length === 0) return;
    for (const id of gone) this.#ids.delete(id);
    await this.#keep();
  }

  #keep(): Promise<void> {
    return this.#store.set(KEPT, [...this.#ids]);
  }
}
