// What this machine takes at the least for a message to go to another process and back: two bare Node processes and a loopback
// socket, spaced as the reports are. The path from report to lamp has two such round trips in it.

import { fork } from 'node:child_process';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { percentile } from './statistics.ts';

const ROUNDS = 400;
const WARM_UP = 100;
const SPACING_MS = 15;

/** p50 of a bare round trip, in milliseconds. */
export async function measureFloor(): Promise<number> {
  const connected = Promise.withResolvers<Socket>();
  const server = createServer((socket) => connected.resolve(socket.setNoDelay(true)));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const child = fork(import.meta.filename, [String((server.address() as AddressInfo).port)]);
  const socket = await connected.promise;
  const took: number[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const from = performance.now();
    socket.write('report');
    await new Promise((resolve) => socket.once('data', resolve));
    if (round >= WARM_UP) took.push(performance.now() - from);
    await new Promise((resolve) => setTimeout(resolve, SPACING_MS));
  }
  child.kill();
  server.close();
  socket.destroy();
  return percentile(
    took.toSorted((a, b) => a - b),
    0.5,
  );
}

function echo(port: number): void {
  const socket = connect(port, '127.0.0.1').setNoDelay(true);
  socket.on('data', (bytes) => socket.write(bytes));
}

if (import.meta.main) echo(Number(process.argv[2]));
