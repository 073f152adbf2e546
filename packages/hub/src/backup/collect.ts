// Copies a data folder so that the copy is one home at one moment, also while its hub runs: databases by SQLite's own backup
// first, then images and journal in one go, since the journal is never behind the databases.

import { cpSync, existsSync, readdirSync } from 'node:fs';
import { chmod, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { backup, DatabaseSync } from 'node:sqlite';

/** What is made anew at a start, or belongs to the running hub alone. */
const LEFT_OUT: ReadonlySet<string> = new Set(['lock.db', 'backups', 'control.sock']);
const SIDE_FILE = /\.db-(wal|shm|journal)$/;
const OLD_VERSION = /\.version-\d+\.db$/;
/** Below `plugins`: caches, and the processes of now. */
const PLUGINS_LEFT_OUT: ReadonlySet<string> = new Set(['processes.json', 'descriptions', 'prepared']);

export async function collect(data: string, into: string): Promise<void> {
  await mkdir(into, { recursive: true, mode: 0o700 });
  const names = readdirSync(data).filter(
    (name) => !LEFT_OUT.has(name) && !SIDE_FILE.test(name) && !OLD_VERSION.test(name),
  );
  const databases = names.filter((name) => name.endsWith('.db'));
  for (const name of databases) await copyDatabase(join(data, name), join(into, name));
  for (const name of names) if (!databases.includes(name)) copyPlain(data, into, name);
}

async function copyDatabase(from: string, to: string): Promise<void> {
  const database = new DatabaseSync(from, { readOnly: true });
  try {
    await backup(database, to);
    await chmod(to, 0o600);
  } finally {
    database.close();
  }
}

function copyPlain(data: string, into: string, name: string): void {
  cpSync(join(data, name), join(into, name), {
    recursive: true,
    filter: (path) => existsSync(path) && (name !== 'plugins' || !PLUGINS_LEFT_OUT.has(path.slice(data.length + 9))),
  });
}
