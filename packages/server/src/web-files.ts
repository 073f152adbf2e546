// The built web, read into memory at the start: a path from outside is only ever looked up, never turned into a file name.

import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { readdir, readFile } from 'node:fs/promises';
import { extname, join, relative, sep } from 'node:path';
import { HubError } from '@lintel/model';
import { bestEncoding, compressBest, type Bytes, type Encoding } from './encoding.ts';
import { DOCUMENT_HEADERS } from './headers.ts';
import { problemOf } from './problems.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.svg': 'image/svg+xml',
  '.txt': 'text/plain; charset=utf-8',
  '.wasm': 'application/wasm',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.webp': 'image/webp',
  '.woff2': 'font/woff2',
};
const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.json', '.webmanifest', '.svg', '.txt', '.wasm', '.ico']);
/** Names in here carry a hash of their contents, so that they never change. */
const HASHED = '/assets/';
const FOREVER = 'public, max-age=31536000, immutable';
const SMALL_BYTES = 512;

interface WebFile {
  readonly bytes: Bytes;
  readonly type: string;
  readonly tag: string;
  readonly cache: string;
  readonly compressible: boolean;
  readonly compressed: Map<Encoding, Promise<Bytes>>;
}

export interface WebFiles {
  /** Answers a path that no route has: a file, or the page that makes its own sense of the address. */
  respond(request: IncomingMessage, path: string): Promise<Response>;
  /** Compresses ahead of the first request. */
  warm(): Promise<void>;
}

/** Reads all files of the folder; an empty or missing one is told to whoever asks for a page. */
export async function loadWebFiles(folder: string): Promise<WebFiles> {
  const files = new Map<string, WebFile>();
  for (const file of await listFiles(folder)) {
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    files.set(path, makeFile(path, new Uint8Array(await readFile(file))));
  }
  return {
    respond: async (request, path) => respond(files, request, path),
    warm: async () => {
      for (const file of files.values()) if (file.compressible) await compressed(file, 'br');
    },
  };
}

async function listFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile() && TYPES[extname(entry.name)] !== undefined);
  return files.map((entry) => join(entry.parentPath, entry.name));
}

function makeFile(path: string, bytes: Bytes): WebFile {
  const kind = extname(path);
  return {
    bytes,
    type: TYPES[kind]!,
    tag: createHash('sha256').update(bytes).digest('base64url').slice(0, 22),
    cache: path.startsWith(HASHED) ? FOREVER : 'no-cache',
    compressible: COMPRESSIBLE.has(kind) && bytes.length > SMALL_BYTES,
    compressed: new Map(),
  };
}

async function respond(files: ReadonlyMap<string, WebFile>, request: IncomingMessage, path: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(new HubError('METHOD_NOT_ALLOWED', 'This address takes GET.'), { allow: 'GET, HEAD' });
  const file = files.get(path) ?? (path.startsWith(HASHED) ? undefined : files.get('/index.html'));
  if (file !== undefined) return serve(file, request);
  return files.size === 0
    ? refuse(new HubError('NOT_READY', 'The web pages are not built. Run "npm run build" and start the hub again.'))
    : refuse(new HubError('NOT_FOUND', 'There is nothing at this address.'));
}

function refuse(error: HubError, more: Record<string, string> = {}): Response {
  const { status, headers, body } = problemOf(error);
  const all = { ...DOCUMENT_HEADERS, 'cache-control': 'no-store', ...headers, ...more };
  return new Response(JSON.stringify(body), { status, headers: all });
}

async function serve(file: WebFile, request: IncomingMessage): Promise<Response> {
  const encoding = file.compressible ? bestEncoding(request.headers['accept-encoding']) : null;
  const tag = `"${file.tag}${encoding === null ? '' : `-${encoding}`}"`;
  const headers: Record<string, string> = { ...DOCUMENT_HEADERS, 'cache-control': file.cache, etag: tag };
  if (file.compressible) headers['vary'] = 'accept-encoding';
  if (hasTag(request.headers['if-none-match'], tag)) return new Response(null, { status: 304, headers });
  const body = encoding === null ? file.bytes : await compressed(file, encoding);
  headers['content-type'] = file.type;
  headers['content-length'] = String(body.length);
  if (encoding !== null) headers['content-encoding'] = encoding;
  return new Response(body, { status: 200, headers });
}

const hasTag = (header: string | undefined, tag: string): boolean =>
  (header ?? '').split(',').some((each) => each.trim().replace(/^W\//, '') === tag);

function compressed(file: WebFile, encoding: Encoding): Promise<Bytes> {
  const known = file.compressed.get(encoding);
  if (known !== undefined) return known;
  const bytes = compressBest(file.bytes, encoding);
  file.compressed.set(encoding, bytes);
  return bytes;
}
