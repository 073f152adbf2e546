// A radio that says much at once is heard in slices: whoever listens on the same event loop, the hub's heartbeat first,
// gets a turn in between. What comes in small pieces passes straight through.

import type { EventEmitter } from 'node:events';
import type { Socket } from 'node:net';

/** About a hundred frames, a few milliseconds of work. */
const SLICE_BYTES = 4_096;

interface Transport extends EventEmitter {
  readonly socketInstance?: Socket | undefined;
}

/** Slices what `transport` emits as data from now on. */
export function pace(transport: Transport): void {
  const emit = transport.emit.bind(transport);
  const waiting: Buffer[] = [];

  const next = (): void => {
    const slice = waiting.shift();
    if (slice !== undefined) emit('data', slice);
    if (waiting.length > 0) setImmediate(next);
    else transport.socketInstance?.resume();
  };

  const take = (chunk: Buffer): boolean => {
    if (waiting.length === 0 && chunk.length <= SLICE_BYTES) return emit('data', chunk);
    for (let at = 0; at < chunk.length; at += SLICE_BYTES) waiting.push(chunk.subarray(at, at + SLICE_BYTES));
    if (waiting.length === Math.ceil(chunk.length / SLICE_BYTES)) setImmediate(next);
    transport.socketInstance?.pause();
    return true;
  };

  transport.emit = (event: string | symbol, ...args: unknown[]): boolean => {
    if (event === 'data' && Buffer.isBuffer(args[0])) return take(args[0]);
    if (event === 'close') waiting.length = 0;
    return emit(event, ...args);
  };
}
