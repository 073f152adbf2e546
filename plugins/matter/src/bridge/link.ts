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

interface Heard {
  readonly changed: ReadonlyMap<string, unknown>;
  readonly state: State;
}

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
  readonly #watched: ReadonlySet<string>;
  /** By the name of who commands. */
  readonly #heard = new Map<string, Heard>();
  #values: Values;
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: LinkParts, values: Values) {
    this.#parts = parts;
    this.#values = values;
    this.#watched = new Set(parts.twin.facets.flatMap(({ watched }) => watched));
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
    for (const path of this.#watched) {
      const [behavior = '', attribute = ''] = path.split('.');
      events[behavior]?.[`${attribute}$Changed`]?.on((value, _old, context) =>
        this.#hear(path, value, context?.fabric),
      );
    }
  }

  /**
   * What one command changes comes together. It is kept as it was changed: by the time it is asked for, a report of the home's may
   * have put the attributes back to what they were.
   */
  #hear(path: string, value: unknown, fabric: number | undefined): void {
    if (fabric === undefined) return;
    if (this.#heard.size === 0) setImmediate(() => this.#ask());
    const by = this.#requests.nameOf(fabric);
    const changed = new Map(this.#heard.get(by)?.changed).set(path, value);
    this.#heard.set(by, { changed, state: this.#stateWith(changed) });
  }

  /** Every watched attribute as it is now, and these as they were changed. */
  #stateWith(changed: ReadonlyMap<string, unknown>): State {
    const now = this.#parts.endpoint.state as unknown as State;
    const state: Record<string, Record<string, unknown>> = {};
    for (const path of this.#watched) {
      const [behavior = '', attribute = ''] = path.split('.');
      (state[behavior] ??= {})[attribute] = changed.has(path) ? changed.get(path) : now[behavior]?.[attribute];
    }
    return state;
  }

  #ask(): void {
    for (const [by, { changed, state }] of this.#heard) {
      for (const facet of this.twin.facets) {
        if (facet.watched.some((path) => changed.has(path))) this.#askFor(facet, state, new Set(changed.keys()), by);
      }
    }
    this.#heard.clear();
  }

  #askFor(facet: Facet, state: State, changed: ReadonlySet<string>, by: string): void {
    if (facet.asks === undefined) return this.#requests.set(facet.toHome(state, changed), by);
    const command = facet.asks(state, changed);
    if (command !== null) this.#requests.command(command, by).catch(this.#parts.failed);
  }
}
