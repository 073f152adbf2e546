// JSON messages, one a line, over a socket. The first message of a turn leaves at once, so that a lone report is not late;
// what follows in the same turn leaves together at its end, so that a flood costs few system calls.

import type { Socket } from 'node:net';

import { FRAME_BYTES_MAX } from './limits.ts';

const NEWLINE = 10;

export interface ChannelEvents {
  /** Anything that is JSON: the receiver checks what it is. */
  message(raw: unknown): void;
  /** Called once; `fault` says what the other side did wrong, null when it just closed. */
  closed(fault: string | null): void;
}

export class Channel {
  readonly #socket: Socket;
  readonly #bytesMax: number;
  readonly #events: ChannelEvents;
  #held: Buffer[] = [];
  #heldBytes = 0;
  #pending = '';
  /** What arrived and is not read while the channel pauses. */
  #unread: Buffer | null = null;
  #isPaused = false;
  #corked = false;
  #closed = false;

  /** @param bytesMax the longest message to take, which a plugin's side need not bound: it trusts the hub */
  constructor(socket: Socket, events: ChannelEvents, bytesMax = FRAME_BYTES_MAX) {
    this.#bytesMax = bytesMax;
    this.#socket = socket;
    this.#events = events;
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', () => this.close(null));
    socket.on('close', () => this.close(null));
  }

  /** Bytes that the other side has not taken yet. */
  get backlog(): number {
    return this.#socket.writableLength + this.#pending.length;
  }

  send(message: unknown): void {
    if (this.#closed) return;
    const line = `${JSON.stringify(message)}\n`;
    if (this.#corked) {
      this.#pending += line;
      return;
    }
    this.#corked = true;
    this.#socket.write(line);
    process.nextTick(() => this.flush());
  }

  /** Lets what was held back in this turn leave now. */
  flush(): void {
    this.#corked = false;
    const text = this.#pending;
    this.#pending = '';
    if (text !== '' && !this.#closed) this.#socket.write(text);
  }

  /** Stops reading, also what has arrived: the other side is held up by the operating system once its buffer is full. */
  pause(): void {
    this.#isPaused = true;
    this.#socket.pause();
  }

  resume(): void {
    this.#isPaused = false;
    const unread = this.#unread;
    this.#unread = null;
    if (unread !== null) this.#unread = this.#read(unread);
    if (!this.#isPaused) this.#socket.resume();
  }

  close(fault: string | null): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#held = [];
    this.#socket.destroy();
    this.#events.closed(fault);
  }

  /** Takes in what arrived. For a socket that reads into a buffer of its own and emits no data; the chunk is not kept. */
  take(chunk: Buffer): void {
    if (this.#unread !== null) this.#unread = Buffer.concat([this.#unread, chunk]);
    else {
      const rest = this.#read(chunk);
      if (rest !== null) this.#unread = Buffer.from(rest);
    }
  }

  /** Reads line by line; answers what is left where it came to pause. */
  #read(chunk: Buffer): Buffer | null {
    let from = 0;
    for (let at = chunk.indexOf(NEWLINE); at !== -1 && !this.#closed; at = chunk.indexOf(NEWLINE, from)) {
      this.#line(chunk, from, at);
      from = at + 1;
      if (this.#isPaused && from < chunk.length) return chunk.subarray(from);
    }
    if (from < chunk.length && !this.#closed) this.#hold(chunk.subarray(from));
    return null;
  }

  #hold(rest: Buffer): void {
    this.#heldBytes += rest.length;
    if (this.#heldBytes > this.#bytesMax) return this.close(`sent a message over ${this.#bytesMax} bytes`);
    this.#held.push(Buffer.from(rest));
  }

  #line(chunk: Buffer, from: number, to: number): void {
    let text = chunk.toString('utf8', from, to);
    if (this.#heldBytes > 0) {
      text = Buffer.concat([...this.#held, chunk.subarray(from, to)]).toString('utf8');
      this.#held = [];
      this.#heldBytes = 0;
    }
    let raw: unknown;
    try {
      raw = JSON.parse(text);
    } catch {
      return this.close('sent a message that is not JSON');
    }
    this.#events.message(raw);
  }
}
