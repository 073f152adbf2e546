// What attempts to get out may want to reach: nothing of value, and all of it within reach of a process that nothing holds.

import { spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { mkdirSync, openSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { connect, createServer as createNetServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Duplex } from 'node:stream';

export const CANARY = 'the canary sings';

const listening = async (server: Server, ...where: [number, string] | [string]): Promise<number> => {
  await new Promise<void>((resolve) => server.listen(...(where as [number, string]), resolve));
  server.unref();
  // Nobody reads what comes in, so that nobody hears it end.
  server.on('connection', (socket: Socket) => socket.unref());
  return (server.address() as AddressInfo).port ?? 0;
};

/** Opens a WebSocket for whoever comes. */
function shakeHands({ headers }: IncomingMessage, socket: Duplex): void {
  const accept = createHash('sha1').update(`${headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`);
  const lines = ['Upgrade: websocket', 'Connection: Upgrade', `Sec-WebSocket-Accept: ${accept.digest('base64')}`];
  socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
}

/** Everything an attempt may want to reach, and nothing of value. */
export async function makeTargets(folder: string): Promise<Record<string, unknown>> {
  const outside = join(folder, 'outside');
  mkdirSync(outside);
  const path = (name: string, text: string): string => {
    writeFileSync(join(outside, name), text);
    return join(outside, name);
  };
  const canary = path('canary.txt', CANARY);
  const database = new DatabaseSync(join(outside, 'their.db'));
  database.exec(`CREATE TABLE t (v); INSERT INTO t VALUES ('${CANARY}')`);
  database.close();
  const own = join(folder, 'plugins/folders/escape');
  mkdirSync(own, { recursive: true });
  symlinkSync(canary, join(own, 'link-to-canary'));
  symlinkSync(outside, join(own, 'link-to-outside'));
  const udp = createSocket('udp4');
  udp.on('message', (_message, { port, address }) => udp.send('answer', port, address));
  await new Promise<void>((resolve) => udp.bind(0, '127.0.0.1', resolve));
  udp.unref();
  const web = (): Server => createServer((_request, response) => response.end('here')).on('upgrade', shakeHands);
  const abstract = `lintel-test-${randomUUID()}`;
  const socket = join(outside, 'hub.sock');
  await listening(createNetServer(), socket);
  await listening(createNetServer(), `\0${abstract}`);
  return {
    canary,
    outside,
    socket,
    abstract,
    database: join(outside, 'their.db'),
    module: path('module.mjs', `export const canary = '${CANARY}';`),
    json: path('file.json', JSON.stringify({ text: CANARY })),
    envFile: path('.env', `CANARY_FROM_FILE=${CANARY}`),
    otherFolder: join(folder, 'plugins/folders/lamp'),
    canaryDescriptor: openSync(canary, 'r'),
    hub: process.pid,
    port: await listening(web(), 0, '127.0.0.1'),
    port6: await listening(web(), 0, '::1').catch(() => 1),
    udpPort: udp.address().port,
    listenPort: 20_000 + (process.pid % 20_000),
  };
}

/** A process that an attempt may signal; the attempt succeeded when it is gone. */
export function decoy(): { pid: number; end: () => void } {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore' });
  return { pid: child.pid!, end: () => void child.kill('SIGKILL') };
}

/** Knocks at a port that a plugin might have opened. */
export function knock(port: number): () => void {
  const timer = setInterval(
    () =>
      connect(port, '127.0.0.1')
        .on('error', () => undefined)
        .unref(),
    50,
  );
  return () => clearInterval(timer);
}
