// A Node process that does nothing but send back what it is sent: what a crossing between two processes takes on this machine
// at the least, over a socket as plugins have it, and over Node's own channel.

import { fork, spawn } from 'node:child_process';
import { Socket } from 'node:net';

const DESCRIPTOR = 3;

/** One message there and back. */
export interface PingPong {
  round(): Promise<void>;
  end(): void;
}

/** Over a socket such as a plugin's process has, with bytes that nobody reads. */
export async function bareSocket(line: string): Promise<PingPong> {
  const stdio = ['ignore', 'inherit', 'inherit', 'pipe'] as const;
  const child = spawn(process.execPath, ['--max-semi-space-size=1', import.meta.filename, 'socket'], {
    stdio: [...stdio],
  });
  const socket = child.stdio[DESCRIPTOR] as Socket;
  let echoed = (): void => undefined;
  socket.on('data', () => echoed());
  const round = (): Promise<void> =>
    new Promise((resolve) => {
      echoed = resolve;
      socket.write(line);
    });
  await round();
  return { round, end: () => child.kill('SIGKILL') };
}

/** Over `process.send`. */
export async function bareIpc(message: object): Promise<PingPong> {
  const child = fork(import.meta.filename, ['ipc'], { execArgv: ['--max-semi-space-size=1'] });
  let echoed = (): void => undefined;
  child.on('message', () => echoed());
  const round = (): Promise<void> =>
    new Promise((resolve) => {
      echoed = resolve;
      child.send(message);
    });
  await round();
  return { round, end: () => child.kill('SIGKILL') };
}

function echo(over: string | undefined): void {
  if (over === 'ipc') process.on('message', (message) => process.send!(message));
  else {
    const socket = new Socket({ fd: DESCRIPTOR, readable: true, writable: true });
    socket.on('data', (bytes) => socket.write(bytes));
  }
}

if (import.meta.main) echo(process.argv[2]);
