// Discovery on the real network. Sockets are opened when something is looked for, and closed when the signal aborts.

import type { Socket } from 'node:dgram';

import type { Clock, Discovered, Discovery } from '../plugin.ts';
import { writeQuestion } from './dns.ts';
import { Services } from './services.ts';
import { readAnswer, SSDP_ADDRESS, SSDP_PORT, writeSearch } from './ssdp.ts';

const MDNS_ADDRESS = '224.0.0.251';
const MDNS_PORT = 5353;
const BROADCAST_ADDRESS = '255.255.255.255';
const QUEUED_DATAGRAMS_MAX = 1_000;
/** A question is asked again at these intervals: the first may be lost, and devices come and go. */
const ASK_AGAIN_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000];

interface Datagram {
  readonly address: string;
  readonly message: Uint8Array;
}

interface Question {
  readonly message: Uint8Array;
  readonly port: number;
  readonly address: string;
  readonly isBroadcast?: boolean;
}

async function openSocket(isBroadcast: boolean): Promise<Socket> {
  const { createSocket } = await import('node:dgram');
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, () => resolve());
  });
  socket.removeAllListeners('error');
  // A network that is away makes sending fail; the next question may get through.
  socket.on('error', () => undefined);
  if (isBroadcast) socket.setBroadcast(true);
  return socket;
}

async function ask(
  socket: Socket,
  { message, port, address }: Question,
  clock: Clock,
  signal: AbortSignal,
): Promise<void> {
  for (let at = 0; !signal.aborted; at += 1) {
    socket.send(message, port, address, () => undefined);
    await clock.sleep(ASK_AGAIN_MS[Math.min(at, ASK_AGAIN_MS.length - 1)]!, signal);
  }
}

/** The answers to a question, until the signal aborts. Too many at once are left out rather than kept. */
async function* answers(question: Question, clock: Clock, signal: AbortSignal): AsyncGenerator<Datagram> {
  if (signal.aborted) return;
  const socket = await openSocket(question.isBroadcast === true);
  const queue: Datagram[] = [];
  let wake = (): void => undefined;
  socket.on('message', (message, { address }) => {
    if (queue.length < QUEUED_DATAGRAMS_MAX) queue.push({ address, message });
    wake();
  });
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort, { once: true });
  ask(socket, question, clock, signal).catch(() => undefined);
  try {
    while (!signal.aborted) {
      yield* queue.splice(0);
      if (queue.length === 0 && !signal.aborted) await new Promise<void>((resolve) => (wake = resolve));
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    socket.close();
  }
}

async function* mdns(service: string, clock: Clock, signal: AbortSignal): AsyncGenerator<Discovered> {
  const name = service.replace(/\.$/, '').replace(/(?<!\.local)$/, '.local');
  const services = new Services(name);
  const question = { message: writeQuestion(name), port: MDNS_PORT, address: MDNS_ADDRESS };
  for await (const { message, address } of answers(question, clock, signal)) yield* services.take(message, address);
}

async function* ssdp(target: string, clock: Clock, signal: AbortSignal): AsyncGenerator<Discovered> {
  const told = new Set<string>();
  const question = { message: writeSearch(target), port: SSDP_PORT, address: SSDP_ADDRESS };
  for await (const { message, address } of answers(question, clock, signal)) {
    const found = readAnswer(message, address);
    const text = JSON.stringify(found);
    if (found === null || told.has(text)) continue;
    told.add(text);
    yield found;
  }
}

/** @param broadcast where UDP questions go; tests have an address of their own */
export const discoveryWith = (clock: Clock, broadcast = BROADCAST_ADDRESS): Discovery => ({
  mdns: (service, signal) => mdns(service, clock, signal),
  ssdp: (target, signal) => ssdp(target, clock, signal),
  udp: (port, message, signal) => answers({ message, port, address: broadcast, isBroadcast: true }, clock, signal),
});
