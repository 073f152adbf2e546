// Days are sealed and let go without anyone noticing: the same questions get the same answers, and the journal is kept until
// everything in it is safe elsewhere.

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Archive } from '../../src/history/archive.ts';
import { openHistory } from '../../src/history/history.ts';
import { keptDays } from '../../src/history/limits.ts';
import { historyService } from '../../src/history/query.ts';
import type { Entry, Sample } from '../../src/history/samples.ts';
import { openHistoryDatabase } from '../../src/history/schema.ts';
import { createImager } from '../../src/images/imager.ts';
import { openHome } from '../home.ts';

const test = suite('history is sealed and let go');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const KELVIN = 'temperature.temperature';

test('a chart is the same before and after its day is sealed, and after a kill', async () => {
  let home = await openHome();
  const from = new Date(home.clock.time).toISOString();
  for (let index = 0; index < 200; index += 1) {
    home.clock.advance(60_000);
    home.report('virtual:thermometer', { [KELVIN]: 20 + Math.sin(index) });
    if (index % 7 === 0) home.report('virtual:lamp', { 'onOff.on': index % 2 === 0 });
  }
  const to = new Date(home.clock.time).toISOString();
  const charts = async () => {
    const ask = historyService(home.kernel.machine.registry, home.storage.history, home.clock.now);
    const found: unknown[] = [];
    for (const [device, property] of [
      ['virtual:thermometer', KELVIN],
      ['virtual:lamp', 'onOff.on'],
    ] as const)
      for (const points of [1_000, 10]) found.push(await ask({ device, property, from, to, points }));
    return found;
  };
  const young = await charts();
  home.clock.advance(DAY);
  home.report('virtual:thermometer', { [KELVIN]: 1 });
  assert.equal(await charts(), young, 'sealed');
  home = await home.killed({ downFor: 3 * DAY });
  assert.equal(await charts(), young, 'after a kill, and another start');
  await home.close();
});

test('years of days go by in seconds, and each series keeps its days', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-history-'));
  const archive = new Archive(openHistoryDatabase(join(folder, 'history.db')));
  const series = { kind: 'property', device: 'virtual:a', name: KELVIN } as const;
  const other = { kind: 'online', device: 'virtual:a', name: '' } as const;
  const years = 2 * 365;
  let sequence = 0;
  for (let day = 0; day < years; day += 1) {
    const entries = Array.from({ length: 24 }, (_, hour): Entry => {
      sequence += 1;
      return hour === 0
        ? [other.kind, other.device, other.name, sequence, 0, day * DAY, day % 2 === 0, '']
        : [series.kind, series.device, series.name, sequence, 0, day * DAY + hour * HOUR, day + hour / 100, 'device'];
    });
    archive.append(entries, sequence);
    if (day === 0) archive.retain(other, 30);
  }
  const all = archive.samples(series, 0, years * DAY).samples;
  const first = years - 1 - keptDays(series);
  assert.is(Math.floor(all[0]!.at / DAY), Math.max(0, first));
  assert.is(all.length, 23 * (years - Math.max(0, first)));
  assert.is(archive.samples(other, 0, years * DAY).samples.length, 31);
  const [sample] = archive.samples(series, (years - 200) * DAY, (years - 200) * DAY + 2 * HOUR).samples;
  assert.is(sample!.value, years - 200 + 0.01);
  archive.close();
  rmSync(folder, { recursive: true });
});

test('a chart of years costs the home no more than its points', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-history-'));
  const archive = new Archive(openHistoryDatabase(join(folder, 'history.db')));
  const count = 200_000;
  for (let first = 0; first < count; first += 8_000) {
    const entries = Array.from({ length: 8_000 }, (_, index): Entry => {
      const sequence = first + index + 1;
      return ['property', 'virtual:a', KELVIN, sequence, 0, sequence * 60_000, Math.sin(sequence), 'device'];
    });
    archive.append(entries, first + 8_000);
  }
  const series = { kind: 'property', device: 'virtual:a', name: KELVIN } as const;
  const asked = { from: 60_000, to: (count + 1) * 60_000, most: 100 };
  const { samples } = archive.samples(series, asked.from, asked.to);
  assert.is(samples.length, count);
  archive.close();
  const scheduler = { now: Date.now, steady: () => performance.now(), after: () => () => {} };
  const history = await openHistory({
    folder,
    scheduler,
    synced: async () => {},
    onTrouble: (error) => assert.unreachable(String(error)),
  });
  const held = performance.eventLoopUtilization();
  const { points } = await history.points(series, asked.from, asked.to, asked.most);
  const busyMs = performance.eventLoopUtilization(held).active;
  assert.is(points.length, 100);
  assert.equal(points[7], naiveStretch(samples, asked, 7));
  const begun = performance.now();
  structuredClone(samples);
  assert.ok(busyMs < (performance.now() - begun) / 4, `the loop was held for ${busyMs} ms`);
  await history.close();
  rmSync(folder, { recursive: true });
});

function naiveStretch(samples: readonly Sample[], { from, to, most }: Record<string, number>, index: number) {
  const length = (to! - from!) / most!;
  const start = from! + index * length;
  const values = samples.filter(({ at }) => at >= start && at < start + length).map(({ value }) => value as number);
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return [new Date(Math.round(start)).toISOString(), Math.min(...values), mean, Math.max(...values)];
}

test('the journal is let go only as far as the older image reaches, and history has kept it', async () => {
  const home = await openHome();
  const forgotten: number[] = [];
  const history = { applied: 0, flush: async () => undefined };
  const journal = Object.assign(Object.create(home.kernel.journal) as typeof home.kernel.journal, {
    forget: (sequence: number) => void forgotten.push(sequence),
  });
  const { folders, projector } = home.storage;
  const imager = createImager({
    kernel: { ...home.kernel, journal },
    projector,
    history: history as never,
    folder: folders.images,
    from: 0,
    onTrouble: (error) => assert.unreachable(String(error)),
  });
  const write = async (applied: number): Promise<number> => {
    home.report('virtual:lamp', { 'onOff.on': true });
    history.applied = applied;
    await imager.write();
    return home.kernel.journal.last;
  };
  const first = await write(Number.MAX_SAFE_INTEGER);
  await write(Number.MAX_SAFE_INTEGER);
  const third = await write(first - 1);
  await write(third - 1);
  assert.equal(forgotten, [first, first, first - 1, third - 1]);
  imager.close();
  await home.close();
});

test.run();
