// Keeps one session with the adapter alive: when it is lost, a new one is made, later and later up to a limit.

import type { PluginContext } from '@lintel/sdk';

import { explainConnection, LinkLost } from './errors.ts';
import { BACKOFF_FIRST_MS, BACKOFF_MAX_MS } from './limits.ts';
import type { Session } from './session.ts';

export interface ConnectionOptions {
  readonly ctx: PluginContext;
  readonly port: string;
  /** Opens the adapter; throws what it throws. */
  open(signal: AbortSignal): Promise<Session>;
  /** A session is up: devices are to be looked at anew. Awaited before commands go on. */
  up(session: Session): Promise<void>;
}

interface Waiter {
  readonly resolve: (session: Session) => void;
}

export class Connection {
  readonly #options: ConnectionOptions;
  readonly #stopping = new AbortController();
  readonly #waiters = new Set<Waiter>();
  #session: Session | null = null;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: ConnectionOptions) {
    this.#options = options;
  }

  /** The session, while the adapter is there. */
  get session(): Session | null {
    return this.#session?.isUp === true ? this.#session : null;
  }

  /** Opens the adapter for the first time; throws where that fails. It is kept up from then on. */
  async start(): Promise<void> {
    const session = await this.#open();
    this.#loop = this.#keep(session);
  }

  /** Goes on trying in the background, as after a start without the adapter. */
  startLater(): void {
    this.#loop = this.#keep(null);
  }

  /** The session, when it is there again. */
  whenUp(signal: AbortSignal): Promise<Session> {
    if (this.session !== null) return Promise.resolve(this.session);
    return new Promise((resolve, reject) => {
      if (signal.aborted) return reject(signal.reason);
      const waiter: Waiter = { resolve };
      this.#waiters.add(waiter);
      signal.addEventListener('abort', () => (this.#waiters.delete(waiter), reject(signal.reason)), { once: true });
    });
  }

  async stop(): Promise<void> {
    this.#stopping.abort(new LinkLost());
    await this.#loop;
    await this.#close(this.#session);
    this.#session = null;
  }

  async #open(): Promise<Session> {
    const session = await this.#options.open(this.#stopping.signal);
    try {
      this.#session = session;
      await this.#options.up(session);
    } catch (error) {
      this.#session = null;
      await this.#close(session);
      throw error;
    }
    for (const waiter of this.#waiters) waiter.resolve(session);
    this.#waiters.clear();
    this.#options.ctx.health('running');
    return session;
  }

  async #keep(first: Session | null): Promise<void> {
    let session = first;
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      if (session !== null) await ended(session.lost, signal);
      if (signal.aborted) return;
      this.#options.ctx.health(
        'reconnecting',
        `The Zigbee adapter at ${this.#options.port} is away; trying to reach it.`,
      );
      await this.#close(this.#session);
      this.#session = null;
      session = await this.#reopen();
    }
  }

  /** Tries until it works; null when the plugin stops. */
  async #reopen(): Promise<Session | null> {
    const { ctx, port } = this.#options;
    const { signal } = this.#stopping;
    for (let wait = BACKOFF_FIRST_MS; !signal.aborted; wait = Math.min(wait * 2, BACKOFF_MAX_MS)) {
      try {
        await ctx.clock.sleep(wait * (0.75 + Math.random() / 2), signal);
        return await this.#open();
      } catch (error) {
        if (!signal.aborted) ctx.health('reconnecting', explainConnection(error, port).message);
      }
    }
    return null;
  }

  async #close(session: Session | null): Promise<void> {
    await session
      ?.stop()
      .catch((error: unknown) => this.#options.ctx.log.warn(`Closing the adapter: ${String(error)}`));
  }
}

const ended = (...signals: AbortSignal[]): Promise<void> =>
  new Promise((resolve) => {
    const either = AbortSignal.any(signals);
    if (either.aborted) resolve();
    else either.addEventListener('abort', () => resolve(), { once: true });
  });
