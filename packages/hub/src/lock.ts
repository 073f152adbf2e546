// One hub a data folder. The lock is the operating system's, held through SQLite, so that a killed hub leaves none behind.

import { DatabaseSync } from 'node:sqlite';
import { join } from 'node:path';
import { HubError } from '@lintel/model';

/** @throws HubError STORAGE_FAILED when another hub has the folder */
export function lockFolder(folder: string): () => void {
  const database = new DatabaseSync(join(folder, 'lock.db'));
  try {
    database.exec('PRAGMA busy_timeout = 0; BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    throw new HubError('STORAGE_FAILED', `the data folder ${folder} is in use by another hub`, { cause: error });
  }
  return () => database.close();
}
