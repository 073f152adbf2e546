// What lies in the journal's folder: segments named by their first record. Only the newest may have a torn tail.

import { HubError } from '@lintel/model';
import type { Disk } from './disk.ts';
import { FIRST_CHAIN, scanSegment } from './frames.ts';
import { decodeRecord, type JournalRecord } from './records.ts';

const NAME = /^(\d{16})\.journal$/;

export interface Segment {
  readonly name: string;
  readonly first: number;
  bytes: number;
}

export interface Found {
  readonly segments: readonly Segment[];
  readonly chain: Buffer;
  readonly last: number;
  readonly lastAt: number;
  readonly losses: readonly string[];
}

export const segmentName = (first: number): string => `${String(first).padStart(16, '0')}.journal`;

export function listSegments(disk: Disk): Segment[] {
  const names = disk.list().filter((name) => NAME.test(name));
  return names.map((name) => ({ name, first: Number(NAME.exec(name)![1]), bytes: 0 }));
}

interface SegmentRecords {
  readonly records: readonly JournalRecord[];
  readonly chain: Buffer;
  readonly goodBytes: number;
  readonly damage: string | null;
}

/** Reads one segment's whole records, each once. */
export function readSegment(disk: Disk, segment: Segment): SegmentRecords {
  const { payloads, ...scan } = scanSegment(disk.read(segment.name));
  let last = segment.first - 1;
  const records = payloads.map(decodeRecord).filter(({ sequence }) => sequence > last && (last = sequence) > 0);
  return { records, ...scan };
}

/** Numbers of records that were lost. */
export interface Gap {
  readonly first: number;
  readonly last: number;
  /** What is wrong, in words. */
  readonly text: string;
}

function gapIn({ name }: Segment, damage: string, first: number, last: number): Gap {
  const what = first === last ? `record ${first} is lost` : `records ${first} to ${last} are lost`;
  return { first, last, text: `the journal is damaged: ${name}: ${damage}; ${what}` };
}

/** What is missing between the records of a segment. */
function gapsOf(segment: Segment, { records, damage }: SegmentRecords): Gap[] {
  let expected = segment.first;
  return records.flatMap(({ sequence }) => {
    const first = expected;
    expected = sequence + 1;
    return sequence === first ? [] : [gapIn(segment, damage ?? 'a record is missing', first, sequence - 1)];
  });
}

/** Finds the end of the journal, cutting off what a crash left half written there. Whole records behind damage are kept. */
export function findEnd(disk: Disk): Found {
  const segments = listSegments(disk);
  const losses: string[] = [];
  for (const segment of segments) segment.bytes = disk.read(segment.name).length;
  for (let newest = segments.at(-1); newest !== undefined; newest = segments.at(-1)) {
    const found = readSegment(disk, newest);
    const { records, chain, goodBytes, damage } = found;
    const gaps = gapsOf(newest, found);
    const torn = newest.bytes - goodBytes;
    losses.push(...gaps.map(({ text }) => text));
    if (damage !== null && (torn > 0 || gaps.length === 0))
      losses.push(`${newest.name}: ${damage}, ${torn} bytes cut off`);
    if (records.length === 0) {
      disk.remove(newest.name);
      segments.pop();
      continue;
    }
    if (torn > 0) disk.truncate(newest.name, goodBytes);
    disk.sync(newest.name);
    newest.bytes = goodBytes;
    const end = records.at(-1)!;
    return { segments, chain, last: end.sequence, lastAt: end.at, losses };
  }
  return { segments: [], chain: FIRST_CHAIN, last: 0, lastAt: 0, losses };
}

/**
 * Records from `sequence` on, oldest first; `onGap` is told of those that damage took. Throws STORAGE_FAILED where records are
 * missing without a trace.
 */
export function* readFrom(
  disk: Disk,
  segments: readonly Segment[],
  sequence: number,
  onGap: (gap: Gap) => void = () => {},
): Generator<JournalRecord> {
  const start = Math.max(
    0,
    segments.findLastIndex((segment) => segment.first <= sequence),
  );
  let expected = segments[start]?.first ?? sequence;
  let wasDamaged: string | null = null;
  for (const segment of segments.slice(start)) {
    const { records, damage } = readSegment(disk, segment);
    for (const record of records) {
      if (record.sequence !== expected) {
        const why = damage ?? wasDamaged;
        if (why === null) throw damaged(segment, `record ${expected} is missing`);
        if (record.sequence > sequence) onGap(gapIn(segment, why, Math.max(expected, sequence), record.sequence - 1));
      }
      expected = record.sequence + 1;
      if (record.sequence >= sequence) yield record;
    }
    wasDamaged = damage;
  }
}

function damaged(segment: Segment, what: string): HubError {
  return new HubError('STORAGE_FAILED', `the journal is damaged: ${segment.name}: ${what}; restore a backup`);
}
