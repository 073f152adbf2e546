// Finds one record by its number without reading the others: records count without a gap from the number in a segment's name.

import { HubError } from '@lintel/model';
import type { Disk } from './disk.ts';
import { FRAME_HEADER_BYTES, SEGMENT_HEADER_BYTES, isWhole } from './frames.ts';
import { decodeRecord, type JournalRecord } from './records.ts';
import { readSegment, type Segment } from './segments.ts';

/**
 * The record, or null when it is not kept any more.
 * @throws HubError STORAGE_FAILED where it is damaged
 */
export function findRecord(disk: Disk, segments: readonly Segment[], sequence: number): JournalRecord | null {
  const segment = segments.findLast(({ first }) => first <= sequence);
  if (segment === undefined) return null;
  const bytes = disk.read(segment.name);
  let at = SEGMENT_HEADER_BYTES;
  for (let number = segment.first; at + FRAME_HEADER_BYTES <= bytes.length; number += 1) {
    const end = at + FRAME_HEADER_BYTES + bytes.readUInt32LE(at);
    if (number === sequence && end <= bytes.length)
      return wholeRecord(bytes, at, end, sequence) ?? amongAll(disk, segment, sequence);
    at = end;
  }
  return amongAll(disk, segment, sequence);
}

/** Where a length is damaged, counting leads astray, and each record is looked at. */
function amongAll(disk: Disk, segment: Segment, sequence: number): JournalRecord | null {
  const { records, damage } = readSegment(disk, segment);
  const found = records.find((record) => record.sequence === sequence);
  if (found !== undefined) return found;
  if (damage === null) return null;
  throw new HubError('STORAGE_FAILED', `the journal is damaged: ${segment.name}: record ${sequence}; restore a backup`);
}

/** A damaged length leads somewhere else, so the number in the record counts too. */
function wholeRecord(bytes: Buffer, at: number, end: number, sequence: number): JournalRecord | null {
  const record = isWhole(bytes, at, end) ? decodeRecord(bytes.subarray(at + FRAME_HEADER_BYTES, end)) : null;
  return record?.sequence === sequence ? record : null;
}
