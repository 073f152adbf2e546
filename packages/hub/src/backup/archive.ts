// A backup is one file: gzip over a line that says what it is, and for each file a line with its path and size, its bytes, and
// their check sum. A last line counts them, so that a cut-off backup is known for one.

import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, open, readdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { HubError } from '@lintel/model';
import { ByteReader } from './byte-reader.ts';

const FORMAT = 1;
const HASH_BYTES = 32;
/** Plain names under one another: nothing that leads out of the folder. */
const PATH = /^(?!\.{1,2}(\/|$))[^/\\\0]+(\/(?!\.{1,2}(\/|$))[^/\\\0]+)*$/;

export interface BackupHead {
  readonly version: string;
  /** ISO 8601 UTC. */
  readonly at: string;
}

const line = (value: unknown): Buffer => Buffer.from(`${JSON.stringify(value)}\n`);

/** Writes the files below `folder` as a backup, whole when it resolves. */
export async function pack(folder: string, file: string, { version, at }: BackupHead): Promise<void> {
  const paths = await filesBelow(folder);
  const content = Readable.from(chunks(folder, paths, { lintel: FORMAT, version, at }));
  await pipeline(content, createGzip(), createWriteStream(file, { mode: 0o600, flush: true }));
}

async function filesBelow(folder: string): Promise<string[]> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = found.filter((each) => each.isFile());
  return files.map((each) => join(each.parentPath, each.name).slice(folder.length + 1)).toSorted();
}

async function* chunks(folder: string, paths: readonly string[], head: object): AsyncGenerator<Buffer> {
  yield line(head);
  for (const path of paths) {
    const { size } = await stat(join(folder, path));
    yield line({ path, size });
    const sum = createHash('sha256');
    for await (const chunk of createReadStream(join(folder, path)) as AsyncIterable<Buffer>) {
      sum.update(chunk);
      yield chunk;
    }
    yield sum.digest();
  }
  yield line({ files: paths.length });
}

/**
 * Unpacks a backup below `folder`, which is made; every check sum is held against it.
 * @throws HubError BAD_BACKUP that says what is wrong with the file
 */
export async function unpack(file: string, folder: string): Promise<BackupHead> {
  const source = createReadStream(file);
  const bytes = new ByteReader(
    source.pipe(createGunzip()).on('error', () => undefined),
    source,
  );
  try {
    return await read(bytes, folder);
  } catch (error) {
    if (error instanceof HubError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === 'ENOSPC' || code === 'EACCES' || code === 'EROFS') throw error;
    throw bad(code === 'ENOENT' ? `there is no ${file}` : `${file} cannot be read: ${message}`);
  } finally {
    source.destroy();
  }
}

async function read(bytes: ByteReader, folder: string): Promise<BackupHead> {
  const head = await bytes.json();
  if (head['lintel'] !== FORMAT) throw bad('it is no backup that this Lintel can read');
  for (let files = 0; ; files += 1) {
    const entry = await bytes.json();
    if (entry['path'] === undefined) {
      if (entry['files'] !== files) throw bad('files are missing from it');
      return { version: String(head['version']), at: String(head['at']) };
    }
    const { path, size } = entry;
    if (typeof path !== 'string' || !PATH.test(path) || !Number.isSafeInteger(size))
      throw bad('it names a file that cannot be');
    await extract(bytes, join(folder, path), Number(size), path);
  }
}

async function extract(bytes: ByteReader, target: string, size: number, path: string): Promise<void> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  const out = await open(target, 'w', 0o600);
  const sum = createHash('sha256');
  try {
    for await (const chunk of bytes.take(size)) {
      sum.update(chunk);
      await out.write(chunk);
    }
    await out.datasync();
  } finally {
    await out.close();
  }
  const expected = await bytes.exactly(HASH_BYTES);
  if (!sum.digest().equals(expected)) throw bad(`${path} in it is damaged`);
}

const bad = (why: string): HubError => new HubError('BAD_BACKUP', `this backup cannot be used: ${why}`);
