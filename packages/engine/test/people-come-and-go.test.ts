// Whoever was heard of takes a place among those that `anyone` and `everyone` count; who is gone from the home gives it back.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PERSONS_MAX } from '../../../assembly/limits.ts';
import type { Engine } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { engineOf, rule, said, say } from './home.ts';

const test = suite('people come and go');

const comesHome = { kind: 'presence', person: 'anyone', becomes: 'home' } as const;
const leaves = { kind: 'presence', person: 'everyone', becomes: 'away' } as const;
const RULES = [rule('welcome', [comesHome], [say('welcome')]), rule('lock', [leaves], [say('lock')])];
const person = (name: string, presence: 'home' | 'away' | null) => ({ person: name, presence });

/** Hundreds who came, left, and are not spoken of any more. */
function haveGuests(engine: Engine, count: number): void {
  for (let guest = 0; guest < count; guest += 1)
    engine.step(guest, [person(`guest ${guest}`, 'away'), person(`guest ${guest}`, null)]);
}

test('a home that had hundreds of guests counts each of those who are there now', async () => {
  const engine = await engineOf(RULES);
  haveGuests(engine, PERSONS_MAX * 4);
  assert.equal(said(engine, 1000, [person('ada', 'home')]), ['welcome']);
  assert.equal(said(engine, 1001, [person('bob', 'away')]), []);
  assert.equal(said(engine, 1002, [person('ada', 'away')]), ['lock']);
  assert.equal(said(engine, 1003, [person('bob', 'home')]), ['welcome']);
});

test('many who come at once are all counted', async () => {
  const engine = await engineOf(RULES);
  haveGuests(engine, PERSONS_MAX - 2);
  const all = Array.from({ length: PERSONS_MAX }, (_, index) => `p${index}`);
  assert.equal(
    said(
      engine,
      1000,
      all.map((name) => person(name, 'home')),
    ),
    ['welcome'],
  );
  for (const name of all.slice(0, -1)) assert.equal(said(engine, 1001, [person(name, 'away')]), [], name);
  assert.equal(said(engine, 1002, [person(all.at(-1)!, 'away')]), ['lock']);
});

test('what becomes of places is the same after a restore', async () => {
  const one = await engineOf(RULES);
  const other = await engineOf(RULES);
  for (let guest = 0; guest < PERSONS_MAX + 8; guest += 1) {
    one.step(guest * 10, [person(`guest ${guest}`, 'home')]);
    one.step(guest * 10 + 1, [person(`guest ${guest}`, null)]);
    other.restore(one.snapshot());
    assert.is(other.stateHash(), one.stateHash(), `guest ${guest}`);
  }
  assert.equal(other.step(10_000, [person('ada', 'home')]), one.step(10_000, [person('ada', 'home')]));
});

test('a wait for someone goes on while places are given anew', async () => {
  const engine = await engineOf([
    rule(
      'r',
      [{ kind: 'manual' }],
      [{ kind: 'wait', event: comesHome, timeout: '1h', onTimeout: 'stop' }, say('someone')],
    ),
    ...RULES,
  ]);
  engine.step(0, [person('ada', 'away'), { run: 'r' }]);
  for (let guest = 0; guest < PERSONS_MAX + 8; guest += 1)
    engine.step(guest + 1, [person(`guest ${guest}`, 'away'), person(`guest ${guest}`, null)]);
  const { commands } = engine.step(1000, [person('bob', 'home')]);
  assert.equal(
    commands.map(({ rule }) => rule),
    ['r', 'welcome'],
  );
});

test('whom a rule names is someone of their own, also where no place is left to be counted', async () => {
  const engine = await engineOf(RULES);
  for (let each = 0; each < PERSONS_MAX; each += 1) engine.step(each, [person(`p${each}`, 'away')]);
  const arrives = (id: string): Rule => rule(id, [{ kind: 'presence', person: id, becomes: 'home' }], [say(id)]);
  engine.replaceRules([...RULES, arrives('one'), arrives('two')]);
  assert.equal(said(engine, 100, [person('one', 'away'), person('two', 'away')]), []);
  assert.equal(said(engine, 101, [person('one', 'home')]), ['one']);
  assert.equal(said(engine, 102, [person('two', 'home')]), ['two']);
  assert.equal(said(engine, 103, [person('p0', 'home')]), ['welcome']);
});

test.run();
