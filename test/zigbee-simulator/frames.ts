// The serial framing of Texas Instruments' network processor: start byte, length, two command bytes, data, checksum.

export const FRAME_TYPE = { request: 1, notification: 2, response: 3 } as const;
export type FrameType = (typeof FRAME_TYPE)[keyof typeof FRAME_TYPE];

export const SUBSYSTEM = { sys: 1, af: 4, zdo: 5, util: 7, appConfig: 15 } as const;

const START = 0xfe;
const OVERHEAD_BYTES = 5;

export interface SerialFrame {
  readonly type: number;
  readonly subsystem: number;
  readonly command: number;
  readonly data: Buffer;
}

const checksum = (bytes: Uint8Array): number => bytes.reduce((sum, byte) => sum ^ byte, 0);

export function encodeFrame(type: FrameType, subsystem: number, command: number, data: Uint8Array): Buffer {
  const frame = Buffer.alloc(data.length + OVERHEAD_BYTES);
  frame.set([START, data.length, (type << 5) | subsystem, command]);
  frame.set(data, 4);
  frame[frame.length - 1] = checksum(frame.subarray(1, -1));
  return frame;
}

/** Cuts a stream of bytes into frames; bytes that start no frame, and frames with a wrong checksum, are skipped. */
export class FrameParser {
  #pending = Buffer.alloc(0);

  push(chunk: Uint8Array): SerialFrame[] {
    this.#pending = Buffer.concat([this.#pending, chunk]);
    const frames: SerialFrame[] = [];
    for (let frame = this.#next(); frame !== null; frame = this.#next()) frames.push(frame);
    return frames;
  }

  #next(): SerialFrame | null {
    for (;;) {
      const start = this.#pending.indexOf(START);
      if (start === -1) {
        this.#pending = Buffer.alloc(0);
        return null;
      }
      this.#pending = this.#pending.subarray(start);
      const length = (this.#pending[1] ?? 255) + OVERHEAD_BYTES;
      if (this.#pending.length < length) return null;
      const frame = this.#pending.subarray(0, length);
      const intact = checksum(frame.subarray(1, -1)) === frame[length - 1];
      this.#pending = this.#pending.subarray(intact ? length : 1);
      if (intact) return decode(frame);
    }
  }
}

function decode(frame: Buffer): SerialFrame {
  const head = frame[2]!;
  return { type: head >> 5, subsystem: head & 0x1f, command: frame[3]!, data: Buffer.from(frame.subarray(4, -1)) };
}
