import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { systemScheduler } from '../../src/clock.ts';
import { Child } from '../../src/plugins/child.ts';
import { endGroup, membersOf } from '../../src/plugins/groups.ts';
import { Leftovers } from '../../src/plugins/leftovers.ts';
import { readManifest } from '../../src/plugins/manifest.ts';
import { startTimeOf } from '../../src/plugins/resources.ts';
import { Sandbox } from '../../src/plugins/sandbox.ts';
import type { Layer } from '../../src/plugins/sandbox.ts';
import { FIXTURES } from './harness.ts';

const scratch = mkdtempSync(join(tmpdir(), 'lintel-left-'));
const file = join(scratch, 'processes.json');
const KILLS = 12;

/** Starts a plugin's process and ends it `ms` later; resolves with its number when it is gone and its output is closed. */
async function killAfter(sandbox: Sandbox, ms: number): Promise<number> {
  const { promise: ended, resolve } = Promise.withResolvers<void>();
  const child = new Child(sandbox.launch(readManifest(join(FIXTURES, 'lamp')), 'run', scratch), '/', systemScheduler, {
    message: () => undefined,
    output: () => undefined,
    ended: () => resolve(),
  });
  systemScheduler.after(ms, () => child.kill());
  await ended;
  return child.pid;
}

/** Being killed takes the system a moment. */
async function isGone(leader: number): Promise<boolean> {
  for (let at = 0; at < 4_000 && livingMembersOf(leader).length > 0; at += 1) await sleep(5);
  return livingMembersOf(leader).length === 0;
}

const livingMembersOf = (leader: number): number[] => membersOf(leader).filter((pid) => startTimeOf(pid) !== null);

for (const layer of ['bubblewrap', 'namespaces', 'node'] as const satisfies readonly Layer[]) {
  test(`a plugin that is ended while its fence is built leaves nothing behind: ${layer}`, async () => {
    const sandbox = new Sandbox(layer, scratch);
    for (let at = 0; at < KILLS; at += 1) assert.ok(await isGone(await killAfter(sandbox, at)), `ended after ${at} ms`);
    await sandbox.settled();
    sandbox.close();
  });
}

test('what an earlier hub left running is ended; another process of the same number is not', async () => {
  const [ours, other] = [0, 1].map(() =>
    spawn(process.execPath, ['-e', 'setInterval(() => 0, 1000)'], { stdio: 'ignore', detached: true }),
  );
  const ended = new Promise((resolve) => ours!.once('exit', (_code, signal) => resolve(signal)));
  writeFileSync(file, JSON.stringify({ [ours!.pid!]: startTimeOf(ours!.pid!), [other!.pid!]: '1' }));
  assert.is(new Leftovers(file).endAll(), 1);
  assert.is(await ended, 'SIGKILL');
  assert.is.not(startTimeOf(other!.pid!), null);
  other!.kill('SIGKILL');
  writeFileSync(file, '{"torn');
  assert.is(new Leftovers(file).endAll(), 0);
});

test('a disk that takes nothing more stops no plugin, and what ran stays recorded', async () => {
  const started = startTimeOf(process.pid)!;
  writeFileSync(file, JSON.stringify({ 1: 'another' }));
  mkdirSync(`${file}.next`);
  const leftovers = new Leftovers(file);
  assert.is(leftovers.endAll(), 0);
  leftovers.add(process.pid);
  leftovers.remove(process.pid);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')), { 1: 'another' });
  rmSync(`${file}.next`, { recursive: true });
  leftovers.add(process.pid);
  assert.equal(JSON.parse(readFileSync(file, 'utf8')), { [process.pid]: started });
});

test('a child that a killed wrapper left behind is ended too', async () => {
  const wrapper = spawn('sh', ['-c', 'sleep 60 & read line'], { stdio: ['pipe', 'ignore', 'ignore'], detached: true });
  const leader = wrapper.pid!;
  writeFileSync(file, JSON.stringify({ [leader]: startTimeOf(leader) }));
  const ended = new Promise((resolve) => wrapper.once('exit', resolve));
  wrapper.stdin!.end('\n');
  await ended;
  assert.is(livingMembersOf(leader).length, 1);
  assert.is(new Leftovers(file).endAll(), 1);
  assert.ok(await isGone(leader));
});

test('a group that was never there is passed over', () => {
  assert.not.throws(() => [-1, 0, 1].forEach(endGroup));
});

test.after(() => rmSync(scratch, { recursive: true, force: true }));
test.run();
