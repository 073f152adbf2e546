// A real hub in a process of its own, driven as a stranger would: over HTTP, the socket, and signals.

import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { WebSocket } from 'ws';
import type { HomePlace } from './night.ts';

const MAIN = join(import.meta.dirname, '../../packages/app/src/main.ts');
/** For what must happen, however busy the machine is; how soon it should is asked elsewhere. */
const READY_LIMIT_MS = 90_000;
const COMES_LIMIT_MS = 30_000;

export const OWNER = { name: 'Ada', password: 'a lamp in the hall at dusk' } as const;
export const BERLIN = { name: 'Home', latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' } as const;
export const SETUP_CODE = 'TEST-SETUP-CODE';

export interface Answer {
  readonly status: number;
  // oxlint-disable-next-line typescript/no-explicit-any -- tests look into answers freely
  readonly body: any;
}

export interface Hub {
  readonly address: string;
  readonly data: string;
  readonly output: () => string;
  readonly process: ChildProcess;
  token: string;
  /** Asks the API as the owner (or without `token`, as no one). */
  ask(method: string, path: string, body?: unknown): Promise<Answer>;
  /** Claims the hub; with `virtual`, with the virtual home. */
  claim(options?: { virtual?: boolean; home?: HomePlace }): Promise<void>;
  live(): Promise<Live>;
  /** The power plug. */
  kill(): Promise<void>;
  /** Ctrl-C; answers the exit code. */
  stop(): Promise<number | null>;
}

export const newDataFolder = (): string => mkdtempSync(join(tmpdir(), 'lintel-home-'));

export async function startHub(
  options: { data?: string; env?: Record<string, string>; port?: number } = {},
): Promise<Hub> {
  const data = options.data ?? newDataFolder();
  const env = { ...process.env, LINTEL_SETUP_CODE: SETUP_CODE, ...options.env };
  const args = [MAIN, '--host', '127.0.0.1', '--port', String(options.port ?? 0), '--data', data];
  const child = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  endWithTest(child);
  let output = '';
  let limit: NodeJS.Timeout | undefined;
  const address = await new Promise<string>((resolve, reject) => {
    limit = setTimeout(() => reject(new Error(`the hub was not ready in time:\n${output}`)), READY_LIMIT_MS);
    const read = (chunk: Buffer): void => {
      output += chunk;
      const found = /is ready on (http:\/\/\S+)/.exec(output);
      if (found !== null) resolve(found[1]!);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    // Its last words may be read after it has exited, and never after it is closed.
    child.on('close', (code) => reject(new Error(`the hub ended with ${code}:\n${output}`)));
  }).finally(() => clearTimeout(limit));
  return hubOf(child, address.replace('localhost', '127.0.0.1'), data, () => output);
}

const running = new Set<ChildProcess>();
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** A failed test must not leave its hub behind, nor wait for it. */
function endWithTest(child: ChildProcess): void {
  running.add(child);
  child.once('exit', () => running.delete(child));
  child.unref();
  for (const stream of [child.stdout, child.stderr] as unknown as { unref(): void }[]) stream.unref();
}

function hubOf(child: ChildProcess, address: string, data: string, output: () => string): Hub {
  const exited = new Promise<number | null>((resolve) => child.once('exit', resolve));
  const hub: Hub = {
    address,
    data,
    output,
    process: child,
    token: '',
    ask: async (method, path, body) => {
      const headers: Record<string, string> = {};
      if (hub.token !== '') headers['authorization'] = `Bearer ${hub.token}`;
      if (body !== undefined) headers['content-type'] = 'application/json';
      const response = await fetch(address + path, {
        method,
        headers,
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      return { status: response.status, body: text === '' ? null : JSON.parse(text) };
    },
    claim: async ({ virtual, home = BERLIN } = {}) => {
      const body = { setupCode: SETUP_CODE, ...OWNER, home, ...(virtual && { virtual }) };
      const answer = await hub.ask('POST', '/api/setup', body);
      if (answer.status !== 201) throw new Error(`setup: ${answer.status} ${JSON.stringify(answer.body)}`);
      hub.token = answer.body.token as string;
    },
    live: () => openLive(address, hub.token),
    kill: async () => {
      child.ref();
      child.kill('SIGKILL');
      await exited;
    },
    stop: async () => {
      child.ref();
      child.kill('SIGTERM');
      return exited;
    },
  };
  return hub;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests look into frames freely
export type Frame = any;

export interface Live {
  readonly frames: Frame[];
  readonly snapshot: Frame;
  /** The first frame, past or to come, that fits. */
  until(fits: (frame: Frame) => boolean, what: string, limitMs?: number): Promise<Frame>;
  send(frame: unknown): void;
  close(): void;
}

export async function openLive(address: string, token: string): Promise<Live> {
  const socket = new WebSocket(address.replace('http', 'ws') + '/api/live', {
    headers: { authorization: `Bearer ${token}` },
  });
  const frames: Frame[] = [];
  const watchers = new Set<() => void>();
  socket.on('message', (data: Buffer) => {
    frames.push(JSON.parse(data.toString()));
    for (const watcher of watchers) watcher();
  });
  const until: Live['until'] = (fits, what, limitMs = COMES_LIMIT_MS) =>
    new Promise((resolve, reject) => {
      const limit = setTimeout(() => {
        watchers.delete(look);
        reject(new Error(`no frame: ${what}; the last were ${JSON.stringify(frames.slice(-5))}`));
      }, limitMs);
      const look = (): void => {
        const found: Frame = frames.find(fits);
        if (found === undefined) return;
        clearTimeout(limit);
        watchers.delete(look);
        resolve(found);
      };
      watchers.add(look);
      look();
    });
  socket.on('error', () => {});
  const snapshot: Frame = await until((frame) => frame.type === 'snapshot', 'the snapshot');
  return {
    frames,
    snapshot,
    until,
    send: (frame) => socket.send(JSON.stringify(frame)),
    close: () => socket.terminate(),
  };
}

/** Asks again until it fits; for what has no event of its own. */
export async function eventually<T>(
  ask: () => Promise<T>,
  fits: (value: T) => boolean,
  what: string,
  limitMs = COMES_LIMIT_MS,
): Promise<T> {
  const end = Date.now() + limitMs;
  for (;;) {
    const value = await ask();
    if (fits(value)) return value;
    if (Date.now() > end) throw new Error(`never came true: ${what}; last ${JSON.stringify(value)}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
