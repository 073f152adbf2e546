// What is remembered of callers is what the database says, however writes and lookups fall together.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Row, Store } from '@lintel/hub';
import { remembering } from '../src/identity/remembering.ts';
import { REMEMBERED_TOKENS_MAX } from '../src/limits.ts';

const FIND = 'SELECT * FROM sessions WHERE token_hash = ?';
const hash = (number: number): Uint8Array => new Uint8Array([number & 255, number >> 8]);

/** A store that answers when it is told to, in the order in which it was asked. */
class SlowStore implements Store {
  role = 'owner';
  lookups = 0;
  readonly #waiting: (() => void)[] = [];

  #later<T>(work: () => T): Promise<T> {
    return new Promise((resolve) => this.#waiting.push(() => resolve(work())));
  }

  all(sql: string, [key]: readonly unknown[] = []): Promise<readonly Row[]> {
    this.lookups += 1;
    return this.#later(() => (sql === FIND && key === undefined ? [] : [{ role: this.role }]));
  }

  transaction(): Promise<readonly number[]> {
    return this.#later(() => {
      this.role = 'guest';
      return [1];
    });
  }

  async answer(): Promise<void> {
    for (const each of this.#waiting.splice(0)) each();
    await new Promise((resolve) => setImmediate(resolve));
  }

  backup = (): Promise<void> => Promise.resolve();
  close = (): Promise<void> => Promise.resolve();
}

async function rolesOf(store: SlowStore, ...asked: Promise<readonly Row[]>[]): Promise<unknown[]> {
  await store.answer();
  return (await Promise.all(asked)).map(([row]) => row?.['role']);
}

const find = (known: Store, number = 1): Promise<readonly Row[]> => known.all(FIND, [hash(number)]);

test('a caller is looked up once until something is written, and then anew', async () => {
  const store = new SlowStore();
  const known = remembering(store);
  assert.equal(await rolesOf(store, find(known)), ['owner']);
  assert.equal(await rolesOf(store, find(known), find(known)), ['owner', 'owner']);
  assert.is(store.lookups, 1);
  await rolesOf(
    store,
    known.transaction([]).then(() => []),
  );
  assert.equal(await rolesOf(store, find(known)), ['guest']);
  assert.is(store.lookups, 2);
});

test('while a write is under way nothing from before it is answered', async () => {
  const store = new SlowStore();
  const known = remembering(store);
  await rolesOf(store, find(known));
  const written = known.transaction([]);
  assert.equal(await rolesOf(store, find(known)), ['guest']);
  await written;
  assert.equal(await rolesOf(store, find(known)), ['guest']);
});

test('what was asked before a write and answered after it is not remembered', async () => {
  const store = new SlowStore();
  const known = remembering(store);
  const early = find(known);
  const written = known.transaction([]);
  assert.equal(await rolesOf(store, early), ['owner']);
  await written;
  assert.equal(await rolesOf(store, find(known)), ['guest']);
});

test('other questions are asked each time, and remembering has a bound', async () => {
  const store = new SlowStore();
  const known = remembering(store);
  for (let round = 0; round < 2; round += 1)
    await rolesOf(store, known.all('SELECT role FROM users WHERE id = ?', ['a']));
  assert.is(store.lookups, 2);
  for (let number = 0; number <= REMEMBERED_TOKENS_MAX; number += 1) await rolesOf(store, find(known, number));
  const { lookups } = store;
  await rolesOf(store, find(known, 0));
  assert.is(store.lookups, lookups + 1);
});

test.run();
