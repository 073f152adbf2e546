// API tokens for scripts and apps. A token acts for the person who made it, with no more than that person's role, and ends
// with the account, or with the token it was made with.

import type { Row, Store } from '@lintel/hub';
import { HubError } from '@lintel/model';
import type { Role } from '@lintel/protocol';
import { NOTHING, type Grant, type Identity } from '../authorize.ts';
import { LAST_USED_WRITE_MS, TOKENS_PER_USER_MAX } from '../limits.ts';
import { hashToken, makeApiToken, makeId, type RandomBytes } from './secrets.ts';

export interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[] | null;
  readonly rooms: readonly string[] | null;
  readonly createdAt: string;
  readonly lastUsed: string | null;
  readonly expiresAt: string | null;
}

export interface NewToken {
  readonly name: string;
  readonly capabilities?: readonly string[] | undefined;
  readonly rooms?: readonly string[] | undefined;
  /** Milliseconds since 1970. */
  readonly expiresAt: number | null;
}

const INSERT = `INSERT INTO tokens (id, user, maker, name, token_hash, capabilities, rooms, created_at, expires_at)
  SELECT ?, ?, ?, ?, ?, ?, ?, ?, ? WHERE (SELECT count(*) FROM tokens WHERE user = ?) < ${TOKENS_PER_USER_MAX}
  AND EXISTS (SELECT 1 FROM users WHERE id = ?) AND (? IS NULL OR EXISTS (SELECT 1 FROM tokens WHERE id = ?))`;
const FIND = `SELECT tokens.id, capabilities, rooms, last_used, expires_at, user, users.name AS user_name, role
  FROM tokens JOIN users ON users.id = tokens.user WHERE token_hash = ?`;

export class Tokens {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #random: RandomBytes;

  constructor(store: Store, now: () => number, random: RandomBytes) {
    this.#store = store;
    this.#now = now;
    this.#random = random;
  }

  /** @throws HubError IN_USE when the person has too many already */
  async create(maker: Identity, wanted: NewToken): Promise<{ id: string; token: string }> {
    const now = this.#now();
    const [id, token] = [makeId(this.#random), makeApiToken(this.#random)];
    const by = maker.kind === 'token' ? maker.id : null;
    const ends = [wanted.expiresAt, maker.kind === 'token' ? maker.expiresAt : null].filter((end) => end !== null);
    const expiresAt = ends.length === 0 ? null : Math.min(...ends);
    const [capabilities, rooms] = [asText(wanted.capabilities), asText(wanted.rooms)];
    const { user } = maker;
    const values = [id, user.id, by, wanted.name, hashToken(token), capabilities, rooms, now, expiresAt];
    const holds = [user.id, user.id, by, by];
    const tidy = { sql: 'DELETE FROM tokens WHERE expires_at < ?', parameters: [now] };
    const [, added] = await this.#store.transaction([tidy, { sql: INSERT, parameters: [...values, ...holds] }]);
    if (added === 0)
      throw new HubError('IN_USE', `You may have ${TOKENS_PER_USER_MAX} tokens at most. Delete one you no longer use.`);
    return { id, token };
  }

  async find(token: string): Promise<Identity | null> {
    const now = this.#now();
    const [row] = await this.#store.all(FIND, [hashToken(token)]);
    if (row === undefined || (row['expires_at'] !== null && Number(row['expires_at']) <= now)) return null;
    if (row['last_used'] === null || now - Number(row['last_used']) > LAST_USED_WRITE_MS) this.#touch(row, now);
    return asIdentity(row);
  }

  async list(user: string): Promise<TokenView[]> {
    const sql =
      'SELECT * FROM tokens WHERE user = ? AND (expires_at IS NULL OR expires_at > ?) ORDER BY created_at, id';
    return (await this.#store.all(sql, [user, this.#now()])).map(asView);
  }

  /**
   * Removes a token with those made with it; answers the ids of all.
   * @throws HubError NOT_FOUND, also where it is another person's
   */
  async remove(user: string, id: string): Promise<readonly string[]> {
    const family = `WITH RECURSIVE family (id) AS (SELECT id FROM tokens WHERE id = ? AND user = ?
      UNION SELECT tokens.id FROM tokens JOIN family ON tokens.maker = family.id) SELECT id FROM family`;
    const gone = (await this.#store.all(family, [id, user])).map((row) => String(row['id']));
    if (gone.length === 0) throw new HubError('NOT_FOUND', 'There is no such token.');
    await this.#store.transaction([{ sql: 'DELETE FROM tokens WHERE id = ? AND user = ?', parameters: [id, user] }]);
    return gone;
  }

  /** Aside, since a full disk must not keep a script from reading. */
  #touch(row: Row, now: number): void {
    const update = { sql: 'UPDATE tokens SET last_used = ? WHERE id = ?', parameters: [now, row['id']!] };
    this.#store.transaction([update]).catch(() => undefined);
  }
}

const asText = (list: readonly string[] | undefined): string | null =>
  list === undefined ? null : JSON.stringify(list);
const asList = (text: unknown): readonly string[] | null =>
  typeof text === 'string' ? (JSON.parse(text) as readonly string[]) : null;
const asTime = (value: unknown): string | null => (value === null ? null : new Date(Number(value)).toISOString());

function asIdentity(row: Row): Identity {
  const role = row['role'] as Role;
  const [rooms, capabilities] = [asList(row['rooms']), asList(row['capabilities'])];
  const narrowed = rooms !== null || capabilities !== null;
  const grant: Grant | null = role === 'guest' ? NOTHING : narrowed ? { rooms, capabilities } : null;
  return {
    kind: 'token',
    id: String(row['id']),
    user: { id: String(row['user']), name: String(row['user_name']), role },
    role: grant === null ? role : 'guest',
    grant,
    expiresAt: row['expires_at'] === null ? null : Number(row['expires_at']),
    changesAt: null,
  };
}

const asView = (row: Row): TokenView => ({
  id: String(row['id']),
  name: String(row['name']),
  capabilities: asList(row['capabilities']),
  rooms: asList(row['rooms']),
  createdAt: asTime(row['created_at'])!,
  lastUsed: asTime(row['last_used']),
  expiresAt: asTime(row['expires_at']),
});
