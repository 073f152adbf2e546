// The numbers of the series, in memory as in the database.

import type { DatabaseSync } from 'node:sqlite';
import type { Entry, Series, SeriesKind } from './samples.ts';

interface Row {
  readonly id: number;
  readonly series: Series;
  /** How many days are kept where people said so. */
  readonly days: number | null;
}

const keyOf = (kind: string, device: string, name: string): string => `${kind}\0${device}\0${name}`;

export class SeriesTable {
  readonly #database: DatabaseSync;
  readonly #byKey = new Map<string, Row>();
  readonly #byId = new Map<number, Row>();

  constructor(database: DatabaseSync) {
    this.#database = database;
    this.reload();
  }

  /** After a transaction that failed, what it made is not there. */
  reload(): void {
    this.#byKey.clear();
    this.#byId.clear();
    for (const row of this.#database.prepare('SELECT id, kind, device, name, kept_days FROM series').all()) {
      const { id, kind, device, name, kept_days: days } = row as Record<string, string | number | null>;
      const series = { kind: kind as SeriesKind, device: String(device), name: String(name) };
      this.#keep({ id: Number(id), series, days: days as number | null });
    }
  }

  #keep(row: Row): void {
    const { kind, device, name } = row.series;
    this.#byKey.set(keyOf(kind, device, name), row);
    this.#byId.set(row.id, row);
  }

  /** The number of an entry's series, given now if it is new. */
  ensure([kind, device, name]: Entry): number {
    const known = this.#byKey.get(keyOf(kind, device, name));
    if (known !== undefined) return known.id;
    const insert = this.#database.prepare('INSERT INTO series (kind, device, name) VALUES (?, ?, ?)');
    const id = Number(insert.run(kind, device, name).lastInsertRowid);
    this.#keep({ id, series: { kind, device, name }, days: null });
    return id;
  }

  find({ kind, device, name }: Series): number | null {
    return this.#byKey.get(keyOf(kind, device, name))?.id ?? null;
  }

  get(id: number): Series {
    return this.#byId.get(id)!.series;
  }

  list(): readonly Row[] {
    return [...this.#byId.values()];
  }

  retain(asked: Partial<Series>, days: number): void {
    const fits = ({ series }: Row): boolean =>
      Object.entries(asked).every(([field, value]) => series[field as keyof Series] === value);
    for (const row of this.list().filter(fits)) {
      this.#database.prepare('UPDATE series SET kept_days = ? WHERE id = ?').run(days, row.id);
      this.#keep({ ...row, days });
    }
  }
}
