// From a data folder to a running machine: the newest good image, and the journal after it. Without an image, the documents that
// SQLite kept; without anything, a new home.

import { isDeepStrictEqual } from 'node:util';
import { HubError } from '@lintel/model';
import { describeActivity, type ActivityText } from './activity/describe.ts';
import { machineOf, newCore } from './images/capture.ts';
import { listImages, readImage } from './images/image.ts';
import type { Journal } from './journal/journal.ts';
import type { Edit, JournalRecord } from './journal/records.ts';
import type { Gap } from './journal/segments.ts';
import { createRegistry } from './registry/registry.ts';
import { createAttribution } from './state/attribution.ts';
import { createMachine, type Effects, type Machine } from './state/machine.ts';
import { createDeparted } from './state/departed.ts';
import { createOffences } from './state/offences.ts';
import { createPending } from './state/pending.ts';
import { createPresence } from './state/presence.ts';
import { createProperties } from './state/properties.ts';
import { createReverts } from './state/reverts.ts';
import { createRuns } from './state/runs.ts';
import { createSaves } from './state/saves.ts';
import { createSchedules } from './state/schedules.ts';

export interface RecoveryOptions {
  readonly journal: Journal;
  readonly imageFolder: string;
  /** What SQLite has, and up to which journal number. */
  readonly documents: readonly Edit[];
  readonly applied: number;
  readonly now: number;
  readonly seed: number;
  /** Called for each replayed record, so that the projection can catch up. */
  readonly replayed: (record: JournalRecord, effects: Effects, activity: readonly ActivityText[]) => void;
}

export interface Recovered {
  readonly machine: Machine;
  /** What could not be brought back, in words for the owner. */
  readonly losses: readonly string[];
  /** The journal number of the image that was used, 0 for none. */
  readonly imageSequence: number;
  /** The latest instant that the home has seen, milliseconds since 1970. */
  readonly reachedAt: number;
  /** What SQLite knows better than a journal whose end was lost; to be journaled anew. */
  readonly amends: readonly Edit[];
}

export async function recover(options: RecoveryOptions): Promise<Recovered> {
  const { journal } = options;
  const losses = [...journal.losses];
  const image = await newestGood(options, losses);
  const { machine, from } = image ?? (await withoutImage(options, losses));
  const known = Math.max(from, options.applied);
  const isCutShort = journal.last < known;
  if (isCutShort) {
    losses.push(`the journal ends at ${journal.last}, but ${known} records were known: the newest were lost`);
    journal.skipTo(known + 1);
  }
  const replayed = journal.last > from ? replay(options, machine, from, losses) : NOTHING_REPLAYED;
  // What was lost may have been an edit, which SQLite has all the same.
  const isLost = isCutShort ? options.applied > from : replayed.lostFrom <= options.applied;
  const amends = isLost ? difference(documentsOf(machine), options.documents, replayed.later) : [];
  const reachedAt = isCutShort ? Math.max(journal.lastAt, image?.at ?? 0) : journal.lastAt;
  return { machine, losses, imageSequence: image?.from ?? 0, reachedAt, amends };
}

interface Replayed {
  /** The first record that damage took; beyond all where none is missing. */
  readonly lostFrom: number;
  /** Documents that changed behind what SQLite has. */
  readonly later: ReadonlySet<string>;
}

const NOTHING_REPLAYED: Replayed = { lostFrom: Infinity, later: new Set() };

function replay(options: RecoveryOptions, machine: Machine, from: number, losses: string[]): Replayed {
  const later = new Set<string>();
  let lostFrom = Infinity;
  const onGap = ({ first, text }: Gap): void => {
    lostFrom = Math.min(lostFrom, first);
    if (!losses.includes(text)) losses.push(text);
  };
  for (const record of options.journal.read(from + 1, onGap)) {
    const activity = describeActivity(machine, record);
    const effects = machine.apply(record);
    options.replayed(record, effects, activity);
    if (record.sequence > options.applied) for (const edit of effects.edits) later.add(keyOf(edit));
  }
  return { lostFrom, later };
}

const documentsOf = ({ registry: documents }: Machine): readonly Edit[] => documents.export();
const keyOf = ({ collection, id }: Edit): string => `${collection}/${id}`;

/** The edits that lead from one set of documents to another, but for those that are newer than the second. */
function difference(have: readonly Edit[], want: readonly Edit[], newer: ReadonlySet<string>): Edit[] {
  const had = new Map(have.map((edit) => [keyOf(edit), edit.value]));
  const wanted = new Set(want.map(keyOf));
  const gone = have.filter((edit) => !wanted.has(keyOf(edit))).map((edit) => ({ ...edit, value: null }));
  const changed = want.filter((edit) => !isDeepStrictEqual(had.get(keyOf(edit)), edit.value));
  return [...gone, ...changed].filter((edit) => !newer.has(keyOf(edit)));
}

interface Start {
  readonly machine: Machine;
  readonly from: number;
}

async function newestGood(options: RecoveryOptions, losses: string[]): Promise<(Start & { at: number }) | null> {
  for (const { path, sequence } of await listImages(options.imageFolder)) {
    if (sequence + 1 < options.journal.first) continue;
    try {
      const image = await readImage(path);
      return { machine: await machineOf(image, options.seed), from: image.tail.sequence, at: image.tail.at };
    } catch (error) {
      losses.push(`the image at record ${sequence} cannot be used: ${(error as Error).message}`);
    }
  }
  return null;
}

/** A whole journal replays from nothing; where its beginning is gone, the documents in SQLite are the home. */
async function withoutImage(options: RecoveryOptions, losses: string[]): Promise<Start> {
  const { journal, documents, applied, now, seed } = options;
  const whole = journal.first === 1 || journal.last === 0;
  const lost = journal.last === 0 && applied > 0;
  if (whole && !lost) return { machine: await emptyMachine([], firstAt(journal, now), seed), from: 0 };
  if (documents.length === 0) {
    throw new HubError('STORAGE_FAILED', 'the journal is cut off and there is no image of the home: restore a backup');
  }
  losses.push('no image of the running automations was left: rooms, devices and rules are there, waiting runs are not');
  return { machine: await emptyMachine(documents, now, seed), from: applied };
}

function firstAt(journal: Journal, now: number): number {
  for (const record of journal.read(1)) return record.at;
  return now;
}

async function emptyMachine(documents: readonly Edit[], startAt: number, seed: number): Promise<Machine> {
  const registry = createRegistry(documents);
  const properties = createProperties();
  const core = await newCore({ registry, properties }, startAt, seed);
  return createMachine({
    registry,
    properties,
    attribution: createAttribution(),
    pending: createPending(),
    runs: createRuns(),
    saves: createSaves(),
    reverts: createReverts(),
    schedules: createSchedules(),
    presence: createPresence(),
    clock: { lost: false },
    offences: createOffences(),
    departed: createDeparted(),
    core,
  });
}
