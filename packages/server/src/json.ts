// Reads bodies: bounded in size and depth, strictly UTF-8 and JSON, and without anything that no field may hold.

import type { IncomingMessage } from 'node:http';
import { HubError } from '@lintel/model';
import { JSON_DEPTH_MAX } from './limits.ts';

const utf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * The JSON body of a request of at most `limit` bytes, or undefined when it has none.
 * @throws HubError NOT_JSON, TOO_LARGE, BAD_JSON, and BAD_VALUE with a pointer
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  const { headers } = request;
  const announced = headers['content-length'];
  const empty = headers['transfer-encoding'] === undefined && (announced === undefined || Number(announced) === 0);
  const type = headers['content-type'];
  if ((type !== undefined || !empty) && !isJson(type))
    throw new HubError('NOT_JSON', 'Send JSON, with the header content-type: application/json.');
  if ((headers['content-encoding'] ?? 'identity') !== 'identity')
    throw new HubError('NOT_JSON', 'Send the body without a content-encoding.');
  if (empty) return undefined;
  if (Number(announced) > limit) throw tooLarge(limit);
  const bytes = await readBytes(request, limit);
  return bytes.length === 0 ? undefined : parseJson(decode(bytes));
}

function isJson(type: string | undefined): boolean {
  return /^application\/json\s*(;\s*charset="?utf-8"?\s*)?;?$/i.test((type ?? '').trim());
}

function readBytes(request: IncomingMessage, limit: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (error: HubError): void => {
      request.off('data', take);
      reject(error);
    };
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size > limit) fail(tooLarge(limit));
      else chunks.push(chunk);
    };
    const brokenOff = (): void => fail(new HubError('BAD_REQUEST', 'The request broke off before its end.'));
    if (request.destroyed) return brokenOff();
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('error', brokenOff);
    request.once('close', brokenOff);
  });
}

const tooLarge = (limit: number): HubError => new HubError('TOO_LARGE', `A body has at most ${limit} bytes here.`);

function decode(bytes: Uint8Array): string {
  try {
    return utf8.decode(bytes);
  } catch {
    throw new HubError('BAD_JSON', 'The body is not valid UTF-8.');
  }
}

/**
 * Parses text from outside.
 * @throws HubError BAD_JSON where it is no JSON or too deep, BAD_VALUE with a pointer where a value cannot be kept
 */
export function parseJson(text: string): unknown {
  refuseDepth(text);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new HubError('BAD_JSON', `The body is not valid JSON: ${(error as Error).message.slice(0, 120)}`);
  }
  refuseUnkeepable(value, '');
  return value;
}

/** Counts brackets before parsing, so that depth costs no stack. */
function refuseDepth(text: string): void {
  let depth = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (quoted) {
      if (code === 0x5c) at += 1;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) depth += 1;
    else if (code === 0x7d || code === 0x5d) depth -= 1;
    if (depth > JSON_DEPTH_MAX)
      throw new HubError('BAD_JSON', `JSON may be nested ${JSON_DEPTH_MAX} levels deep at most.`);
  }
}

/** Infinite numbers (`1e999`), halves of characters, and the key that would reach for a prototype. */
function refuseUnkeepable(value: unknown, pointer: string): void {
  if (typeof value === 'number' && !Number.isFinite(value)) throw badValue('This number is too large.', pointer);
  if (typeof value === 'string' && !value.isWellFormed()) throw badValue('This text is not valid Unicode.', pointer);
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) return value.forEach((each, index) => refuseUnkeepable(each, `${pointer}/${index}`));
  for (const [key, each] of Object.entries(value)) {
    if (key === '__proto__' || !key.isWellFormed())
      throw new HubError('UNKNOWN_FIELD', 'There is no such field.', {
        pointer: `${pointer}/${escapePointer(key.toWellFormed())}`,
      });
    refuseUnkeepable(each, `${pointer}/${escapePointer(key)}`);
  }
}

const badValue = (detail: string, pointer: string): HubError => new HubError('BAD_VALUE', detail, { pointer });

/** One step of a JSON pointer (RFC 6901). */
export const escapePointer = (step: string): string => step.replaceAll('~', '~0').replaceAll('/', '~1');
