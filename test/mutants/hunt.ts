// Looks for what shows that a core has a fault: random stories first, then those that are told on purpose.

import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildCore } from './build.ts';
import type { Mutant } from './mutants.ts';

const ROOT = join(import.meta.dirname, '../..');
const STORIES = 400;
/** A core that hangs is found out by the clock. */
const TRIAL_MS = 120_000;
const TOLD_ON_PURPOSE = ['test/rules/*.test.ts', 'packages/engine/test/r*.test.ts', 'test/reference/batch*.test.ts'];

/** Whether a script comes to its end, with this core, and finds nothing wrong. */
async function passes(core: string, script: readonly string[]): Promise<boolean> {
  const preload = join(import.meta.dirname, 'other-core.ts');
  const child = spawn(process.execPath, ['--import', preload, ...script], {
    cwd: ROOT,
    env: { ...process.env, LINTEL_TEST_CORE: core },
    stdio: 'ignore',
    timeout: TRIAL_MS,
    killSignal: 'SIGKILL',
  });
  const { promise, resolve } = Promise.withResolvers<boolean>();
  child.on('exit', (code) => resolve(code === 0));
  return promise;
}

/** What found the fault, or null. */
export async function whatFinds(mutant: Mutant | null): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-mutant-'));
  const core = join(folder, 'core.wasm');
  try {
    await buildCore(mutant, core);
    if (!(await passes(core, ['test/mutants/trial.ts', String(STORIES)]))) return 'random stories';
    for (const file of TOLD_ON_PURPOSE.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).toSorted())
      if (!(await passes(core, [file]))) return file;
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
