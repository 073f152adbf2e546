// The client of the SQLite thread: plain SQL in, rows out, one transaction for what belongs together.

import { Worker } from 'node:worker_threads';
import { HubError, InternalError } from '@lintel/model';
import type { Row, SqlValue, Statement, StoreReply, StoreRequest } from './messages.ts';

export interface Store {
  /** Rows of one reading statement. */
  all(sql: string, parameters?: readonly SqlValue[]): Promise<readonly Row[]>;
  /** Runs all statements or none; durable when it resolves. Answers the number of changed rows of each. */
  transaction(statements: readonly Statement[]): Promise<readonly number[]>;
  /** Writes a consistent copy of the database to `file`. */
  backup(file: string): Promise<void>;
  close(): Promise<void>;
}

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Opens (and migrates) the database in `folder`.
 * @throws HubError STORAGE_FAILED that names the file when it is damaged or cannot be written
 */
export async function openStore(folder: string): Promise<Store> {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { folder } });
  const waiting = new Map<number, Waiting>();
  let next = 1;
  const ask = <T>(request: WithoutId): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const id = next++;
      waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
      worker.postMessage({ ...request, id });
    });
  worker.on('message', (reply: StoreReply) => settle(waiting, reply));
  worker.on('error', (error) => failAll(waiting, error));
  worker.on('exit', () => failAll(waiting, new InternalError('the store has ended')));
  await ask({ kind: 'all', statement: { sql: 'SELECT 1' } });
  return {
    all: (sql, parameters = []) => ask({ kind: 'all', statement: { sql, parameters } }),
    transaction: (statements) => ask({ kind: 'transaction', statements }),
    backup: (file) => ask({ kind: 'backup', file }),
    close: async () => {
      await ask({ kind: 'close' });
      await worker.terminate();
    },
  };
}

type WithoutId = StoreRequest extends infer Each ? (Each extends StoreRequest ? Omit<Each, 'id'> : never) : never;

function settle(waiting: Map<number, Waiting>, reply: StoreReply): void {
  const one = waiting.get(reply.id);
  waiting.delete(reply.id);
  if (reply.ok) one?.resolve(reply.result);
  else one?.reject(asError(reply.code, reply.message));
}

function failAll(waiting: Map<number, Waiting>, error: Error): void {
  for (const { reject } of waiting.values()) reject(error);
  waiting.clear();
}

/** A full disk and a damaged file are the world's fault; a wrong statement is ours. */
function asError(code: string, message: string): Error {
  if (code === 'DISK_FULL') return new HubError('DISK_FULL', 'The disk is full: free some space for the hub.');
  if (code === 'STORAGE_FAILED') return new HubError('STORAGE_FAILED', message);
  return new InternalError(`store: ${message}`);
}
