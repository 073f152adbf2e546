// The wire between host and network processor: a TCP server on loopback, with the faults that wires and air have, and a
// log of what passed.

import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

import { FRAME_TYPE, FrameParser, SUBSYSTEM, type SerialFrame } from './frames.ts';
import type { Timers } from './timers.ts';

const LOG_FRAMES_MAX = 20_000;
const INCOMING_MESSAGE = 0x81;

/** One frame that passed. `at` is in milliseconds of `performance.now()`, when its last byte was handed over or read. */
export interface LoggedFrame {
  readonly at: number;
  readonly from: 'host' | 'coordinator';
  readonly subsystem: number;
  readonly command: number;
  readonly data: Buffer;
}

export interface Faults {
  /** Milliseconds by which everything heard from the air comes late. */
  delay: number;
  /** How many of the next messages from devices come twice. */
  duplicate: number;
  /** How many of the next messages from devices have a byte changed on the wire. */
  garble: number;
  /** Frames arrive in pieces of so many bytes; 0 keeps them whole. */
  fragment: number;
  /** Milliseconds for which frames are gathered into one piece, as serial servers do. */
  coalesce: number;
  /** What follows from a request is told before the request is answered. */
  early: boolean;
}

export class Link {
  readonly faults: Faults = { delay: 0, duplicate: 0, garble: 0, fragment: 0, coalesce: 0, early: false };
  /** Called for each frame that passes, before the host's are served. */
  onFrame: ((frame: LoggedFrame) => void) | null = null;
  readonly #serve: (frame: SerialFrame) => void;
  readonly #timers: Timers;
  readonly #log: LoggedFrame[] = [];
  readonly #host: string;
  #server: Server | null = null;
  #socket: Socket | null = null;
  #port: number;
  #parser = new FrameParser();
  /** What waits to go out, in pieces or gathered. */
  #outgoing: Buffer[] = [];

  constructor(host: string, port: number, serve: (frame: SerialFrame) => void, timers: Timers) {
    this.#host = host;
    this.#port = port;
    this.#serve = serve;
    this.#timers = timers;
  }

  get port(): number {
    return this.#port;
  }

  get connected(): boolean {
    return this.#socket !== null;
  }

  /** The newest frames, oldest first. */
  get log(): readonly LoggedFrame[] {
    return this.#log;
  }

  clearLog(): void {
    this.#log.length = 0;
  }

  /** Listens; on the same port as before where it did so once. */
  async open(): Promise<void> {
    if (this.#server !== null) return;
    const server = createServer({ noDelay: true }, (socket) => this.#accept(socket));
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(this.#port, this.#host, resolve);
    });
    this.#server = server;
    this.#port = (server.address() as AddressInfo).port;
  }

  /** Cuts the connection and listens no more. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = null;
    this.#socket?.resetAndDestroy();
    this.#socket = null;
    if (server !== null) await new Promise((resolve) => server.close(resolve));
  }

  /** A serial port has one user: whoever connects last. */
  #accept(socket: Socket): void {
    this.#socket?.destroy();
    this.#socket = socket;
    this.#parser = new FrameParser();
    this.#outgoing = [];
    socket.on('data', (chunk: Buffer) => this.#receive(chunk));
    socket.on('error', () => socket.destroy());
    socket.on('close', () => {
      if (this.#socket === socket) this.#socket = null;
    });
  }

  #receive(chunk: Buffer): void {
    const at = performance.now();
    for (const frame of this.#parser.push(chunk)) {
      this.#note({ at, from: 'host', subsystem: frame.subsystem, command: frame.command, data: frame.data });
      this.#serve(frame);
    }
  }

  write(bytes: Buffer): void {
    if (this.faults.early && bytes[2]! >> 5 === FRAME_TYPE.response) setImmediate(() => this.#put(bytes));
    else this.#send(bytes);
  }

  #send(bytes: Buffer): void {
    const isFromAir = (bytes[2]! & 0x1f) === SUBSYSTEM.af && bytes[2]! >> 5 === 2;
    const isMessage = isFromAir && bytes[3] === INCOMING_MESSAGE;
    const copies = isMessage && this.faults.duplicate > 0 ? 2 : 1;
    if (copies === 2) this.faults.duplicate--;
    const wire = isMessage && this.faults.garble > 0 ? this.#garbled(bytes) : bytes;
    for (let copy = 0; copy < copies; copy++) {
      if (isFromAir && this.faults.delay > 0) this.#timers.after(this.faults.delay, () => this.#put(wire));
      else this.#put(wire);
    }
  }

  #garbled(bytes: Buffer): Buffer {
    this.faults.garble--;
    const wire = Buffer.from(bytes);
    wire[wire.length >> 1]! ^= 0x55;
    return wire;
  }

  #put(bytes: Buffer): void {
    if (this.#socket === null) return;
    this.#transmit(this.#socket, bytes);
    const [subsystem, command, data] = [bytes[2]! & 0x1f, bytes[3]!, bytes.subarray(4, -1)];
    this.#note({ at: performance.now(), from: 'coordinator', subsystem, command, data });
  }

  #transmit(socket: Socket, bytes: Buffer): void {
    const { fragment, coalesce } = this.faults;
    if (fragment === 0 && coalesce === 0 && this.#outgoing.length === 0) return void socket.write(bytes);
    this.#outgoing.push(bytes);
    if (this.#outgoing.length === 1) this.#timers.after(coalesce, () => this.#flush(socket));
  }

  /** Pieces go out one a turn, so that each arrives as its own. */
  #flush(socket: Socket): void {
    const gathered = Buffer.concat(this.#outgoing);
    const size = this.faults.fragment === 0 ? gathered.length : this.faults.fragment;
    socket.write(gathered.subarray(0, size));
    this.#outgoing = gathered.length > size ? [gathered.subarray(size)] : [];
    if (this.#outgoing.length > 0) setImmediate(() => this.#flush(socket));
  }

  #note(frame: LoggedFrame): void {
    if (this.#log.length >= LOG_FRAMES_MAX) this.#log.splice(0, LOG_FRAMES_MAX / 2);
    this.#log.push(frame);
    this.onFrame?.(frame);
  }
}
