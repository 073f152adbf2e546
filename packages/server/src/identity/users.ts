// The accounts of the home: unique names, hashed passwords, and always at least one owner.

import type { Row, Statement, Store } from '@lintel/hub';
import { HubError } from '@lintel/model';
import type { Role, User } from '@lintel/protocol';
import { USERS_MAX } from '../limits.ts';
import { hashPassword, verifyPassword } from './passwords.ts';
import { makeId, type RandomBytes } from './secrets.ts';
import { refuseWeak } from './weak-passwords.ts';

export interface NewUser {
  readonly name: string;
  readonly password: string;
  readonly role: Role;
}

/** A user with the hash that a password was verified against, or set to. */
export interface Verified {
  readonly user: User;
  readonly hash: string;
}

export interface UserChange {
  readonly name?: string | undefined;
  readonly password?: string | undefined;
  readonly role?: Role | undefined;
}

const INSERT = `INSERT INTO users (id, name, folded_name, role, password, created_at)
  SELECT ?, ?, ?, ?, ?, ? WHERE NOT EXISTS (SELECT 1 FROM users WHERE folded_name = ?)
  AND (SELECT count(*) FROM users) < ${USERS_MAX}`;
const SEVERAL_OWNERS = "(SELECT count(*) FROM users WHERE role = 'owner') > 1";
const UPDATE = `UPDATE users SET name = ?, folded_name = ?, role = ?, password = ? WHERE id = ?
  AND (role <> 'owner' OR ? = 'owner' OR ${SEVERAL_OWNERS})
  AND NOT EXISTS (SELECT 1 FROM users WHERE folded_name = ? AND id <> ?)`;
const DELETE = `DELETE FROM users WHERE id = ? AND (role <> 'owner' OR ${SEVERAL_OWNERS})`;

/** Names are told apart as people read them: not by case, and not by their Unicode form. */
export const foldName = (name: string): string => name.normalize('NFKC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

export class Users {
  readonly #store: Store;
  readonly #now: () => number;
  readonly #random: RandomBytes;

  constructor(store: Store, now: () => number, random: RandomBytes) {
    this.#store = store;
    this.#now = now;
    this.#random = random;
  }

  async list(): Promise<User[]> {
    return (
      await this.#store.all(
        'SELECT id, name, role FROM users WHERE id NOT IN (SELECT user FROM guests) ORDER BY created_at, id',
      )
    ).map(asUser);
  }

  /** @throws HubError NOT_FOUND */
  async get(id: string): Promise<User> {
    return asUser(await this.#row(id));
  }

  /** The user this name and password belong to, or null; takes as long either way. */
  async verify(name: string, password: string): Promise<Verified | null> {
    const [row] = await this.#store.all('SELECT * FROM users WHERE folded_name = ?', [foldName(name)]);
    const hash = (row?.['password'] ?? null) as string | null;
    const fits = await verifyPassword(password, hash);
    return row !== undefined && hash !== null && fits ? { user: asUser(row), hash } : null;
  }

  /** @throws HubError WEAK_PASSWORD, NAME_TAKEN */
  async create(wanted: NewUser): Promise<User> {
    const { user, statement } = await this.#prepare(wanted);
    const [added] = await this.#store.transaction([statement]);
    if (added === 0) await this.#refuseName(user.name);
    return user;
  }

  /** The first owner of an unclaimed hub; whoever a claim that broke off left behind is forgotten. */
  async createFirst(name: string, password: string): Promise<Verified> {
    const { user, hash, statement } = await this.#prepare({ name, password, role: 'owner' });
    await this.#store.transaction([{ sql: 'DELETE FROM users' }, statement]);
    return { user, hash };
  }

  /**
   * @param beside statements of the same transaction
   * @throws HubError NOT_FOUND, WEAK_PASSWORD, NAME_TAKEN, LAST_OWNER
   */
  async change(id: string, change: UserChange, beside: readonly Statement[]): Promise<User> {
    const row = await this.#row(id);
    const user = { ...asUser(row), ...(change.name !== undefined && { name: change.name }) };
    const changed = { ...user, ...(change.role !== undefined && { role: change.role }) };
    if (change.password !== undefined) refuseWeak(change.password, [changed.name], '/password');
    const password = change.password === undefined ? row['password']! : await hashPassword(change.password);
    const { name, role } = changed;
    const folded = foldName(name);
    const update = { sql: UPDATE, parameters: [name, folded, role, password, id, role, folded, id] };
    const [updated] = await this.#store.transaction([update, ...beside]);
    if (updated === 0) await this.#refuseChange(id, name);
    return changed;
  }

  /**
   * @param beside statements of the same transaction
   * @throws HubError NOT_FOUND, LAST_OWNER
   */
  async remove(id: string, beside: readonly Statement[]): Promise<void> {
    const [removed] = await this.#store.transaction([{ sql: DELETE, parameters: [id] }, ...beside]);
    if (removed === 0) await this.#row(id).then(refuseLastOwner);
  }

  async #prepare({ name, password, role }: NewUser): Promise<Verified & { statement: Statement }> {
    refuseWeak(password, [name], '/password');
    const user = { id: makeId(this.#random), name, role };
    const hash = await hashPassword(password);
    const folded = foldName(name);
    const parameters = [user.id, name, folded, role, hash, this.#now(), folded];
    return { user, hash, statement: { sql: INSERT, parameters } };
  }

  async #row(id: string): Promise<Row> {
    // Guests are no accounts: they come and go by their codes alone.
    const sql = 'SELECT * FROM users WHERE id = ? AND id NOT IN (SELECT user FROM guests)';
    const [row] = await this.#store.all(sql, [id]);
    if (row === undefined) throw new HubError('NOT_FOUND', 'There is no such person.');
    return row;
  }

  async #refuseName(name: string): Promise<never> {
    const [other] = await this.#store.all('SELECT id FROM users WHERE folded_name = ?', [foldName(name)]);
    if (other === undefined) throw new HubError('IN_USE', `A home has at most ${USERS_MAX} people.`);
    throw new HubError('NAME_TAKEN', `Someone is called ${name} already. Choose another name.`, { pointer: '/name' });
  }

  async #refuseChange(id: string, name: string): Promise<never> {
    await this.#row(id);
    const sql = 'SELECT id FROM users WHERE folded_name = ? AND id <> ?';
    const [other] = await this.#store.all(sql, [foldName(name), id]);
    return other === undefined ? refuseLastOwner() : this.#refuseName(name);
  }
}

function refuseLastOwner(): never {
  throw new HubError('LAST_OWNER', 'This is the last owner. Make someone else an owner first.');
}

const asUser = (row: Row): User => ({
  id: String(row['id']),
  name: String(row['name']),
  role: row['role'] as Role,
});
