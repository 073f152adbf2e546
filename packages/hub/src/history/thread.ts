// The thread that owns the history's database. Sealing a day costs the loop of the home nothing.

import { join } from 'node:path';
import { parentPort, workerData } from 'node:worker_threads';
import { Archive } from './archive.ts';
import { HISTORY_FILE, type HistoryReply, type HistoryRequest } from './messages.ts';
import { openHistoryDatabase } from './schema.ts';

const file = join((workerData as { folder: string }).folder, HISTORY_FILE);
let archive: Archive | null = null;
let openingFailed: unknown = null;

try {
  archive = new Archive(openHistoryDatabase(file));
} catch (error) {
  openingFailed = error;
}

function answer(request: HistoryRequest): unknown {
  if (archive === null) throw openingFailed;
  switch (request.kind) {
    case 'append':
      return archive.append(request.entries, request.applied);
    case 'applied':
      return archive.applied;
    case 'rewind':
      return archive.rewind(request.applied);
    case 'samples':
      return archive.samples(request.series, request.from, request.to);
    case 'points':
      return archive.points(request.series, request.from, request.to, request.most);
    case 'inputs':
      return archive.inputs(request.from, request.to);
    case 'retain':
      return archive.retain(request.series, request.days);
    case 'close':
      return archive.close();
  }
}

const SQLITE_FULL = 13;

function describe(error: unknown): { code: string; message: string } {
  const { errcode, message } = error as { errcode?: number; message: string };
  if (((errcode ?? 0) & 0xff) === SQLITE_FULL) return { code: 'DISK_FULL', message };
  return { code: 'STORAGE_FAILED', message: `the history in ${file} cannot be used: ${message}` };
}

parentPort!.on('message', (request: HistoryRequest & { id: number }) => {
  const { id } = request;
  try {
    parentPort!.postMessage({ id, ok: true, result: answer(request) } satisfies HistoryReply);
  } catch (error) {
    parentPort!.postMessage({ id, ok: false, ...describe(error) } satisfies HistoryReply);
  }
});
