// Loaded before a test (`node --import`): the engine finds the core of LINTEL_TEST_CORE where its own would lie.

import files from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';

const core = process.env['LINTEL_TEST_CORE'];
const read = files.readFile;

if (core !== undefined) {
  const instead = (path: unknown): unknown => (path instanceof URL && path.href.endsWith('/core.wasm') ? core : path);
  files.readFile = ((path: unknown, ...rest: never[]) => read(instead(path) as string, ...rest)) as typeof read;
  syncBuiltinESMExports();
}
