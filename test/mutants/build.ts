// Builds the core with a fault in it, or with another layout.

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { invariant } from '@lintel/model';
import asc from 'assemblyscript/asc';
import type { Mutant } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../..');
const SOURCES = 'assembly/';

/** The text of a source file of the core with the fault in it. */
export function plant({ file, find, replace }: Mutant): string {
  const text = readFileSync(join(ROOT, SOURCES, `${file}.ts`), 'utf8');
  const parts = text.split(find);
  invariant(
    parts.length === 2,
    `${JSON.stringify(find)} stands ${parts.length - 1} times in ${file}.ts, expected once`,
  );
  return parts.join(replace);
}

export async function buildCore(mutant: Mutant | null, to: string): Promise<void> {
  const planted = mutant === null ? '' : plant(mutant);
  await buildWith((file, text) => (file === mutant?.file ? planted : text), to);
}

/**
 * Builds as fast as can be: how fast the core is, and how small, is no matter here.
 *
 * @param edit gives a source file by its name, such as `abi`, another text
 */
export async function buildWith(edit: (file: string, text: string) => string, to: string): Promise<void> {
  const readFile = (name: string): string | null => {
    try {
      const text = readFileSync(join(ROOT, name), 'utf8');
      return name.startsWith(SOURCES) ? edit(basename(name, '.ts'), text) : text;
    } catch {
      return null;
    }
  };
  let bytes: Uint8Array | null = null;
  const writeBytes = (_name: string, contents: Uint8Array): void => void (bytes = contents);
  const options = ['--runtime', 'stub', '--initialMemory', '1', '--use', 'abort=', '--disable', 'mutable-globals'];
  const told = await asc.main([`${SOURCES}index.ts`, '--noAssert', '--outFile', 'core.wasm', ...options], {
    readFile,
    writeFile: writeBytes as never,
    listFiles: () => null,
  });
  invariant(told.error === null && bytes !== null, `the core does not build: ${told.stderr.toString()}`);
  await writeFile(to, bytes);
}
