// Signed-in browsers and apps. A session lives in the database, so that it outlasts a restart, until it is revoked or has
// not been used for long.

import type { Row, Statement, Store } from '@lintel/hub';
import { HubError } from '@lintel/model';
import type { Role, Session, User } from '@lintel/protocol';
import type { Identity } from '../authorize.ts';
import { LAST_USED_WRITE_MS, SESSIONS_PER_USER_MAX, SESSION_IDLE_MS_MAX } from '../limits.ts';
import { grantOf } from './guests.ts';
import { hashToken, makeId, makeSessionToken, type RandomBytes } from './secrets.ts';

const INSERT = `INSERT INTO sessions (id, user, token_hash, created_at, last_used, expires_at, agent, address)
  SELECT ?, ?, ?, ?, ?, ?, ?, ? WHERE EXISTS (SELECT 1 FROM users WHERE id = ? AND password IS ?)`;
const TIDY = `DELETE FROM sessions WHERE expires_at < ? OR id IN (SELECT id FROM sessions WHERE user = ?
  ORDER BY last_used DESC, rowid DESC LIMIT -1 OFFSET ${SESSIONS_PER_USER_MAX})`;
const FIND = `SELECT sessions.id, sessions.expires_at, last_used, sessions.user, users.name, role, rooms, commands,
  valid_from, valid_until, weekdays, after, before
  FROM sessions JOIN users ON users.id = sessions.user LEFT JOIN guests ON guests.user = users.id`;
const AGENT_CHARACTERS_MAX = 300;

export interface Client {
  readonly address: string;
  readonly agent: string | null;
}

export class Sessions {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #random: RandomBytes;
  readonly #timeZone: () => string;

  constructor(store: Store, now: () => number, random: RandomBytes, timeZone: () => string) {
    this.#store = store;
    this.#now = now;
    this.#random = random;
    this.#timeZone = timeZone;
  }

  /**
   * Answers the token, which is kept nowhere else; null where the account has gone, or has another password than the one
   * whose `hash` was just verified; guests have none.
   */
  async create(user: User, hash: string | null, { address, agent }: Client): Promise<string | null> {
    const now = this.#now();
    const token = makeSessionToken(this.#random);
    const until = now + SESSION_IDLE_MS_MAX;
    const shownAgent = agent?.slice(0, AGENT_CHARACTERS_MAX) ?? null;
    const values = [makeId(this.#random), user.id, hashToken(token), now, now, until, shownAgent, address];
    const holds = [user.id, hash];
    const [added] = await this.#store.transaction([
      { sql: INSERT, parameters: [...values, ...holds] },
      { sql: TIDY, parameters: [now, user.id] },
    ]);
    return added === 0 ? null : token;
  }

  async find(token: string): Promise<Identity | null> {
    return this.#find(`${FIND} WHERE token_hash = ?`, hashToken(token));
  }

  /** The identity of a session as it is now. */
  async byId(id: string): Promise<Identity | null> {
    return this.#find(`${FIND} WHERE sessions.id = ?`, id);
  }

  async #find(sql: string, key: string | Uint8Array): Promise<Identity | null> {
    const now = this.#now();
    const [row] = await this.#store.all(sql, [key]);
    if (row === undefined || Number(row['expires_at']) <= now) return null;
    if (now - Number(row['last_used']) > LAST_USED_WRITE_MS) this.#touchAside(String(row['id']));
    return asIdentity(row, now, this.#timeZone());
  }

  /** A full disk must not keep people from reading: they are who they are, whether or not it can be noted. */
  #touchAside(id: string): void {
    this.touch(id).catch(() => undefined);
  }

  /** Notes that the session is in use, which puts off its end. */
  async touch(id: string): Promise<void> {
    const now = this.#now();
    const sql = 'UPDATE sessions SET last_used = ?, expires_at = ? WHERE id = ?';
    await this.#store.transaction([{ sql, parameters: [now, now + SESSION_IDLE_MS_MAX, id] }]);
  }

  async list(user: string, current: string | null): Promise<Session[]> {
    const sql = 'SELECT * FROM sessions WHERE user = ? AND expires_at > ? ORDER BY created_at DESC, id';
    return (await this.#store.all(sql, [user, this.#now()])).map((row) => asSession(row, current));
  }

  /** @throws HubError NOT_FOUND, also where it is another person's */
  async remove(user: string, id: string): Promise<void> {
    const sql = 'DELETE FROM sessions WHERE id = ? AND user = ?';
    const [removed] = await this.#store.transaction([{ sql, parameters: [id, user] }]);
    if (removed === 0) throw new HubError('NOT_FOUND', 'There is no such session.');
  }
}

/** Ends all sessions of a user but one. */
export const endSessions = (user: string, except: string | null): Statement => ({
  sql: 'DELETE FROM sessions WHERE user = ? AND id IS NOT ?',
  parameters: [user, except],
});

function asIdentity(row: Row, now: number, timeZone: string): Identity {
  const role = row['role'] as Role;
  const reach = role === 'guest' ? grantOf(row, now, timeZone) : { grant: null, changesAt: null };
  return {
    kind: 'session',
    id: String(row['id']),
    user: { id: String(row['user']), name: String(row['name']), role },
    role,
    ...reach,
    expiresAt: null,
  };
}

const time = (value: unknown): string => new Date(Number(value)).toISOString();

const asSession = (row: Row, current: string | null): Session => ({
  id: String(row['id']),
  user: String(row['user']),
  createdAt: time(row['created_at']),
  lastUsed: time(row['last_used']),
  current: row['id'] === current,
  agent: row['agent'] === null ? null : String(row['agent']),
});
