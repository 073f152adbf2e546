// Runs every test file in a process of its own and adds up what they did. A file that ends without uvu's tally, or with
// nothing run, counts as a failure: uvu exits 0 on a forgotten `.run()` and has no time limit. Why a file failed is said in
// its last line, also where uvu keeps it to itself.
//
//   node test/run.ts [--nightly] [--only PART] [--serial]

import { spawn } from 'node:child_process';
import { globSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';

const ROOT = join(import.meta.dirname, '..');
/** Six times what the longest file takes on a machine with nothing else to do. */
const FILE_LIMIT_MS = 360_000;
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
  const plain = plainText(output);
  const number = (name: string): number | null => {
    const found = plain.match(new RegExp(`^\\s*${name}:\\s+(\\d+)\\s*$`, 'm'));
    return found === null ? null : Number(found[1]);
  };
  const [total, passed, skipped] = [number('Total'), number('Passed'), number('Skipped')];
  if (total === null || passed === null || skipped === null) return null;
  return { passed, failed: total - passed, skipped };
}

interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly timedOut: boolean;
}

function judge(output: string, { code, signal, timedOut }: Ending): Tally & { why: string } {
  const tally = readTally(output);
  if (timedOut) {
    const why = tally === null ? 'ran into its time limit' : 'was through but did not end: it left something open';
    return { passed: tally?.passed ?? 0, failed: 1, skipped: 0, why };
  }
  const end = signal === null ? `exit code ${code}` : signal;
  if (tally === null) {
    const hint = code === 0 ? 'is `.run()` missing?' : 'what ended it stands above';
    return { passed: 0, failed: 1, skipped: 0, why: `ended with ${end} and no tally: ${hint}` };
  }
  if (tally.passed + tally.failed + tally.skipped === 0) return { ...tally, failed: 1, why: 'ran no test' };
  if (code !== 0 && tally.failed === 0) return { ...tally, failed: 1, why: `passed, then ended with ${end}` };
  const untold = tally.failed - failuresTold(output);
  return { ...tally, why: untold > 0 ? `${untold} tests did not run: a hook threw, and uvu does not say what` : '' };
}

const plainText = (output: string): string => output.replaceAll(/\u001b\[[0-9;]*m/g, '');

const failuresTold = (output: string): number => [...plainText(output).matchAll(/^ {3}FAIL {2}/gm)].length;

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
      endAll(child.pid, scratch);
    },
    nightly ? NIGHTLY_LIMIT_MS : FILE_LIMIT_MS,
  );
  // What it left behind may hold its output open.
  child.on('exit', () => endAll(child.pid, scratch));
  return new Promise((resolve) => {
    child.on('close', (code, signal) => {
      clearTimeout(limit);
      rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
      const { why, ...tally } = judge(output, { code, signal, timedOut });
      resolve({
        file,
        ms: performance.now() - started,
        output: why === '' ? output : `${output}\n${file}: ${why}`,
        ...tally,
      });
    });
  });
}

/** A test's leftovers go with it: its process group, and whoever else was given its scratch folder. */
function endAll(leader: number | undefined, scratch: string): void {
  if (leader !== undefined) end(-leader);
  if (process.platform !== 'linux') return;
  for (const entry of readdirSync('/proc')) if (/^\d+$/.test(entry) && wasGiven(entry, scratch)) end(Number(entry));
}

function wasGiven(process: string, scratch: string): boolean {
  try {
    return readFileSync(`/proc/${process}/environ`, 'latin1').includes(`TMPDIR=${scratch}\0`);
  } catch {
    // It is gone, or another user's.
    return false;
  }
}

function end(target: number): void {
  try {
    process.kill(target, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}

/** Of each of these one file at a time, the kinds beside each other: the one keeps a core busy, the other mostly waits. */
const LANES = ['test/browser', 'test/matter'] as const;

/** Tests named in test/alone.txt measure time, and run when nothing else does. */
function split(files: readonly string[]): { shared: string[]; lanes: string[][]; alone: string[] } {
  const names = readFileSync(join(ROOT, 'test/alone.txt'), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
  const isAlone = (file: string): boolean => names.some((name) => file.startsWith(name));
  const rest = files.filter((file) => !isAlone(file));
  return {
    shared: rest.filter((file) => !LANES.some((lane) => file.startsWith(lane))),
    lanes: LANES.map((lane) => rest.filter((file) => file.startsWith(lane))),
    alone: files.filter(isAlone),
  };
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
  const { shared, lanes, alone } = split(findFiles());
  const results: Finished[] = [];
  const isSerial = process.argv.includes('--serial');
  await Promise.all(Array.from({ length: isSerial ? 1 : WORKERS }, () => drain(shared, results)));
  if (isSerial) for (const lane of lanes) await drain(lane, results);
  else await Promise.all(lanes.map((lane) => drain(lane, results)));
  await drain(alone, results);
  const sum = (key: keyof Tally): number => results.reduce((total, each) => total + each[key], 0);
  console.log(`${sum('passed')} passed, ${sum('failed')} failed, ${sum('skipped')} skipped`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
}

if (import.meta.main) await main();
