// Runs every test file in a process of its own and adds up what they did. A file that ends without uvu's tally, or with
// nothing run, counts as a failure: uvu exits 0 on a forgotten `.run()` and has no time limit.
//
//   node test/run.ts [--nightly] [--only PART] [--serial]

import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
const FILE_LIMIT_MS = 240_000;
const NIGHTLY_LIMIT_MS = 3_600_000;
const WORKERS = 2;

interface Tally {
  passed: number;
  failed: number;
  skipped: number;
}

interface Finished extends Tally {
  readonly file: string;
  readonly ms: number;
  readonly output: string;
}

const nightly = process.argv.includes('--nightly');
const only = argumentAfter('--only');

function argumentAfter(flag: string): string | null {
  const at = process.argv.indexOf(flag);
  return at === -1 ? null : (process.argv[at + 1] ?? '');
}

function findFiles(): string[] {
  const patterns = [
    'packages/*/{src,test}/**/*.test.ts',
    'plugins/*/{src,test}/**/*.test.ts',
    'web/src/**/*.test.ts',
    'test/**/*.test.ts',
  ];
  if (nightly) patterns.push('test/**/*.nightly.ts');
  const files = globSync(patterns, { cwd: ROOT }).filter((file) => !file.includes('node_modules'));
  return files.filter((file) => only === null || file.includes(only)).toSorted();
}

/** Reads uvu's closing lines ("Total: 3", "Passed: 3", "Skipped: 0"); null when they are not there. */
export function readTally(output: string): Tally | null {
  const plain = output.replaceAll(/\u001b\[[0-9;]*m/g, '');
  const number = (name: string): number | null => {
    const found = plain.match(new RegExp(`^\\s*${name}:\\s+(\\d+)\\s*$`, 'm'));
    return found === null ? null : Number(found[1]);
  };
  const [total, passed, skipped] = [number('Total'), number('Passed'), number('Skipped')];
  if (total === null || passed === null || skipped === null) return null;
  return { passed, failed: total - passed, skipped };
}

function judge(output: string, exitCode: number | null, timedOut: boolean): Tally & { why: string } {
  const tally = readTally(output);
  if (timedOut) {
    const why = tally === null ? 'ran into its time limit' : 'was through but did not end: it left something open';
    return { passed: tally?.passed ?? 0, failed: 1, skipped: 0, why };
  }
  if (tally === null) return { passed: 0, failed: 1, skipped: 0, why: 'ended without a tally: is `.run()` missing?' };
  if (tally.passed + tally.failed + tally.skipped === 0) return { ...tally, failed: 1, why: 'ran no test' };
  if (exitCode !== 0 && tally.failed === 0) return { ...tally, failed: 1, why: `passed, then exited with ${exitCode}` };
  return { ...tally, why: '' };
}

function runFile(file: string): Promise<Finished> {
  const started = performance.now();
  const scratch = mkdtempSync(join(tmpdir(), 'lintel-test-'));
  const env = { ...process.env, TMPDIR: scratch, LINTEL_NIGHTLY: nightly ? '1' : '', FORCE_COLOR: '0' };
  const child = spawn(process.execPath, [file], { cwd: ROOT, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
  let output = '';
  let timedOut = false;
  child.stdout.on('data', (chunk: Buffer) => (output += chunk));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk));
  const limit = setTimeout(
    () => {
      timedOut = true;
      endGroup(child.pid);
    },
    nightly ? NIGHTLY_LIMIT_MS : FILE_LIMIT_MS,
  );
  return new Promise((resolve) => {
    child.on('close', (exitCode) => {
      clearTimeout(limit);
      endGroup(child.pid);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      const { why, ...tally } = judge(output, exitCode, timedOut);
      resolve({
        file,
        ms: performance.now() - started,
        output: why === '' ? output : `${output}\n${file}: ${why}`,
        ...tally,
      });
    });
  });
}

/** A test's leftovers go with it: each file runs in a process group of its own. */
function endGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // The group is gone already.
  }
}

/** Tests named in test/alone.txt measure time, or drive a browser, and run when nothing else does. */
function splitAlone(files: readonly string[]): { shared: string[]; alone: string[] } {
  const names = readFileSync(join(ROOT, 'test/alone.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isAlone = (file: string): boolean => names.some((name) => file.startsWith(name));
  return { shared: files.filter((file) => !isAlone(file)), alone: files.filter(isAlone) };
}

async function drain(queue: string[], results: Finished[]): Promise<void> {
  for (let file = queue.shift(); file !== undefined; file = queue.shift()) {
    const result = await runFile(file);
    results.push(result);
    const mark = result.failed > 0 ? 'FAIL' : 'ok';
    console.log(`${mark.padEnd(4)} ${relative('.', file)} (${result.passed} passed, ${Math.round(result.ms)} ms)`);
    if (result.failed > 0) console.log(result.output);
  }
}

async function main(): Promise<void> {
  const { shared, alone } = splitAlone(findFiles());
  const results: Finished[] = [];
  const workers = process.argv.includes('--serial') ? 1 : WORKERS;
  await Promise.all(Array.from({ length: workers }, () => drain(shared, results)));
  await drain(alone, results);
  const sum = (key: keyof Tally): number => results.reduce((total, each) => total + each[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}

if (import.meta.main) await main();
