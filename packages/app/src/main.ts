#!/usr/bin/env node
// The `lintel` command: starts the hub, or asks the one that runs. The only place that ends the process.

import module from 'node:module';
import { HubError } from '@lintel/model';
import { ConfigurationError, UsageError, readOptions, type Options } from './options.ts';
import { VERSION } from './version.ts';

const USAGE = `Usage: lintel [serve] [--port 8480] [--host 0.0.0.0] [--data FOLDER]
       lintel backup FILE | restore FILE | replay FILE | doctor | setup-code [--data FOLDER]
       lintel plugin add NAME|FOLDER [--data FOLDER]
`;

module.enableCompileCache();

let noteFault = (): void => undefined;

async function run(args: readonly string[]): Promise<number> {
  const [first = 'serve', ...rest] = args;
  if (first === 'help' || args.includes('--help')) return say(USAGE);
  if (first === '--version') return say(`${VERSION}\n`);
  if (first === 'serve' || first.startsWith('-')) {
    const options = readOptions(first === 'serve' ? rest : args, process.env);
    const { noteFault: note } = await import('@lintel/hub');
    noteFault = () => note(options.data);
    const { serve } = await import('./serve.ts');
    return serve(options);
  }
  if (first === 'setup-code') {
    const { printSetupCode } = await import('./setup-code.ts');
    return printSetupCode(readOptions(rest, process.env));
  }
  if (first in COMMANDS) return COMMANDS[first as keyof typeof COMMANDS](rest);
  throw new UsageError(`unknown command ${first}`);
}

/** What works on a home that is there. */
const COMMANDS = {
  backup: (args) => withFile(args, async (file, options) => (await import('./backups.ts')).makeBackup(file, options)),
  restore: (args) =>
    withFile(args, async (file, options) => (await import('./backups.ts')).restoreBackup(file, options)),
  replay: (args) => withFile(args, async (file) => (await import('./backups.ts')).replay(file)),
  plugin: async ([verb, given, ...rest]) =>
    (await import('./plugin.ts')).addPlugin(verb, given, readOptions(rest, process.env)),
  doctor: async (args) => (await import('./backups.ts')).examine(readOptions(args, process.env)),
} as const satisfies Readonly<Record<string, (args: readonly string[]) => Promise<number>>>;

function withFile(
  [file, ...rest]: readonly string[],
  work: (file: string, options: Options) => Promise<number>,
): Promise<number> {
  if (file === undefined || file.startsWith('-')) throw new UsageError('name the file of the backup');
  return work(file, readOptions(rest, process.env));
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

/** One readable line for what people can mend; everything else is a bug of ours and shows its stack. */
function fail(error: unknown): never {
  if (error instanceof UsageError) {
    process.stderr.write(`lintel: ${error.message}\n${USAGE}`);
    process.exit(2);
  }
  if (error instanceof ConfigurationError || error instanceof HubError) {
    process.stderr.write(`lintel: ${error.message}\n`);
    process.exit(1);
  }
  noteFault();
  process.stderr.write(`lintel: a bug of ours: ${(error as Error).stack ?? String(error)}\n`);
  process.exit(1);
}

process.on('uncaughtException', fail).on('unhandledRejection', fail);
run(process.argv.slice(2)).then((code) => process.exit(code), fail);
