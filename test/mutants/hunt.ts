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
/** A core that hangs is found out by the seconds of processor it took, which do not depend on what else runs. */
const TRIAL_SECONDS = 60;
const TOLD_ON_PURPOSE = ['test/rules/*.test.ts', 'packages/engine/test/r*.test.ts', 'test/reference/batch*.test.ts'];

/** How a script ends with this core: null when it finds nothing wrong. */
async function endOf(core: string, script: readonly string[]): Promise<string | null> {
  const preload = join(import.meta.dirname, 'other-core.ts');
  const limited = ['-c', `ulimit -t ${TRIAL_SECONDS} && exec "$0" "$@"`, process.execPath];
  const child = spawn('/bin/sh', [...limited, '--import', preload, ...script], {
    cwd: ROOT,
    env: { ...process.env, LINTEL_TEST_CORE: core },
    stdio: 'ignore',
  });
  const { promise, resolve } = Promise.withResolvers<string | null>();
  child.on('exit', (code, signal) => resolve(code === 0 ? null : signal === null ? 'it came out wrong' : 'it hung'));
  return promise;
}

/** What found the fault, or null. */
export async function whatFinds(mutant: Mutant | null): Promise<string | null> {
  const folder = await mkdtemp(join(tmpdir(), 'lintel-mutant-'));
  const core = join(folder, 'core.wasm');
  try {
    await buildCore(mutant, core);
    const files = TOLD_ON_PURPOSE.flatMap((pattern) => globSync(pattern, { cwd: ROOT })).toSorted();
    for (const script of [['test/mutants/trial.ts', String(STORIES)], ...files.map((file) => [file])]) {
      const end = await endOf(core, script);
      if (end !== null) return `${script[0]}: ${end}`;
    }
    return null;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
