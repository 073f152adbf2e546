// The announcement of a lamp by multicast DNS, to whoever asks for its kind: where it listens, and its hardware address.

import { createSocket } from 'node:dgram';

import type { WledLamp } from './lamp.ts';

const ADDRESS = '224.0.0.251';
const PORT = 5353;
const SERVICE = '_wled._tcp.local';
const [A, PTR, TXT, SRV] = [1, 12, 16, 33];
const HEADER_BYTES = 12;

const name = (text: string): Buffer =>
  Buffer.concat([
    ...text.split('.').map((label) => Buffer.from([label.length, ...Buffer.from(label)])),
    Buffer.from([0]),
  ]);
const short = (...numbers: readonly number[]): Buffer =>
  Buffer.from(numbers.flatMap((each) => [each >> 8, each & 255]));

function record(owner: string, type: number, data: Buffer): Buffer {
  return Buffer.concat([name(owner), short(type, 1, 0, 120, data.length), data]);
}

/** One lamp's answer to question number `id`. */
function answerOf({ name: own, mac, port }: WledLamp, id: number): Buffer {
  const [instance, host, text] = [`${own}.${SERVICE}`, `wled-${mac}.local`, `mac=${mac}`];
  return Buffer.concat([
    short(id, 0x84_00, 0, 1, 0, 3),
    record(SERVICE, PTR, name(instance)),
    record(instance, SRV, Buffer.concat([short(0, 0, port), name(host)])),
    record(instance, TXT, Buffer.from([text.length, ...Buffer.from(text)])),
    record(host, A, Buffer.from([127, 0, 0, 1])),
  ]);
}

/** Announces it on loopback until the answer is called. */
export async function announce(lamp: WledLamp): Promise<() => void> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  const asked = name(SERVICE);
  socket.on('message', (question, { address, port }) => {
    if (question.subarray(HEADER_BYTES).includes(asked) && (question[2]! & 0x80) === 0)
      socket.send(answerOf(lamp, question.readUInt16BE(0)), port, address);
  });
  await new Promise<void>((resolve) => socket.bind(PORT, resolve));
  socket.addMembership(ADDRESS, '127.0.0.1');
  return () => socket.close();
}
