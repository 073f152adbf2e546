// The history in its database: an append log of what is young, sealed into one compressed chunk per series and day. The log is
// short, so that it is held in memory too and no question has to read it from the disk.

import type { DatabaseSync, StatementSync } from 'node:sqlite';
import { decodeChunk, encodeChunk } from './chunk.ts';
import { HISTORY_LOG_CHARACTERS_MAX, HISTORY_LOG_ENTRIES_MAX, keptDays } from './limits.ts';
import type { Found, FoundPoints, InputsPage, SeriesSamples } from './messages.ts';
import { plain, pointsOf } from './points.ts';
import type { Entry, Sample, Series } from './samples.ts';
import { SeriesTable } from './series-table.ts';

const DAY_MS = 86_400_000;
const dayOf = (at: number): number => Math.floor(at / DAY_MS);

interface ChunkRow {
  readonly series: number;
  readonly day: number;
  readonly body: Uint8Array;
}

export class Archive {
  readonly #database: DatabaseSync;
  readonly #series: SeriesTable;
  readonly #statements = new Map<string, StatementSync>();
  /** What is not sealed yet, by series. */
  readonly #young = new Map<number, Sample[]>();
  #youngCount = 0;
  #youngCharacters = 0;
  /** The day of the newest sample, −1 while there is none. */
  #day = -1;

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.#series = new SeriesTable(database);
    const newest = this.#all('SELECT max(last_at) AS at FROM chunks')[0]!['at'];
    if (newest !== null) this.#day = dayOf(Number(newest));
    for (const row of this.#all('SELECT body FROM log ORDER BY number'))
      this.#remember(JSON.parse(String(row['body'])) as Entry[]);
  }

  get applied(): number {
    return Number(this.#all('SELECT applied_sequence FROM progress')[0]!['applied_sequence']);
  }

  rewind(applied: number): void {
    this.#run('UPDATE progress SET applied_sequence = ?', applied);
  }

  /**
   * Keeps the entries, in order; seals what came before when a day has ended or the log is long. Where that could not be done,
   * they may be given again: what is in already is passed over.
   */
  append(given: readonly Entry[], applied: number): void {
    const known = this.applied;
    const entries = given.filter(([, , , sequence]) => sequence > known);
    const newest = entries.at(-1);
    if (newest !== undefined && this.#day >= 0 && dayOf(newest[5]) > this.#day) this.#endDay(dayOf(newest[5]));
    this.#transaction(() => {
      for (const entry of entries) this.#series.ensure(entry);
      if (newest !== undefined) this.#run('INSERT INTO log (body) VALUES (?)', JSON.stringify(entries));
      this.#run('UPDATE progress SET applied_sequence = ?', applied);
    });
    this.#remember(entries);
    const isLong = this.#youngCount >= HISTORY_LOG_ENTRIES_MAX || this.#youngCharacters >= HISTORY_LOG_CHARACTERS_MAX;
    if (isLong) this.#seal();
  }

  samples(series: Series, from: number, to: number): Found {
    const id = this.#series.find(series);
    if (id === null) return { samples: [], before: null, known: false };
    return { samples: [...this.#within(id, from, to)], before: this.#before(id, from), known: true };
  }

  points(series: Series, from: number, to: number, most: number): FoundPoints {
    const id = this.#series.find(series);
    if (id === null) return { points: [], before: null, known: false };
    const before = this.#before(id, from);
    const points = pointsOf(() => this.#within(id, from, to), from, to, most);
    return { points, before: before === null ? null : plain(before), known: true };
  }

  /** One chunk is read at a time. */
  *#within(id: number, from: number, to: number): Generator<Sample> {
    for (const { body } of this.#chunks('series = ? AND last_at >= ? AND first_at < ?', id, from, to))
      for (const sample of decodeChunk(body)) if (sample.at >= from && sample.at < to) yield sample;
    for (const sample of this.#young.get(id) ?? []) if (sample.at >= from && sample.at < to) yield sample;
  }

  /** The last sample of a series before an instant. */
  #before(id: number, from: number): Sample | null {
    const young = this.#young.get(id)?.findLast(({ at }) => at < from);
    if (young !== undefined) return young;
    const sql =
      'SELECT body FROM chunks WHERE series = ? AND first_at < ? ORDER BY first_at DESC, first_sequence DESC LIMIT 1';
    const [row] = this.#all(sql, id, from);
    if (row === undefined) return null;
    return decodeChunk(row['body'] as Uint8Array).findLast(({ at }) => at < from) ?? null;
  }

  inputs(from: number, to: number): InputsPage {
    const found = new Map<number, Sample[]>();
    const put = (id: number, samples: readonly Sample[]): void => {
      const within = samples.filter(({ at }) => at >= from && at < to);
      if (within.length > 0) found.set(id, [...(found.get(id) ?? []), ...within]);
    };
    const rows = this.#chunks(
      'day BETWEEN ? AND ? AND last_at >= ? AND first_at < ?',
      dayOf(from),
      dayOf(to),
      from,
      to,
    );
    for (const { series, body } of rows) put(series, decodeChunk(body));
    for (const [id, samples] of this.#young) put(id, samples);
    const pages = [...found].map(([id, samples]) => ({ series: this.#series.get(id), samples }));
    return { found: pages, next: this.#nextAt(to) };
  }

  /** How everything was just before an instant: the last sample of each series. */
  lastBefore(at: number): SeriesSamples[] {
    return this.#series.list().flatMap(({ id, series }) => {
      const sample = this.#before(id, at);
      return sample === null ? [] : [{ series, samples: [sample] }];
    });
  }

  /** When the first sample from an instant on was taken, or at the latest before it. */
  #nextAt(from: number): number | null {
    const sealed = this.#all(
      'SELECT min(first_at) AS at FROM chunks WHERE day >= ? AND last_at >= ?',
      dayOf(from),
      from,
    );
    const times = sealed[0]!['at'] === null ? [] : [Math.max(from, Number(sealed[0]!['at']))];
    for (const samples of this.#young.values()) {
      const young = samples.find(({ at }) => at >= from);
      if (young !== undefined) times.push(young.at);
    }
    return times.length === 0 ? null : Math.min(...times);
  }

  /** Keeps these series so many days from now on. */
  retain(series: Partial<Series>, days: number): void {
    this.#series.retain(series, days);
    this.#forget();
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #remember(entries: readonly Entry[]): void {
    for (const entry of entries) {
      const [, , , sequence, place, at, value, origin] = entry;
      const id = this.#series.ensure(entry);
      let samples = this.#young.get(id);
      if (samples === undefined) this.#young.set(id, (samples = []));
      samples.push({ sequence, place, at, value, origin });
      if (typeof value === 'string') this.#youngCharacters += value.length;
      this.#day = Math.max(this.#day, dayOf(at));
    }
    this.#youngCount += entries.length;
  }

  #seal(): void {
    this.#transaction(() => {
      for (const [id, samples] of this.#young) {
        for (const [day, part] of Map.groupBy(samples, ({ at }) => dayOf(at))) this.#put(id, day, part);
      }
      this.#run('DELETE FROM log');
    });
    this.#young.clear();
    this.#youngCount = this.#youngCharacters = 0;
  }

  #put(series: number, day: number, samples: readonly Sample[]): void {
    const [first, last] = [samples[0]!, samples.at(-1)!];
    const sql = `INSERT INTO chunks (series, day, first_sequence, first_at, last_at, count, body)
                 VALUES (?, ?, ?, ?, ?, ?, ?)`;
    this.#run(sql, series, day, first.sequence, first.at, last.at, samples.length, encodeChunk(samples));
  }

  /** Seals, makes the parts of each series' day one chunk, and lets go of what is too old. */
  #endDay(next: number): void {
    this.#seal();
    const sql = 'SELECT series, day FROM chunks WHERE day >= ? GROUP BY series, day HAVING count(*) > 1';
    for (const { series, day } of this.#all(sql, this.#day - 1)) this.#merge(Number(series), Number(day));
    this.#day = next;
    this.#forget();
  }

  #merge(series: number, day: number): void {
    const samples = this.#chunks('series = ? AND day = ?', series, day).flatMap(({ body }) => decodeChunk(body));
    this.#transaction(() => {
      this.#run('DELETE FROM chunks WHERE series = ? AND day = ?', series, day);
      this.#put(series, day, samples);
    });
  }

  #forget(): void {
    for (const { id, series, days } of this.#series.list())
      this.#run('DELETE FROM chunks WHERE series = ? AND day < ?', id, this.#day - (days ?? keptDays(series)));
  }

  #chunks(where: string, ...parameters: number[]): ChunkRow[] {
    const sql = `SELECT series, day, body FROM chunks WHERE ${where} ORDER BY series, day, first_sequence`;
    return this.#all(sql, ...parameters) as unknown as ChunkRow[];
  }

  #transaction(work: () => void): void {
    this.#database.exec('BEGIN IMMEDIATE');
    try {
      work();
      this.#database.exec('COMMIT');
    } catch (error) {
      if (this.#database.isTransaction) this.#database.exec('ROLLBACK');
      this.#series.reload();
      throw error;
    }
  }

  #prepared(sql: string): StatementSync {
    const known = this.#statements.get(sql) ?? this.#database.prepare(sql);
    this.#statements.set(sql, known);
    return known;
  }

  #all(sql: string, ...parameters: (number | string)[]): Record<string, unknown>[] {
    return this.#prepared(sql).all(...parameters);
  }

  #run(sql: string, ...parameters: (number | string | Uint8Array)[]): void {
    this.#prepared(sql).run(...parameters);
  }
}
