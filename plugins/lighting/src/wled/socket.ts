// The lamp's own news: a socket on which it tells what it has become, whoever changed it.

import { WebSocket } from 'ws';

import { ANSWER_BYTES_MAX, ANSWER_MS } from '../limits.ts';
import { inWords, type Address } from '../settings.ts';

/** A lamp that lost its power says nothing more; the machine notices by itself after so long. */
const KEEP_ALIVE_MS = 5_000;

export interface SocketEvents {
  /** A message, as JSON. */
  readonly heard: (message: unknown) => void;
  readonly closed: () => void;
}

/** Opens the socket; the answer closes it. `closed` is called once, also where it could not be opened. */
export function openSocket(address: Address, events: SocketEvents): () => void {
  const url = `ws://${inWords(address)}/ws`;
  if (!URL.canParse(url)) {
    queueMicrotask(events.closed);
    return () => undefined;
  }
  const socket = new WebSocket(url, {
    handshakeTimeout: ANSWER_MS,
    maxPayload: ANSWER_BYTES_MAX,
    perMessageDeflate: false,
    followRedirects: false,
  });
  socket.on('upgrade', ({ socket: tcp }) => tcp.setKeepAlive(true, KEEP_ALIVE_MS));
  socket.on('message', (data: Buffer, isBinary) => {
    if (isBinary) return;
    try {
      events.heard(JSON.parse(data.toString('utf8')));
    } catch {
      // Not JSON, such as the answer to a heartbeat of someone else's: no news.
    }
  });
  socket.on('error', () => undefined);
  socket.once('close', events.closed);
  return () => socket.terminate();
}
