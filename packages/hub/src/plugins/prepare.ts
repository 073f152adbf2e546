// Run as a process of its own: strips the types of a plugin's sources once, so that no plugin's process has to. Writes a
// module that is to be preloaded, and hands Node the stripped source of each file it names.
//
//   node prepare.ts OUT FILE…

import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { pathToFileURL } from 'node:url';

const HOOK = `import { registerHooks } from 'node:module';

registerHooks({
  load(url, context, nextLoad) {
    const source = SOURCES[url];
    if (source === undefined) return nextLoad(url, context);
    delete SOURCES[url];
    return { format: 'module', source, shortCircuit: true };
  },
});
`;

const [out, ...files] = process.argv.slice(2);
const strip = (file: string): [string, string] => [
  pathToFileURL(file).href,
  stripTypeScriptTypes(readFileSync(file, 'utf8')),
];
const sources = Object.fromEntries(files.map(strip));
const next = `${out}.${process.pid}`;
writeFileSync(next, `const SOURCES = ${JSON.stringify(sources)};\n${HOOK}`);
renameSync(next, out!);
