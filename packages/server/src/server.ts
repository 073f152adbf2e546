// Puts the server together and listens.

import { randomBytes } from 'node:crypto';
import { createServer as createHttpServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createAdaptorServer, type WebSocketServerLike } from '@hono/node-server';
import type { Hub, Scheduler } from '@lintel/hub';
import { HubError } from '@lintel/model';
import { WebSocketServer } from 'ws';
import { createApp, type App } from './app.ts';
import { Audit } from './audit.ts';
import { Commander } from './commands.ts';
import { answerClientError, guarded, mayUpgrade } from './guard.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { Identities } from './identity/identities.ts';
import { SetupCode } from './identity/setup-code.ts';
import {
  CLOSE_GRACE_MS,
  COMPRESSED_BYTES_MIN,
  CONNECTIONS_CHECK_MS,
  CONNECTIONS_MAX,
  HEADER_BYTES_MAX,
  HEADERS_TIMEOUT_MS,
  KEEP_ALIVE_MS,
  LIVE_CLOSE_MS,
  LIVE_MESSAGE_BYTES_MAX,
  REQUEST_TIMEOUT_MS,
} from './limits.ts';
import { Live } from './live/live.ts';
import { createUpgrade } from './live/upgrade.ts';
import { Metrics } from './metrics.ts';
import { allRoutes } from './routes/all.ts';
import type { Route } from './routes.ts';
import type { Log, Services } from './services.ts';
import { loadWebFiles } from './web-files.ts';

export interface ServerOptions {
  readonly hub: Hub;
  /** The address to listen on, such as `"127.0.0.1"`, or `"::"` for all. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The folder of the built web; may be missing. */
  readonly webFolder: string;
  readonly clock: Scheduler;
  readonly log: Log;
  /** What claims the hub: 12 characters or more; case, spaces and dashes do not count. */
  readonly setupCode: string;
  /** Further names or addresses this hub goes by, asked on each request. */
  readonly ownHosts?: () => readonly string[];
  /** Tries the backup in a file, and has the hub start anew from it; without it backups cannot be restored here. */
  readonly restore?: (file: string) => Promise<void>;
  /** Secure randomness; tests hand in their own. */
  readonly randomBytes?: (count: number) => Uint8Array;
}

export interface LintelServer {
  readonly address: { readonly host: string; readonly port: number };
  /** Such as `http://localhost:8480`. */
  readonly url: string;
  /** Every route that is served, for tests. */
  readonly routes: readonly Route[];
  /** Makes a new setup code and forgives wrong tries. @throws HubError ALREADY_CLAIMED */
  newSetupCode(): string;
  /** Takes no more requests and ends the sockets; resolves within a second. */
  close(): Promise<void>;
}

/**
 * Serves a hub over HTTP and WebSocket.
 * @throws HubError BAD_SETTINGS where the port is taken or the address cannot be used, with a pointer to the setting
 */
export async function createServer(options: ServerOptions): Promise<LintelServer> {
  const services = createServices(options);
  try {
    return await start(options, services);
  } catch (error) {
    services.live.close();
    throw error;
  }
}

async function start(options: ServerOptions, services: Services): Promise<LintelServer> {
  const { hub, clock, identities, live, log, setupCode } = services;
  await identities.settle();
  const web = await loadWebFiles(options.webFolder);
  const routes = allRoutes(services);
  const app = createApp(services, routes, web, createUpgrade(live, identities, log));
  const hosts = createHosts({ extra: options.ownHosts ?? (() => []), port: () => portOf(server) });
  const server = createListener(app, hosts, clock);
  await listen(server, options);
  web.warm().catch((error: unknown) => log.warn(`the web could not be compressed ahead: ${String(error)}`));
  return {
    address: { host: options.host, port: portOf(server) },
    url: `http://${shownHost(options.host)}:${portOf(server)}`,
    routes,
    newSetupCode: () => {
      if (hub.claimed()) throw new HubError('ALREADY_CLAIMED', 'This hub has an owner already.');
      return setupCode.renew();
    },
    close: () => close(server, live, clock),
  };
}

function createServices({ hub, clock, log, randomBytes: random = randomBytes, ...options }: ServerOptions): Services {
  const setupCode = new SetupCode(options.setupCode, random);
  const restore =
    options.restore ?? (() => Promise.reject(new HubError('UNSUPPORTED', 'This hub cannot restart itself.')));
  const identities = new Identities(hub, clock, random);
  const audit = new Audit(hub.store, () => clock.now());
  const commander = new Commander(hub, clock, random, audit);
  const metrics = new Metrics();
  const live = new Live({ hub, clock, log, identities, commander, metrics });
  return { hub, clock, log, identities, commander, metrics, live, setupCode, audit, restore };
}

function createListener(app: App, hosts: Hosts, clock: Scheduler): Server {
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    maxPayload: LIVE_MESSAGE_BYTES_MAX,
    closeTimeout: LIVE_CLOSE_MS,
    // Snapshots alone are compressed, each by itself, so that no socket keeps a compressor.
    perMessageDeflate: {
      serverNoContextTakeover: true,
      clientNoContextTakeover: true,
      threshold: COMPRESSED_BYTES_MIN,
      zlibDeflateOptions: { level: 4 },
    },
  } as ConstructorParameters<typeof WebSocketServer>[0]);
  const server = createAdaptorServer({
    fetch: app.fetch as Parameters<typeof createAdaptorServer>[0]['fetch'],
    // @types/ws describes the same methods more narrowly.
    websocket: { server: sockets as unknown as WebSocketServerLike },
    serverOptions: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: HEADERS_TIMEOUT_MS,
      requestTimeout: REQUEST_TIMEOUT_MS,
      connectionsCheckingInterval: CONNECTIONS_CHECK_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      shouldUpgradeCallback: (request) => mayUpgrade(request, hosts),
    },
    createServer: ((settings: object, listener: Parameters<typeof guarded>[2]) =>
      createHttpServer(settings, guarded(hosts, clock, listener))) as typeof createHttpServer,
  }) as Server;
  server.maxConnections = CONNECTIONS_MAX;
  server.on('clientError', answerClientError);
  return server;
}

function listen(server: Server, { host, port }: ServerOptions): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, resolve);
  });
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const refuse = (detail: string, pointer: string): HubError =>
    new HubError('BAD_SETTINGS', detail, { pointer, cause: error });
  switch (error.code) {
    case 'EADDRINUSE':
      return refuse(`port ${port} is taken by another program: stop it, or choose another with --port`, '/port');
    case 'EACCES':
      return refuse(`port ${port} may not be used: choose one of 1024 or more with --port`, '/port');
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return refuse(`${host} is no address of this machine: choose another with --host`, '/host');
    default:
      return error;
  }
}

const portOf = (server: Server): number => (server.address() as AddressInfo).port;

/** The address to print: what listens everywhere is reached here as localhost. */
function shownHost(host: string): string {
  if (['::', '0.0.0.0', '127.0.0.1', '::1', ''].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}

async function close(server: Server, live: Live, clock: Scheduler): Promise<void> {
  live.close();
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  const cancel = clock.after(CLOSE_GRACE_MS, () => {
    live.terminate();
    server.closeAllConnections();
  });
  await closed;
  cancel();
}
