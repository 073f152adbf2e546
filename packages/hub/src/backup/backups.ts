// Backups of a running home: made in its data folder, tried at once, listed, and brought back.

import { existsSync } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { HubError } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import { BACKUPS_KEPT } from '../limits.ts';
import { PARTIAL, removePartials } from '../partial.ts';
import { pack, unpack } from './archive.ts';
import { collect } from './collect.ts';
import { rehearse, type Rehearsal } from './rehearse.ts';

export interface BackupView {
  /** Also the file's name, without its ending. */
  readonly id: string;
  readonly at: string;
  readonly bytes: number;
}

export interface Backups {
  /** Newest first. */
  list(): Promise<readonly BackupView[]>;
  /** Resolves when the backup was made, and brought a home back. */
  make(): Promise<BackupView>;
  /** Where a backup lies. @throws HubError NOT_FOUND */
  path(id: string): string;
  /** As {@link make}, at a place of one's own. */
  write(file: string): Promise<void>;
}

interface Options {
  readonly data: string;
  readonly version: string;
  readonly scheduler: Scheduler;
  /** Brings what is on the disk up to now. */
  readonly settle: () => Promise<void>;
}

const ENDING = '.lintel-backup';
const ID = /^\d{8}T\d{9}Z$/;

export function createBackups({ data, version, scheduler, settle }: Options): Backups {
  const folder = join(data, 'backups');
  const fileOf = (id: string): string => join(folder, id + ENDING);
  let last: Promise<unknown> = Promise.resolve();
  const oneByOne = <T>(work: () => Promise<T>): Promise<T> => {
    const mine = last.then(work, work);
    last = mine.catch(() => undefined);
    return mine;
  };
  const list = async (): Promise<readonly BackupView[]> => {
    const names = existsSync(folder) ? await readdir(folder) : [];
    const ids = names.filter((name) => name.endsWith(ENDING)).map((name) => name.slice(0, -ENDING.length));
    return Promise.all(
      ids
        .filter((id) => ID.test(id))
        .toSorted()
        .toReversed()
        .map(view),
    );
  };
  const view = async (id: string): Promise<BackupView> => ({
    id,
    at: timeOf(id),
    bytes: (await stat(fileOf(id))).size,
  });
  const write = (file: string): Promise<void> =>
    oneByOne(async () => {
      await settle();
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await removePartials(folder);
      const at = new Date(scheduler.now()).toISOString();
      await writeBackup(data, file, { version, at, scratch: join(folder, 'scratch'), scheduler });
    });
  return {
    list,
    write,
    make: async () => {
      const id = new Date(scheduler.now()).toISOString().replaceAll(/[-:.]/g, '');
      await write(fileOf(id));
      const old = (await list()).slice(BACKUPS_KEPT);
      for (const each of old) await rm(fileOf(each.id), { force: true });
      return view(id);
    },
    path: (id) => {
      if (!ID.test(id) || !existsSync(fileOf(id))) throw new HubError('NOT_FOUND', 'There is no such backup.');
      return fileOf(id);
    },
  };
}

/** `20261122T020137123Z` as the time it says. */
const timeOf = (id: string): string =>
  id.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)(\d{3})Z$/, '$1-$2-$3T$4:$5:$6.$7Z');

interface Writing {
  readonly version: string;
  readonly at: string;
  /** A folder to work in, on the same disk; it is emptied. */
  readonly scratch: string;
  readonly scheduler: Scheduler;
}

/** Copies, packs, and tries the backup before it is called one. */
export async function writeBackup(data: string, file: string, writing: Writing): Promise<void> {
  const { scratch, scheduler } = writing;
  const partial = `${file}${PARTIAL}`;
  try {
    await rm(scratch, { recursive: true, force: true });
    await collect(data, join(scratch, 'copy'));
    await pack(join(scratch, 'copy'), partial, writing);
    await tryBackup(partial, join(scratch, 'tried'), scheduler);
    await rename(partial, file);
  } finally {
    await rm(partial, { force: true });
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Unpacks a backup into `folder`, which is emptied before, and brings its home back once.
 * @throws HubError BAD_BACKUP or STORAGE_FAILED that say what is wrong
 */
export async function tryBackup(file: string, folder: string, scheduler: Scheduler): Promise<Rehearsal> {
  await rm(folder, { recursive: true, force: true });
  await unpack(file, folder);
  return rehearse(folder, scheduler);
}
