// Run as a process of its own: gathers a plugin and the packages that it needs in a few files, so that its process need not look
// for thousands and read each. Writes a folder with a module that is to be preloaded, which leads the plugin's entry there. Where
// that fails its types are stripped, as any other plugin's.
//
//   node bundle.ts OUT ENTRY FILE…

import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const HOOK = `import { registerHooks } from 'node:module';

const HERE = new URL('.', import.meta.url).href;

registerHooks({
  resolve(specifier, context, nextResolve) {
    if (specifier === ENTRY) return { url: HERE + BUNDLE, format: 'module', shortCircuit: true };
    // What was left outside is found from where the plugin lies.
    const isOurs = context.parentURL?.startsWith(HERE) === true && !/^[./]/.test(specifier);
    return nextResolve(specifier, isOurs ? { ...context, parentURL: ENTRY } : context);
  },
});
`;

/** Lintel's own packages are every plugin's, and prepared once for all. */
const isOutside = (id: string): boolean => id.startsWith('@lintel/') || id.startsWith('bun:');

async function bundle(entry: string, folder: string): Promise<void> {
  const { rolldown } = await import('rolldown');
  const build = await rolldown({ input: { entry }, platform: 'node', external: isOutside, logLevel: 'silent' });
  // Libraries tell their own classes apart by name.
  await build.write({ dir: folder, format: 'esm', keepNames: true, entryFileNames: '[name].js' });
  await build.close();
}

const [out = '', entry = '', ...files] = process.argv.slice(2);
const next = `${out}.${process.pid}`;
try {
  mkdirSync(next, { recursive: true });
  await bundle(entry, next);
  const names = `const ENTRY = ${JSON.stringify(pathToFileURL(entry).href)};\nconst BUNDLE = 'entry.js';\n`;
  writeFileSync(join(next, 'preload.mjs'), names + HOOK);
  rmSync(out, { recursive: true, force: true });
  renameSync(next, out);
} catch {
  rmSync(next, { recursive: true, force: true });
  const sources = files.filter((file) => file.endsWith('.ts'));
  spawnSync(process.execPath, [join(import.meta.dirname, 'prepare.ts'), out, ...sources], { stdio: 'ignore' });
}
