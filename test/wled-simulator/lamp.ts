// A WLED lamp on loopback: the JSON API over HTTP, the WebSocket that pushes its state, and what happens to lamps at home: the
// power goes, the firmware hangs, an app changes something, all sockets are taken.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

import { WebSocketServer, type WebSocket } from 'ws';

import { segmentOf, WledState } from './state.ts';

type Json = Readonly<Record<string, unknown>>;

export interface LampOptions {
  readonly name?: string;
  readonly mac?: string;
  /** What the LEDs of each segment can; default one of colours. */
  readonly segments?: readonly number[];
  readonly effects?: readonly string[];
  /** How many sockets are served: one more ends the oldest. */
  readonly socketsMax?: number;
  readonly port?: number;
}

/** How it answers: as it should, not at all, with this text, without doing it, or with an error. */
type Manner = 'well' | 'silent' | 'stubborn' | 'refusing' | { readonly says: string };

interface Heard {
  readonly method: string;
  readonly path: string;
  readonly body: Json | null;
}

const EFFECTS = ['Solid', 'Blink', 'Breathe', 'RSVD', 'Rainbow', '-', 'Candle'];
const LENGTH = 30;

export class WledLamp {
  readonly state: WledState;
  readonly name: string;
  readonly mac: string;
  /** What was asked of it, in order. */
  readonly heard: Heard[] = [];
  /** How many messages that change it were under way at once, at most. */
  atOnceMax = 0;
  manner: Manner = 'well';
  /** How long it takes to answer, in milliseconds. */
  delay = 0;
  version = '0.15.3';
  /** Whether it lists its effects beside everything else, or only where it is asked for them. */
  listsEffects = true;
  /** So many messages yet it is too busy to take. */
  busy = 0;
  /** How many sockets were ever opened. */
  opened = 0;
  readonly #socketsMax: number;
  readonly #connections = new Set<Socket>();
  readonly #sockets = new Set<WebSocket>();
  #server: Server | null = null;
  #port: number;
  #underWay = 0;

  constructor(options: LampOptions) {
    const {
      name = 'Shelf',
      mac = 'a1b2c3d4e5f6',
      segments = [1],
      effects = EFFECTS,
      socketsMax = 4,
      port = 0,
    } = options;
    this.name = name;
    this.mac = mac;
    this.#socketsMax = socketsMax;
    this.#port = port;
    this.state = new WledState(
      segments.map((lc, at) => segmentOf(at, lc, at * LENGTH, LENGTH)),
      effects,
    );
  }

  get port(): number {
    return this.#port;
  }

  get sockets(): number {
    return this.#sockets.size;
  }

  /** The messages that were to change it. */
  get commands(): readonly (Json | null)[] {
    return this.heard.filter(({ method }) => method === 'POST').map(({ body }) => body);
  }

  /** Plugs it in, at the same address as before. */
  async power(): Promise<this> {
    if (this.#server !== null) return this;
    const server = createServer((request, response) => void this.#answer(request, response));
    const upgrades = new WebSocketServer({ noServer: true });
    server.on('connection', (socket: Socket) => {
      this.#connections.add(socket);
      socket.once('close', () => this.#connections.delete(socket));
    });
    server.on('upgrade', (request, socket: Socket, head: Buffer) => {
      if (request.url === '/ws' && this.manner !== 'silent')
        upgrades.handleUpgrade(request, socket, head, (ws) => this.#serve(ws));
    });
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
    return this;
  }

  /** The switch at the wall. */
  async cut(): Promise<void> {
    for (const socket of this.#connections) socket.destroy();
    const server = this.#server;
    this.#server = null;
    if (server !== null) await new Promise<void>((resolve) => server.close(() => resolve()));
  }

  /** Someone changes it in its own app. */
  touch(change: Json): void {
    this.state.take(change, Date.now());
    this.#push();
  }

  shines(): number {
    return this.state.shines(Date.now());
  }

  /** What one of its pushes would be; another lamp's app hears it as well. */
  push(text: string): void {
    for (const socket of this.#sockets) socket.send(text);
  }

  #push(): void {
    if (this.manner === 'well' || this.manner === 'stubborn') this.push(this.#whole());
  }

  #whole(): string {
    return JSON.stringify({ state: this.state.toJson(), info: this.#info() });
  }

  #info(): Json {
    const last = Math.max(0, ...this.state.segments.map(({ id }) => id));
    // By the segment's number: those that are not in use can do nothing.
    const each = Array.from(
      { length: last + 1 },
      (_, id) => this.state.segments.find((segment) => segment.id === id)?.lc ?? 0,
    );
    return {
      ver: this.version,
      vid: 2_508_020,
      leds: {
        count: each.length * LENGTH,
        pwr: 0,
        fps: 42,
        maxpwr: 850,
        maxseg: 32,
        seglc: each,
        lc: each.reduce((all, lc) => all | lc, 0),
        rgbw: each.some((lc) => (lc & 2) !== 0),
        wv: 0,
        cct: each.some((lc) => (lc & 4) !== 0) ? 1 : 0,
      },
      str: false,
      name: this.name,
      udpport: 21_324,
      live: false,
      ws: this.#sockets.size,
      fxcount: this.state.effects.length,
      palcount: 71,
      wifi: { bssid: '00:00:00:00:00:00', rssi: -60, signal: 80, channel: 6 },
      arch: 'esp32',
      freeheap: 180_000,
      uptime: 1000,
      brand: 'WLED',
      product: 'FOSS',
      mac: this.mac,
      ip: '127.0.0.1',
    };
  }

  #serve(ws: WebSocket): void {
    this.opened += 1;
    this.#sockets.add(ws);
    ws.on('close', () => this.#sockets.delete(ws));
    ws.on('error', () => undefined);
    if (this.#sockets.size > this.#socketsMax) [...this.#sockets][0]!.close(1000);
    ws.send(this.#whole());
    ws.on('message', (data: Buffer) => {
      if (this.manner !== 'well') return;
      if (data.toString().startsWith('p')) return void ws.send('pong');
      const { v, ...change } = JSON.parse(data.toString()) as Json;
      if (Object.keys(change).length > 0) this.touch(change);
      else if (v === true) ws.send(this.#whole());
    });
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let text = '';
    for await (const chunk of request) text += chunk;
    const [method, path] = [request.method ?? '', request.url ?? ''];
    const body = text === '' ? null : (JSON.parse(text) as Json);
    this.heard.push({ method, path, body });
    if (this.manner === 'silent') return;
    this.#underWay += method === 'POST' ? 1 : 0;
    this.atOnceMax = Math.max(this.atOnceMax, this.#underWay);
    if (this.delay > 0) await new Promise((resolve) => setTimeout(resolve, this.delay));
    this.#underWay -= method === 'POST' ? 1 : 0;
    const [status, said] = this.#say(method, path, body);
    response.writeHead(status, { 'content-type': 'application/json', connection: 'close' }).end(said);
  }

  #say(method: string, path: string, body: Json | null): [status: number, text: string] {
    const { manner } = this;
    if (typeof manner === 'object') return [200, manner.says];
    if (this.busy > 0) {
      this.busy -= 1;
      return [503, '{"error":3}'];
    }
    if (manner === 'refusing' && method === 'POST') return [400, '{"error":9}'];
    if (method === 'POST' && body !== null) {
      if (manner !== 'stubborn') this.touch(body);
      if (body['v'] !== true) return [200, '{"success":true}'];
    }
    return this.#tell(path);
  }

  #tell(path: string): [status: number, text: string] {
    const [state, info, effects] = [this.state.toJson(), this.#info(), this.state.effects];
    const answers: Readonly<Record<string, unknown>> = {
      '/json': { state, info, ...(this.listsEffects && { effects, palettes: ['Default'] }) },
      '/json/si': { state, info },
      '/json/state': state,
      '/json/info': info,
      '/json/eff': effects,
    };
    return Object.hasOwn(answers, path) ? [200, JSON.stringify(answers[path])] : [404, '{"error":4}'];
  }
}

/** A lamp that has power. */
export const plugIn = (options: LampOptions = {}): Promise<WledLamp> => new WledLamp(options).power();
