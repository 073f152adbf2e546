// `lintel plugin add NAME|FOLDER`: brings a plugin into the hub that runs on the data folder.

import { resolve } from 'node:path';
import { askHub } from './control.ts';
import { ConfigurationError, UsageError, type Options } from './options.ts';

interface Added {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly grants: readonly string[];
}

/** A name is npm's; what looks like a path is a folder. */
function sourceOf(given: string): string {
  if (/^(?:npm|file):/.test(given)) return given;
  return /^[./~]/.test(given) ? `file:${resolve(given)}` : `npm:${given}`;
}

export async function addPlugin(
  verb: string | undefined,
  given: string | undefined,
  options: Options,
): Promise<number> {
  if (verb !== 'add' || given === undefined) throw new UsageError('expected plugin add NAME or plugin add FOLDER');
  const answer = await askHub(options.data, 'plugin-add', { source: sourceOf(given) }).catch((error: Error) => {
    throw new ConfigurationError(error.message);
  });
  if (answer === null) throw new ConfigurationError(`no hub runs on ${options.data}: start it first`);
  const { id, name, version, grants } = answer as Added;
  process.stdout.write(`${name} ${version} (${id}) is there, and not enabled. ${grants.join(' ')}\n`);
  process.stdout.write('Enable it in the hub under More, Plugins.\n');
  return 0;
}
