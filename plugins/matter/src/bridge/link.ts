// One bridged endpoint, tied to the home: shows the home's values, and hears what ecosystems change.

import type { Endpoint } from '@matter/main';

import type { HomeEvent, Values } from '@lintel/sdk';

import type { Facet, State, Twin } from './facet.ts';
import { attachRequests, Requests, type HomeLine } from './requests.ts';

interface Context {
  /** The fabric a change came from; none where it came from this side. */
  readonly fabric?: number;
}
type Listener = (value: unknown, old: unknown, context?: Context) => void;
type Events = Readonly<Record<string, Readonly<Record<string, { on(listener: Listener): void } | undefined>>>>;

export const stateOf = ({ facets }: Twin, values: Values): State =>
  facets.reduce<State>((state, facet) => ({ ...state, ...facet.toMatter(values) }), {});

/** Shows attributes, one write at a time; what changes meanwhile goes with the next. */
export class Display {
  readonly #endpoint: Endpoint;
  readonly #failed: (error: unknown) => void;
  #wanted: State | null = null;
  #isWriting = false;

  constructor(endpoint: Endpoint, failed: (error: unknown) => void) {
    this.#endpoint = endpoint;
    this.#failed = failed;
  }

  show(state: State): void {
    this.#wanted = { ...this.#wanted, ...state };
    if (!this.#isWriting) void this.#write();
  }

  async #write(): Promise<void> {
    this.#isWriting = true;
    while (this.#wanted !== null) {
      const state = this.#wanted;
      this.#wanted = null;
      await this.#endpoint.set(state as Parameters<Endpoint['set']>[0]).catch(this.#failed);
    }
    this.#isWriting = false;
  }
}

export interface LinkParts {
  readonly endpoint: Endpoint;
  readonly twin: Twin;
  readonly line: Omit<HomeLine, 'restore'>;
  readonly failed: (error: unknown) => void;
}

export class Link {
  readonly #parts: LinkParts;
  readonly #requests: Requests;
  readonly #display: Display;
  readonly #changed = new Map<string, Set<string>>();
  #values: Values;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: LinkParts, values: Values) {
    this.#parts = parts;
    this.#values = values;
    this.#display = new Display(parts.endpoint, parts.failed);
    this.#requests = new Requests({ ...parts.line, restore: () => this.show(this.#values) });
    attachRequests(parts.endpoint, this.#requests);
    this.#watch();
  }

  get twin(): Twin {
    return this.#parts.twin;
  }

  show(values: Values): void {
    this.#values = values;
    this.#display.show(stateOf(this.twin, values));
  }

  /** Events are told one after the other, as they happened. */
  happened(event: HomeEvent): void {
    const { endpoint, failed } = this.#parts;
    for (const facet of this.twin.facets) {
      if (facet.happened === undefined) continue;
      this.#turn = this.#turn.then(() => facet.happened!(endpoint, event)).catch(failed);
    }
  }

  #watch(): void {
    const events = this.#parts.endpoint.events as unknown as Events;
    for (const path of new Set(this.twin.facets.flatMap(({ watched }) => watched))) {
      const [behavior = '', attribute = ''] = path.split('.');
      events[behavior]?.[`${attribute}$Changed`]?.on((_value, _old, context) => this.#hear(path, context?.fabric));
    }
  }

  /** What one command changes comes together. */
  #hear(path: string, fabric: number | undefined): void {
    if (fabric === undefined) return;
    if (this.#changed.size === 0) setImmediate(() => this.#ask());
    const by = this.#requests.nameOf(fabric);
    this.#changed.set(by, (this.#changed.get(by) ?? new Set()).add(path));
  }

  #ask(): void {
    const state = this.#parts.endpoint.state as unknown as State;
    for (const [by, changed] of this.#changed) {
      for (const facet of this.twin.facets) {
        if (facet.watched.some((path) => changed.has(path))) this.#askFor(facet, state, changed, by);
      }
    }
    this.#changed.clear();
  }

  #askFor(facet: Facet, state: State, changed: ReadonlySet<string>, by: string): void {
    if (facet.asks === undefined) return this.#requests.set(facet.toHome(state, changed), by);
    const command = facet.asks(state, changed);
    if (command !== null) this.#requests.command(command, by).catch(this.#parts.failed);
  }
}
