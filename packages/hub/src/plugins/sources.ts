// Which files a plugin is made of, and whether they have changed.

import { createHash } from 'node:crypto';
import { globSync, statSync } from 'node:fs';
import { join } from 'node:path';

const LEFT_OUT = new Set(['node_modules', 'test', 'dist', '.git']);

/** The source files in a plugin's folder, without what it only needs for its own tests. */
export function sourcesOf(folder: string, kinds: 'ts' | '{ts,js,mjs,json}'): string[] {
  return globSync(`**/*.${kinds}`, { cwd: folder, exclude: (name) => LEFT_OUT.has(name) })
    .filter((file) => !file.endsWith('.d.ts'))
    .toSorted()
    .map((file) => join(folder, file));
}

/** Changes whenever one of the files does, or Node. */
export function stampOf(files: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
