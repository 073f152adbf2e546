// Asks the history's thread, and turns its troubles into the errors of the hub.

import { Worker } from 'node:worker_threads';
import { HubError } from '@lintel/model';
import type { HistoryReply, HistoryRequest } from './messages.ts';

interface Waiting {
  readonly resolve: (result: unknown) => void;
  readonly reject: (error: Error) => void;
}

export interface HistoryThread {
  /** @throws HubError DISK_FULL, or STORAGE_FAILED that names the file */
  ask<T>(request: HistoryRequest): Promise<T>;
  end(): Promise<void>;
}

export function createThread(folder: string): HistoryThread {
  const worker = new Worker(new URL('./thread.ts', import.meta.url), { workerData: { folder } });
  const waiting = new Map<number, Waiting>();
  let next = 1;
  let ended: Error | null = null;
  const failAll = (error: Error): void => {
    ended ??= error;
    for (const { reject } of waiting.values()) reject(ended);
    waiting.clear();
  };
  worker.on('message', (reply: HistoryReply) => {
    const one = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (reply.ok) one?.resolve(reply.result);
    else one?.reject(asError(reply.code, reply.message));
  });
  worker.on('error', (error) => failAll(new HubError('STORAGE_FAILED', `the history has failed: ${error.message}`)));
  worker.on('exit', () => failAll(new HubError('STORAGE_FAILED', 'the history is closed')));
  return {
    ask: <T>(request: HistoryRequest) =>
      new Promise<T>((resolve, reject) => {
        if (ended !== null) return reject(ended);
        const id = next++;
        waiting.set(id, { resolve: resolve as (result: unknown) => void, reject });
        worker.postMessage({ ...request, id });
      }),
    end: async () => void (await worker.terminate()),
  };
}

const asError = (code: string, message: string): HubError =>
  code === 'DISK_FULL'
    ? new HubError('DISK_FULL', 'The disk is full: free some space for the hub.')
    : new HubError('STORAGE_FAILED', message);
