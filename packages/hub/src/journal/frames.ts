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
  /** Bytes up to the end of the last whole frame; 0 where there is none and the header itself is torn. */
  readonly goodBytes: number;
  /** Chain value after the last whole frame. */
  readonly chain: Buffer;
  /** What is wrong with the first frame that is not as it was written, or null when every byte is. */
  readonly damage: string | null;
}

/** Reads a segment's whole frames, also those that lie behind a damaged one: each vouches for itself. */
export function scanSegment(bytes: Buffer): Scan {
  if (bytes.length < SEGMENT_HEADER_BYTES)
    return { payloads: [], goodBytes: 0, chain: FIRST_CHAIN, damage: 'torn header' };
  const isSegment = bytes.subarray(0, MAGIC.length).equals(MAGIC);
  let damage = isSegment ? null : 'not a journal segment';
  let chain: Buffer = Buffer.from(bytes.subarray(MAGIC.length, SEGMENT_HEADER_BYTES));
  let goodBytes = isSegment ? SEGMENT_HEADER_BYTES : 0;
  const payloads: Buffer[] = [];
  for (let at = SEGMENT_HEADER_BYTES; at < bytes.length;) {
    const payload = readFrame(bytes, at);
    if (typeof payload === 'string') {
      damage ??= `${payload} at byte ${at}`;
      at = nextWhole(bytes, at + 1);
      continue;
    }
    const claimed = bytes.subarray(at + 8, at + FRAME_HEADER_BYTES);
    if (!chainAfter(chain, payload).equals(claimed)) damage ??= `broken chain at byte ${at}`;
    chain = Buffer.from(claimed);
    payloads.push(payload);
    at += FRAME_HEADER_BYTES + payload.length;
    goodBytes = at;
  }
  return { payloads, goodBytes, chain, damage };
}

/** Where the next whole frame begins; the end where there is none. */
function nextWhole(bytes: Buffer, from: number): number {
  for (let at = from; at + FRAME_HEADER_BYTES < bytes.length; at += 1) {
    if (bytes[at + FRAME_HEADER_BYTES] === PAYLOAD_BEGINS && typeof readFrame(bytes, at) !== 'string') return at;
  }
  return bytes.length;
}

/** Payloads are JSON. */
const PAYLOAD_BEGINS = '{'.charCodeAt(0);

/** Whether the check sum of the frame from `at` to `end` is right. */
export function isWhole(bytes: Buffer, at: number, end: number): boolean {
  return crc32(bytes.subarray(at + 8, end)) === bytes.readUInt32LE(at + 4);
}

function readFrame(bytes: Buffer, at: number): Buffer | string {
  if (at + FRAME_HEADER_BYTES > bytes.length) return 'torn frame header';
  const length = bytes.readUInt32LE(at);
  if (length > JOURNAL_RECORD_BYTES_MAX) return 'impossible frame length';
  const end = at + FRAME_HEADER_BYTES + length;
  if (end > bytes.length) return 'torn frame';
  return isWhole(bytes, at, end) ? bytes.subarray(at + FRAME_HEADER_BYTES, end) : 'wrong check sum';
}
