// The few things the journal asks of a disk, so that tests can tear writes, fill it up and cut the power.

import {
  close,
  closeSync,
  fdatasync,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  openSync,
  readFileSync,
  readdirSync,
  truncateSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

export interface AppendFile {
  /** Writes all bytes at the end, or throws with the file's length as it was. */
  append(bytes: Buffer): void;
  /** Resolves when everything appended before the call is on the disk. */
  sync(): Promise<void>;
  close(): Promise<void>;
}

export interface Disk {
  list(): readonly string[];
  read(name: string): Buffer;
  openAppend(name: string): AppendFile;
  truncate(name: string, bytes: number): void;
  remove(name: string): void;
  /** Returns when the file is on the disk itself: a killed hub may have left it in the system's cache. */
  sync(name: string): void;
}

const fdatasyncAsync = promisify(fdatasync);
const closeAsync = promisify(close);

/** A real folder, which must exist. */
export function folderDisk(folder: string): Disk {
  return {
    list: () => readdirSync(folder).toSorted(),
    read: (name) => readFileSync(join(folder, name)),
    openAppend: (name) => {
      const file = openAppend(join(folder, name));
      syncFolder(folder);
      return file;
    },
    truncate: (name, bytes) => truncateSync(join(folder, name), bytes),
    remove: (name) => unlinkSync(join(folder, name)),
    sync: (name) => syncFile(join(folder, name)),
  };
}

function syncFile(path: string): void {
  const file = openSync(path, 'r+');
  try {
    fdatasyncSync(file);
  } finally {
    closeSync(file);
  }
}

function openAppend(path: string): AppendFile {
  const file = openSync(path, 'a');
  let length = fstatSync(file).size;
  return {
    append: (bytes) => {
      let written = 0;
      try {
        while (written < bytes.length) written += writeSync(file, bytes, written);
      } catch (error) {
        ftruncateSync(file, length);
        throw error;
      }
      length += bytes.length;
    },
    sync: () => fdatasyncAsync(file),
    close: () => closeAsync(file),
  };
}

/** A new file's name is durable only once its folder is synced too. */
function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
