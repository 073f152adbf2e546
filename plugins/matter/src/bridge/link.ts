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

/** What one command changed, by path. */
type Changed = Map<string, unknown>;

interface Heard {
  readonly changed: Changed;
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
  /** The commands that the device has not answered yet, by the paths they changed last. */
  readonly #underWay = new Map<string, Changed>();
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
    this.#display.show(this.#withCommanded(stateOf(this.twin, values)));
  }

  /**
   * What was commanded stands until the device has answered. A report from before the command would take it back, and an
   * ecosystem's next command with it: a lamp that seems to be off takes no colour (Matter Application Clusters, Color Control, Options).
   */
  #withCommanded(state: State): State {
    const held: Record<string, Record<string, unknown>> = {};
    for (const [path, changed] of this.#underWay) {
      const [behavior = '', attribute = ''] = path.split('.');
      (held[behavior] ??= { ...state[behavior] })[attribute] = changed.get(path);
    }
    return { ...state, ...held };
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
      events[behavior]?.[`${attribute}$Changed`]?.on((value, _old, context) => {
        if (context?.fabric === undefined) this.#shown(path, value);
        else this.#hear(path, value, context.fabric);
      });
    }
  }

  /** A report that was being written as a command came has taken the command back. */
  #shown(path: string, value: unknown): void {
    const changed = this.#underWay.get(path);
    if (changed !== undefined && changed.get(path) !== value) this.show(this.#values);
  }

  /**
   * What one command changes comes together. It is kept as it was changed: by the time it is asked for, a report of the home's may
   * have put the attributes back to what they were.
   */
  #hear(path: string, value: unknown, fabric: number): void {
    if (this.#heard.size === 0) setImmediate(() => this.#ask());
    const by = this.#requests.nameOf(fabric);
    const changed = this.#heard.get(by)?.changed ?? new Map<string, unknown>();
    changed.set(path, value);
    this.#underWay.set(path, changed);
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
      const paths = new Set(changed.keys());
      const facets = this.twin.facets.filter(({ watched }) => watched.some((path) => paths.has(path)));
      const asked = facets.map((facet) => this.#askFor(facet, state, paths, by));
      void Promise.all(asked).then(() => this.#answered(changed));
    }
    this.#heard.clear();
  }

  async #askFor(facet: Facet, state: State, changed: ReadonlySet<string>, by: string): Promise<void> {
    if (facet.asks === undefined) return this.#requests.set(facet.toHome(state, changed), by);
    const command = facet.asks(state, changed);
    if (command !== null) await this.#requests.command(command, by).catch(this.#parts.failed);
  }

  /** From here on the home's own values are shown, but for what another command has changed since. */
  #answered(changed: Changed): void {
    for (const [path, last] of this.#underWay) if (last === changed) this.#underWay.delete(path);
    this.show(this.#values);
  }
}
