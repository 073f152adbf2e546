// The running hub's door for its own command line: a socket in the data folder that only the hub's user can open.

import { chmodSync, rmSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';

export type Handler = (body: unknown) => Promise<unknown> | unknown;

const SOCKET = 'control.sock';
/** Longer names do not fit a Unix socket address (sun_path). */
const PATH_BYTES_MAX = 100;

const pathIn = (data: string): string => join(data, SOCKET);

/** Answers `{name, body}` lines with `{ok, result}` or `{ok: false, message}`; null where the path is too long for a socket. */
export async function openControl(data: string, handlers: Readonly<Record<string, Handler>>): Promise<Server | null> {
  const path = pathIn(data);
  if (Buffer.byteLength(path) > PATH_BYTES_MAX || process.platform === 'win32') return null;
  rmSync(path, { force: true });
  const server = createServer({ allowHalfOpen: true }, (socket) => {
    socket.on('error', () => socket.destroy());
    void text(socket)
      .then((line) => answer(handlers, line))
      .then((reply) => socket.end(JSON.stringify(reply)));
  });
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(path, resolve));
  chmodSync(path, 0o600);
  return server;
}

async function answer(handlers: Readonly<Record<string, Handler>>, line: string): Promise<object> {
  try {
    const { name, body } = JSON.parse(line) as { name: string; body: unknown };
    const handler = Object.hasOwn(handlers, name) ? handlers[name] : undefined;
    if (handler === undefined) return { ok: false, message: `unknown request ${name}` };
    return { ok: true, result: await handler(body) };
  } catch (error) {
    return { ok: false, message: (error as Error).message };
  }
}

/** Asks the hub that runs on `data`; null when none does. @throws Error with the hub's own message */
export async function askHub(data: string, name: string, body: unknown = null): Promise<unknown> {
  const socket = connect({ path: pathIn(data), allowHalfOpen: true });
  const connected = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true)).once('error', () => resolve(false));
  });
  if (!connected) return null;
  socket.end(JSON.stringify({ name, body }));
  const reply = JSON.parse(await text(socket)) as { ok: boolean; result?: unknown; message?: string };
  if (!reply.ok) throw new Error(reply.message);
  return reply.result;
}
