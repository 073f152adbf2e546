// A person of whom no source knows any more is neither home nor away; triggers compare with what was known last.

import type { Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { engineOf, rule, said, say } from './home.ts';

const test = suite('presence may be unknown');

const becomes = (presence: 'home' | 'away', person: string): Trigger => ({
  kind: 'presence',
  person,
  becomes: presence,
});
const ask: Trigger = { kind: 'event', event: 'ask' };

test('a trigger skips the unknown in between, a condition does not pass', async () => {
  const engine = await engineOf([
    rule('comes', [becomes('home', 'ada')], [say('comes')]),
    rule('goes', [becomes('away', 'ada')], [say('goes')]),
    rule('is', [ask], [say('is home')], { conditions: [{ kind: 'presence', person: 'ada', is: 'home' }] }),
    rule('not', [ask], [say('is not')], {
      conditions: [{ kind: 'not', condition: { kind: 'presence', person: 'ada', is: 'home' } }],
    }),
  ]);
  const step = (presence: 'home' | 'away' | null): unknown[] =>
    said(engine, 1_000, [{ person: 'ada', presence }, { event: 'ask' }]);
  assert.equal(step('home'), ['is home'], 'the first known one only arms');
  assert.equal(step(null), []);
  assert.equal(step('home'), ['is home'], 'as it was');
  assert.equal(step(null), []);
  assert.equal(step('away'), ['goes', 'is not']);
  engine.close();
});

test('anyone and everyone are the people who are known', async () => {
  const engine = await engineOf([
    rule('all', [ask], [say('all home')], { conditions: [{ kind: 'presence', person: 'everyone', is: 'home' }] }),
    rule('any', [ask], [say('any away')], { conditions: [{ kind: 'presence', person: 'anyone', is: 'away' }] }),
  ]);
  const step = (person: string, presence: 'home' | 'away' | null): unknown[] =>
    said(engine, 1_000, [{ person, presence }, { event: 'ask' }]);
  step('ada', 'home');
  assert.equal(step('bob', 'away'), ['any away']);
  assert.equal(step('bob', null), ['all home']);
  assert.equal(step('ada', null), []);
  engine.close();
});

test.run();
