// Rules act with their author's rights: who is deleted, or becomes a guest, is made known to the home, whose journal knows no
// accounts. What is to be made known is noted with the change itself, so that a crash between the two forgets nothing.

import type { Hub, Row, Statement } from '@lintel/hub';
import type { User } from '@lintel/protocol';
import type { Users } from './users.ts';

const KEY = 'standing:';

/** Tells notes about one account apart, so that a later one is not taken for done with the one before it. */
let noted = 0;

/** Goes into the transaction that changes the account. */
export function toSettle({ id, name }: User): Statement {
  noted += 1;
  return {
    sql: 'INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)',
    parameters: [KEY + id, JSON.stringify({ name, number: noted })],
  };
}

export class Standings {
  readonly #hub: Hub;
  readonly #users: Users;
  /** One after the other, so that what was true last is also what is told last. */
  #last: Promise<void> = Promise.resolve();

  constructor(hub: Hub, users: Users) {
    this.#hub = hub;
    this.#users = users;
  }

  /** Tells the home of all whose accounts changed; resolves once that is durable. */
  settle(): Promise<void> {
    const done = this.#last.then(() => this.#settleAll());
    this.#last = done.catch(() => undefined);
    return done;
  }

  async #settleAll(): Promise<void> {
    const { store } = this.#hub;
    for (const row of await store.all("SELECT key, value FROM settings WHERE key LIKE 'standing:%'", [])) {
      await this.#settleOne(row);
      const parameters = [row['key']!, row['value']!];
      await store.transaction([{ sql: 'DELETE FROM settings WHERE key = ? AND value = ?', parameters }]);
    }
  }

  async #settleOne({ key, value }: Row): Promise<void> {
    const id = String(key).slice(KEY.length);
    const { name } = JSON.parse(String(value)) as { name: string };
    const user = (await this.#users.list()).find((each) => each.id === id);
    const standing = user === undefined ? 'gone' : user.role === 'guest' ? 'guest' : 'acts';
    await this.#hub.authors.settle({ id, name: user?.name ?? name }, standing);
  }
}
