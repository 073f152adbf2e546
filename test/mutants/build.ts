// Builds the core with a fault in it.

import { readFileSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
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

/** Builds as fast as can be: how fast the core is, and how small, is no matter here. */
export async function buildCore(mutant: Mutant | null, to: string): Promise<void> {
  const planted = mutant === null ? null : plant(mutant);
  const readFile = (name: string): string | null => {
    if (mutant !== null && name.endsWith(`${SOURCES}${mutant.file}.ts`)) return planted;
    try {
      return readFileSync(join(ROOT, name), 'utf8');
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
