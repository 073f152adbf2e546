// The built web: types, caching, compression, addresses of the page's own, and nothing from outside the folder.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { openHouse } from './harness.ts';

const PAGE = `<!doctype html><title>Lintel</title>${' '.repeat(600)}`;
const SCRIPT = `console.log(${JSON.stringify('a'.repeat(2_000))});`;

const folder = mkdtempSync(join(tmpdir(), 'lintel-web-'));
mkdirSync(join(folder, 'dist/assets'), { recursive: true });
writeFileSync(join(folder, 'secret.txt'), 'outside');
writeFileSync(join(folder, 'dist/index.html'), PAGE);
writeFileSync(join(folder, 'dist/assets/main-abc123.js'), SCRIPT);
writeFileSync(join(folder, 'dist/assets/core-abc123.wasm'), Buffer.from([0, 0x61, 0x73, 0x6d]));
writeFileSync(join(folder, 'dist/assets/main-abc123.js.map'), '{}');
const house = await openHouse({ webFolder: join(folder, 'dist') });
test.after(async () => {
  await house.close();
  rmSync(folder, { recursive: true });
});

/** As {@link House.ask}, with the bytes as they came. */
function bytesOf(
  path: string,
  headers: Record<string, string>,
): Promise<{ bytes: Buffer; encoding: string | undefined }> {
  const { port } = house.server.address;
  return new Promise((resolve, reject) => {
    const asked = request({ host: '127.0.0.1', port, path, headers, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('end', () =>
        resolve({ bytes: Buffer.concat(chunks), encoding: response.headers['content-encoding'] }),
      );
    });
    asked.on('error', reject).end();
  });
}

test('an unclaimed hub serves the page, and every address the page may have', async () => {
  for (const path of ['/', '/index.html', '/setup', '/devices/matter:1.2', '/automations/new', '/no/such/place']) {
    const { status, text, headers } = await house.ask('GET', path);
    assert.equal([status, text, headers['content-type']], [200, PAGE, 'text/html; charset=utf-8'], path);
    assert.is(headers['cache-control'], 'no-cache');
  }
});

test('documents say what they may do', async () => {
  const { headers } = await house.ask('GET', '/');
  const policy = String(headers['content-security-policy']).split('; ');
  for (const directive of [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "worker-src 'self'",
    "connect-src 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
  ])
    assert.ok(policy.includes(directive), directive);
  for (const name of ['base-uri', 'form-action', 'trusted-types'])
    assert.ok(
      policy.some((each) => each.startsWith(`${name} `)),
      name,
    );
  assert.not.match(policy.join(), 'unsafe-inline');
  assert.is(headers['x-content-type-options'], 'nosniff');
  assert.is(headers['referrer-policy'], 'no-referrer');
  assert.is(headers['cross-origin-opener-policy'], 'same-origin');
});

test('hashed files are kept for ever, and a missing one is no page', async () => {
  const script = await house.ask('GET', '/assets/main-abc123.js');
  assert.equal([script.text, script.headers['content-type']], [SCRIPT, 'text/javascript; charset=utf-8']);
  assert.match(script.headers['cache-control']!, /immutable/);
  assert.is((await house.ask('GET', '/assets/core-abc123.wasm')).headers['content-type'], 'application/wasm');
  assert.is((await house.ask('GET', '/assets/main-old.js')).status, 404);
  assert.is((await house.ask('GET', '/assets/main-abc123.js.map')).status, 404);
});

test('files are compressed as the browser takes them', async () => {
  const best = await bytesOf('/assets/main-abc123.js', { 'accept-encoding': 'gzip, deflate, br' });
  assert.equal([best.encoding, brotliDecompressSync(best.bytes).toString()], ['br', SCRIPT]);
  const old = await bytesOf('/assets/main-abc123.js', { 'accept-encoding': 'gzip, br;q=0' });
  assert.equal([old.encoding, gunzipSync(old.bytes).toString()], ['gzip', SCRIPT]);
  const none = await bytesOf('/assets/main-abc123.js', {});
  assert.equal([none.encoding, none.bytes.toString()], [undefined, SCRIPT]);
});

test('what the browser has is not sent again', async () => {
  const first = await house.ask('GET', '/');
  const again = await house.ask('GET', '/', { headers: { 'if-none-match': `"other", ${first.headers.etag}` } });
  assert.equal([again.status, again.text], [304, '']);
  const head = await house.ask('HEAD', '/');
  assert.equal([head.status, head.text], [200, '']);
});

for (const path of [
  '/../secret.txt',
  '/..%2fsecret.txt',
  '/%2e%2e/secret.txt',
  '/assets/..%2f..%2fsecret.txt',
  '/assets/%2e%2e%2f%2e%2e%2fsecret.txt',
  '/..\\secret.txt',
  '//secret.txt',
  '/%00',
  '/%',
]) {
  test(`${path} leads nowhere`, async () => {
    const { text, status } = await house.ask('GET', path);
    assert.not.match(text, 'outside');
    assert.ok(status === 200 || status === 404 || status === 400, String(status));
  });
}

test('pages are only read', async () => {
  const posted = await house.ask('POST', '/', { body: {} });
  assert.equal([posted.status, posted.headers.allow], [405, 'GET, HEAD']);
});

test('without a built web the API answers, and a page says what to do', async () => {
  const bare = await openHouse();
  assert.is((await bare.ask('GET', '/api/health')).status, 200);
  const page = await bare.ask('GET', '/');
  assert.equal([page.status, page.json.code], [503, 'NOT_READY']);
  assert.match(page.json.detail, 'npm run build');
  await bare.close();
});

test.run();
