// What the command line and the environment say, checked before anything is opened.

import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'json'] as const;

export interface Options {
  readonly host: string;
  readonly port: number;
  readonly data: string;
  readonly setupCode: string | null;
  /** Whether plugins that were revoked are held back. */
  readonly checksRevocations: boolean;
  readonly log: (typeof LOG_LEVELS)[number];
}

/** Wrong usage: exit code 2. */
export class UsageError extends Error {}
/** A setting that cannot be: exit code 1 and one readable line. */
export class ConfigurationError extends Error {}

const PORT_DEFAULT = 8480;
const SETUP_CODE_LENGTH_MIN = 12;

export function readOptions(args: readonly string[], env: Readonly<Record<string, string | undefined>>): Options {
  const given = parse(args);
  return {
    host: given.host ?? env['LINTEL_HOST'] ?? '0.0.0.0',
    port: readPort(given.port ?? env['LINTEL_PORT']),
    data: resolve(given.data ?? env['LINTEL_DATA'] ?? join(process.cwd(), 'lintel-data')),
    setupCode: readSetupCode(env['LINTEL_SETUP_CODE']),
    checksRevocations: readSwitch('LINTEL_REVOCATIONS', env),
    log: readLog(env['LINTEL_LOG']),
  };
}

function parse(args: readonly string[]): { port?: string; host?: string; data?: string } {
  try {
    const options = { port: { type: 'string' }, host: { type: 'string' }, data: { type: 'string' } } as const;
    return parseArgs({ args: [...args], options, strict: true, allowPositionals: false }).values;
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}

function readPort(text: string | undefined): number {
  if (text === undefined || text === '') return PORT_DEFAULT;
  const port = Number(text);
  if (Number.isInteger(port) && port >= 0 && port <= 65_535) return port;
  throw new ConfigurationError(`port: expected a number from 0 to 65535, not ${JSON.stringify(text)}`);
}

function readSetupCode(text: string | undefined): string | null {
  if (text === undefined || text === '') return null;
  if (text.length >= SETUP_CODE_LENGTH_MIN) return text;
  throw new ConfigurationError(`LINTEL_SETUP_CODE: expected at least ${SETUP_CODE_LENGTH_MIN} characters`);
}

function readSwitch(name: string, env: Readonly<Record<string, string | undefined>>): boolean {
  const text = env[name] ?? '';
  if (text === '' || text === 'on') return true;
  if (text === 'off') return false;
  throw new ConfigurationError(`${name}: expected on or off, not ${JSON.stringify(text)}`);
}

function readLog(text: string | undefined): Options['log'] {
  if (text === undefined || text === '') return 'info';
  const found = LOG_LEVELS.find((level) => level === text);
  if (found !== undefined) return found;
  throw new ConfigurationError(`LINTEL_LOG: expected one of ${LOG_LEVELS.join(', ')}, not ${JSON.stringify(text)}`);
}
