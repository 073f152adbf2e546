// What waits to be handed to whoever steps the engine. Most steps leave nothing or one of a kind, for which an array that grows
// would take room for many, and every piece of room taken is an event sooner that waits for the collector.

const NONE: never[] = [];

export class Outbox<Item> {
  #items: Item[] = NONE;

  put(item: Item): void {
    if (this.#items.length === 0) this.#items = [item];
    else this.#items.push(item);
  }

  putAll(items: readonly Item[]): void {
    for (const item of items) this.put(item);
  }

  get all(): readonly Item[] {
    return this.#items;
  }

  /** Everything in its order; it is then the caller's. */
  take(): Item[] {
    const items = this.#items;
    this.#items = NONE;
    return items.length === 0 ? [] : items;
  }
}
