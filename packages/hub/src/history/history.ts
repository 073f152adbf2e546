// Every input of the home's core, kept for charts and for trying rules on the past. It runs behind the journal and after a crash
// catches up from it, since it stores the number it has applied with what it applied. A history that cannot be written never
// holds up the home.

import type { Scheduler } from '../clock.ts';
import { createThread, type HistoryThread } from './client.ts';
import { HISTORY_BATCH_ENTRIES_MAX, HISTORY_WAITING_RECORDS_MAX } from './limits.ts';
import type { Found, FoundPoints, InputsPage } from './messages.ts';
import { inOrder } from './order.ts';
import { entriesOf, type Entry, type Inputs, type Series } from './samples.ts';

const FLUSH_MS = 500;
const RETRY_MS = 5_000;
/** Inputs are read a day at a time, so that a year fits. */
const PAGE_MS = 86_400_000;

export interface History {
  /** Why nothing is kept until the next start, in words; null while all is well. */
  readonly failure: string | null;
  /** The number of the newest record whose inputs are kept for good; everything when history is broken. */
  readonly applied: number;
  take(inputs: Inputs): void;
  /** Resolves once everything taken so far is kept, or cannot be. */
  flush(): Promise<void>;
  /** Samples of a series with `from` ≤ at < `to`, and the last before. @throws HubError STORAGE_FAILED, DISK_FULL */
  samples(series: Series, from: number, to: number): Promise<Found>;
  /** The same as at most so many points of a chart. @throws HubError STORAGE_FAILED, DISK_FULL */
  points(series: Series, from: number, to: number, most: number): Promise<FoundPoints>;
  /** What the core was given from one instant to another, in journal order. Times are milliseconds since 1970. */
  inputs(from: number, to: number): AsyncGenerator<Inputs>;
  /** Keeps the series that have these fields for so many days, instead of the default. */
  retain(series: Partial<Series>, days: number): Promise<void>;
  /** Said once recovery knows how far the journal reaches: what lies beyond was lost and will be numbered anew. */
  rewindTo(last: number): Promise<void>;
  close(): Promise<void>;
}

export interface HistoryOptions {
  /** The data folder. */
  readonly folder: string;
  readonly scheduler: Scheduler;
  /** History never runs ahead of the journal that is on the disk. */
  readonly synced: (sequence: number) => Promise<void>;
  readonly onTrouble: (error: unknown) => void;
}

export async function openHistory(options: HistoryOptions): Promise<History> {
  const thread = createThread(options.folder);
  try {
    return new Keeper(options, thread, await thread.ask<number>({ kind: 'applied' }), null);
  } catch (error) {
    return new Keeper(options, thread, null, (error as Error).message);
  }
}

class Keeper implements History {
  readonly #options: HistoryOptions;
  readonly #thread: HistoryThread;
  readonly failure: string | null;
  /** Null when the database cannot be used: nothing is kept until the next start. */
  #applied: number | null;
  #taken: number;
  #queue: Inputs[] = [];
  #running: Promise<void> | null = null;
  #cancel: (() => void) | null = null;
  #failed = false;

  constructor(options: HistoryOptions, thread: HistoryThread, applied: number | null, failure: string | null) {
    this.#options = options;
    this.#thread = thread;
    this.failure = failure;
    this.#applied = applied;
    this.#taken = applied ?? 0;
  }

  get applied(): number {
    if (this.#applied === null) return Number.MAX_SAFE_INTEGER;
    return this.#queue.length === 0 && this.#running === null ? Math.max(this.#taken, this.#applied) : this.#applied;
  }

  take(inputs: Inputs): void {
    if (this.#applied === null || inputs.sequence <= this.#applied) return;
    this.#taken = inputs.sequence;
    if (inputs.events.length === 0) return;
    if (this.#queue.length < HISTORY_WAITING_RECORDS_MAX) this.#queue.push(inputs);
    this.#later(FLUSH_MS);
  }

  async flush(): Promise<void> {
    this.#failed = false;
    while (this.#queue.length > 0 && !this.#failed) await this.#write();
  }

  samples(series: Series, from: number, to: number): Promise<Found> {
    return this.flush().then(() => this.#thread.ask<Found>({ kind: 'samples', series, from, to }));
  }

  points(series: Series, from: number, to: number, most: number): Promise<FoundPoints> {
    return this.flush().then(() => this.#thread.ask<FoundPoints>({ kind: 'points', series, from, to, most }));
  }

  async *inputs(from: number, to: number): AsyncGenerator<Inputs> {
    await this.flush();
    for (let start: number | null = from; start !== null && start < to;) {
      const end: number = Math.min(start + PAGE_MS, to);
      const page: InputsPage = await this.#thread.ask({ kind: 'inputs', from: start, to: end });
      yield* inOrder(page.found);
      start = page.next;
    }
  }

  retain(series: Partial<Series>, days: number): Promise<void> {
    return this.#thread.ask({ kind: 'retain', series, days });
  }

  async rewindTo(last: number): Promise<void> {
    if (this.#applied === null || this.#applied <= last) return;
    await this.#thread.ask({ kind: 'rewind', applied: last });
    this.#applied = this.#taken = last;
  }

  async close(): Promise<void> {
    await this.flush();
    this.#cancel?.();
    await this.#thread.ask({ kind: 'close' }).catch(() => undefined);
    await this.#thread.end();
  }

  #later(ms: number): void {
    this.#cancel ??= this.#options.scheduler.after(ms, () => {
      this.#cancel = null;
      void this.#write().then(() => {
        if (this.#queue.length > 0) this.#later(this.#failed ? RETRY_MS : FLUSH_MS);
      });
    });
  }

  /** Never rejects: what cannot be written is told, and tried again later. */
  #write(): Promise<void> {
    this.#running ??= this.#tryBatch().finally(() => (this.#running = null));
    return this.#running;
  }

  async #tryBatch(): Promise<void> {
    try {
      await this.#writeBatch();
      this.#failed = false;
    } catch (error) {
      this.#failed = true;
      this.#options.onTrouble(error);
    }
  }

  async #writeBatch(): Promise<void> {
    const { entries, records } = takeBatch(this.#queue);
    if (records === 0) return;
    const last = this.#queue[records - 1]!.sequence;
    await this.#options.synced(last);
    await this.#thread.ask({ kind: 'append', entries, applied: last });
    this.#queue = this.#queue.slice(records);
    this.#applied = last;
  }
}

/** The first entries of the queue; those of one record stay together. */
function takeBatch(queue: readonly Inputs[]): { entries: Entry[]; records: number } {
  const entries: Entry[] = [];
  let records = 0;
  while (records < queue.length && entries.length < HISTORY_BATCH_ENTRIES_MAX) {
    entries.push(...entriesOf(queue[records]!));
    records += 1;
  }
  return { entries, records };
}
