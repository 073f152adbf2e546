// Serves the repository's own modules to a browser, their types stripped, so that it runs the very files that Node runs.

import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { stripTypeScriptTypes } from 'node:module';
import { join, normalize, sep } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');
const PAGE = `<!doctype html><title>modules</title><link rel="icon" href="data:,"><script type="importmap">
{ "imports": { "@lintel/engine": "/packages/engine/src/index.ts", "@lintel/model": "/packages/model/src/index.ts" } }
</script>`;

export interface ModuleServer {
  readonly url: string;
  close(): Promise<void>;
}

async function answer(path: string): Promise<{ type: string; body: string | Buffer }> {
  if (path === '/') return { type: 'text/html', body: PAGE };
  const file = normalize(join(ROOT, path));
  if (!file.startsWith(ROOT + sep)) throw new Error('outside the repository');
  if (path.endsWith('.wasm')) return { type: 'application/wasm', body: await readFile(file) };
  return { type: 'text/javascript', body: stripTypeScriptTypes(await readFile(file, 'utf8')) };
}

export async function serveModules(): Promise<ModuleServer> {
  const server = createServer((request, response) => {
    answer(new URL(request.url ?? '/', 'http://localhost').pathname).then(
      ({ type, body }) => response.writeHead(200, { 'content-type': type }).end(body),
      () => response.writeHead(404).end(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = (): Promise<void> =>
    new Promise((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    });
  return { url: `http://127.0.0.1:${port}`, close };
}
