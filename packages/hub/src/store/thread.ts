// The thread that owns the SQLite database. FULL synchronous: what it acknowledged survives a power cut.

import { rmSync } from 'node:fs';
import { DatabaseSync, backup, type StatementSync } from 'node:sqlite';
import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { MIGRATIONS } from './migrations.ts';
import { DATABASE_FILE, type Statement, type StoreReply, type StoreRequest } from './messages.ts';

const STATEMENTS_KEPT = 200;

const file = join((workerData as { folder: string }).folder, DATABASE_FILE);
const statements = new Map<string, StatementSync>();
let database: DatabaseSync | null = null;
let openingFailed: unknown = null;

try {
  database = open();
} catch (error) {
  openingFailed = error;
}

function open(): DatabaseSync {
  const opened = new DatabaseSync(file, { enableForeignKeyConstraints: true });
  opened.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA busy_timeout = 2000;');
  const check = opened.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (check.quick_check !== 'ok') throw Object.assign(new Error(check.quick_check), { errcode: 11 });
  migrate(opened);
  return opened;
}

function migrate(opened: DatabaseSync): void {
  const { user_version: version } = opened.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length) throw new Error(`it was written by a newer Lintel (schema ${version})`);
  if (version > 0 && version < MIGRATIONS.length) copyBefore(opened, version);
  for (let next = version; next < MIGRATIONS.length; next++) {
    opened.exec(`BEGIN IMMEDIATE; ${MIGRATIONS[next]!}; PRAGMA user_version = ${next + 1}; COMMIT;`);
  }
}

/** One left by a migration that broke off is of the same version. */
function copyBefore(opened: DatabaseSync, version: number): void {
  const copy = file.replace(/\.db$/, `.version-${version}.db`);
  rmSync(copy, { force: true });
  opened.exec(`VACUUM INTO '${copy.replaceAll("'", "''")}'`);
}

function prepared(sql: string): StatementSync {
  const known = statements.get(sql);
  if (known !== undefined) return known;
  if (statements.size >= STATEMENTS_KEPT) statements.clear();
  const made = database!.prepare(sql);
  statements.set(sql, made);
  return made;
}

function transact(list: readonly Statement[]): number[] {
  database!.exec('BEGIN IMMEDIATE');
  try {
    const changes = list.map(({ sql, parameters = [] }) => Number(prepared(sql).run(...parameters).changes));
    database!.exec('COMMIT');
    return changes;
  } catch (error) {
    if (database!.isTransaction) database!.exec('ROLLBACK');
    throw error;
  }
}

async function answer(request: StoreRequest): Promise<unknown> {
  if (database === null) throw openingFailed;
  switch (request.kind) {
    case 'all':
      return prepared(request.statement.sql).all(...(request.statement.parameters ?? []));
    case 'transaction':
      return transact(request.statements);
    case 'backup':
      await backup(database, request.file);
      return null;
    case 'close':
      statements.clear();
      database.close();
      return null;
  }
}

const SQLITE_FULL = 13;
const DAMAGE = new Set([10, 11, 14, 26]); // SQLITE_IOERR, CORRUPT, CANTOPEN, NOTADB

function describe(error: unknown): { code: string; message: string } {
  const { errcode, message } = error as { errcode?: number; message: string };
  const primary = (errcode ?? 0) & 0xff;
  if (primary === SQLITE_FULL) return { code: 'DISK_FULL', message };
  if (DAMAGE.has(primary) || database === null)
    return { code: 'STORAGE_FAILED', message: `${file} cannot be used: ${message}` };
  return { code: 'SQL', message };
}

parentPort!.on('message', (request: StoreRequest) => {
  answer(request).then(
    (result) => parentPort!.postMessage({ id: request.id, ok: true, result } satisfies StoreReply),
    (error: unknown) => parentPort!.postMessage({ id: request.id, ok: false, ...describe(error) } satisfies StoreReply),
  );
});
