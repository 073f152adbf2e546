// A real listening server on loopback over a hub in memory, and small clients for it.

import { mkdtempSync, rmSync } from 'node:fs';
import { request as httpRequest, type IncomingHttpHeaders } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Scheduler } from '@lintel/hub';
import type { Role } from '@lintel/protocol';
import { WebSocket, type ClientOptions } from 'ws';
import { systemScheduler } from '../../hub/src/clock.ts';
import { createServer, type LintelServer, type ServerOptions } from '../src/index.ts';
import { undescribed } from './described.ts';
import { createFakeHub, type FakeHub } from './fake-hub.ts';

export const SETUP_CODE = 'TEST-CODE-1234';
export const PASSWORD = 'correct horse battery';
export const HOME = { name: 'Home', latitude: 52.5, longitude: 13.4, timeZone: 'Europe/Berlin' };

/** What came over the wire, of any shape. */
export type Json = ReturnType<typeof JSON.parse>;

export interface Answer {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
  /** The body read as JSON. */
  readonly json: Json;
}

export interface Ask {
  readonly token?: string | undefined;
  readonly body?: unknown;
  /** Sent as it is, instead of `body`. */
  readonly raw?: string | Uint8Array;
  readonly headers?: Record<string, string>;
  /** The address the request comes from. */
  readonly from?: string;
}

export interface House {
  readonly hub: FakeHub;
  readonly server: LintelServer;
  readonly logged: string[];
  readonly folder: string;
  ask(method: string, path: string, ask?: Ask): Promise<Answer>;
  /** Claims the hub; answers the owner's token. */
  claim(): Promise<string>;
  /** Adds a person (through the API, by the owner) and signs them in; answers token and id. */
  person(name: string, role: Role, owner: string): Promise<{ token: string; id: string }>;
  socket(options?: ClientOptions, query?: string): Socket;
  close(): Promise<void>;
}

export interface HouseOptions extends Partial<Pick<ServerOptions, 'clock' | 'webFolder' | 'ownHosts' | 'randomBytes'>> {
  /** Keeps its data from an earlier house. */
  readonly folder?: string;
}

export async function openHouse({ folder: given, ...options }: HouseOptions = {}): Promise<House> {
  const folder = given ?? mkdtempSync(join(tmpdir(), 'lintel-server-'));
  const hub = await createFakeHub(folder);
  const logged: string[] = [];
  const log = { info: () => {}, warn: () => {}, error: (text: string) => void logged.push(text) };
  const server = await createServer({
    hub,
    host: '127.0.0.1',
    port: 0,
    webFolder: join(folder, 'no-web'),
    clock: systemScheduler,
    log,
    setupCode: SETUP_CODE,
    ...options,
  });
  const sockets: Socket[] = [];
  const house: House = {
    hub,
    server,
    logged,
    folder,
    ask: async (method, path, ask = {}) => {
      const answer = await send(server.address.port, method, path, ask);
      const difference = undescribed(server.routes, method, path, answer.status, answer.text);
      if (difference !== null) throw new Error(difference);
      return answer;
    },
    claim: async () => (await house.ask('POST', '/api/setup', { body: setupBody() })).json.token,
    person: async (name, role, owner) => {
      const made = await house.ask('POST', '/api/users', { token: owner, body: { name, password: PASSWORD, role } });
      const signedIn = await house.ask('POST', '/api/sessions', { body: { name, password: PASSWORD } });
      return { token: signedIn.json.token, id: made.json.id };
    },
    socket: (socketOptions, query) => {
      const socket = new Socket(server.address.port, socketOptions, query);
      sockets.push(socket);
      return socket;
    },
    close: async () => {
      for (const socket of sockets) socket.raw.terminate();
      await server.close();
      await hub.close();
      if (given === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
  return house;
}

export const setupBody = (): Record<string, unknown> => ({
  setupCode: SETUP_CODE,
  name: 'Ada',
  password: PASSWORD,
  home: HOME,
});

function send(port: number, method: string, path: string, { token, body, raw, headers, from }: Ask): Promise<Answer> {
  const payload = raw ?? (body === undefined ? undefined : JSON.stringify(body));
  const all = {
    ...(payload !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(payload)),
    }),
    ...(token !== undefined && { authorization: `Bearer ${token}` }),
    ...headers,
  };
  return new Promise((resolve, reject) => {
    const request = httpRequest(
      { host: '127.0.0.1', port, method, path, headers: all, agent: false, localAddress: from },
      (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('error', reject);
        response.on('end', () =>
          resolve(asAnswer(response.statusCode!, response.headers, Buffer.concat(chunks).toString())),
        );
      },
    );
    request.on('error', reject);
    request.end(payload);
  });
}

function asAnswer(status: number, headers: IncomingHttpHeaders, text: string): Answer {
  return {
    status,
    headers,
    text,
    get json() {
      return JSON.parse(text);
    },
  };
}

/** A socket that keeps what it hears, and can be waited on. */
export class Socket {
  readonly raw: WebSocket;
  readonly frames: Json[] = [];
  readonly closed: Promise<{ code: number; reason: string }>;
  /** The status of a refused upgrade. */
  readonly refused: Promise<number>;
  #wake: (() => void)[] = [];

  constructor(port: number, options: ClientOptions = {}, query = '') {
    this.raw = new WebSocket(`ws://127.0.0.1:${port}/api/live${query}`, options);
    this.raw.on('message', (data) => {
      this.frames.push(JSON.parse(String(data)));
      for (const wake of this.#wake.splice(0)) wake();
    });
    this.raw.on('error', () => {});
    this.closed = new Promise((resolve) =>
      this.raw.once('close', (code, reason) => resolve({ code, reason: reason.toString() })),
    );
    this.refused = new Promise((resolve) =>
      this.raw.once('unexpected-response', (_request, response) => resolve(response.statusCode!)),
    );
  }

  static as(house: House, token: string): Socket {
    return house.socket({ headers: { authorization: `Bearer ${token}` } });
  }

  say(frame: unknown): void {
    this.raw.send(typeof frame === 'string' ? frame : JSON.stringify(frame));
  }

  opened(): Promise<void> {
    return new Promise((resolve) => this.raw.once('open', resolve));
  }

  /** The first frame, heard or to come, that fits. */
  async frame(fits: (frame: Json) => boolean): Promise<Json> {
    for (;;) {
      const found = this.frames.find(fits);
      if (found !== undefined) return found;
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  snapshot(): Promise<Json> {
    return this.frame(({ type }) => type === 'snapshot');
  }
}

/** A clock turned by hand. */
export class HandClock implements Scheduler {
  #now = Date.parse('2026-11-21T12:00:00Z');
  #timers: { due: number; run: () => void }[] = [];

  now(): number {
    return this.#now;
  }

  steady(): number {
    return this.#now;
  }

  after(ms: number, run: () => void): () => void {
    const timer = { due: this.#now + ms, run };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((each) => each !== timer));
  }

  /** Passes time in which nothing ran, as when a machine slept. */
  jump(ms: number): void {
    this.#now += ms;
  }

  advance(ms: number): void {
    const until = this.#now + ms;
    for (;;) {
      const next = this.#timers.filter(({ due }) => due <= until).toSorted((a, b) => a.due - b.due)[0];
      if (next === undefined) break;
      this.#timers = this.#timers.filter((each) => each !== next);
      this.#now = Math.max(this.#now, next.due);
      next.run();
    }
    this.#now = until;
  }
}
