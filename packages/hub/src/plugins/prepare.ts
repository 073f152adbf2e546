// Run as a process of its own: strips the types of a plugin's sources once, so that no plugin's process has to. Writes a folder
// with a module that is to be preloaded, which hands Node the stripped source of each file it names. Every source lies in a
// file of its own, read when it is wanted: a process holds it once, as what it compiles.
//
//   node prepare.ts OUT FILE…

import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOOK = `import { readFileSync } from 'node:fs';
import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, nextLoad) {
    const prepared = PREPARED[url];
    if (prepared === undefined) return nextLoad(url, context);
    try {
      const source = readFileSync(new URL(prepared[0], import.meta.url), prepared[1]);
      return { format: 'module', source, shortCircuit: true };
    } catch {
      return nextLoad(url, context);
    }
  },
});
`;

/**
 * A text with a character beyond Latin-1 takes twice the memory. Such a character either stands where a type was, or can be
 * escaped; only a tagged template would see the difference.
 */
function slim(stripped: string, original: string): string {
  if (stripped.length !== original.length || /[\w$)\]]`/.test(original)) return stripped;
  return stripped.replaceAll(/[^\0-\u00FF]/g, (each, at: number) =>
    original[at] === each ? `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}` : ' ',
  );
}

const isLatin = (text: string): boolean => !/[^\0-\u00FF]/.test(text);

/** Writes one stripped source; answers its name and how to read it. */
function prepare(file: string, number: number, folder: string): [name: string, encoding: BufferEncoding] {
  const original = readFileSync(file, 'utf8');
  const source = slim(stripTypeScriptTypes(original), original);
  const encoding = isLatin(source) ? 'latin1' : 'utf8';
  writeFileSync(join(folder, `${number}.js`), source, encoding);
  return [`${number}.js`, encoding];
}

const [out = '', ...files] = process.argv.slice(2);
const next = `${out}.${process.pid}`;
mkdirSync(next, { recursive: true });
const prepared = files.map((file, number) => [pathToFileURL(file).href, prepare(file, number, next)]);
writeFileSync(join(next, 'preload.mjs'), `const PREPARED = ${JSON.stringify(Object.fromEntries(prepared))};\n${HOOK}`);
rmSync(out, { recursive: true, force: true });
renameSync(next, out);
