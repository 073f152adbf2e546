// A client of GET /api/live for browsers and Node. It joins by snapshot, follows changes in order, and after any loss comes
// back by itself and joins again. Sockets, time and randomness are handed in.

import type {
  ChangeFrame,
  ClientFrame,
  CommandRequest,
  ResultFrame,
  ServerFrame,
  SnapshotFrame,
  Topic,
} from './frames.ts';

const COMMAND_TIMEOUT_MS = 20_000;
const JOIN_TIMEOUT_MS = 10_000;
const OFFLINE_AFTER_MS = 12_000;
const RETRY_FIRST_MS = 200;
const RETRY_MAX_MS = 3_000;
const CLOSE_POLICY = 1008;
/** Browsers let scripts close with 1000 and 3000–4999 only. */
const CLOSE_USELESS = 4000;

/** `connecting` before the first snapshot, `offline` once `reconnecting` has lasted 12 s or the machine has no network. */
export type ConnectionStatus = 'connecting' | 'live' | 'reconnecting' | 'offline';

/** What the browser's WebSocket and that of `ws` have in common. */
export interface SocketLike {
  readonly readyState: number;
  send(text: string): void;
  close(code?: number): void;
  addEventListener(type: 'open' | 'error', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  addEventListener(type: 'close', listener: (event: { code: number }) => void): void;
}

export interface ClientClock {
  /** Milliseconds; only differences count. */
  now(): number;
  setTimeout(run: () => void, ms: number): unknown;
  clearTimeout(handle: unknown): void;
}

export interface ConnectOptions {
  /** Such as `ws://localhost:8480/api/live`. */
  readonly url: string;
  readonly WebSocket: new (url: string) => SocketLike;
  readonly clock?: ClientClock;
  /** From 0 to 1; spreads the retries of many clients. */
  readonly random?: () => number;
  /** A snapshot that was fetched over HTTP and shown already: the first socket asks only for what changed since. */
  readonly known?: SnapshotFrame;
  /** Said as `hello` where no cookie speaks. */
  readonly token?: string;
  readonly onSnapshot: (snapshot: SnapshotFrame) => void;
  readonly onChange: (change: ChangeFrame) => void;
  readonly onStatus?: (status: ConnectionStatus) => void;
  /** The hub refused who we are (close code 1008, or `admit` said no): the client has stopped. */
  readonly onRefused?: () => void;
  /** Asked before each retry: false stops the client; a rejection counts as a failed try. */
  readonly admit?: () => Promise<boolean>;
}

export interface CommandResult extends Omit<ResultFrame, 'type' | 'id'> {}

export interface LiveClient {
  readonly status: ConnectionStatus;
  /** Never rejects: a lost connection and a hub that stays silent for 20 s are results with `ok: false`. */
  command(request: CommandRequest): Promise<CommandResult>;
  /** Narrows the changes to these topics, on this socket and on those that follow it. */
  subscribe(topics: readonly Topic[]): void;
  /** Tries again now, for a page that becomes visible or a network that returns. */
  retry(): void;
  /** Drops the socket and joins anew, for a caller that saw it dead. */
  rejoin(): void;
  close(): void;
}

const systemClock: ClientClock = {
  now: () => Date.now(),
  setTimeout: (run, ms) => setTimeout(run, ms),
  clearTimeout: (handle) => clearTimeout(handle as number),
};

/**
 * Opens the socket at once and keeps it.
 * @example
 * const live = connect({ url, WebSocket, onSnapshot: (all) => show(all), onChange: (change) => apply(change) });
 * await live.command({ device: 'virtual:lamp-1', set: { 'onOff.on': true } });
 */
export function connect(options: ConnectOptions): LiveClient {
  return new Connection(options);
}

interface Waiting {
  readonly resolve: (result: CommandResult) => void;
  readonly timer: unknown;
}

const failure = (code: string, detail: string): CommandResult => ({
  ok: false,
  status: 'failed',
  error: { code, detail },
});
const LOST = failure('CONNECTION_LOST', 'The connection was lost before the answer came.');
const NOT_CONNECTED = failure('NOT_CONNECTED', 'Not connected to the home right now.');
const SILENT: CommandResult = {
  ok: false,
  status: 'timeout',
  error: { code: 'TIMEOUT', detail: 'No answer came in time.' },
};

class Connection implements LiveClient {
  status: ConnectionStatus = 'connecting';
  readonly #options: ConnectOptions;
  readonly #clock: ClientClock;
  readonly #waiting = new Map<string, Waiting>();
  #socket: SocketLike | null = null;
  #sequence = 0;
  #commands = 0;
  #tries = 0;
  #lostAt: number | null = null;
  #retryTimer: unknown = null;
  #joinTimer: unknown = null;
  #topics: readonly Topic[] | null = null;
  #closed = false;

  constructor(options: ConnectOptions) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#sequence = options.known?.sequence ?? 0;
    this.#open(options.known === undefined ? options.url : `${options.url}?since=${options.known.sequence}`);
  }

  command(request: CommandRequest): Promise<CommandResult> {
    if (this.status !== 'live') return Promise.resolve(NOT_CONNECTED);
    this.#commands += 1;
    const id = `c${this.#commands}`;
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(() => this.#settle(id, SILENT), COMMAND_TIMEOUT_MS);
      this.#waiting.set(id, { resolve, timer });
      this.#send({ type: 'command', id, ...request });
    });
  }

  subscribe(topics: readonly Topic[]): void {
    this.#topics = topics;
    if (this.status === 'live') this.#send({ type: 'subscribe', topics });
  }

  retry(): void {
    if (this.#retryTimer === null) return;
    this.#clock.clearTimeout(this.#retryTimer);
    this.#retryTimer = null;
    void this.#retryNow();
  }

  rejoin(): void {
    if (this.#socket !== null) this.#lose(this.#socket, CLOSE_USELESS);
    this.retry();
  }

  close(): void {
    this.#closed = true;
    this.#clock.clearTimeout(this.#retryTimer);
    this.#clock.clearTimeout(this.#joinTimer);
    this.#failWaiting();
    this.#socket?.close();
    this.#socket = null;
    this.#become('offline');
  }

  #open(url: string): void {
    const socket = new this.#options.WebSocket(url);
    this.#socket = socket;
    this.#joinTimer = this.#clock.setTimeout(() => this.#lose(socket, CLOSE_USELESS), JOIN_TIMEOUT_MS);
    socket.addEventListener('open', () => {
      if (this.#options.token !== undefined) this.#send({ type: 'hello', token: this.#options.token });
    });
    socket.addEventListener('message', (event) => this.#receive(socket, event.data));
    socket.addEventListener('close', (event) => this.#lose(socket, event.code));
    // A failed socket also closes; without a listener `ws` would throw.
    socket.addEventListener('error', () => {});
  }

  #send(frame: ClientFrame): void {
    this.#socket?.send(JSON.stringify(frame));
  }

  #receive(socket: SocketLike, data: unknown): void {
    if (socket !== this.#socket) return;
    const frame = JSON.parse(String(data)) as ServerFrame;
    if (frame.type === 'snapshot') this.#take(frame);
    else if (frame.type === 'joined') this.#join();
    else if (frame.type === 'change') this.#follow(frame);
    else if (frame.type === 'result') this.#settle(frame.id, frame);
  }

  #take(snapshot: SnapshotFrame): void {
    this.#sequence = snapshot.sequence;
    this.#options.onSnapshot(snapshot);
    this.#join();
  }

  #join(): void {
    this.#clock.clearTimeout(this.#joinTimer);
    this.#tries = 0;
    this.#lostAt = null;
    if (this.#topics !== null) this.#send({ type: 'subscribe', topics: this.#topics });
    this.#become('live');
  }

  #follow(change: ChangeFrame): void {
    // Changes that the snapshot already holds, and any before the first snapshot, say nothing new.
    if (this.status === 'connecting' || change.sequence <= this.#sequence) return;
    this.#sequence = change.sequence;
    this.#options.onChange(change);
  }

  #settle(id: string, { ok, status, error, devices }: CommandResult): void {
    const waiting = this.#waiting.get(id);
    if (waiting === undefined) return;
    this.#waiting.delete(id);
    this.#clock.clearTimeout(waiting.timer);
    waiting.resolve({ ok, status, ...(error && { error }), ...(devices && { devices }) });
  }

  #failWaiting(): void {
    for (const id of this.#waiting.keys()) this.#settle(id, LOST);
  }

  #lose(socket: SocketLike, code: number): void {
    if (socket !== this.#socket || this.#closed) return;
    this.#socket = null;
    this.#clock.clearTimeout(this.#joinTimer);
    if (code === CLOSE_USELESS) socket.close(CLOSE_USELESS);
    this.#failWaiting();
    if (code === CLOSE_POLICY) this.#refused();
    else this.#retryLater();
  }

  #refused(): void {
    this.close();
    this.#options.onRefused?.();
  }

  #retryLater(): void {
    this.#lostAt ??= this.#clock.now();
    const gone = this.#clock.now() - this.#lostAt >= OFFLINE_AFTER_MS;
    this.#become(gone ? 'offline' : 'reconnecting');
    const ceiling = Math.min(RETRY_MAX_MS, RETRY_FIRST_MS * 2 ** this.#tries);
    this.#tries += 1;
    const random = this.#options.random ?? Math.random;
    const delay = ceiling / 2 + (random() * ceiling) / 2;
    this.#retryTimer = this.#clock.setTimeout(() => {
      this.#retryTimer = null;
      void this.#retryNow();
    }, delay);
  }

  async #retryNow(): Promise<void> {
    const admitted = await this.#ask();
    if (this.#closed || this.#socket !== null || this.#retryTimer !== null) return;
    if (admitted === 'no') this.#refused();
    else if (admitted === 'yes') this.#open(this.#options.url);
    else this.#retryLater();
  }

  async #ask(): Promise<'yes' | 'no' | 'unknown'> {
    if (this.#options.admit === undefined) return 'yes';
    try {
      return (await this.#options.admit()) ? 'yes' : 'no';
    } catch {
      return 'unknown';
    }
  }

  #become(status: ConnectionStatus): void {
    if (this.status === status) return;
    this.status = status;
    this.#options.onStatus?.(status);
  }
}
