#!/usr/bin/env node
// The `lintel-plugin` command, for whatever Node runs it. In a clone of Lintel the SDK is TypeScript, which an older Node does
// not take: then Lintel's own Node goes on.

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const HERE = dirname(realpathSync(fileURLToPath(import.meta.url)));
const SOURCE = join(HERE, 'src/dev/main.ts');
const BUILT = join(HERE, 'dist/sdk/src/dev/main.js');
const isSource = existsSync(SOURCE);

/** The Node that came with the clone that this file lies in. */
function findNode() {
  for (let folder = HERE; ; folder = dirname(folder)) {
    const node = join(folder, 'node_modules/node/bin/node');
    if (existsSync(node)) return node;
    if (folder === dirname(folder)) return process.execPath;
  }
}

const takesTypes = Boolean(process.features.typescript);
const node = isSource && !takesTypes ? findNode() : process.execPath;
const args = process.argv.slice(2);
if (node === process.execPath) {
  await import(pathToFileURL(isSource ? SOURCE : BUILT).href);
} else {
  const { status } = spawnSync(node, [SOURCE, ...args], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
