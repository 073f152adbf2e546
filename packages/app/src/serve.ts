// Runs a hub and its server until a signal comes.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createHub, systemScheduler, tryBackup, type Hub, type HubLog } from '@lintel/hub';
import { createServer, type LintelServer } from '@lintel/server';
import type { Logger } from 'pino';
import { openControl } from './control.ts';
import { createLog } from './log.ts';
import type { Options } from './options.ts';
import { putInPlace, restoringFolder } from './put-in-place.ts';
import { VERSION } from './version.ts';

const ROOT = join(import.meta.dirname, '../../..');
const STOP_LIMIT_MS = 1_900;
/** So that the answer to who asked for it gets there. */
const RESTART_AFTER_MS = 300;

/** Resolves with the exit code, after SIGINT or SIGTERM with everything flushed. A restored backup starts the hub anew. */
export async function serve(options: Options): Promise<number> {
  const log = createLog(options.log, process.stdout);
  const stopped = stopSignal();
  let port = options.port;
  for (;;) {
    const { restored, address } = await serveOnce({ ...options, port }, log, stopped);
    if (restored === null) return 0;
    // Whoever asked for it comes back to the same address.
    port = address.port;
    const aside = putInPlace(restored, options.data);
    log.info(`The backup is in place. The home as it was before lies in ${aside}.`);
  }
}

/** Runs a hub until it is to stop, or to start anew; resolves with the folder to start from then. */
async function serveOnce(
  options: Options,
  log: Logger,
  stopped: Promise<null>,
): Promise<{ restored: string | null; address: LintelServer['address'] }> {
  const restoring = Promise.withResolvers<string>();
  const hub = await createHub({
    data: options.data,
    version: VERSION,
    scheduler: systemScheduler,
    random: randomBytes,
    pluginFolders: [join(ROOT, 'plugins')],
    checksRevocations: options.checksRevocations,
    log: hubLog(log),
  });
  const restore = async (file: string): Promise<void> => {
    const folder = restoringFolder(options.data);
    await tryBackup(file, folder, systemScheduler);
    setTimeout(() => restoring.resolve(folder), RESTART_AFTER_MS);
  };
  const server = await startServer(options, hub, log, restore);
  const control = await openControl(options.data, {
    'setup-code': () => ({ code: server.newSetupCode() }),
    backup: async (body) => {
      await hub.backups.write(String((body as { file: string }).file));
      return true;
    },
    'plugin-add': (body) => hub.plugins.install(body, { kind: 'system' }),
    health: () => hub.health(),
  });
  announce(options, server, hub);
  const next = await Promise.race([stopped, restoring.promise]);
  if (next === null) setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  control?.close();
  await server.close();
  await hub.close();
  return { restored: next, address: server.address };
}

/** A server that cannot start takes the hub down with it, flushed. */
async function startServer(
  options: Options,
  hub: Hub,
  log: Logger,
  restore: (file: string) => Promise<void>,
): Promise<LintelServer> {
  try {
    return await createServer({
      hub,
      host: options.host,
      port: options.port,
      webFolder: join(ROOT, 'web/dist'),
      clock: systemScheduler,
      log,
      restore,
      setupCode: options.setupCode ?? randomBytes(32).toString('hex'),
    });
  } catch (error) {
    await hub.close();
    throw error;
  }
}

/** Says where the hub is, and how to claim it. */
function announce({ setupCode }: Options, server: LintelServer, hub: Hub): void {
  const lines = [`Lintel ${VERSION} is ready on ${server.url}`];
  if (!hub.claimed())
    lines.push(`Open it in a browser and enter the setup code: ${setupCode ?? server.newSetupCode()}`);
  process.stdout.write(`\n  ${lines.join('\n  ')}\n\n`);
}

function stopSignal(): Promise<null> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve(null)).once('SIGTERM', () => resolve(null));
  });
}

const hubLog = (log: Logger): HubLog => ({
  info: (text) => log.info(text),
  warn: (text, error) => log.warn({ err: error }, text),
  // A deprecation is for authors, who ask for the plugin's log; whoever runs the hub hears of it only when looking for faults.
  plugin: ({ plugin, level, text }) => log[level === 'deprecation' ? 'debug' : level]({ plugin }, text),
});
