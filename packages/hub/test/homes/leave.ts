// Leaves a home behind as a killed hub does, for those that come after: `node packages/hub/test/homes/leave.ts NAME` writes
// NAME.json.gz beside this file. A new one is needed whenever a format on disk changes; old ones stay.

import { cpSync, globSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { gzipSync } from 'node:zlib';
import type { Rule } from '@lintel/model';
import { CHUNK_VERSION } from '../../src/history/chunk.ts';
import { decodeImage } from '../../src/images/image.ts';
import { RECORD_VERSION } from '../../src/journal/records.ts';
import { peopleService } from '../../src/services/people.ts';
import { scheduleService } from '../../src/services/schedules.ts';
import { variableService } from '../../src/services/variables.ts';
import { addRule, heard, LAMP, MOTION, on } from '../household/rules.ts';
import { openHome, testClock, type TestHome } from '../home.ts';

/** Everything on disk that has a version, as a folder has it; what a newer Lintel writes otherwise needs a home that has it. */
function formatsOf(folder: string) {
  const first = (pattern: string): string => join(folder, globSync(pattern, { cwd: folder }).toSorted()[0]!);
  const magic = (path: string): string => readFileSync(path).subarray(0, 8).toString('latin1');
  const schema = (path: string): unknown => {
    const database = new DatabaseSync(path, { readOnly: true });
    const { user_version: version } = database.prepare('PRAGMA user_version').get()!;
    database.close();
    return version;
  };
  const image = first('images/*.image');
  return {
    journal: magic(first('**/*.journal')),
    record: RECORD_VERSION,
    image: magic(image),
    tail: decodeImage(readFileSync(image)).tail.version,
    chunk: CHUNK_VERSION,
    databases: globSync('**/*.db', { cwd: folder })
      .toSorted()
      .map((path) => [path, schema(join(folder, path))]),
  };
}

export interface LeftHome {
  readonly formats: ReturnType<typeof formatsOf>;
  /** Milliseconds since 1970, when it was killed. */
  readonly at: number;
  /** Its data folder: what stands in each file, as base64. */
  readonly files: Readonly<Record<string, string>>;
}

const BY = { kind: 'user', id: 'ada' } as const;
const MINUTE = 60_000;
/** A Sunday, so that a day ends while it runs. */
const BEGAN = Date.UTC(2026, 10, 22, 20, 0);
const set = (level: number) => ({ kind: 'set', target: { device: LAMP }, values: { 'level.level': level } }) as const;
const delay = (minutes: number) => ({ kind: 'delay', for: `${minutes}m` }) as const;

const RULES: readonly Pick<Rule, 'id' | 'triggers' | 'actions' | 'mode'>[] = [
  { id: 'wait', mode: 'single', triggers: on('go'), actions: [delay(10), set(0.1)] },
  {
    id: 'rounds',
    mode: 'queued',
    triggers: on('go'),
    actions: [{ kind: 'repeat', count: 3, actions: [delay(4), set(0.2)] }],
  },
  {
    id: 'held',
    mode: 'single',
    triggers: [{ kind: 'property', device: MOTION, property: 'occupancy.occupied', becomes: true, for: '6m' }],
    actions: [set(0.3)],
  },
  { id: 'old', mode: 'single', triggers: on('go'), actions: [delay(8), set(0.4)] },
  {
    id: 'morning',
    mode: 'single',
    triggers: [{ kind: 'schedule', schedule: 'light', becomes: 0.9 }],
    actions: [set(0.5)],
  },
  {
    id: 'guests',
    mode: 'parallel',
    triggers: on('go'),
    actions: [
      { kind: 'variable', name: 'guests', value: { expression: 'variable("guests") + 1' } },
      { kind: 'wait', until: { kind: 'presence', person: 'anyone', is: 'home' }, timeout: '7m' },
      { ...set(0.6), for: '1m' },
    ],
  },
];

/** An evening and a night of a home in which much is under way. */
async function live(home: TestHome): Promise<void> {
  const blocks = [
    { weekdays: ['mon'] as const, at: '06:00', value: 0.1 },
    { weekdays: ['mon'] as const, at: '06:20', value: 0.9 },
  ];
  await scheduleService(home.kernel).create({ id: 'light', name: 'Light', blocks }, BY);
  await peopleService(home.kernel).create({ id: 'ada', name: 'Ada', sources: ['phones:ada'] }, BY);
  await variableService(home.kernel).create({ name: 'guests', value: 2 }, BY);
  for (const rule of RULES) await addRule(home, rule);
  home.presence('phones:ada', 'away');
  home.report(LAMP, { 'onOff.on': true });
  for (let hour = 0; hour < 9; hour += 1) {
    home.clock.advance(60 * MINUTE);
    home.report('virtual:thermometer', { 'temperature.temperature': 15 + hour / 4 });
  }
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  heard(home, 'go');
  home.clock.advance(MINUTE);
  await home.imager.write();
  heard(home, 'go');
  await addRule(home, { id: 'old', triggers: on('never'), actions: [set(0.8)] });
  home.clock.advance(MINUTE);
  await home.storage.history.flush();
  await home.storage.projector.flush();
}

/** A home as this Lintel leaves it. */
export async function leave(): Promise<LeftHome> {
  const home = await openHome({ clock: testClock(BEGAN) });
  await live(home);
  const folder = mkdtempSync(join(tmpdir(), 'lintel-left-'));
  cpSync(home.storage.folders.data, folder, { recursive: true, filter: (path) => !/lock\.db|-shm$/.test(path) });
  const paths = globSync('**', { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  const files = Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path)).toString('base64')]));
  const left = { formats: formatsOf(folder), at: home.clock.time, files };
  await home.close();
  return left;
}

if (import.meta.main) {
  const path = join(import.meta.dirname, `${process.argv[2]}.json.gz`);
  writeFileSync(path, gzipSync(JSON.stringify(await leave()), { level: 9 }));
}
