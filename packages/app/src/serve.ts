// Runs a hub and its server until a signal comes.

import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { createHub, systemScheduler, type Hub, type HubLog } from '@lintel/hub';
import { createServer, type LintelServer } from '@lintel/server';
import type { Logger } from 'pino';
import { openControl } from './control.ts';
import { createLog } from './log.ts';
import type { Options } from './options.ts';
import { VERSION } from './version.ts';

const ROOT = join(import.meta.dirname, '../../..');
const STOP_LIMIT_MS = 1_900;

/** Resolves with the exit code, after SIGINT or SIGTERM with everything flushed. */
export async function serve(options: Options): Promise<number> {
  const log = createLog(options.log, process.stdout);
  const hub = await createHub({
    data: options.data,
    version: VERSION,
    scheduler: systemScheduler,
    random: randomBytes,
    pluginFolders: [join(ROOT, 'plugins')],
    checksRevocations: options.checksRevocations,
    log: hubLog(log),
  });
  const server = await startServer(options, hub, log);
  const control = await openControl(options.data, { 'setup-code': () => ({ code: server.newSetupCode() }) });
  announce(options, server, hub);
  await stopSignal();
  setTimeout(() => process.exit(0), STOP_LIMIT_MS).unref();
  control?.close();
  await server.close();
  await hub.close();
  return 0;
}

/** A server that cannot start takes the hub down with it, flushed. */
async function startServer(options: Options, hub: Hub, log: Logger): Promise<LintelServer> {
  try {
    return await createServer({
      hub,
      host: options.host,
      port: options.port,
      webFolder: join(ROOT, 'web/dist'),
      clock: systemScheduler,
      log,
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

function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    process.once('SIGINT', () => resolve()).once('SIGTERM', () => resolve());
  });
}

const hubLog = (log: Logger): HubLog => ({
  info: (text) => log.info(text),
  warn: (text, error) => log.warn({ err: error }, text),
  plugin: ({ plugin, level, text }) => log[level]({ plugin }, text),
});
