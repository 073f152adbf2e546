// Keeps up with a lamp that is there: by its socket as long as it has one to spare, and by asking it now and then, so that a
// cut power is noticed and nothing is missed.

import type { PluginContext } from '@lintel/sdk';

import { BEAT_MS, POLL_MS, SOCKET_AGAIN_LONGEST_MS, SOCKET_AGAIN_MS } from '../limits.ts';
import type { Address } from '../settings.ts';
import { openSocket } from './socket.ts';

export interface FollowOptions {
  readonly ctx: PluginContext;
  readonly signal: AbortSignal;
  readonly address: Address;
  /** Asks the lamp what it is; rejects where it does not answer. */
  look(): Promise<void>;
  /** A message of its socket. */
  heard(message: unknown): void;
  /** It did not answer once. */
  missed(): void;
  /** It did not answer twice. */
  lost(error: unknown): Promise<void>;
  /** A wait begins, which `wake` ends. */
  waiting(wake: () => void): void;
}

/** A socket that lived so long was not taken away for want of room. */
const LIVED_MS = 60_000;

class Sockets {
  readonly #options: FollowOptions;
  #close: (() => void) | null = null;
  #openedAt = 0;
  #dueAt = 0;
  #wait = SOCKET_AGAIN_MS;
  wake: () => void = () => undefined;

  constructor(options: FollowOptions) {
    this.#options = options;
  }

  get isOpen(): boolean {
    return this.#close !== null;
  }

  /** Opens one where there is none and it is time to. */
  keep(): void {
    const { ctx, address, heard } = this.#options;
    const now = ctx.clock.now();
    if (this.isOpen || now < this.#dueAt) return;
    this.#openedAt = now;
    this.#close = openSocket(address, { heard, closed: () => this.#closed() });
  }

  #closed(): void {
    const now = this.#options.ctx.clock.now();
    this.#close = null;
    if (now - this.#openedAt > LIVED_MS) this.#wait = SOCKET_AGAIN_MS;
    else {
      this.#dueAt = now + this.#wait;
      this.#wait = Math.min(SOCKET_AGAIN_LONGEST_MS, this.#wait * 2);
    }
    this.wake();
  }

  end(): void {
    this.wake = () => undefined;
    this.#close?.();
  }
}

/** Resolves when the lamp is lost, or nobody follows it any more. */
export async function follow(options: FollowOptions): Promise<void> {
  const { ctx, signal } = options;
  const sockets = new Sockets(options);
  try {
    while (!signal.aborted) {
      sockets.keep();
      await pause(ctx, signal, sockets.isOpen ? BEAT_MS : POLL_MS, (wake) => {
        sockets.wake = wake;
        options.waiting(wake);
      });
      if (signal.aborted || !(await isThere(options))) return;
    }
  } finally {
    sockets.end();
  }
}

async function pause(
  { clock }: PluginContext,
  signal: AbortSignal,
  ms: number,
  begin: (wake: () => void) => void,
): Promise<void> {
  const woken = new AbortController();
  begin(() => woken.abort());
  await clock.sleep(ms, AbortSignal.any([signal, woken.signal])).catch(() => undefined);
}

/** One answer may be lost on a bad radio; two are not. */
async function isThere({ look, missed, lost }: FollowOptions): Promise<boolean> {
  try {
    await look().catch(() => {
      missed();
      return look();
    });
    return true;
  } catch (error) {
    await lost(error);
    return false;
  }
}
