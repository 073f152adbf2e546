// Across the boundary between hub and plugin: how long one command and its report take there and back, and how many reports a
// second one plugin gets through while it is paced by acknowledgements in groups, as the journal gives them.

import { Bench } from '../../packages/hub/test/plugins/harness.ts';
import { bareIpc, bareSocket } from './bare-child.ts';
import type { PingPong } from './bare-child.ts';
import { percentile } from './statistics.ts';

const ROUNDS = 500;
const TURNS = 12;
const WARM_UP_TURNS = 4;
const REPORTS = 200_000;
const SYNC_MS = 10;

export interface BoundaryFigures {
  /** Command out, report back: two crossings. */
  readonly roundTripP50Us: number;
  readonly roundTripP99Us: number;
  /** The same between two Node processes that only send back what they are sent, over a socket and over Node's channel. */
  readonly bareSocketP50Us: number;
  readonly bareIpcP50Us: number;
  readonly reportsPerSecond: number;
  /** From the crash of a plugin to its next answer. */
  readonly backAfterCrashMs: number;
}

/** The plugin's round trips and the bare ones take turns, so that whatever else the machine does meets them alike. */
async function measureRoundTrips(bench: Bench): Promise<Record<'plugin' | 'socket' | 'ipc', number[]>> {
  const command = { id: 'lamp-1', command: { set: { 'level.level': 0.5 } }, deadline: 5_000 };
  const message = { type: 'commands', batch: 1, commands: [command] };
  const [socket, ipc] = [await bareSocket(`${JSON.stringify(message)}\n`), await bareIpc(message)];
  const times = { plugin: [] as number[], socket: [] as number[], ipc: [] as number[] };
  for (let turn = 0; turn < TURNS + WARM_UP_TURNS; turn += 1) {
    if (turn === WARM_UP_TURNS) for (const each of Object.values(times)) each.length = 0;
    for (let round = 0; round < ROUNDS; round += 1) times.plugin.push(await crossWithPlugin(bench, round));
    for (const [name, bare] of [['socket', socket] as const, ['ipc', ipc] as const])
      for (let round = 0; round < ROUNDS; round += 1) times[name].push(await crossBare(bare));
  }
  socket.end();
  ipc.end();
  return times;
}

/** Microseconds until the report that a command brings about is here. */
async function crossWithPlugin(bench: Bench, round: number): Promise<number> {
  let arrived = 0;
  bench.onReport = (_report, acknowledge) => {
    arrived = performance.now();
    acknowledge();
  };
  const set = { 'level.level': ((round % 60) + 1) / 100 };
  const from = performance.now();
  await bench.host.send('lamp', [{ id: 'lamp-1', command: { set }, deadline: 5_000 }]);
  bench.reports.length = 0;
  return (arrived - from) * 1000;
}

async function crossBare(bare: PingPong): Promise<number> {
  const from = performance.now();
  await bare.round();
  return (performance.now() - from) * 1000;
}

async function measureThroughput(bench: Bench): Promise<number> {
  let waiting: (() => void)[] = [];
  let count = 0;
  const { promise, resolve } = Promise.withResolvers<void>();
  bench.onReport = (_report, acknowledge) => {
    waiting.push(acknowledge);
    bench.reports.length = 0;
    if ((count += 1) === REPORTS) resolve();
  };
  const sync = setInterval(() => {
    for (const acknowledge of waiting.splice(0)) acknowledge();
  }, SYNC_MS);
  const from = performance.now();
  const flood = bench.host.request('lamp', 'flood', REPORTS).catch(() => undefined);
  await promise;
  const seconds = (performance.now() - from) / 1000;
  await flood;
  clearInterval(sync);
  waiting = [];
  return Math.round(REPORTS / seconds);
}

async function measureReturn(bench: Bench): Promise<number> {
  const isRunning = (): boolean => bench.host.get('lamp').status === 'running';
  await bench.host.request('lamp', 'crash', null);
  await bench.until(() => !isRunning());
  const from = performance.now();
  await bench.until(isRunning);
  return performance.now() - from;
}

export async function measureBoundary(): Promise<BoundaryFigures> {
  const bench = new Bench(['lamp']);
  try {
    await bench.host.described();
    await bench.host.start('lamp', {});
    await bench.host.restart('lamp');
    const times = await measureRoundTrips(bench);
    const sorted = (each: number[]): number[] => each.toSorted((a, b) => a - b);
    const reportsPerSecond = await measureThroughput(bench);
    const backAfterCrashMs = await measureReturn(bench);
    return {
      roundTripP50Us: percentile(sorted(times.plugin), 0.5),
      roundTripP99Us: percentile(sorted(times.plugin), 0.99),
      bareSocketP50Us: percentile(sorted(times.socket), 0.5),
      bareIpcP50Us: percentile(sorted(times.ipc), 0.5),
      reportsPerSecond,
      backAfterCrashMs,
    };
  } finally {
    await bench.close();
  }
}

if (import.meta.main) console.log(await measureBoundary());
