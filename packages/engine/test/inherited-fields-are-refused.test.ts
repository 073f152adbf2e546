// Rules that are no plain JSON, from callers who build them of classes: what a rule inherits would be lost where it is kept.

import { check, checkRule, compile, createEngine, RuleError } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, becomes, rule, say } from './home.ts';

const test = suite('inherited fields');
const good = rule('hall', [becomes(true)], [{ kind: 'delay', for: '5m' }, say('late')]);
const with_ = (key: string, value: unknown): unknown => ({ ...good, [key]: value });

test('what a rule inherits is not its own: it is refused where it stands, however it comes', async () => {
  const inherits = (own: object, of: object): object => Object.assign(Object.create(of) as object, own);
  const set = { kind: 'set', target: { device: 'a' }, values: { 'onOff.on': true } };
  class Start {
    kind = 'start';
    toJSON(): unknown {
      return 5;
    }
  }
  const cases: [unknown, string][] = [
    [inherits({}, good), ''],
    [with_('triggers', [inherits({}, { kind: 'start' })]), '/triggers/0'],
    [with_('triggers', [new Start()]), '/triggers/0'],
    [with_('triggers', [{ kind: 'time', at: inherits({}, { variable: 'x' }) }]), '/triggers/0/at'],
    [with_('conditions', [inherits({ is: 'night' }, { kind: 'mode' })]), '/conditions/0'],
    [with_('actions', [inherits({}, { kind: 'stop' })]), '/actions/0'],
    [with_('actions', [{ ...set, target: inherits({}, { device: 'a' }) }]), '/actions/0/target'],
    [with_('actions', [{ ...set, values: inherits(set.values, { toJSON: () => 5 }) }]), '/actions/0/values'],
    [with_('actions', [{ kind: 'mode', mode: inherits({ x: 1 }, { expression: '1' }) }]), '/actions/0/mode'],
    [with_('actions', [{ ...set, onFailure: [inherits({}, { kind: 'stop' })] }]), '/actions/0/onFailure/0'],
  ];
  for (const [raw, pointer] of cases) {
    const rules = [raw] as Rule[];
    for (const ask of [
      () => createEngine({ rules, home: BERLIN, startAt: 0 }),
      () => compile({ rules, home: BERLIN }),
      async () => checkRule(raw),
      async () => check({ rules, home: BERLIN }),
    ])
      await ask().then(
        () => assert.unreachable(pointer),
        (error: unknown) => {
          assert.instance(error, RuleError);
          const { pointer: told, message } = error as RuleError;
          assert.is(told, pointer, message);
          assert.match(message, /not an object with more than its own fields/);
        },
      );
  }
  const bare = Object.assign(Object.create(null) as object, good);
  assert.is(checkRule(bare).id, 'hall', 'without a prototype it is its own');
});

test.run();
