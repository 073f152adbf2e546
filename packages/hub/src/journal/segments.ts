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

/** Reads one segment's records; a damaged one throws unless its tail may be torn. */
export function readSegment(
  disk: Disk,
  segment: Segment,
): { records: JournalRecord[]; chain: Buffer; goodBytes: number; damage: string | null } {
  const scan = scanSegment(disk.read(segment.name));
  return {
    records: scan.payloads.map(decodeRecord),
    chain: scan.chain,
    goodBytes: scan.goodBytes,
    damage: scan.damage,
  };
}

/**
 * Finds the end of the journal, cutting off what a crash left half written there.
 * @throws HubError STORAGE_FAILED when records are missing or damaged anywhere but at the end
 */
export function findEnd(disk: Disk): Found {
  const segments = listSegments(disk);
  const losses: string[] = [];
  for (const segment of segments) segment.bytes = disk.read(segment.name).length;
  for (let newest = segments.at(-1); newest !== undefined; newest = segments.at(-1)) {
    const { records, chain, goodBytes, damage } = readSegment(disk, newest);
    if (damage !== null) losses.push(`${newest.name}: ${damage}, ${newest.bytes - goodBytes} bytes cut off`);
    if (records.length === 0) {
      disk.remove(newest.name);
      segments.pop();
      continue;
    }
    if (damage !== null) disk.truncate(newest.name, goodBytes);
    disk.sync(newest.name);
    newest.bytes = goodBytes;
    const end = records.at(-1)!;
    return { segments, chain, last: end.sequence, lastAt: end.at, losses };
  }
  return { segments: [], chain: FIRST_CHAIN, last: 0, lastAt: 0, losses };
}

/** Records from `sequence` on, oldest first; throws STORAGE_FAILED where one is missing or damaged. */
export function* readFrom(disk: Disk, segments: readonly Segment[], sequence: number): Generator<JournalRecord> {
  const start = Math.max(
    0,
    segments.findLastIndex((segment) => segment.first <= sequence),
  );
  let expected = segments[start]?.first ?? sequence;
  for (const segment of segments.slice(start)) {
    const { records, damage } = readSegment(disk, segment);
    for (const record of records) {
      if (record.sequence !== expected) throw damaged(segment, `record ${expected} is missing`);
      expected++;
      if (record.sequence >= sequence) yield record;
    }
    if (damage !== null && segment !== segments.at(-1)) throw damaged(segment, damage);
  }
}

function damaged(segment: Segment, what: string): HubError {
  return new HubError('STORAGE_FAILED', `the journal is damaged: ${segment.name}: ${what}; restore a backup`);
}
