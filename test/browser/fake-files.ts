// The fake hub's web files, under the policy that the real hub sends with every document.

import { readFileSync, statSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';

const DIST = join(import.meta.dirname, '../../web/dist');

/** What the hub sends with every document; the web must live with it. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "require-trusted-types-for 'script'",
  'trusted-types lit-html lintel',
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** Hashed assets may be kept for ever; unknown addresses are the page itself. */
export function serveFile(path: string, outgoing: ServerResponse): void {
  const wanted = join(DIST, normalize(path));
  const isFile = path !== '/' && statSync(wanted, { throwIfNoEntry: false })?.isFile() === true;
  const file = isFile ? wanted : join(DIST, 'index.html');
  const isDocument = extname(file) === '.html';
  outgoing.writeHead(200, {
    'content-type': TYPES[extname(file)] ?? 'application/octet-stream',
    'content-encoding': 'br',
    'x-content-type-options': 'nosniff',
    'cache-control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...(isDocument && { 'content-security-policy': CONTENT_SECURITY_POLICY, 'referrer-policy': 'no-referrer' }),
  });
  outgoing.end(compressed(file));
}

const kept = new Map<string, Buffer>();

/** Compresses each file once; a build has new names for new contents, and index.html is small. */
function compressed(file: string): Buffer {
  const known = file.endsWith('.html') ? undefined : kept.get(file);
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const bytes = known ?? brotliCompressSync(readFileSync(file), file.endsWith('.wasm') ? quality : {});
  kept.set(file, bytes);
  return bytes;
}
