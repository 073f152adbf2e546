// A window in which devices may join, and the steps each takes on its way in.

import { PluginError, type Clock, type PairingRequest, type PairingStep } from '@lintel/sdk';

import { LinkLost } from './errors.ts';
import type { Gate } from './gate.ts';
import { readInstallCode } from './install-code.ts';
import { PAIRING_SECONDS_MAX } from './limits.ts';
import type { Session } from './session.ts';

export interface PairingOptions {
  readonly clock: Clock;
  readonly gate: Gate;
  /** The session, once the adapter is there. */
  session(signal: AbortSignal): Promise<Session>;
  /** Told when the window closes. */
  closed(): void;
}

/** One window; the plugin pushes the steps as they happen. */
export class Pairing {
  readonly request: PairingRequest;
  readonly #options: PairingOptions;
  readonly #until: number;
  readonly #steps: PairingStep[] = [];
  /** Addresses that hold an install code of this window. */
  readonly #coded = new Set<string>();
  #wake: () => void = () => undefined;

  constructor(request: PairingRequest, options: PairingOptions) {
    if (request.seconds > PAIRING_SECONDS_MAX) {
      throw new PluginError('BAD_VALUE', `Zigbee can be open for at most ${PAIRING_SECONDS_MAX} seconds`, '/seconds');
    }
    this.request = request;
    this.#options = options;
    this.#until = options.clock.now() + request.seconds * 1000;
  }

  push(step: PairingStep): void {
    this.#steps.push(step);
    this.#wake();
  }

  /** Whether a lock or an alarm may join here. */
  isTrusted(address: string): boolean {
    return this.request.insecure === true || this.#coded.has(address);
  }

  /** Opens the network for what is left of the window; again after a reconnection. */
  async open(session: Session): Promise<void> {
    const seconds = Math.ceil((this.#until - this.#options.clock.now()) / 1000);
    if (seconds <= 0) return;
    await this.#options.gate.open(session, Math.min(seconds, PAIRING_SECONDS_MAX), this.request.device);
  }

  /** Yields the steps until `signal` aborts or the time is over, and closes the network then. */
  async *run(signal: AbortSignal): AsyncGenerator<PairingStep> {
    const code = this.request.installCode === undefined ? null : readInstallCode(this.request.installCode);
    const end = new AbortController();
    const limit = AbortSignal.any([signal, end.signal]);
    try {
      const session = await this.#options.session(limit);
      if (code !== null) {
        await session.controller.addInstallCode(code.text);
        this.#coded.add(code.address);
      }
      await this.open(session).catch((error: unknown) => {
        // The window is opened again as soon as the link is back.
        if (!(error instanceof LinkLost)) throw error;
      });
      const left = Math.max(this.#until - this.#options.clock.now(), 0);
      void this.#options.clock.sleep(left, limit).then(
        () => end.abort(),
        () => undefined,
      );
      yield* this.#take(limit);
    } finally {
      end.abort();
      this.#options.closed();
    }
  }

  async *#take(signal: AbortSignal): AsyncGenerator<PairingStep> {
    signal.addEventListener('abort', () => this.#wake(), { once: true });
    for (;;) {
      for (let step = this.#steps.shift(); step !== undefined; step = this.#steps.shift()) yield step;
      if (signal.aborted) return;
      await new Promise<void>((resolve) => (this.#wake = resolve));
    }
  }
}
