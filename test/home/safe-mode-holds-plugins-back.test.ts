// Three boots in a row that a fault of the hub's own ended: it comes up all the same, without what people brought.

import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { beginBoot } from '../../packages/hub/src/boots.ts';
import { noteFault, type Scheduler } from '@lintel/hub';
import { startHub, type Hub } from './harness.ts';

const Safe = suite('safe mode');
const scratch = mkdtempSync(join(tmpdir(), 'lintel-safe-'));
const faulty = join(scratch, 'faulty.mjs');
writeFileSync(faulty, `process.on('SIGUSR2', () => { throw new Error('a planted fault'); });`);
const FAULTY = { NODE_OPTIONS: `--import=${faulty}` };
let hub: Hub;

function writePlugin(): string {
  const folder = join(scratch, 'guest');
  mkdirSync(folder);
  const lintel = { id: 'guest', api: '^1', entry: './index.js', permissions: {} };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'guest', type: 'module', lintel }));
  const code = `import { definePlugin, z } from '@lintel/sdk';
    export default definePlugin({ id: 'guest', name: 'Guest', settings: z.object({}), setup: async () => ({}) });`;
  writeFileSync(join(folder, 'index.js'), code);
  return `file:${folder}`;
}

async function restart(env: Record<string, string>): Promise<void> {
  const { token, data } = hub;
  hub = await startHub({ data, env });
  hub.token = token;
}

async function fail(): Promise<void> {
  hub.process.ref();
  const ended = once(hub.process, 'exit');
  hub.process.kill('SIGUSR2');
  assert.equal(await ended, [1, null]);
}

const health = async (): Promise<{ status: string; reasons: string[] }> => (await hub.ask('GET', '/api/health')).body;
const pluginStatus = async (id: string): Promise<string> => (await hub.ask('GET', `/api/plugins/${id}`)).body.status;

async function until(holds: () => Promise<boolean>): Promise<void> {
  const live = await hub.live();
  while (!(await holds())) await live.until(({ topic }) => topic === 'plugin', 'a change of a plugin');
  live.close();
}

Safe('two faults, or being killed, are no reason for it', async () => {
  hub = await startHub({ env: FAULTY });
  await hub.claim({ virtual: true });
  await hub.ask('POST', '/api/plugins', { source: writePlugin() });
  await hub.ask('PUT', '/api/plugins/guest', { enabled: true });
  for (const end of [fail, fail, () => hub.kill(), fail, fail]) {
    await end();
    await restart(FAULTY);
    assert.is((await health()).status, 'ok');
  }
});

Safe('after three faults in a row what people brought stays out, and the rest runs', async () => {
  await fail();
  await restart(FAULTY);
  const { status, reasons } = await health();
  assert.is(status, 'safe-mode');
  assert.match(reasons[0]!, /not started/);
  const { body } = await hub.ask('GET', '/api/plugins/guest');
  assert.equal([body.enabled, body.status], [true, 'failed']);
  assert.match(body.health.message, 'leave safe mode first');
  await until(async () => (await pluginStatus('virtual')) === 'running');
  assert.is((await hub.ask('POST', '/api/plugins/guest/restart')).body.status, 'failed');
});

Safe('a person leaves it, and everything runs again', async () => {
  assert.equal(((await hub.ask('POST', '/api/safe-mode/leave')).body as { status: string }).status, 'ok');
  await until(async () => (await pluginStatus('guest')) === 'running');
  await fail();
  await restart({});
  assert.is((await health()).status, 'ok', 'a person has looked, so that this was the first fault');
});

Safe('a boot that went well for ten minutes, or was stopped in order, is where counting begins anew', () => {
  const data = join(scratch, 'boots');
  mkdirSync(data);
  let due: { ms: number; run: () => void } | null = null;
  const scheduler: Scheduler = {
    now: () => 0,
    steady: () => 0,
    after: (ms, run) => ((due = { ms, run }), () => (due = null)),
  };
  const failThrice = (): void => [1, 2, 3].forEach(() => noteFault(data));
  const begin = () => beginBoot(data, scheduler);
  failThrice();
  const boot = begin();
  assert.ok(boot.isSafe);
  boot.up();
  assert.is(due!.ms, 600_000);
  due!.run();
  noteFault(data);
  assert.not.ok(begin().isSafe);
  failThrice();
  begin().ended();
  assert.not.ok(begin().isSafe);
  for (const isSafe of [false, false, false, true]) {
    const slow = begin();
    assert.is(slow.isSafe, isSafe, 'one that has not come up in half a minute counts');
    assert.is(due!.ms, 30_000);
    due!.run();
  }
});

Safe.after(async () => {
  await hub?.stop();
  rmSync(scratch, { recursive: true, force: true });
});
Safe.run();
