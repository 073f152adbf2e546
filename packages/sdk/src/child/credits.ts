// Paces what a plugin reports: so many inputs may be on their way before the hub has made one durable.

import { CREDIT_INPUTS } from '../limits.ts';
import type { Input } from '../wire.ts';

interface Waiting {
  readonly input: Input;
  readonly resolve: () => void;
}

const GRANTED = Promise.resolve();

export class Credits {
  readonly #send: (input: Input) => void;
  readonly #waiting: Waiting[] = [];
  #sent = 0;
  #acknowledged = 0;

  constructor(send: (input: Input) => void) {
    this.#send = send;
  }

  /** Sends at once while there is credit, else in order once there is some again. */
  input(input: Input): Promise<void> {
    if (this.#sent - this.#acknowledged < CREDIT_INPUTS) {
      this.#sent += 1;
      this.#send(input);
      return GRANTED;
    }
    return new Promise((resolve) => this.#waiting.push({ input, resolve }));
  }

  /** The hub has made `count` inputs durable since the start. */
  acknowledge(count: number): void {
    this.#acknowledged = Math.max(this.#acknowledged, Math.min(count, this.#sent));
    const free = CREDIT_INPUTS - (this.#sent - this.#acknowledged);
    for (const { input, resolve } of this.#waiting.splice(0, free)) {
      this.#sent += 1;
      this.#send(input);
      resolve();
    }
  }
}
