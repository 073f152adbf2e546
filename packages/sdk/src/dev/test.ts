// `lintel-plugin test`: runs a plugin's own tests, and keeps the level that they found where all of them passed.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { FOUND_VARIABLE, keepQuality, lowestOf } from '../quality.ts';
import type { QualityLevel } from '../quality.ts';

function readLines(file: string): (QualityLevel | null)[] {
  try {
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as QualityLevel | null);
  } catch {
    return [];
  }
}

/** Runs the tests in `folder`; answers their exit code. */
export function runTests(folder: string, args: readonly string[]): number {
  const scratch = mkdtempSync(join(tmpdir(), 'lintel-plugin-test-'));
  const found = join(scratch, 'levels');
  try {
    const env = { ...process.env, [FOUND_VARIABLE]: found };
    const { status } = spawnSync(process.execPath, ['--test', ...args], { cwd: folder, env, stdio: 'inherit' });
    // Some of the tests alone say nothing of the whole.
    if (args.length === 0) keepQuality(folder, status === 0 ? lowestOf(readLines(found)) : null);
    return status ?? 1;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
