// Lists that the live socket's snapshot does not hold: fetched when they are shown, and again when the home says that
// something of the kind changed.

import type { ReactiveController, ReactiveControllerHost } from 'lit';
import type { Problem } from '@lintel/protocol';
import { getAll, problemOf } from './api.ts';
import { store } from './store.ts';

/** Several changes in a row ask once. */
const SETTLE_MS = 150;

export class Fetched<Item> implements ReactiveController {
  items: readonly Item[] = [];
  /** Why the last request failed, or null. */
  problem: Problem | null = null;
  loaded = false;
  readonly #host: ReactiveControllerHost;
  readonly #path: string;
  #stop: (() => void) | null = null;
  #soon: ReturnType<typeof setTimeout> | null = null;
  #asked = 0;

  /** @param path such as `/people` */
  constructor(host: ReactiveControllerHost, path: string) {
    this.#host = host;
    this.#path = path;
    host.addController(this);
  }

  hostConnected(): void {
    void this.load();
    this.#stop = store.listen(['activity', 'status'], () => {
      this.#soon ??= setTimeout(() => void this.load(), SETTLE_MS);
    });
  }

  hostDisconnected(): void {
    this.#stop?.();
    if (this.#soon !== null) clearTimeout(this.#soon);
    this.#soon = null;
  }

  async load(): Promise<void> {
    this.#soon = null;
    if (store.status !== 'live' && this.loaded) return;
    this.#asked += 1;
    const asked = this.#asked;
    try {
      const items = await getAll<Item>(this.#path);
      if (asked !== this.#asked) return;
      Object.assign(this, { items, problem: null, loaded: true });
    } catch (error) {
      this.problem = problemOf(error);
    }
    this.#host.requestUpdate();
  }
}
