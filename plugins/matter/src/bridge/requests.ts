// What ecosystems ask of one bridged endpoint, put together: a command of theirs changes several attributes at once, and is
// one command to the home. What the home refuses, or has no word for, is taken back.

import type { Endpoint } from '@matter/main';

import type { DeviceCommand, Values } from '@lintel/sdk';

export interface HomeLine {
  /** Resolves once the device has confirmed. */
  send(command: DeviceCommand, by: string): Promise<void>;
  /** Shows the home's own values again. */
  restore(): void;
  readonly nameOf: (fabric: number) => string;
}

const MS_PER_TENTH = 100;
/** How long after a command its changes count as its own. */
const TRANSITION_FRESH_MS = 500;

export class Requests {
  readonly #line: HomeLine;
  /** By the name of who asks. */
  readonly #waiting = new Map<string, { values: Values; readonly answered: PromiseWithResolvers<void> }>();
  #transition = { tenths: 0, at: -Infinity };
  #isArmed = false;

  constructor(line: HomeLine) {
    this.#line = line;
  }

  nameOf(fabric: number | undefined): string {
    return this.#line.nameOf(fabric ?? 0);
  }

  /** The transition of the command that is being carried out, in tenths of a second as Matter counts. */
  transition(tenths: number | null): void {
    this.#transition = { tenths: tenths ?? 0, at: performance.now() };
  }

  /** Asks for values with whatever else the same command asks for. Resolves once the device has answered, whatever it says. */
  set(values: Values, by: string): Promise<void> {
    const waiting = this.#waiting.get(by) ?? { values: {}, answered: Promise.withResolvers<void>() };
    waiting.values = { ...waiting.values, ...values };
    this.#waiting.set(by, waiting);
    if (!this.#isArmed) setImmediate(() => this.#flush());
    this.#isArmed = true;
    return waiting.answered.promise;
  }

  /** Asks for one thing by name; rejects where the home refuses. */
  command(command: string, by: string, args?: Readonly<Record<string, unknown>>): Promise<void> {
    return this.#line.send({ command, ...(args !== undefined && { args }) }, by);
  }

  #takeTransition(): { transition?: number } {
    const { tenths, at } = this.#transition;
    this.#transition = { tenths: 0, at: -Infinity };
    const isFresh = tenths > 0 && performance.now() - at < TRANSITION_FRESH_MS;
    return isFresh ? { transition: tenths * MS_PER_TENTH } : {};
  }

  #flush(): void {
    this.#isArmed = false;
    const timed = this.#takeTransition();
    for (const [by, { values, answered }] of this.#waiting) {
      void this.#ask({ set: values, ...timed }, by).then(answered.resolve);
    }
    this.#waiting.clear();
  }

  async #ask(command: { readonly set: Values }, by: string): Promise<void> {
    if (Object.keys(command.set).length === 0) return this.#line.restore();
    await this.#line.send(command, by).catch(() => this.#line.restore());
  }
}

const requestsOf = new WeakMap<Endpoint, Requests>();

export const attachRequests = (endpoint: Endpoint, requests: Requests): void => void requestsOf.set(endpoint, requests);

/** Undefined while the endpoint is being made. */
export const findRequests = (endpoint: object): Requests | undefined => requestsOf.get(endpoint as Endpoint);
