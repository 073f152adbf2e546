// An attempt that always fails proves nothing of a fence: each is made where there is none, and gets what it wants.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { CANARY, decoy, knock, makeTargets } from './targets.ts';

const AT_ONCE = 4;
const scratch = mkdtempSync(join(tmpdir(), 'lintel-unheld-'));

/** What is refused with or without a fence; tried all the same, since it may not always. */
const NEVER = new Set([
  'files: a descriptor of the hub’s',
  'code: process._linkedBinding',
  'code: internals of Node',
  // Its target is the fence itself.
  'code: giving itself the permission',
  // Another program answers in its place, or nothing does.
  'processes: execve',
  // Many a kernel keeps the processes of one person apart, and many a machine has no IPv6.
  'files: the hub’s memory',
  'network: net.connect to IPv6',
]);

async function unheld(...args: string[]): Promise<string> {
  const env = { ...process.env, LINTEL_TEST_CANARY: CANARY };
  const file = join(import.meta.dirname, 'unheld.js');
  const child = spawn(process.execPath, [file, ...args], { env, stdio: ['ignore', 'pipe', 'ignore'] });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => (said += chunk));
  await new Promise((resolve) => child.once('close', resolve));
  return said;
}

async function isLet(attempt: string, number: number): Promise<boolean> {
  const folder = join(scratch, String(number));
  mkdirSync(join(folder, 'plugins/folders/lamp'), { recursive: true });
  const prey = decoy();
  const target = {
    ...(await makeTargets(folder)),
    listenPort: 20_000 + ((process.pid * 7 + number) % 20_000),
    decoy: prey.pid,
  };
  const stop = knock(target.listenPort);
  const own = join(folder, 'plugins/folders/escape');
  const said = await unheld(JSON.stringify({ attempt, target, folder: own }));
  stop();
  prey.end();
  return said.includes('{"got":"');
}

const linux = process.platform === 'linux' ? test : test.skip;
linux('each attempt gets what it wants', async () => {
  const attempts = JSON.parse(await unheld()) as string[];
  assert.ok(attempts.length >= 60, `only ${attempts.length} attempts`);
  const failed: string[] = [];
  const left = attempts.filter((attempt) => !NEVER.has(attempt)).entries();
  const work = async (): Promise<void> => {
    for (const [number, attempt] of left) if (!(await isLet(attempt, number))) failed.push(attempt);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  assert.equal(failed, []);
});

test.after(() => rmSync(scratch, { recursive: true, force: true }));
test.run();
