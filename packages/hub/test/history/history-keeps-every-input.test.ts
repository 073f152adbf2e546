// Everything the core was given can be read back, in order, whatever became of the hub in between.

import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { Archive } from '../../src/history/archive.ts';
import { HISTORY_LOG_ENTRIES_MAX } from '../../src/history/limits.ts';
import { historyService } from '../../src/history/query.ts';
import type { Entry, Inputs } from '../../src/history/samples.ts';
import { openHistoryDatabase } from '../../src/history/schema.ts';
import { openHome, type TestHome } from '../home.ts';

const test = suite('history keeps every input');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

async function inputsOf({ storage: { history } }: TestHome): Promise<Inputs[]> {
  const found: Inputs[] = [];
  for await (const inputs of history.inputs(0, Date.UTC(2030, 0, 1))) found.push(inputs);
  return found;
}

const withoutSequence = (event: object): object =>
  Object.fromEntries(Object.entries(event).filter(([field]) => field !== 'sequence'));

const ask = ({ kernel, storage, clock }: TestHome) =>
  historyService(kernel.machine.registry, storage.history, clock.now);

test('what the core was given is read back in journal order, with its times', async () => {
  const home = await openHome();
  home.clock.advance(1_000);
  home.report('virtual:lamp', { 'onOff.on': true, 'level.level': 0.3 });
  home.submit({
    kind: 'event',
    body: {
      device: 'virtual:motion',
      event: 'button.pressed',
      data: { action: 'single', button: 1, detail: { x: 1 } },
    },
  });
  home.clock.advance(DAY);
  home.submit({ kind: 'online', body: { device: 'virtual:lamp', online: false } });
  home.report('virtual:thermometer', { 'temperature.temperature': 21.37 });
  home.submit({ kind: 'event', body: { device: null, event: 'ding', data: { a: 'b' } } });
  const given = await inputsOf(home);
  const events = given.flatMap((each) => each.events);
  assert.equal(events.slice(-6).map(withoutSequence), [
    { device: 'virtual:lamp', property: 'onOff.on', value: true, origin: 'device' },
    { device: 'virtual:lamp', property: 'level.level', value: 0.3, origin: 'device' },
    { device: 'virtual:motion', event: 'button.pressed', button: '1', action: 'single', data: {} },
    { device: 'virtual:lamp', online: false },
    { device: 'virtual:thermometer', property: 'temperature.temperature', value: 21.37, origin: 'device' },
    { event: 'ding', data: { a: 'b' } },
  ]);
  assert.equal(events.slice(0, 1), [{ start: true, sequence: 1 }]);
  const sequences = given.map(({ sequence }) => sequence);
  assert.equal(
    sequences,
    sequences.toSorted((a, b) => a - b),
  );
  assert.is(
    given.at(-1)!.at - given.findLast(({ events: [first] }) => 'event' in first! && 'device' in first)!.at,
    DAY,
  );
  await home.close();
});

test('a killed hub lost none of it, and has none of it twice', async () => {
  let home = await openHome();
  const expected: string[] = [];
  for (let round = 0; round < 4; round += 1) {
    for (let index = 0; index < 20; index += 1) {
      home.clock.advance(60_000);
      home.report('virtual:thermometer', { 'temperature.temperature': round * 100 + index });
      expected.push(`${round * 100 + index} ${home.clock.time}`);
      if (round === 1 && index === 7) await home.storage.history.flush();
      if (round === 2 && index === 7) await home.imager.write();
    }
    home = await home.killed({ downFor: HOUR });
  }
  const events = await inputsOf(home);
  const kept = events.flatMap(({ at, events: all }) =>
    all.flatMap((event) =>
      'property' in event && event.device === 'virtual:thermometer' ? [`${event.value} ${at}`] : [],
    ),
  );
  assert.equal(kept, expected);
  assert.is(events.flatMap((each) => each.events).filter((event) => 'start' in event).length, 5);
  await home.close();
});

test('a property is answered from one time to another, with what was before', async () => {
  const home = await openHome();
  const times: string[] = [];
  for (const value of [20, 20.5, 21, 21.5]) {
    home.clock.advance(HOUR);
    times.push(new Date(home.clock.time).toISOString());
    home.report('virtual:thermometer', { 'temperature.temperature': value });
  }
  const query = { device: 'virtual:thermometer', property: 'temperature.temperature' };
  assert.equal(await ask(home)({ ...query, from: times[1]!, to: times[3]! }), {
    points: [
      [times[1], 20.5],
      [times[2], 21],
    ],
    before: [times[0], 20],
  });
  assert.is((await ask(home)(query)).points.length, 4, 'the last day is the default');
  assert.equal((await ask(home)({ ...query, device: 'virtual:thermometer/1' })).points.length, 4);
  await home.close();
});

test('many numbers become least, mean and greatest; other values lose their repetitions', async () => {
  const home = await openHome();
  const from = new Date(home.clock.time).toISOString();
  for (let index = 0; index < 600; index += 1) {
    home.clock.advance(1_000);
    home.report('virtual:thermometer', { 'temperature.temperature': index % 100 });
    home.report('virtual:motion', { 'occupancy.occupied': index >= 300 });
  }
  const query = { device: 'virtual:thermometer', property: 'temperature.temperature', from, points: 6 };
  const { points } = await ask(home)(query);
  assert.is(points.length, 6);
  for (const [at, min, mean, max] of points as [string, number, number, number][]) {
    assert.ok(at >= from);
    assert.ok(min <= mean && mean <= max);
  }
  assert.is(Math.min(...points.map(([, min]) => min as number)), 0);
  assert.is(Math.max(...points.map((point) => point[3] as number)), 99);
  const seen = await ask(home)({ device: 'virtual:motion', property: 'occupancy.occupied', from, points: 6 });
  assert.equal(
    seen.points.map(([, value]) => value),
    [false, true],
  );
  await home.close();
});

test('what never was is told apart from what has no history yet', async () => {
  const home = await openHome();
  const code = async (device: string, property: string): Promise<string> => {
    try {
      await ask(home)({ device, property });
      return 'ok';
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  assert.is(await code('virtual:thermometer', 'temperature.temperature'), 'ok');
  assert.is(await code('virtual:thermometer', 'onOff.on'), 'UNKNOWN_PROPERTY');
  assert.is(await code('virtual:nothing', 'onOff.on'), 'NOT_FOUND');
  await home.kernel.commit([{ collection: 'devices', id: 'virtual:lamp', value: null }], { kind: 'system' });
  assert.is(await code('virtual:lamp', 'onOff.on'), 'ok', 'a device that left keeps its history');
  await home.close();
});

test('a damaged history is named, left as it is, and does not hold up the home', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-hub-'));
  const file = join(folder, 'history.db');
  writeFileSync(file, 'this is no database, but it was somebody’s history');
  const home = await openHome({ folder });
  assert.match(home.storage.losses.join(), /history\.db cannot be used/);
  home.submit({ kind: 'event', body: { device: null, event: 'ding', data: {} } });
  await home.imager.write();
  const refused = await home.storage.history
    .samples({ kind: 'mode', device: '', name: '' }, 0, 1)
    .catch((error) => error);
  assert.is(refused.code, 'STORAGE_FAILED');
  assert.ok(existsSync(file));
  await home.close();
});

const entry = (sequence: number, at: number, name = 'temperature.temperature'): Entry => [
  'property', 'virtual:a', name, sequence, 0, at, sequence / 10, 'device',
]; // prettier-ignore

test('a long day is sealed in parts, becomes one chunk a series at its end, and goes when it is old', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-history-'));
  const open = (): Archive => new Archive(openHistoryDatabase(join(folder, 'history.db')));
  const chunks = (): unknown[] => {
    const database = openHistoryDatabase(join(folder, 'history.db'));
    const rows = database.prepare('SELECT day, count FROM chunks ORDER BY day, first_sequence').all();
    const log = database.prepare('SELECT count(*) AS n FROM log').get() as { n: number };
    database.close();
    return [...rows.map((row) => `${String(row['day'])}: ${String(row['count'])}`), `log ${log.n}`];
  };
  let archive = open();
  const many = Array.from({ length: HISTORY_LOG_ENTRIES_MAX + 10 }, (_, index) => entry(index + 1, index * 1_000));
  archive.append(many.slice(0, 10), 10);
  archive.append(many.slice(10, HISTORY_LOG_ENTRIES_MAX), HISTORY_LOG_ENTRIES_MAX);
  archive.append(many.slice(HISTORY_LOG_ENTRIES_MAX), many.length);
  assert.equal(chunks(), [`0: ${HISTORY_LOG_ENTRIES_MAX}`, 'log 1']);
  archive.close();
  archive = open();
  assert.is(archive.applied, many.length);
  archive.append([entry(many.length + 1, DAY + 5)], many.length + 1);
  assert.equal(chunks(), [`0: ${many.length}`, 'log 1']);
  const series = { kind: 'property', device: 'virtual:a', name: 'temperature.temperature' } as const;
  const { samples, before } = archive.samples(series, 5_000, DAY + 6);
  assert.is(samples.length, many.length + 1 - 5);
  assert.equal(before, { sequence: 5, place: 0, at: 4_000, value: 0.5, origin: 'device' });
  archive.retain({ kind: 'property', device: 'virtual:a' }, 3);
  archive.append([entry(many.length + 2, 3 * DAY)], many.length + 2);
  archive.append([entry(many.length + 3, 4 * DAY)], many.length + 3);
  archive.append([entry(many.length + 4, 5 * DAY)], many.length + 4);
  assert.equal(chunks(), ['3: 1', '4: 1', 'log 1']);
  archive.append([entry(many.length + 5, 8 * DAY)], many.length + 5);
  assert.equal(chunks(), ['5: 1', 'log 1']);
  archive.close();
  rmSync(folder, { recursive: true });
});

test('what was kept when the disk became full is kept once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-history-'));
  const database = openHistoryDatabase(join(folder, 'history.db'));
  const archive = new Archive(database);
  const series = { kind: 'property', device: 'virtual:a', name: 'generic.7' } as const;
  const of = (index: number): Entry => [
    'property', 'virtual:a', `generic.${index % 50}`, index + 1, 0, index * 1_000, Math.sin(index), 'device',
  ]; // prettier-ignore
  const first = Array.from({ length: HISTORY_LOG_ENTRIES_MAX - 1 }, (_, index) => of(index));
  archive.append(first, first.length);
  const { page_count: pages } = database.prepare('PRAGMA page_count').get() as { page_count: number };
  // The log still takes one more entry, and the chunks that it makes it long enough for do not fit any more.
  database.exec(`PRAGMA max_page_count = ${pages + 1}`);
  const last = [of(first.length)];
  for (let tries = 0; tries < 3; tries += 1) assert.throws(() => archive.append(last, last[0]![3]), /full/);
  database.exec(`PRAGMA max_page_count = ${pages * 10}`);
  archive.append(last, last[0]![3]);
  assert.is(archive.samples(series, 0, DAY).samples.length, HISTORY_LOG_ENTRIES_MAX / 50);
  const { n } = database.prepare('SELECT sum(count) AS n FROM chunks').get() as { n: number };
  assert.is(n, first.length + 1);
  archive.close();
  rmSync(folder, { recursive: true });
});

test('a chart runs from left to right also where the clock was set back', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lintel-history-'));
  const archive = new Archive(openHistoryDatabase(join(folder, 'history.db')));
  const series = { kind: 'property', device: 'virtual:a', name: 'temperature.temperature' } as const;
  const times = [1_000, 9_000, 2_000, 3_000, 10_000];
  archive.append(
    times.map((at, index) => entry(index + 1, at)),
    times.length,
  );
  const timesOf = (most: number): number[] =>
    archive.points(series, 0, 20_000, most).points.map(([at]) => Date.parse(at));
  assert.equal(timesOf(10), [1_000, 2_000, 3_000, 9_000, 10_000]);
  assert.equal(timesOf(4), [0, 5_000, 10_000]);
  archive.close();
  rmSync(folder, { recursive: true });
});

test.run();
