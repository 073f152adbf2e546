// Guests: people without an account, let in for a while by a code. Each is a user of the role guest without a password, so that
// sessions, revocation and the activity treat them as anyone else.

import { createHash } from 'node:crypto';
import type { Row, Store } from '@lintel/hub';
import { HubError } from '@lintel/model';
import type { User } from '@lintel/protocol';
import { NOTHING, type Grant } from '../authorize.ts';
import { GUESTS_MAX } from '../limits.ts';
import { askAgainAt, isInside, type GuestWindow, type Weekday } from './guest-window.ts';
import { makeId, type RandomBytes } from './secrets.ts';

export interface NewGuest extends GuestWindow {
  readonly name: string;
  readonly rooms: readonly string[];
  readonly commands: readonly string[];
}

export interface GuestView {
  readonly id: string;
  readonly name: string;
  readonly rooms: readonly string[];
  readonly commands: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly weekdays: readonly Weekday[] | null;
  readonly after: string | null;
  readonly before: string | null;
  readonly createdAt: string;
}

/** Crockford's base 32: no I, L, O or U to be read wrongly. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const CODE_CHARACTERS = 16;

const INSERT_USER = `INSERT INTO users (id, name, folded_name, role, password, created_at)
  SELECT ?, ?, ?, 'guest', NULL, ? WHERE (SELECT count(*) FROM guests) < ${GUESTS_MAX}`;
const INSERT = `INSERT INTO guests (user, code_hash, rooms, commands, valid_from, valid_until, weekdays, after, before)
  SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM users WHERE id = ?)`;

export class Guests {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #random: RandomBytes;

  constructor(store: Store, now: () => number, random: RandomBytes) {
    this.#store = store;
    this.#now = now;
    this.#random = random;
  }

  /** Answers the code, which is kept nowhere else. @throws HubError IN_USE when there are too many */
  async create(wanted: NewGuest): Promise<{ id: string; code: string }> {
    const [id, code] = [makeId(this.#random), this.#makeCode()];
    const { name, rooms, commands, from, until, weekdays, after, before } = wanted;
    const lists = [JSON.stringify(rooms), JSON.stringify(commands)];
    const days = weekdays === null ? null : JSON.stringify(weekdays);
    // Guests do not sign in by name, and may share one.
    const user = [id, name, `\u0001guest ${id}`, this.#now()];
    const [added] = await this.#store.transaction([
      { sql: INSERT_USER, parameters: user },
      { sql: INSERT, parameters: [id, hashCode(code), ...lists, from, until, days, after, before, id] },
    ]);
    if (added === 0) throw new HubError('IN_USE', `A home has at most ${GUESTS_MAX} guests. Remove one first.`);
    return { id, code };
  }

  async list(): Promise<GuestView[]> {
    const sql = 'SELECT * FROM guests JOIN users ON users.id = guests.user ORDER BY created_at, id';
    return (await this.#store.all(sql)).map(asView);
  }

  /** @throws HubError NOT_FOUND */
  async remove(id: string): Promise<void> {
    const sql = 'DELETE FROM users WHERE id = ? AND id IN (SELECT user FROM guests)';
    const [removed] = await this.#store.transaction([{ sql, parameters: [id] }]);
    if (removed === 0) throw new HubError('NOT_FOUND', 'There is no such guest.');
  }

  /** Whom a code lets in; null when it is none, or its time is over. */
  async redeem(code: string): Promise<User | null> {
    const sql =
      'SELECT id, name FROM guests JOIN users ON users.id = guests.user WHERE code_hash = ? AND valid_until > ?';
    const [row] = await this.#store.all(sql, [hashCode(code), this.#now()]);
    return row === undefined ? null : { id: String(row['id']), name: String(row['name']), role: 'guest' };
  }

  #makeCode(): string {
    const characters = [...this.#random(CODE_CHARACTERS)].map((byte) => ALPHABET[byte % ALPHABET.length]!);
    return characters.join('').replaceAll(/(.{4})(?=.)/g, '$1-');
  }
}

/** People type codes in small letters, and without the dashes. */
const hashCode = (code: string): Uint8Array =>
  createHash('sha256').update(code.toUpperCase().replaceAll(/[\s-]/g, '')).digest();

/** What a guest reaches now, and when that is to be asked again; nothing, for a guest whom nobody let in by a code. */
export function grantOf(row: Row, now: number, timeZone: string): { grant: Grant; changesAt: number | null } {
  if (row['valid_until'] == null) return { grant: NOTHING, changesAt: null };
  const window = windowOf(row);
  const grant: Grant = { rooms: listOf(row['rooms'])!, capabilities: listOf(row['commands'])! };
  return { grant: isInside(window, now, timeZone) ? grant : NOTHING, changesAt: askAgainAt(window, now) };
}

const listOf = (text: unknown): string[] | null => (text === null ? null : (JSON.parse(String(text)) as string[]));
const textOf = (value: unknown): string | null => (value === null ? null : String(value));

const windowOf = (row: Row): GuestWindow => ({
  from: Number(row['valid_from']),
  until: Number(row['valid_until']),
  weekdays: listOf(row['weekdays']) as Weekday[] | null,
  after: textOf(row['after']),
  before: textOf(row['before']),
});

function asView(row: Row): GuestView {
  const iso = (at: unknown): string => new Date(Number(at)).toISOString();
  return {
    id: String(row['id']),
    name: String(row['name']),
    rooms: listOf(row['rooms'])!,
    commands: listOf(row['commands'])!,
    ...windowOf(row),
    from: iso(row['valid_from']),
    until: iso(row['valid_until']),
    createdAt: iso(row['created_at']),
  };
}
