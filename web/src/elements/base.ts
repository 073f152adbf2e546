// What all elements share: they render into the page itself (one style sheet, plain labels and ids, hostile strings escaped by
// Lit as everywhere), and they listen to the parts of the store they show.

import { LitElement, type PropertyDeclarations, type ReactiveController, type ReactiveControllerHost } from 'lit';
import { store, type Topic } from '../store/store.ts';

export class LightElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}

/** Asks its host to render again whenever one of `topics` changes in the store. */
export class Watch implements ReactiveController {
  readonly #host: ReactiveControllerHost;
  #topics: readonly Topic[];
  #stop: (() => void) | null = null;

  constructor(host: ReactiveControllerHost, topics: readonly Topic[]) {
    this.#host = host;
    this.#topics = topics;
    host.addController(this);
  }

  /** Listens to other topics from now on. */
  retarget(topics: readonly Topic[]): void {
    this.#topics = topics;
    if (this.#stop === null) return;
    this.hostDisconnected();
    this.hostConnected();
  }

  hostConnected(): void {
    this.#stop = store.listen(this.#topics, () => this.#host.requestUpdate());
  }

  hostDisconnected(): void {
    this.#stop?.();
    this.#stop = null;
  }
}

/** A screen: what `main` shows at one address. */
export class Screen extends LightElement {
  static override properties: PropertyDeclarations = { params: { attribute: false } };
  declare params: Readonly<Record<string, string>>;

  constructor() {
    super();
    this.params = {};
  }
}

export function define(name: string, element: CustomElementConstructor): void {
  if (customElements.get(name) === undefined) customElements.define(name, element);
}
