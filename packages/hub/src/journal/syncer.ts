// Group commit: one fdatasync at a time, shared by all records written before it began.

import type { Scheduler } from '../clock.ts';
import { HubError } from '@lintel/model';
import { JOURNAL_SYNC_DELAY_MS, JOURNAL_SYNC_RECORDS_MAX } from '../limits.ts';
import type { AppendFile } from './disk.ts';

interface Waiter {
  readonly sequence: number;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

export interface Syncer {
  use(file: AppendFile): void;
  /** The file will get no more records; it is synced and closed before anything newer counts as synced. */
  retire(file: AppendFile): void;
  wrote(last: number, count: number): void;
  synced(sequence: number, urgent: boolean): Promise<void>;
  close(): Promise<void>;
}

export function createSyncer(scheduler: Scheduler): Syncer {
  let current: AppendFile | null = null;
  let retired: AppendFile[] = [];
  let written = 0;
  let done = 0;
  let unsyncedRecords = 0;
  let running: Promise<void> | null = null;
  let cancelTimer: (() => void) | null = null;
  let waiters: Waiter[] = [];
  /** After a failed fdatasync the kernel may have dropped the pages: nothing later can be promised. */
  let broken: HubError | null = null;

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
    done = target;
  };

  const settle = (): void => {
    const ready = waiters.filter((each) => broken !== null || each.sequence <= done);
    waiters = waiters.filter((each) => broken === null && each.sequence > done);
    for (const each of ready) {
      if (broken === null) each.resolve();
      else each.reject(broken);
    }
  };

  const fail = (error: Error): void => {
    broken = new HubError('STORAGE_FAILED', `the journal cannot be synced: ${error.message}`);
    settle();
  };

  const begin = (): void => {
    cancelTimer?.();
    cancelTimer = null;
    if (running !== null || broken !== null) return;
    running = syncOnce()
      .then(settle, fail)
      .then(() => {
        running = null;
        if (waiters.length > 0) begin();
        else if (written > done) beginSoon();
      });
  };

  const beginSoon = (): void => {
    if (running === null && broken === null && cancelTimer === null)
      cancelTimer = scheduler.after(JOURNAL_SYNC_DELAY_MS, begin);
  };

  return {
    use: (file) => (current = file),
    retire: (file) => retired.push(file),
    wrote: (last, count) => {
      written = last;
      unsyncedRecords += count;
      if (unsyncedRecords >= JOURNAL_SYNC_RECORDS_MAX) begin();
      else beginSoon();
    },
    synced: (sequence, urgent) => {
      if (broken !== null) return Promise.reject(broken);
      if (sequence <= done) return Promise.resolve();
      const promise = new Promise<void>((resolve, reject) => waiters.push({ sequence, resolve, reject }));
      if (urgent) begin();
      return promise;
    },
    close: async () => {
      while (broken === null && (running !== null || written > done)) {
        begin();
        await running;
      }
      cancelTimer?.();
    },
  };
}
