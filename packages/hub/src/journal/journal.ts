// The ordered journal: appended before anything takes effect, synced in groups beside the main loop.

import { HubError, InternalError, invariant, type Origin } from '@lintel/model';
import type { Scheduler } from '../clock.ts';
import { JOURNAL_RECORD_BYTES_MAX, JOURNAL_SEGMENT_BYTES_MAX } from '../limits.ts';
import type { AppendFile, Disk } from './disk.ts';
import { findRecord } from './find.ts';
import { FIRST_CHAIN, frame, segmentHeader } from './frames.ts';
import { encodeRecord, type Input, type JournalRecord } from './records.ts';
import { findEnd, readFrom, segmentName, type Gap, type Segment } from './segments.ts';
import { createSyncer, type Syncer } from './syncer.ts';

export interface Appended {
  readonly input: Input;
  readonly origin: Origin;
  readonly cause: number;
}

export interface Journal {
  /** The number of the newest record, 0 while there is none. */
  readonly last: number;
  /** The time of the newest record, milliseconds since 1970; 0 while there is none. */
  readonly lastAt: number;
  /** The number of the oldest record that is still kept. */
  readonly first: number;
  /** What was lost when the journal was opened, in words; empty when nothing was. */
  readonly losses: readonly string[];
  /** Numbers and writes the inputs; they survive `kill -9` when this returns. Throws DISK_FULL or STORAGE_FAILED with nothing written. */
  append(inputs: readonly Appended[]): readonly JournalRecord[];
  /** Resolves when the record is on the disk itself. Without `urgent` it may wait to share a sync with others. */
  synced(sequence: number, urgent: boolean): Promise<void>;
  /** Records from `sequence` on, oldest first; `onGap` is told of those that damage took. */
  read(sequence: number, onGap?: (gap: Gap) => void): Iterable<JournalRecord>;
  /** One record by its number; null when it is not kept any more. */
  find(sequence: number): JournalRecord | null;
  /** Deletes whole segments of records older than `sequence`, the oldest first, while more than `keepBytes` remain. */
  forget(sequence: number, keepBytes: number): void;
  /** Goes on at a later number, after records were lost. */
  skipTo(sequence: number): void;
  close(): Promise<void>;
}

export interface JournalOptions {
  readonly disk: Disk;
  readonly scheduler: Scheduler;
  readonly segmentBytes?: number;
}

export function openJournal({ disk, scheduler, segmentBytes = JOURNAL_SEGMENT_BYTES_MAX }: JournalOptions): Journal {
  const found = findEnd(disk);
  const segments: Segment[] = [...found.segments];
  let chain = found.chain;
  let last = found.last;
  let lastAt = found.lastAt;
  let file: AppendFile | null = null;
  let bytes = 0;
  const syncer: Syncer = createSyncer(scheduler, found.last);

  /** Inputs are numbered and stamped before they are written; a failed write takes the numbers back. */
  const stamp = ({ input, origin, cause }: Appended, index: number): JournalRecord => ({
    ...input,
    sequence: last + 1 + index,
    at: backTo(input) ?? Math.max(scheduler.now(), lastAt),
    origin,
    cause,
  });

  const openSegment = (): void => {
    const name = segmentName(last + 1);
    const header = segmentHeader(chain);
    const opened = newSegment(disk, name, header);
    if (file !== null) syncer.retire(file);
    file = opened;
    bytes = header.length;
    segments.push({ name, first: last + 1, bytes: 0 });
    syncer.use(opened);
  };

  return {
    get last() {
      return last;
    },
    get lastAt() {
      return lastAt;
    },
    get first() {
      return segments[0]?.first ?? last + 1;
    },
    losses: found.losses,
    append: (inputs) => {
      const records = inputs.map(stamp);
      try {
        if (file === null || bytes >= segmentBytes) openSegment();
        const framed = frameAll(chain, records);
        file!.append(framed.bytes);
        chain = framed.chain;
        bytes += framed.bytes.length;
      } catch (error) {
        throw storageError(error);
      }
      segments.at(-1)!.bytes = bytes;
      last += records.length;
      lastAt = records.at(-1)?.at ?? lastAt;
      syncer.wrote(last, records.length);
      return records;
    },
    synced: (sequence, urgent) => syncer.synced(sequence, urgent),
    read: (sequence, onGap) => readFrom(disk, segments, sequence, onGap),
    find: (sequence) => findRecord(disk, segments, sequence),
    forget: (sequence, keepBytes) => forget(disk, segments, sequence, keepBytes),
    skipTo: (sequence) => {
      invariant(sequence > last && file === null, 'a journal skips only forward and before its first write');
      last = sequence - 1;
      chain = FIRST_CHAIN;
    },
    close: async () => {
      await syncer.close();
      await file?.close();
    },
  };
}

const backTo = (input: Input): number | undefined => (input.kind === 'clock' ? input.body.backTo : undefined);

function frameAll(chain: Buffer, records: readonly JournalRecord[]): { bytes: Buffer; chain: Buffer } {
  const frames: Buffer[] = [];
  let current = chain;
  for (const record of records) {
    const payload = encodeRecord(record);
    if (payload.length > JOURNAL_RECORD_BYTES_MAX)
      throw new HubError('TOO_LARGE', `a ${record.kind} of ${payload.length} bytes is too large`);
    const next = frame(current, payload);
    frames.push(next.bytes);
    current = next.chain;
  }
  return { bytes: frames.length === 1 ? frames[0]! : Buffer.concat(frames), chain: current };
}

function forget(disk: Disk, segments: Segment[], sequence: number, keepBytes: number): void {
  let total = segments.reduce((sum, each) => sum + each.bytes, 0);
  while (segments.length > 1 && segments[1]!.first <= sequence && total > keepBytes) {
    const gone = segments.shift()!;
    total -= gone.bytes;
    disk.remove(gone.name);
  }
}

function storageError(error: unknown): Error {
  if (error instanceof HubError || error instanceof InternalError) return error;
  const { code, message } = error as { code?: string; message: string };
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new HubError('DISK_FULL', 'The disk is full: free some space for the hub.');
  return new HubError('STORAGE_FAILED', `the journal cannot be written: ${message}`);
}

/** One that the disk does not take is not left behind empty: it would look like one that lost its records. */
function newSegment(disk: Disk, name: string, header: Buffer): AppendFile {
  const opened = disk.openAppend(name);
  try {
    opened.append(header);
    return opened;
  } catch (error) {
    opened.close().catch(() => undefined);
    disk.remove(name);
    throw error;
  }
}
