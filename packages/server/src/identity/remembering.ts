// Who a token belongs to is asked with every request. The database answers in a thread of its own, and the way there and back
// costs more than all else that identifies a caller.

import type { Row, Store } from '@lintel/hub';
import { REMEMBERED_TOKENS_MAX } from '../limits.ts';

/**
 * The store as the identities use it, which remembers what was found by a token's hash until anything is written through it.
 * Whoever writes users, sessions, tokens or guests must do so here.
 */
export function remembering(store: Store): Store {
  const known = new Map<string, readonly Row[]>();
  let writes = 0;
  const forget = (): void => {
    writes += 1;
    known.clear();
  };
  const find = async (sql: string, hash: Uint8Array): Promise<readonly Row[]> => {
    const key = `${Buffer.from(hash).toString('base64')} ${sql}`;
    const found = known.get(key);
    if (found !== undefined) return found;
    const before = writes;
    const rows = await store.all(sql, [hash]);
    // The store answers in the order it is asked: what was asked before a write is older. Guesses are not worth remembering.
    if (rows.length === 0 || writes !== before) return rows;
    if (known.size >= REMEMBERED_TOKENS_MAX) known.clear();
    known.set(key, rows);
    return rows;
  };
  return {
    ...store,
    all: (sql, parameters = []) => {
      const [hash] = parameters;
      return parameters.length === 1 && hash instanceof Uint8Array ? find(sql, hash) : store.all(sql, parameters);
    },
    transaction: (statements) => {
      forget();
      return store.transaction(statements);
    },
  };
}
