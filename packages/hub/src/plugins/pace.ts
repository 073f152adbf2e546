// Holds up a plugin that says more than it has credit for, asks more than the hub can answer, or takes up too much of its time: it
// is simply not read for a while, and the operating system stops it at its full socket. No one else waits for it, nothing is lost.

import { CREDIT_INPUTS } from '@lintel/sdk/host';
import type { ToPlugin } from '@lintel/sdk/host';

import type { Scheduler } from '../clock.ts';
import { Bucket } from './bucket.ts';
import { CALLS_OPEN_MAX, CREDIT_SLACK_INPUTS, INPUT_SLICE_MS, MESSAGES_BURST, MESSAGES_PER_SECOND } from './limits.ts';

/** A plugin hears of its credit in steps: each costs a message. */
const ACKNOWLEDGE_EVERY = CREDIT_INPUTS / 8;
const REFILL_MS = 20;

export interface PacedChannel {
  send(message: ToPlugin): void;
  pause(): void;
  resume(): void;
}

export class Pace {
  readonly #scheduler: Scheduler;
  readonly #channel: PacedChannel;
  readonly #messages: Bucket;
  #received = 0;
  #acknowledged = 0;
  #told = 0;
  #calls = 0;
  #isThirsty = false;
  #isPaused = false;
  #wasHeldUp = false;
  #sliceMs = 0;
  #isResting = false;
  #isEnded = false;

  constructor(scheduler: Scheduler, channel: PacedChannel) {
    this.#scheduler = scheduler;
    this.#channel = channel;
    this.#messages = new Bucket(MESSAGES_PER_SECOND, MESSAGES_BURST, scheduler.now());
  }

  /** Whether it was not read for some time since this was last asked. */
  wasHeldUp(): boolean {
    const was = this.#wasHeldUp;
    this.#wasHeldUp = this.#isPaused;
    return was;
  }

  /** Counts how long an input keeps the hub: after a slice of that the plugin waits as long, in which others are heard. */
  timed(take: () => void): void {
    const from = this.#scheduler.steady();
    try {
      take();
    } finally {
      this.#spent(this.#scheduler.steady() - from);
    }
  }

  #spent(ms: number): void {
    this.#sliceMs += ms;
    if (this.#sliceMs < INPUT_SLICE_MS || this.#isResting) return;
    this.#isResting = true;
    this.#regulate();
    this.#scheduler.after(this.#sliceMs, () => {
      this.#sliceMs = 0;
      this.#isResting = false;
      this.#regulate();
    });
  }

  /** Counts one input; the answer is to be called, once, when it is durable. */
  input(): () => void {
    this.#received += 1;
    if (this.#received - this.#acknowledged > CREDIT_INPUTS + CREDIT_SLACK_INPUTS) this.#regulate();
    let isOpen = true;
    return () => {
      if (!isOpen) return;
      isOpen = false;
      this.#acknowledge();
    };
  }

  #acknowledge(): void {
    this.#acknowledged += 1;
    if (this.#isEnded) return;
    if (this.#acknowledged - this.#told >= ACKNOWLEDGE_EVERY) {
      this.#told = this.#acknowledged;
      this.#channel.send({ type: 'acknowledged', count: this.#told });
    }
    if (this.#isPaused) this.#regulate();
  }

  /** Counts one message of any other kind. */
  message(): void {
    if (this.#messages.take(this.#scheduler.now()) || this.#isThirsty) return;
    this.#isThirsty = true;
    this.#regulate();
    this.#scheduler.after(REFILL_MS, () => {
      this.#isThirsty = false;
      this.#regulate();
    });
  }

  /** Counts one question to the hub; the answer is to be called when it is answered. */
  call(): () => void {
    this.#calls += 1;
    this.#regulate();
    return () => {
      this.#calls -= 1;
      this.#regulate();
    };
  }

  end(): void {
    this.#isEnded = true;
  }

  #regulate(): void {
    const isOverCredit = this.#received - this.#acknowledged > CREDIT_INPUTS + CREDIT_SLACK_INPUTS;
    const isTooMuch = isOverCredit || this.#isThirsty || this.#isResting || this.#calls > CALLS_OPEN_MAX;
    if (this.#isEnded || isTooMuch === this.#isPaused) return;
    this.#isPaused = isTooMuch;
    if (!isTooMuch) return this.#channel.resume();
    this.#wasHeldUp = true;
    this.#channel.pause();
  }
}
