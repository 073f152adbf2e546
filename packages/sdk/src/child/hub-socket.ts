// The plugin's end of the socket to the hub. What arrives is read into one buffer again and again: an allocation for each
// message costs a third of the crossing.

import { Socket } from 'node:net';

import { Channel } from '../channel.ts';

const HUB_DESCRIPTOR = 3;
const READ_BYTES = 65_536;

/** Opens it; `message` hears of everything the hub says. The process ends when the hub is gone. */
export function openHubChannel(message: (raw: unknown) => void): Channel {
  const buffer = Buffer.allocUnsafeSlow(READ_BYTES);
  const take = (length: number): boolean => {
    channel.take(buffer.subarray(0, length));
    return true;
  };
  const socket = new Socket({
    fd: HUB_DESCRIPTOR,
    readable: true,
    writable: true,
    onread: { buffer, callback: take },
  });
  const channel = new Channel(socket, { message, closed: () => process.exit(0) }, Infinity);
  return channel;
}
