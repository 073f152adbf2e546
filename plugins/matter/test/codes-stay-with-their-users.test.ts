// What a lock is asked before it is told a code.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { clusterView, rowFor } from '../src/mapping/table.ts';
import type { Fields, Plan, Question } from '../src/mapping/types.ts';

const test = suite('codes stay with their users');

test('a code that is changed stays with its user, a new one gets a user of its own where the number is free', () => {
  const endpoint = { number: 1, deviceTypes: [], clusters: { doorLock: {} } };
  const row = rowFor('doorLock', endpoint)!;
  const view = clusterView('doorLock', endpoint);
  const asked = row.commands!['lock.setCode']!({ slot: 3, code: '1234' }, view, 'UTC') as Question;
  const told = (answers: readonly Fields[]): unknown[] => {
    let next: Plan | Question = asked;
    for (const answer of answers) next = (next as Question).next(answer);
    return (next as Plan).actions.map((action) => {
      const { operationType, userIndex } = 'args' in action ? action.args! : {};
      return ['invoke' in action && action.invoke, operationType, userIndex];
    });
  };
  assert.equal(told([{ credentialExists: true, userIndex: 7 }]), [['setCredential', 2, 7]]);
  assert.equal(told([{ credentialExists: false }, { userStatus: null }]), [
    ['setUser', 0, 3],
    ['setCredential', 0, 3],
  ]);
  assert.equal(told([{ credentialExists: false }, { userStatus: 1 }]), [['setCredential', 0, null]]);
});

test.run();
