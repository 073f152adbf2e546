// Twenty plugins that have nothing to do: how long until all are up, whether the first device is live before the last plugin
// is, and what memory each has to itself, beside a Node process that does nothing at all.

import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { innermost, privateBytesOf } from '../../packages/hub/src/plugins/resources.ts';
import type { Layer } from '../../packages/hub/src/plugins/sandbox.ts';
import { Bench } from '../../packages/hub/test/plugins/harness.ts';
import { percentile } from './statistics.ts';

const PLUGINS = 20;
const SETTLE_MS = 3_000;
const MIB = 1_048_576;

export interface IdleFigures {
  readonly allUpMs: number;
  readonly firstDeviceMs: number;
  /** The same, of as many bare Node processes started at once. */
  readonly bareAllUpMs: number;
  readonly privateMedianMib: number;
  readonly privateMostMib: number;
  readonly barePrivateMib: number;
}

const CODE = (id: string): string => `import { definePlugin, endpoint, onOff, z } from '@lintel/sdk';
export default definePlugin({ id: '${id}', name: '${id}', settings: z.object({ lamps: z.number().default(1) }),
  async setup(ctx) {
    await ctx.devices.add({ id: 'lamp', name: 'Lamp', kind: 'light', endpoints: [endpoint(onOff())] });
    await ctx.report('lamp', { 'onOff.on': false });
    return { command: (id, { set }) => ctx.report(id, set) };
  } });
`;

function writePlugins(folder: string): string[] {
  return Array.from({ length: PLUGINS }, (_, at) => {
    const id = `idle-${at}`;
    const own = join(folder, id);
    mkdirSync(own);
    const lintel = { id, api: '^1', entry: './index.js', permissions: {} };
    writeFileSync(join(own, 'package.json'), JSON.stringify({ name: id, type: 'module', lintel }));
    writeFileSync(join(own, 'index.js'), CODE(id));
    return own;
  });
}

/** Starts bare Node processes at once; answers how long until all run, and what one has to itself. */
async function measureBare(): Promise<{ ms: number; bytes: number }> {
  const from = performance.now();
  const script = 'process.stdout.write("up"); setInterval(() => 0, 1000)';
  const children = Array.from({ length: PLUGINS }, () =>
    spawn(process.execPath, ['--max-semi-space-size=1', '-e', script], { stdio: ['ignore', 'pipe', 'ignore'] }),
  );
  await Promise.all(children.map((child) => new Promise((resolve) => child.stdout.once('data', resolve))));
  const ms = performance.now() - from;
  await sleep(SETTLE_MS);
  const bytes = children.map(({ pid }) => privateBytesOf(pid!) ?? 0).toSorted((a, b) => a - b);
  for (const child of children) child.kill('SIGKILL');
  return { ms, bytes: percentile(bytes, 0.5) };
}

/** The second start is measured: the first makes ready what later ones use. */
export async function measureIdle(strongest: Layer = 'bubblewrap'): Promise<IdleFigures> {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-idle-'));
  const bench = new Bench(writePlugins(folder), { strongest });
  try {
    await bench.host.described();
    const ids = bench.host.list().map(({ id }) => id);
    await Promise.all(ids.map((id) => bench.host.start(id, {})));
    await Promise.all(ids.map((id) => bench.host.stop(id)));
    await sleep(SETTLE_MS);
    const from = performance.now();
    let firstDeviceMs = Infinity;
    bench.onReport = (_report, acknowledge) => {
      firstDeviceMs = Math.min(firstDeviceMs, performance.now() - from);
      acknowledge();
    };
    await Promise.all(ids.map((id) => bench.host.start(id, {})));
    const allUpMs = performance.now() - from;
    await sleep(SETTLE_MS);
    const running = JSON.parse(readFileSync(join(bench.folder, 'plugins/processes.json'), 'utf8')) as object;
    const bytes = Object.keys(running)
      .map((pid) => privateBytesOf(innermost(Number(pid))) ?? 0)
      .toSorted((a, b) => a - b);
    const bare = await measureBare();
    return {
      allUpMs,
      firstDeviceMs,
      bareAllUpMs: bare.ms,
      privateMedianMib: percentile(bytes, 0.5) / MIB,
      privateMostMib: bytes.at(-1)! / MIB,
      barePrivateMib: bare.bytes / MIB,
    };
  } finally {
    await bench.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

if (import.meta.main) for (const layer of ['bubblewrap', 'node'] as const) console.log(layer, await measureIdle(layer));
