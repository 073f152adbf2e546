// A hub of nothing but contract shapes, in memory: it shows the UI every screen, every failure and every delay at will.
// Journeys run against the real hub; this one is for looks, accessibility, budgets and faults that a real hub hides well.

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Device, Home, Rule, Value, Values } from '@lintel/model';
import type {
  ChangeFrame,
  ClientFrame,
  CommandFrame,
  MatterFabric,
  Pairing,
  PluginView,
  ResultFrame,
  SnapshotFrame,
  User,
} from '@lintel/protocol';
import { WebSocketServer, type WebSocket } from 'ws';
import { serveFile } from './fake-files.ts';
import { answer } from './fake-routes.ts';
import { foundLamp, furnishedDevices, ROOMS } from './furnished-home.ts';
import { furnishedHousehold, type FakeHousehold } from './furnished-household.ts';
import { PLUGINS } from './furnished-plugins.ts';
import { RULES } from './furnished-rules.ts';

const ROUTES_DESCRIBED = [
  '/api/users',
  '/api/automations/check',
  '/api/automations/backtest',
  '/api/automations/forecast',
  '/api/automations/import',
  '/api/plugins',
  '/api/plugin-catalogue',
  '/api/scenes/{id}/revert',
];

const UNCERTIFIED = { code: 'PAIRING_UNCERTIFIED', detail: 'The device could not prove that it is certified.' };

export interface FakeHubOptions {
  readonly claimed?: boolean;
  readonly furnished?: boolean;
  readonly language?: string;
}

type Change = ChangeFrame extends infer Each
  ? Each extends ChangeFrame
    ? Omit<Each, 'type' | 'sequence' | 'at'>
    : never
  : never;

export class FakeHub {
  readonly devices = new Map<string, Device>();
  readonly rooms = new Map(ROOMS.map((room) => [room.id, room]));
  readonly rules = new Map<string, Rule>(RULES.map((rule) => [rule.id, rule]));
  readonly plugins = new Map<string, PluginView>(PLUGINS.map((plugin) => [plugin.id, plugin]));
  readonly pairings = new Map<string, Pairing>();
  readonly household: FakeHousehold = furnishedHousehold();
  /** The routes that the hub describes. */
  readonly routes: string[] = [...ROUTES_DESCRIBED];
  /** What a check of the rules finds. */
  problems: readonly object[] = [];
  readonly sessions = new Set<string>();
  readonly sockets = new Set<WebSocket>();
  /** The ecosystems that are connected to the Matter bridge. */
  fabrics: readonly MatterFabric[] = [{ index: 1, label: 'Apple Home', vendor: 4937 }];
  /** Every command that came over a socket. */
  readonly heard: CommandFrame[] = [];
  /** Devices that answer no command, by the error's code. */
  readonly broken = new Map<string, string>();
  /** What is wrong with the next rules, whatever they say. */
  ruleProblem: { readonly detail: string; readonly pointer: string } | null = null;
  /** Whose session every page has. */
  user: User = { id: 'u1', name: 'Ada', role: 'owner' };
  safeMode = false;
  /** The backup that was brought back. */
  restored: string | null = null;
  /** What was asked to become of the devices of the plugin that was taken away last. */
  removedWith: string | null = null;
  /** Refuses sockets and requests alike, as a hub that is starting does. */
  refusing = false;
  /** What every command waits for. */
  held: Promise<void> | null = null;
  claimed: boolean;
  password = 'correct horse battery';
  home: Home;
  #pairingsStarted = 0;
  #sequence = 100;
  readonly #server: Server;

  constructor(options: FakeHubOptions = {}) {
    this.claimed = options.claimed ?? true;
    const mode = 'home';
    this.home = {
      name: 'Linden Street',
      latitude: 52.52,
      longitude: 13.405,
      timeZone: 'Europe/Berlin',
      units: 'metric',
      language: options.language ?? 'en',
      mode,
      confirm: [],
      holidays: [],
    };
    if (options.furnished !== false) this.furnish();
    else this.rooms.clear();
    if (options.furnished === false) this.rules.clear();
    this.#server = createServer((incoming, outgoing) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('end', () => this.#serve(incoming, outgoing, Buffer.concat(chunks).toString()));
    });
    this.#acceptSockets();
  }

  furnish(): void {
    for (const room of ROOMS) this.rooms.set(room.id, room);
    for (const device of furnishedDevices(new Date(Date.now() - 60_000).toISOString()))
      this.devices.set(device.id, device);
  }

  /** Listens on loopback and answers the address, such as `http://127.0.0.1:41234`. */
  async listen(port = 0): Promise<string> {
    await new Promise<void>((resolve) => this.#server.listen(port, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    this.drop();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  /** Cuts every socket, as a crash would. */
  drop(code?: number): void {
    for (const socket of this.sockets)
      if (code === undefined) socket.terminate();
      else socket.close(code);
  }

  broadcast(change: Change): void {
    this.#sequence += 1;
    const frame = JSON.stringify({ type: 'change', sequence: this.#sequence, at: new Date().toISOString(), ...change });
    for (const socket of this.sockets) socket.send(frame);
  }

  /** A device reports by itself. */
  report(id: string, values: Values, origin: 'device' | 'user' = 'device'): void {
    for (const [property, value] of Object.entries(values)) this.#setProperty(id, property, value, origin);
  }

  replace(id: string, change: Partial<Device>): Device {
    const device = { ...this.devices.get(id)!, ...change };
    this.devices.set(id, device);
    this.broadcast({ topic: 'device', id, device });
    return device;
  }

  #setProperty(id: string, property: string, value: Value, kind: 'device' | 'user'): void {
    const device = this.devices.get(id)!;
    const at = new Date().toISOString();
    const state = { value, changedAt: at, reportedAt: at, origin: { kind } };
    this.devices.set(id, { ...device, properties: { ...device.properties, [property]: state } });
    this.broadcast({ topic: 'property', device: id, property, value, origin: { kind } });
  }

  async command(id: string, values: Values | null): Promise<Omit<ResultFrame, 'type' | 'id'>> {
    await this.held;
    const code = this.broken.get(id);
    if (code !== undefined || !this.devices.has(id)) {
      return {
        ok: false,
        status: 'offline',
        error: { code: code ?? 'NOT_FOUND', detail: 'It does not answer. Check its power.' },
      };
    }
    if (values !== null) {
      const level = values['level.level'];
      const implied = typeof level === 'number' && !('onOff.on' in values) ? { 'onOff.on': level > 0 } : {};
      const mode =
        'color.hue' in values
          ? { 'color.mode': 'hs' }
          : 'color.temperature' in values
            ? { 'color.mode': 'temperature' }
            : {};
      this.report(id, { ...implied, ...mode, ...values }, 'user');
    }
    return { ok: true, status: 'done' };
  }

  /** Finds a lamp; one that is named by a code is not certified, and its pairing ends with it. */
  startPairing(plugin: string, { code, insecure }: { code?: string; insecure?: boolean }): Pairing {
    this.#pairingsStarted += 1;
    const id = `p${this.#pairingsStarted}`;
    const until = new Date(Date.now() + 60_000).toISOString();
    const last = code !== undefined && insecure !== true ? 'refused' : 'ready';
    const steps = ['found', 'interviewing', last] as const;
    this.#pair({ id, plugin, until, open: true, devices: [] });
    for (const [at, step] of steps.entries()) {
      setTimeout(
        () => {
          if (this.pairings.get(plugin)?.id !== id || !this.pairings.get(plugin)!.open) return;
          const lamp = foundLamp(new Date().toISOString());
          if (step === 'ready') this.devices.set(lamp.id, lamp);
          if (step === 'ready') this.broadcast({ topic: 'device', id: lamp.id, device: lamp });
          const known = step === 'found' || step === 'refused' ? {} : { device: lamp.id };
          const error = step === 'refused' ? { error: UNCERTIFIED } : {};
          const devices = [{ address: '0x00158d0001dc126a', step, ...known, ...error }];
          this.#pair({ id, plugin, until, open: code === undefined || step !== last, devices });
        },
        60 * (at + 1),
      ).unref();
    }
    return this.pairings.get(plugin)!;
  }

  stopPairing(plugin: string): void {
    const pairing = this.pairings.get(plugin);
    if (pairing !== undefined) this.#pair({ ...pairing, open: false });
  }

  #pair(pairing: Pairing): void {
    this.pairings.set(pairing.plugin, pairing);
    this.broadcast({ topic: 'pairing', plugin: pairing.plugin, pairing });
  }

  snapshot(): SnapshotFrame {
    return {
      type: 'snapshot',
      sequence: this.#sequence,
      home: this.home,
      rooms: [...this.rooms.values()],
      devices: [...this.devices.values()],
      groups: [],
      scenes: [...this.household.scenes.values()],
      automations: [...this.rules.values()],
      plugins: [...this.plugins.values()],
      pairings: [...this.pairings.values()].filter(({ open }) => open),
      user: this.user,
    };
  }

  isSignedIn(cookie: string | undefined): boolean {
    const token = /(?:^|;\s*)lintel=([^;]+)/.exec(cookie ?? '')?.[1];
    return token !== undefined && this.sessions.has(token);
  }

  #acceptSockets(): void {
    const server = new WebSocketServer({ noServer: true });
    this.#server.on('upgrade', (request, socket, head) => {
      if (this.refusing) return void socket.destroy();
      if (!this.isSignedIn(request.headers.cookie)) return void socket.end('HTTP/1.1 401 Unauthorized\r\n\r\n');
      server.handleUpgrade(request, socket, head, (client) => {
        this.sockets.add(client);
        client.on('close', () => this.sockets.delete(client));
        client.on('message', (data) => void this.#hear(client, JSON.parse(String(data)) as ClientFrame));
        const joins = request.url === `/api/live?since=${this.#sequence}`;
        client.send(JSON.stringify(joins ? { type: 'joined', sequence: this.#sequence } : this.snapshot()));
      });
    });
  }

  async #hear(socket: WebSocket, frame: ClientFrame): Promise<void> {
    if (frame.type !== 'command' || !('device' in frame)) return;
    this.heard.push(frame);
    const result = this.#question(frame) ?? (await this.command(frame.device, 'set' in frame ? frame.set : null));
    socket.send(JSON.stringify({ type: 'result', id: frame.id, ...result }));
  }

  /** Sensitive commands are asked about once, as `home.confirm` wants it. */
  #question(frame: CommandFrame): Omit<ResultFrame, 'type' | 'id'> | null {
    const asks = 'command' in frame && this.home.confirm.includes(frame.command) && frame.confirm === undefined;
    if (!asks) return null;
    const error = { code: 'CONFIRMATION_REQUIRED', detail: 'Confirm this.', confirm: 'key-1' };
    return { ok: false, status: 'failed', error };
  }

  #serve(incoming: IncomingMessage, outgoing: ServerResponse, body: string): void {
    if (this.refusing) return void outgoing.destroy();
    const url = new URL(incoming.url ?? '/', 'http://hub');
    if (url.pathname === '/metrics') return void outgoing.end('process_resident_memory_bytes 104857600\n');
    if (url.pathname.startsWith('/api/')) {
      const { status, json, cookie } = answer(
        this,
        incoming.method ?? 'GET',
        url,
        body,
        this.isSignedIn(incoming.headers.cookie),
      );
      const type = status >= 400 ? 'application/problem+json' : 'application/json';
      outgoing.writeHead(status, {
        'content-type': type,
        'cache-control': 'no-store',
        ...(cookie && { 'set-cookie': cookie }),
        'content-encoding': 'gzip',
      });
      outgoing.end(gzipSync(json === undefined ? '' : JSON.stringify(json)));
    } else serveFile(url.pathname, outgoing);
  }
}
