// One hub a data folder. The lock is the operating system's, held through SQLite, so that a killed hub leaves none behind.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { HubError } from '@lintel/model';

/** SQLITE_BUSY and SQLITE_LOCKED: another process has the file. */
const TAKEN: readonly unknown[] = [5, 6];

/** @throws HubError STORAGE_FAILED when another hub has the folder, or it cannot be written */
export function lockFolder(folder: string): () => void {
  let database: DatabaseSync | null = null;
  try {
    database = new DatabaseSync(join(folder, 'lock.db'));
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database?.close();
    const { errcode, message } = error as Error & { errcode?: unknown };
    const why = TAKEN.includes(errcode) ? 'is in use by another hub' : `cannot be written: ${message}`;
    throw new HubError('STORAGE_FAILED', `the data folder ${folder} ${why}`, { cause: error });
  }
  return () => database.close();
}
