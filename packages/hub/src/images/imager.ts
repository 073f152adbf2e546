// Writes an image now and then, and lets go of the journal that no image needs any more.

import type { History } from '../history/history.ts';
import type { Kernel } from '../kernel.ts';
import { IMAGE_INTERVAL_MS, IMAGE_RECORDS_MAX, JOURNAL_KEPT_BYTES_MAX } from '../limits.ts';
import type { Projector } from '../registry/projector.ts';
import { captureImage } from './capture.ts';
import { writeImage } from './image.ts';

const CHECK_MS = 10_000;

export interface Imager {
  /** Writes an image of now. */
  write(): Promise<void>;
  close(): void;
}

export interface ImagerOptions {
  readonly kernel: Kernel;
  readonly projector: Projector;
  readonly history: History;
  readonly folder: string;
  /** The journal number of the image that the hub started from. */
  readonly from: number;
  readonly onTrouble: (error: unknown) => void;
}

export function createImager({ kernel, projector, history, folder, from, onTrouble }: ImagerOptions): Imager {
  const { journal, machine, scheduler } = kernel;
  let writtenAt = scheduler.now();
  let written = from;
  let running: Promise<void> | null = null;

  /** An image says that SQLite and the journal are at least as far; both are brought there first. */
  const writeOnce = async (): Promise<void> => {
    const image = captureImage(machine, journal.last, scheduler.now());
    await journal.synced(image.tail.sequence, true);
    await projector.flush();
    await history.flush();
    const oldest = await writeImage(folder, image);
    written = image.tail.sequence;
    writtenAt = scheduler.now();
    journal.forget(Math.min(oldest, history.applied), JOURNAL_KEPT_BYTES_MAX);
  };

  const write = (): Promise<void> => (running ??= writeOnce().finally(() => (running = null)));

  const check = (): void => {
    const records = journal.last - written;
    const late = scheduler.now() - writtenAt >= IMAGE_INTERVAL_MS;
    if (records >= IMAGE_RECORDS_MAX || (records > 0 && late)) write().catch(onTrouble);
    cancel = scheduler.after(CHECK_MS, check);
  };
  // Much was replayed at this start: the next one is spared it, also where the hub is killed again soon.
  let cancel = scheduler.after(journal.last - from >= IMAGE_RECORDS_MAX ? 0 : CHECK_MS, check);

  return { write, close: () => cancel() };
}
