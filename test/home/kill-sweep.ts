// Kills the home of a scripted day behind each record of its journal, and compares what came of the day.

import { isDeepStrictEqual } from 'node:util';
import * as assert from 'uvu/assert';
import type { JournalRecord } from '../../packages/hub/src/journal/records.ts';
import { openDay, type DayHome, type StoredImage, type Told } from './day-home.ts';
import { DAY_MS, MIDNIGHT, type Happening } from './scripted-day.ts';
import { SimulatedDisk } from './simulated-disk.ts';

const HAPPENINGS_PER_IMAGE = 25;

export interface UninterruptedDay {
  readonly script: readonly Happening[];
  readonly disk: SimulatedDisk;
  readonly images: readonly StoredImage[];
  readonly told: readonly Told[];
  readonly end: unknown;
  /** By number of the record: how many happenings of the script the journal has with it. */
  readonly happened: readonly number[];
  /** By number of the record: how many writes the disk has with it. */
  readonly writes: readonly number[];
  readonly records: readonly JournalRecord[];
}

export async function liveDay(script: readonly Happening[]): Promise<UninterruptedDay> {
  const disk = new SimulatedDisk();
  const home = await openDay({ disk, at: MIDNIGHT });
  const images: StoredImage[] = [];
  const taken = new Map<number, number>();
  for (const [index, happening] of script.entries()) {
    await live(home, happening, (sequence) => taken.set(sequence, index + 1));
    if (index % HAPPENINGS_PER_IMAGE === HAPPENINGS_PER_IMAGE - 1) images.push(home.image());
  }
  await home.until(MIDNIGHT + DAY_MS);
  const records = [...home.kernel.journal.read(1)];
  const happened = [0];
  for (const { sequence } of records) happened.push(taken.get(sequence) ?? happened.at(-1)!);
  const end = endOf(home);
  home.close();
  return { script, disk, images, told: home.told, end, happened, writes: writesOf(disk, records.length), records };
}

/** What fits nothing of the home has happened too: it is counted with the record before it. */
async function live(home: DayHome, happening: Happening, taken: (sequence: number) => void): Promise<void> {
  await home.until(happening.at);
  const input = happening.input(home.machine);
  // The number is noted before what follows from the record is written.
  taken(home.kernel.journal.last + (input === null ? 0 : 1));
  if (input !== null) home.kernel.submit(input, happening.origin);
  await home.until(happening.at);
}

/** A segment begins with a write of its header, which is no record. */
function writesOf(disk: SimulatedDisk, records: number): number[] {
  const counts = [0];
  const begun = new Set<string>();
  for (const [index, { name }] of disk.writes.entries()) {
    if (begun.has(name)) counts.push(index + 1);
    begun.add(name);
  }
  assert.is(counts.length - 1, records, 'each write but headers is one record');
  return counts;
}

/** The day with a kill when the journal had so many records; throws where anything came out otherwise. */
export async function dayKilledAt(day: UninterruptedDay, record: number, tornBytes: number): Promise<void> {
  const { script, images, told, records } = day;
  const known = images.filter(({ sequence }) => sequence <= record).slice(-2);
  const at = records[record - 1]!.at;
  const home = await openDay({ disk: diskAfter(day, record, tornBytes, known), at, images: known });
  const torn = home.losses.filter((loss) => !loss.includes('bytes cut off'));
  assert.equal(torn, [], 'nothing was lost');
  for (const happening of script.slice(day.happened[record])) await live(home, happening, () => {});
  await home.until(MIDNIGHT + DAY_MS);
  const settled = new Set(records.slice(0, record).flatMap((each) => settledBy(each)));
  const due = told.filter(({ command, device }) => !settled.has(`${command} ${device}`));
  assert.equal(inOrder(home.told), inOrder(due), 'what was not acknowledged is told once, with its id');
  const end = endOf(home);
  home.close();
  const wrong = differences(day.end, end);
  assert.equal(wrong, [], `killed behind record ${record}, a ${records[record - 1]!.kind}, the day ends otherwise`);
}

const DIFFERENCES_MAX = 12;

/** Where two ends of the day part, and how. */
function differences(expected: unknown, actual: unknown, path = ''): string[] {
  if (isDeepStrictEqual(expected, actual)) return [];
  const isBranch = [expected, actual].every((each) => typeof each === 'object' && each !== null);
  if (!isBranch) return [`${path}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`];
  const [one, other] = [expected, actual] as Record<string, unknown>[];
  const keys = [...new Set([...Object.keys(one!), ...Object.keys(other!)])];
  return keys.flatMap((key) => differences(one![key], other![key], `${path}/${key}`)).slice(0, DIFFERENCES_MAX);
}

/** Segments older than both images have been let go. */
function diskAfter(
  { disk, writes }: UninterruptedDay,
  record: number,
  tornBytes: number,
  images: readonly StoredImage[],
): SimulatedDisk {
  const left = disk.after(writes[record]!, tornBytes);
  const [oldest] = images;
  if (images.length < 2 || oldest === undefined) return left;
  const firsts = left.list().map((name) => Number.parseInt(name, 10));
  const needed = firsts.findLast((first) => first <= oldest.sequence + 1)!;
  for (const name of left.list()) if (Number.parseInt(name, 10) < needed) left.remove(name);
  return left;
}

const settledBy = (record: JournalRecord): string[] =>
  record.kind === 'outcome' ? [`${record.body.command} ${record.body.device}`] : [];

const inOrder = (told: readonly Told[]): string[] => told.map((each) => JSON.stringify(each)).toSorted();

/** Journal numbers are others after a start more, and with them the ids of notifications; all else must be alike. */
const NUMBERED: ReadonlySet<string> = new Set(['sequence', 'cause']);

function endOf({ machine }: DayHome): unknown {
  const { core, runs, properties, registry, reverts, schedules, presence, pending, saves } = machine;
  const documents = registry.export().map((edit) => (edit.collection === 'notifications' ? { ...edit, id: '' } : edit));
  const state = {
    core: core.export(),
    wakeAt: machine.wakeAt,
    runs: runs.export(),
    properties: properties.export().map((each) => ({ ...each, heard: true })),
    documents,
    reverts: reverts.export(),
    schedules: schedules.export(),
    presence: presence.export(),
    pending: pending.list(),
    saves: saves.export(),
  };
  return JSON.parse(JSON.stringify(state, (key, value: unknown) => withoutNumbers(key, value)));
}

function withoutNumbers(key: string, value: unknown): unknown {
  if (NUMBERED.has(key)) return undefined;
  const { automation, text } = (value ?? {}) as { automation?: unknown; text?: unknown };
  return automation !== undefined && text !== undefined ? { ...(value as object), id: '' } : value;
}
