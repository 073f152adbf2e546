// Who changed what about the home's safety, and from where. Each entry carries a hash over itself and the one before, and the
// newest is noted apart: an entry that was changed, put in or taken out shows.

import { createHash } from 'node:crypto';
import type { Row, Store } from '@lintel/hub';
import type { Identity } from './authorize.ts';

export interface AuditEntry {
  readonly number: number;
  readonly at: string;
  readonly user: { readonly id: string; readonly name: string } | null;
  readonly address: string | null;
  /** A request such as `"DELETE /api/users/x"`, or a command such as `"lock.unlock zigbee:0x…"`. */
  readonly action: string;
  /** The HTTP status it ended in. */
  readonly status: number;
}

export interface AuditVerdict {
  readonly ok: boolean;
  readonly entries: number;
  /** The number of the first entry that is not as it was written. */
  readonly broken?: number;
}

export interface Audited {
  readonly identity: Identity | null;
  readonly address: string | null;
  readonly action: string;
  readonly status: number;
}

const HEAD = 'audit-head';
const ACTION_CHARACTERS_MAX = 300;
const VERIFIED_AT_ONCE = 1_000;
const NOTHING = Buffer.alloc(32);

export class Audit {
  readonly #store: Store;
  readonly #now: () => number;
  /** One after the other, since each builds on the one before. */
  #last: Promise<{ number: number; hash: Uint8Array }>;

  constructor(store: Store, now: () => number) {
    this.#store = store;
    this.#now = now;
    this.#last = this.#newest();
    this.#last.catch(() => undefined);
  }

  /** Resolves when the entry is durable. */
  async note({ identity, address, action, status }: Audited): Promise<void> {
    const entry = (async () => {
      const before = await this.#last.catch(() => this.#newest());
      const user = identity?.user ?? null;
      const said = [user?.id ?? null, user?.name ?? null, address, action.slice(0, ACTION_CHARACTERS_MAX), status];
      const values = [before.number + 1, this.#now(), ...said];
      const hash = hashOf(before.hash, values);
      const head = JSON.stringify({ number: before.number + 1, hash: Buffer.from(hash).toString('base64') });
      await this.#store.transaction([
        { sql: 'INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?)', parameters: [...values, hash] },
        { sql: 'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', parameters: [HEAD, head] },
      ]);
      return { number: before.number + 1, hash };
    })();
    this.#last = entry;
    await entry;
  }

  /** Newest first; `next` is the number to go on after, or null at the end. */
  async list(after: number | null, limit: number): Promise<{ items: AuditEntry[]; next: string | null }> {
    const sql = 'SELECT * FROM audit WHERE number < ? ORDER BY number DESC LIMIT ?';
    const rows = await this.#store.all(sql, [after ?? Number.MAX_SAFE_INTEGER, limit + 1]);
    const items = rows.slice(0, limit).map(asEntry);
    return { items, next: rows.length > limit ? String(items.at(-1)!.number) : null };
  }

  async verify(): Promise<AuditVerdict> {
    let hash: Uint8Array = NOTHING;
    let entries = 0;
    for (;;) {
      const sql = `SELECT * FROM audit ORDER BY number LIMIT ${VERIFIED_AT_ONCE} OFFSET ?`;
      const rows = await this.#store.all(sql, [entries]);
      for (const row of rows) {
        entries += 1;
        hash = hashOf(hash, valuesOf(row));
        const isWhole = Number(row['number']) === entries && Buffer.compare(hash, row['hash'] as Uint8Array) === 0;
        if (!isWhole) return { ok: false, entries: await this.#count(), broken: entries };
      }
      if (rows.length < VERIFIED_AT_ONCE) break;
    }
    const head = await this.#head();
    const isNewest = (head?.number ?? 0) === entries && Buffer.compare(hash, head?.hash ?? NOTHING) === 0;
    return isNewest ? { ok: true, entries } : { ok: false, entries, broken: entries + 1 };
  }

  async #count(): Promise<number> {
    return Number((await this.#store.all('SELECT count(*) AS count FROM audit'))[0]!['count']);
  }

  async #head(): Promise<{ number: number; hash: Uint8Array } | null> {
    const [row] = await this.#store.all('SELECT value FROM settings WHERE key = ?', [HEAD]);
    if (row === undefined) return null;
    const { number, hash } = JSON.parse(String(row['value'])) as { number: number; hash: string };
    return { number, hash: Buffer.from(hash, 'base64') };
  }

  async #newest(): Promise<{ number: number; hash: Uint8Array }> {
    const [row] = await this.#store.all('SELECT number, hash FROM audit ORDER BY number DESC LIMIT 1');
    if (row === undefined) return { number: 0, hash: NOTHING };
    return { number: Number(row['number']), hash: row['hash'] as Uint8Array };
  }
}

const COLUMNS = ['number', 'at', 'user', 'name', 'address', 'action', 'status'] as const;
type Values = (string | number | null)[];

const valuesOf = (row: Row): Values => COLUMNS.map((column) => (row[column] ?? null) as string | number | null);
const hashOf = (before: Uint8Array, values: Values): Uint8Array =>
  createHash('sha256').update(before).update(JSON.stringify(values)).digest();

const asEntry = (row: Row): AuditEntry => ({
  number: Number(row['number']),
  at: new Date(Number(row['at'])).toISOString(),
  user: row['user'] === null ? null : { id: String(row['user']), name: String(row['name']) },
  address: row['address'] === null ? null : String(row['address']),
  action: String(row['action']),
  status: Number(row['status']),
});
