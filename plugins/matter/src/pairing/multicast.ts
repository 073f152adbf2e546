// Whether multicast works here at all: what is sent to a group on this machine must come back to it.

import { createSocket, type Socket } from 'node:dgram';
import { networkInterfaces } from 'node:os';

const GROUP_4 = '224.0.0.251';
const GROUP_6 = 'ff02::fb';
const WAIT_MS = 400;
const REPEAT_MS = 100;

interface Probe {
  readonly type: 'udp4' | 'udp6';
  readonly name: string;
  readonly address: string;
}

/** One for each family of each interface that may be used. */
function probesFor(chosen: string | undefined): Probe[] {
  return Object.entries(networkInterfaces()).flatMap(([name, infos = []]) => {
    const usable = infos.filter(({ internal }) => (chosen === undefined ? !internal : name === chosen));
    const [v4, v6] = [usable.find(({ family }) => family === 'IPv4'), usable.find(({ family }) => family === 'IPv6')];
    return [
      ...(v4 === undefined ? [] : [{ type: 'udp4' as const, name, address: v4.address }]),
      ...(v6 === undefined ? [] : [{ type: 'udp6' as const, name, address: v6.address }]),
    ];
  });
}

function join(socket: Socket, { type, name, address }: Probe): void {
  const at = type === 'udp4' ? address : `::%${name}`;
  socket.setMulticastInterface(at);
  socket.addMembership(type === 'udp4' ? GROUP_4 : GROUP_6, at);
  socket.setMulticastLoopback(true);
}

/** Resolves to whether a message came back; a port of one's own keeps it from everyone else. */
function try_(probe: Probe): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createSocket({ type: probe.type });
    const word = `lintel ${process.pid} ${Math.random()}`;
    let repeat: NodeJS.Timeout | undefined;
    const end = (works: boolean): void => {
      clearInterval(repeat);
      clearTimeout(limit);
      socket.removeAllListeners('message');
      socket.close();
      resolve(works);
    };
    const limit = setTimeout(() => end(false), WAIT_MS);
    socket.once('error', () => end(false));
    socket.on('message', (message) => {
      if (message.toString() === word) end(true);
    });
    socket.bind(0, () => {
      try {
        join(socket, probe);
      } catch {
        return end(false);
      }
      const group = probe.type === 'udp4' ? GROUP_4 : `${GROUP_6}%${probe.name}`;
      const send = (): void => socket.send(word, socket.address().port, group, () => undefined);
      send();
      repeat = setInterval(send, REPEAT_MS);
    });
  });
}

/** Whether any interface that may be used carries multicast. @param chosen default every one but loopback */
export async function hasMulticast(chosen: string | undefined): Promise<boolean> {
  const tried = await Promise.all(probesFor(chosen).map(try_));
  return tried.includes(true);
}
