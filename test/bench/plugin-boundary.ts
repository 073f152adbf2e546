// Across the boundary between hub and plugin: how long one command and its report take there and back, and how many reports a
// second one plugin gets through while it is paced by acknowledgements in groups, as the journal gives them.

import { Bench } from '../../packages/hub/test/plugins/harness.ts';
import { percentile } from './statistics.ts';

const ROUNDS = 5_000;
const WARM_UP_ROUNDS = 1_000;
const REPORTS = 200_000;
const SYNC_MS = 10;

export interface BoundaryFigures {
  /** Command out, report back: two crossings. */
  readonly roundTripP50Us: number;
  readonly roundTripP99Us: number;
  readonly reportsPerSecond: number;
  /** From the crash of a plugin to its next answer. */
  readonly backAfterCrashMs: number;
}

async function measureRoundTrips(bench: Bench): Promise<number[]> {
  const times: number[] = [];
  let from = 0;
  bench.onReport = (_report, acknowledge) => {
    times.push((performance.now() - from) * 1000);
    acknowledge();
  };
  for (let round = 0; round < WARM_UP_ROUNDS + ROUNDS; round += 1) {
    from = performance.now();
    const set = { 'level.level': ((round % 60) + 1) / 100 };
    await bench.host.send('lamp', [{ id: 'lamp-1', command: { set }, deadline: 5_000 }]);
    bench.reports.length = 0;
  }
  return times.slice(WARM_UP_ROUNDS).toSorted((a, b) => a - b);
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
    const reportsPerSecond = await measureThroughput(bench);
    const backAfterCrashMs = await measureReturn(bench);
    return {
      roundTripP50Us: percentile(times, 0.5),
      roundTripP99Us: percentile(times, 0.99),
      reportsPerSecond,
      backAfterCrashMs,
    };
  } finally {
    await bench.close();
  }
}

if (import.meta.main) console.log(await measureBoundary());
