// Finds one record by its number without reading the others: records count without a gap from the number in a segment's name.

import type { Disk } from './disk.ts';
import { FRAME_HEADER_BYTES, SEGMENT_HEADER_BYTES } from './frames.ts';
import { decodeRecord, type JournalRecord } from './records.ts';
import type { Segment } from './segments.ts';

/** The record, or null when it is not kept any more. */
export function findRecord(disk: Disk, segments: readonly Segment[], sequence: number): JournalRecord | null {
  const segment = segments.findLast(({ first }) => first <= sequence);
  if (segment === undefined) return null;
  const bytes = disk.read(segment.name);
  let at = SEGMENT_HEADER_BYTES;
  for (let number = segment.first; at + FRAME_HEADER_BYTES <= bytes.length; number += 1) {
    const start = at + FRAME_HEADER_BYTES;
    const end = start + bytes.readUInt32LE(at);
    if (number === sequence) return end > bytes.length ? null : decodeRecord(bytes.subarray(start, end));
    at = end;
  }
  return null;
}
