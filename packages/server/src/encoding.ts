// Content encodings: which a client takes, and how bytes are packed, well for files that are kept and quickly for answers.

import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export type Encoding = 'br' | 'gzip';
export type Bytes = Uint8Array<ArrayBuffer>;

const brotli = promisify(brotliCompress);
const zip = promisify(gzip);
const QUICK = 4;

/** @param accepted the request's `accept-encoding` */
export function bestEncoding(accepted: string | undefined): Encoding | null {
  const names = (accepted ?? '').split(',').map((each) => each.trim().toLowerCase());
  const takes = (name: string): boolean =>
    names.some((each) => each === name || (each.startsWith(`${name};`) && !/;\s*q=0(\.0*)?$/.test(each)));
  return takes('br') ? 'br' : takes('gzip') ? 'gzip' : null;
}

/** From here on the last percent would cost seconds. */
const LARGE_BYTES = 256 * 1024;

export const compressBest = (bytes: Uint8Array, encoding: Encoding): Promise<Bytes> =>
  compress(bytes, encoding, bytes.length > LARGE_BYTES ? 9 : constants.BROTLI_MAX_QUALITY, 9);

export const compressNow = (bytes: Uint8Array, encoding: Encoding): Promise<Bytes> =>
  compress(bytes, encoding, QUICK, QUICK);

async function compress(bytes: Uint8Array, encoding: Encoding, quality: number, level: number): Promise<Bytes> {
  const params = { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length, [constants.BROTLI_PARAM_QUALITY]: quality };
  return new Uint8Array(await (encoding === 'br' ? brotli(bytes, { params }) : zip(bytes, { level })));
}
