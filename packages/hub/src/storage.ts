// Opens everything a hub keeps on its disk, and brings the home back from it.

import { existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { HubError } from '@lintel/model';
import { openHistory, type History } from './history/history.ts';
import type { HomeClock } from './home-clock.ts';
import { listImages } from './images/image.ts';
import { folderDisk } from './journal/disk.ts';
import { openJournal, type Journal } from './journal/journal.ts';
import type { Edit } from './journal/records.ts';
import { lockFolder } from './lock.ts';
import { recover } from './recovery.ts';
import { createProjector, readApplied, readDocuments, type Projector } from './registry/projector.ts';
import type { Machine } from './state/machine.ts';
import { DATABASE_FILE } from './store/messages.ts';
import { openStore, type Store } from './store/store.ts';
import { hasKey, KEY_FILE, openVault, type Vault } from './vault/vault.ts';

export interface Storage {
  readonly folders: Folders;
  readonly scheduler: HomeClock;
  readonly vault: Vault;
  readonly store: Store;
  readonly journal: Journal;
  readonly projector: Projector;
  readonly history: History;
  readonly machine: Machine;
  /** The journal number of the image that the machine was built from, 0 for none. */
  readonly imageSequence: number;
  /** What SQLite knows better than a journal whose end was lost. */
  readonly amends: readonly Edit[];
  /** What could not be brought back, in words. */
  readonly losses: readonly string[];
  close(): Promise<void>;
}

interface Folders {
  readonly data: string;
  readonly journal: string;
  readonly images: string;
  readonly plugins: string;
  /** Images that people put there, for plugins to hand on to devices. */
  readonly firmware: string;
}

export interface StorageOptions {
  readonly data: string;
  readonly scheduler: HomeClock;
  /** For the rules' random numbers, where no image remembers it. */
  readonly seed: number;
  readonly onTrouble: (error: unknown) => void;
}

/** @throws HubError STORAGE_FAILED when the folder cannot be used, is in use, or is damaged beyond what the journal can mend */
export async function openStorage({ data, scheduler, seed, onTrouble }: StorageOptions): Promise<Storage> {
  const folders = prepareFolders(data);
  const unlock = lockFolder(data);
  if (hasKey(data) && !existsSync(join(data, DATABASE_FILE))) throw damaged(data, DATABASE_FILE, 'is missing');
  const store = await openStore(data);
  const journal = openJournal({ disk: folderDisk(folders.journal), scheduler });
  scheduler.reached(journal.lastAt);
  const vault = await openVaultFor(data, store, journal);
  const applied = await readApplied(store);
  const synced = (sequence: number): Promise<void> => journal.synced(sequence, true);
  const projector = createProjector({ store, scheduler, applied, synced, onTrouble });
  const history = await openHistory({ folder: data, scheduler, synced, onTrouble });
  const recovered = await recover({
    journal,
    imageFolder: folders.images,
    documents: await readDocuments(store),
    applied,
    now: scheduler.now(),
    seed,
    replayed: ({ sequence, at, origin }, { edits, events }, activity) => {
      projector.take({ sequence, at, origin, edits, activity });
      history.take({ sequence, at, events });
    },
  });
  scheduler.reached(recovered.reachedAt);
  await history.rewindTo(journal.last);
  const close = async (): Promise<void> => {
    await projector.close();
    await history.close();
    await journal.close();
    await store.close();
    unlock();
  };
  const losses = history.failure === null ? recovered.losses : [...recovered.losses, history.failure];
  return { folders, scheduler, vault, store, journal, projector, history, ...recovered, losses, close };
}

function prepareFolders(data: string): Folders {
  const folders = {
    data,
    journal: join(data, 'journal'),
    images: join(data, 'images'),
    plugins: join(data, 'plugins'),
    firmware: join(data, 'firmware'),
  };
  try {
    for (const folder of Object.values(folders)) makeFolder(folder);
  } catch (error) {
    throw new HubError('STORAGE_FAILED', `the data folder ${data} cannot be written: ${(error as Error).message}`);
  }
  return folders;
}

/** Node's own way of making parents too never ends where the system says that a parent is missing which is there, as /proc does. */
function makeFolder(folder: string): void {
  const parent = dirname(folder);
  if (parent !== folder && !existsSync(parent)) makeFolder(parent);
  const isThere = statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isThere) mkdirSync(folder, { mode: 0o700 });
}

const damaged = (data: string, file: string, how: string): HubError =>
  new HubError('STORAGE_FAILED', `${join(data, file)} ${how}: restore it from a backup`);

const MARK = 'vault';

/** The database holds a mark sealed under the key: the two belong together, and neither may be replaced by an empty one. */
async function openVaultFor(data: string, store: Store, journal: Journal): Promise<Vault> {
  const [row] = await store.all('SELECT value FROM settings WHERE key = ?', [MARK]);
  if (row === undefined) return sealNew(data, store, journal);
  if (!hasKey(data)) throw damaged(data, KEY_FILE, 'is missing');
  const vault = openVault(data);
  try {
    vault.open(Buffer.from(String(row['value']), 'base64'), MARK);
  } catch {
    throw damaged(data, KEY_FILE, 'is not the key of this home');
  }
  return vault;
}

async function sealNew(data: string, store: Store, journal: Journal): Promise<Vault> {
  const images = await listImages(join(data, 'images'));
  if (journal.last > 0 || images.length > 0) throw damaged(data, DATABASE_FILE, "is empty beside the home's journal");
  const vault = openVault(data);
  const mark = Buffer.from(vault.seal(MARK, MARK)).toString('base64');
  await store.transaction([{ sql: 'INSERT INTO settings (key, value) VALUES (?, ?)', parameters: [MARK, mark] }]);
  return vault;
}
