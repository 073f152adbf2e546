// What a plugin in trouble costs the home: how soon the hub notices, how soon the plugin is back, and meanwhile how long another
// plugin's command and report take and what the hub's memory does. Each beside the same round trips in quiet times.

import { setTimeout as sleep } from 'node:timers/promises';

import { Bench } from '../../packages/hub/test/plugins/harness.ts';
import type { Layer } from '../../packages/hub/src/plugins/sandbox.ts';
import { percentile } from './statistics.ts';

const ENDINGS = ['exit', 'hang', 'memory by heap', 'memory by buffers'] as const;
const FLOODS = ['reports', 'log', 'calls', 'output'] as const;
const FLOOD_MS = 3_000;
const SPACING_MS = 2;
const MIB = 1_048_576;

export interface TroubleFigures {
  readonly trouble: string;
  /** Null for a flood, which is paced and ends nothing. */
  readonly noticedMs: number | null;
  readonly backMs: number | null;
  /** Command and report of the other plugin, meanwhile and before. */
  readonly otherP99Ms: number;
  readonly quietP99Ms: number;
  readonly hubMib: number;
}

/** Round trips with the other plugin until `isOver`, in milliseconds, sorted. */
async function crossUntil(bench: Bench, isOver: () => boolean): Promise<number[]> {
  const times: number[] = [];
  for (let round = 0; !isOver(); round += 1) {
    const set = { 'level.level': ((round % 60) + 1) / 100 };
    const from = performance.now();
    await bench.host.send('lamp', [{ id: 'lamp-1', command: { set }, deadline: 5_000 }]);
    times.push(performance.now() - from);
    bench.reports.length = 0;
    bench.log.length = 0;
    await sleep(SPACING_MS);
  }
  return times.toSorted((a, b) => a - b);
}

async function endsAndReturns(bench: Bench, trouble: string): Promise<Course> {
  const isRunning = (): boolean => bench.host.get('rogue').status === 'running';
  await bench.host.request('rogue', 'end', trouble);
  const asked = performance.now();
  await bench.until(() => !isRunning());
  const noticed = performance.now();
  await bench.until(isRunning);
  return { noticedMs: noticed - asked, backMs: performance.now() - noticed };
}

type Course = Pick<TroubleFigures, 'noticedMs' | 'backMs'>;

async function measureOne(bench: Bench, trouble: string, work: () => Promise<Course>): Promise<TroubleFigures> {
  await bench.host.start('rogue', {});
  const until = performance.now() + FLOOD_MS;
  const quiet = await crossUntil(bench, () => performance.now() > until);
  let most = 0;
  let isOver = false;
  const before = process.memoryUsage().rss;
  const gauge = setInterval(() => (most = Math.max(most, process.memoryUsage().rss - before)), 20);
  const others = crossUntil(bench, () => isOver);
  const figures = await work().finally(() => (isOver = true));
  const times = await others;
  clearInterval(gauge);
  const p99 = { otherP99Ms: percentile(times, 0.99), quietP99Ms: percentile(quiet, 0.99) };
  return { trouble, ...figures, ...p99, hubMib: most / MIB };
}

async function floods(bench: Bench, what: string): Promise<Course> {
  await bench.host.request('rogue', 'flood', what);
  await sleep(FLOOD_MS);
  await bench.host.stop('rogue');
  return { noticedMs: null, backMs: null };
}

export async function measureTroubles(strongest: Layer = 'bubblewrap'): Promise<TroubleFigures[]> {
  const bench = new Bench(['rogue', 'lamp'], { strongest });
  try {
    await bench.host.described();
    await bench.host.start('lamp', {});
    await bench.host.restart('lamp');
    const figures: TroubleFigures[] = [];
    for (const trouble of ENDINGS) figures.push(await measureOne(bench, trouble, () => endsAndReturns(bench, trouble)));
    for (const what of FLOODS) figures.push(await measureOne(bench, `flood of ${what}`, () => floods(bench, what)));
    return figures;
  } finally {
    await bench.close();
  }
}

if (import.meta.main) {
  for (const layer of ['bubblewrap', 'node'] as const) {
    console.log(layer);
    console.table(await measureTroubles(layer));
  }
}
