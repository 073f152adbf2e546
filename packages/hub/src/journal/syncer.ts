// Group commit: one fdatasync at a time, shared by all records written before it began.

import { HubError } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import { JOURNAL_SYNC_DELAY_MS, JOURNAL_SYNC_RECORDS_MAX } from '../limits.ts';
import type { AppendFile } from './disk.ts';
import { createWaitingList } from './waiting-list.ts';

export interface Syncer {
  use(file: AppendFile): void;
  /** The file will get no more records; it is synced and closed before anything newer counts as synced. */
  retire(file: AppendFile): void;
  wrote(last: number, count: number): void;
  synced(sequence: number, urgent: boolean): Promise<void>;
  close(): Promise<void>;
}

/** @param from everything up to this number is on the disk already */
export function createSyncer(scheduler: Scheduler, from: number): Syncer {
  const waiting = createWaitingList(from);
  let current: AppendFile | null = null;
  let retired: AppendFile[] = [];
  let written = from;
  let unsyncedRecords = 0;
  let running: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;

  const syncOnce = async (): Promise<void> => {
    const target = written;
    const old = retired;
    retired = [];
    unsyncedRecords = 0;
    for (const file of old) {
      await file.sync();
      await file.close();
    }
    await current?.sync();
    waiting.reached(target);
  };

  const fail = (error: Error): void =>
    waiting.fail(new HubError('STORAGE_FAILED', `the journal cannot be synced: ${error.message}`));

  const begin = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (running !== null || waiting.failure !== null) return;
    running = syncOnce().catch(fail).then(goOn);
  };

  const goOn = (): void => {
    running = null;
    if (waiting.length > 0) begin();
    else if (written > waiting.done) beginSoon();
  };

  const beginSoon = (): void => {
    if (running !== null || waiting.failure !== null) return;
    cancelTimer ??= scheduler.after(JOURNAL_SYNC_DELAY_MS, begin);
  };

  return {
    use: (file) => {
      current = file;
    },
    retire: (file) => void retired.push(file),
    wrote: (last, count) => {
      written = last;
      unsyncedRecords += count;
      if (unsyncedRecords >= JOURNAL_SYNC_RECORDS_MAX) begin();
      else beginSoon();
    },
    synced: (sequence, urgent) => {
      const promise = waiting.wait(sequence);
      if (urgent && sequence > waiting.done) begin();
      return promise;
    },
    close: async () => {
      while (waiting.failure === null && (running !== null || written > waiting.done)) {
        begin();
        await running;
      }
      cancelTimer?.();
    },
  };
}
