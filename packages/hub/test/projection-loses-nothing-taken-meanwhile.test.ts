// What changes while SQLite is busy writing is written next, and whoever waits for it is answered.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createProjector } from '../src/registry/projector.ts';
import type { Statement } from '../src/store/messages.ts';
import type { Store } from '../src/store/store.ts';

const test = suite('projection loses nothing taken meanwhile');

test('a change taken during a transaction is in the next one', async () => {
  const written: unknown[] = [];
  let during = (): void => undefined;
  const store = {
    transaction: async (statements: readonly Statement[]) => {
      during();
      written.push(
        ...statements.filter(({ sql }) => sql.includes('INTO activity')).map(({ parameters }) => parameters![0]),
      );
      return [];
    },
  } as unknown as Store;
  const scheduler = { now: () => 0, steady: () => 0, after: () => () => undefined };
  const projector = createProjector({
    store,
    scheduler,
    applied: 0,
    synced: async () => undefined,
    onTrouble: (error) => assert.unreachable(String(error)),
  });
  const take = (sequence: number): void =>
    projector.take({ sequence, at: 0, origin: { kind: 'system' }, edits: [], activity: [{ text: 'x' }] });
  take(1);
  during = () => {
    during = () => undefined;
    take(2);
  };
  await projector.flush();
  await projector.flush();
  assert.equal(written, [1, 2]);
  assert.is(projector.applied, 2);
});

test.run();
