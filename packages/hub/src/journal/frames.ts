// Frames of a journal segment. Each carries its length, a CRC-32 against torn writes and the first half of a SHA-256 over the
// frame before and itself, so that a missing, doubled or altered frame is seen.
//
//   segment = magic(8) chain(16) frame*          frame = length(4, LE) crc(4, LE, of chain and payload) chain(16) payload

import { hash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { JOURNAL_RECORD_BYTES_MAX } from '../limits.ts';

export const MAGIC = Buffer.from('LNTLJRN1');
export const CHAIN_BYTES = 16;
export const SEGMENT_HEADER_BYTES = MAGIC.length + CHAIN_BYTES;
export const FRAME_HEADER_BYTES = 8 + CHAIN_BYTES;
export const FIRST_CHAIN = Buffer.alloc(CHAIN_BYTES);

function chainAfter(chain: Buffer, payload: Buffer): Buffer {
  return hash('sha256', Buffer.concat([chain, payload]), 'buffer').subarray(0, CHAIN_BYTES);
}

export function segmentHeader(chain: Buffer): Buffer {
  return Buffer.concat([MAGIC, chain]);
}

/** The frame of one payload, and the chain value that the next frame goes on from. */
export function frame(chain: Buffer, payload: Buffer): { bytes: Buffer; chain: Buffer } {
  const next = chainAfter(chain, payload);
  const bytes = Buffer.allocUnsafe(FRAME_HEADER_BYTES + payload.length);
  bytes.writeUInt32LE(payload.length, 0);
  next.copy(bytes, 8);
  payload.copy(bytes, FRAME_HEADER_BYTES);
  bytes.writeUInt32LE(crc32(bytes.subarray(8)), 4);
  return { bytes, chain: next };
}

export interface Scan {
  readonly payloads: readonly Buffer[];
  /** Bytes up to the end of the last good frame; 0 when the header itself is torn. */
  readonly goodBytes: number;
  /** Chain value after the last good frame. */
  readonly chain: Buffer;
  /** Why reading stopped before the end, or null when every byte was good. */
  readonly damage: string | null;
}

/** Reads a segment up to its first bad frame. */
export function scanSegment(bytes: Buffer): Scan {
  if (bytes.length < SEGMENT_HEADER_BYTES)
    return { payloads: [], goodBytes: 0, chain: FIRST_CHAIN, damage: 'torn header' };
  if (!bytes.subarray(0, MAGIC.length).equals(MAGIC)) {
    return { payloads: [], goodBytes: 0, chain: FIRST_CHAIN, damage: 'not a journal segment' };
  }
  let chain: Buffer = Buffer.from(bytes.subarray(MAGIC.length, SEGMENT_HEADER_BYTES));
  let at = SEGMENT_HEADER_BYTES;
  const payloads: Buffer[] = [];
  while (at < bytes.length) {
    const payload = readFrame(bytes, at, chain);
    if (typeof payload === 'string') return { payloads, goodBytes: at, chain, damage: `${payload} at byte ${at}` };
    chain = chainAfter(chain, payload);
    payloads.push(payload);
    at += FRAME_HEADER_BYTES + payload.length;
  }
  return { payloads, goodBytes: at, chain, damage: null };
}

/** Whether the check sum of the frame from `at` to `end` is right. */
export function isWhole(bytes: Buffer, at: number, end: number): boolean {
  return crc32(bytes.subarray(at + 8, end)) === bytes.readUInt32LE(at + 4);
}

function readFrame(bytes: Buffer, at: number, chain: Buffer): Buffer | string {
  if (at + FRAME_HEADER_BYTES > bytes.length) return 'torn frame header';
  const length = bytes.readUInt32LE(at);
  if (length > JOURNAL_RECORD_BYTES_MAX) return 'impossible frame length';
  const end = at + FRAME_HEADER_BYTES + length;
  if (end > bytes.length) return 'torn frame';
  if (!isWhole(bytes, at, end)) return 'wrong check sum';
  const payload = bytes.subarray(at + FRAME_HEADER_BYTES, end);
  const claimed = bytes.subarray(at + 8, at + FRAME_HEADER_BYTES);
  return chainAfter(chain, payload).equals(claimed) ? payload : 'broken chain';
}
