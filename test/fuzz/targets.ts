// What hostile input is thrown at. Each answers whether it was taken, and throws where it was neither taken nor refused by name.

import { EngineError, RuleError, checkRule, compile, createEngine } from '@lintel/engine';
import type { Engine, EngineEvent } from '@lintel/engine';
import { HubError } from '@lintel/model';
import type { Rule } from '@lintel/model';
import fc from 'fast-check';
import * as assert from 'uvu/assert';
import { systemScheduler } from '../../packages/hub/src/clock.ts';
import type { Disk } from '../../packages/hub/src/journal/disk.ts';
import { SEGMENT_HEADER_BYTES } from '../../packages/hub/src/journal/frames.ts';
import { openJournal } from '../../packages/hub/src/journal/journal.ts';
import type { Appended, Journal } from '../../packages/hub/src/journal/journal.ts';
import type { Gap } from '../../packages/hub/src/journal/segments.ts';
import { FEATURES } from '../reference/arbitrary-parts.ts';
import { rulesOf, scenarioOf } from '../reference/arbitraries.ts';
import { momentsOf } from '../reference/machine.ts';
import { isSame } from './damage.ts';
import type { Damage } from './damage.ts';

const HOME = { latitude: 52.5, longitude: 13.4, timeZone: 'Europe/Berlin' };
const START = Date.parse('2026-03-28T20:00:00Z');
const features = new Set(FEATURES);

/** Good rules and events to make bad ones of. */
export function goodParts(seed: number): { rules: Rule[]; events: EngineEvent[] } {
  const rules = fc.sample(rulesOf(features), { seed, numRuns: 300 }).flat();
  const told = fc.sample(scenarioOf(features), { seed, numRuns: 40 });
  const events = told.flatMap(({ startAt, steps }) => momentsOf(startAt, steps).flatMap((moment) => moment.events));
  return { rules, events: events.filter((event) => !('outcome' in event)) as EngineEvent[] };
}

const PROVOCATION: readonly EngineEvent[] = [
  { device: 'virtual:a', property: 'occupancy.occupied', value: false },
  { device: 'virtual:a', property: 'occupancy.occupied', value: true },
  { device: 'virtual:a', property: 'temperature.temperature', value: 25 },
  { event: 'ding' },
];

/** A rule is refused with a RuleError, or can be run. */
export async function tryRule(raw: unknown): Promise<boolean> {
  try {
    checkRule(raw);
  } catch (error) {
    if (error instanceof RuleError) return false;
    throw error;
  }
  const rule = raw as Rule;
  const engine = await createEngine({ rules: [rule], home: HOME, startAt: START }).catch((error: unknown) => {
    if (error instanceof RuleError) return null;
    throw error;
  });
  if (engine === null) return false;
  engine.step(START + 1000, [...PROVOCATION, { run: rule.id }]);
  engine.restore(engine.snapshot());
  engine.step(START + 60_000, PROVOCATION);
  engine.close();
  return true;
}

function refuses(code: EngineError['code'], attempt: () => unknown): boolean {
  try {
    attempt();
    return false;
  } catch (error) {
    if (error instanceof EngineError && error.code === code && error.message.length > 10) return true;
    throw error;
  }
}

export class EngineTarget {
  readonly #engine: Engine;
  readonly #images: readonly Uint8Array[];
  readonly #compiled: Uint8Array;
  #hash: string;

  private constructor(engine: Engine, images: readonly Uint8Array[], compiled: Uint8Array) {
    this.#engine = engine;
    this.#images = images;
    this.#compiled = compiled;
    this.#hash = engine.stateHash();
  }

  static async open(rules: readonly Rule[]): Promise<EngineTarget> {
    const own = rules.slice(0, 8).map((rule, index) => ({ ...rule, id: `r${index}` }));
    const engine = await createEngine({ rules: own, home: HOME, startAt: START });
    engine.step(START + 1000, PROVOCATION);
    const images = [engine.snapshot(), engine.snapshot(undefined, { seal: false })];
    engine.step(START + 2000, PROVOCATION.toReversed());
    return new EngineTarget(engine, images, await compile({ rules: own, home: HOME }));
  }

  /** An event is refused as a bad one, or taken. */
  tryEvent(raw: unknown): boolean {
    const taken = !refuses('BAD_EVENT', () => this.#engine.step(START + 2000, [raw as EngineEvent]));
    if (taken) this.#hash = this.#engine.stateHash();
    else assert.is(this.#engine.stateHash(), this.#hash, 'a refused event has changed the state');
    return taken;
  }

  /** A damaged image is refused and the state as it was. Without a seal only its length and its head tell. */
  tryImage(damage: Damage, sealed: boolean): boolean {
    const image = this.#images[sealed ? 0 : 1]!;
    const damaged = damage(image);
    if (sealed ? isSame(image, damaged) : image.length === damaged.length) return true;
    return this.tryAsImage(damaged);
  }

  tryAsImage(raw: unknown): boolean {
    assert.ok(
      refuses('BAD_IMAGE', () => this.#engine.restore(raw as Uint8Array)),
      'a damaged image was taken',
    );
    assert.is(this.#engine.stateHash(), this.#hash, 'a refused image has changed the state');
    return false;
  }

  async tryCompiled(damage: Damage): Promise<boolean> {
    const damaged = damage(this.#compiled);
    return isSame(this.#compiled, damaged) || this.tryAsCompiled(damaged);
  }

  async tryAsCompiled(raw: unknown): Promise<boolean> {
    const attempt = createEngine({ compiled: (raw ?? null) as Uint8Array, startAt: START });
    const engine = await attempt.catch((error: unknown) => {
      assert.ok(error instanceof EngineError && error.code === 'BAD_IMAGE', String((error as Error).stack));
      return null;
    });
    assert.is(engine, null, 'damaged rules were taken');
    return false;
  }
}

const report = (value: number): Appended => ({
  input: { kind: 'report', body: { device: 'virtual:lamp', values: { 'level.level': value } } },
  origin: { kind: 'system' },
  cause: 0,
});

function memoryDisk(files: Map<string, Buffer>): Disk {
  return {
    list: () => [...files.keys()].toSorted(),
    read: (name) => Buffer.from(files.get(name) ?? []),
    openAppend: (name) => ({
      append: (bytes) => void files.set(name, Buffer.concat([files.get(name) ?? Buffer.alloc(0), bytes])),
      sync: () => Promise.resolve(),
      close: () => Promise.resolve(),
    }),
    truncate: (name, bytes) => void files.set(name, files.get(name)!.subarray(0, bytes)),
    remove: (name) => void files.delete(name),
    sync: () => undefined,
  };
}

const openOn = (files: Map<string, Buffer>) =>
  openJournal({ disk: memoryDisk(files), scheduler: systemScheduler, segmentBytes: 500 });

export class JournalTarget {
  readonly #files = new Map<string, Buffer>();
  /** Lengths that a segment had when it was the newest. */
  readonly #ends = new Set([SEGMENT_HEADER_BYTES]);
  readonly #records: readonly string[];

  constructor() {
    const journal = openOn(this.#files);
    for (let index = 0; index < 12; index += 1) {
      journal.append([report(index)]);
      this.#ends.add([...this.#files].toSorted().at(-1)![1].length);
    }
    this.#records = [...journal.read(1)].map((record) => JSON.stringify(record));
  }

  /** A damaged journal is refused by name, or gives records as they were written, never others, and tells which are lost. */
  try(damage: Damage, which: number): boolean {
    const names = [...this.#files.keys()].toSorted();
    const files = new Map(this.#files);
    const name = names[which % names.length]!;
    const damaged = Buffer.from(damage(files.get(name)!));
    const wasSo = this.#wasSo(name, damaged);
    files.set(name, damaged);
    try {
      const journal = openOn(files);
      const missing = this.#missingFrom(journal);
      const isTold = missing.length === 0 || journal.losses.length > 0 || wasSo;
      assert.ok(isTold, `lost without a word: ${missing.join()}`);
      for (const sequence of this.#records.keys()) this.#isAsWritten(journal.find(sequence + 1));
      return true;
    } catch (error) {
      if (error instanceof HubError && error.code === 'STORAGE_FAILED' && error.message.length > 10) return false;
      throw error;
    }
  }

  /** What ends behind an earlier record of the newest segment stood there before the later ones: a journal cannot know better. */
  #wasSo(name: string, bytes: Buffer): boolean {
    const newest = [...this.#files.keys()].toSorted().at(-1)!;
    return name === newest && this.#ends.has(bytes.length) && this.#files.get(newest)!.indexOf(bytes) === 0;
  }

  /** The numbers that reading neither gives nor names as a gap. */
  #missingFrom(journal: Journal): number[] {
    const told = new Set<number>();
    const tell = ({ first, last }: Gap): void => {
      for (let sequence = first; sequence <= last; sequence += 1) told.add(sequence);
    };
    for (const record of journal.read(1, tell)) {
      this.#isAsWritten(record);
      told.add(record.sequence);
    }
    return this.#records.map((_, index) => index + 1).filter((sequence) => !told.has(sequence));
  }

  #isAsWritten(record: { readonly sequence: number } | null): void {
    if (record !== null) assert.is(JSON.stringify(record), this.#records[record.sequence - 1]);
  }
}
