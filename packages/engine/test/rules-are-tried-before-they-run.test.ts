// Backtests on recorded inputs, and problems that rules have together.

import { backtest, check } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, MINUTE, becomes, report, rule } from './home.ts';

const test = suite('trying rules');
const lampOff = { kind: 'set', target: { device: 'lamp' }, values: { 'onOff.on': false } } as const;
const lampOn = { ...lampOff, values: { 'onOff.on': true } } as const;
const after = (wait: string): Rule =>
  rule('r', [{ kind: 'property', device: 'a', property: 'onOff.on', becomes: false, for: wait }], [lampOff]);
const inputs = [true, false, true, false].map((value, index) => ({
  at: index * 3 * MINUTE,
  event: report('onOff.on', value),
}));

test('a backtest tells what the rule would have done', () => {
  const { firings, divergesAt } = backtest({ rule: after('2m'), home: BERLIN, from: 0, to: 60 * MINUTE, inputs });
  assert.equal(
    firings.map((firing) => [firing.at / MINUTE, firing.cause]),
    [
      [5, 2],
      [11, 4],
    ],
  );
  assert.is(divergesAt, null);
});

test('a backtest against the old version tells what is different', () => {
  const { firings, divergesAt } = backtest({
    rule: after('5m'),
    compare: after('2m'),
    home: BERLIN,
    from: 0,
    to: 60 * MINUTE,
    inputs,
  });
  assert.equal(
    firings.map((firing) => [firing.at / MINUTE, firing.only]),
    [
      [5, 'old'],
      [11, 'old'],
      [14, 'new'],
    ],
  );
  assert.is(divergesAt, 5 * MINUTE);
});

const codes = (rules: readonly Rule[]): string[] =>
  check({ rules, home: BERLIN }).problems.map((problem) => `${problem.code} ${problem.rule}`);

test('loops, contradictions and rules that never fire are found', () => {
  assert.equal(codes([rule('a', [becomes(true)], [lampOn])]), []);
  assert.equal(codes([rule('hand', [{ kind: 'manual' }], [lampOn])]), ['never-fires hand']);
  assert.equal(codes([rule('a', [becomes(true)], [lampOn]), rule('b', [becomes(true)], [lampOff])]), ['conflict a']);
  const fight = [
    rule('on', [becomes(false, 'onOff.on', 'lamp')], [lampOn]),
    rule('off', [becomes(true, 'onOff.on', 'lamp')], [lampOff]),
  ];
  assert.equal(codes(fight), ['loop on', 'loop off']);
  const echo = rule('echo', [{ kind: 'event', event: 'x' }], [{ kind: 'emit', event: 'x' }]);
  assert.equal(codes([echo]), ['loop echo']);
});

test('with devices, all that does not fit them is a problem, not an exception', () => {
  const { problems } = check({ rules: [rule('a', [becomes(true)], [lampOn])], home: BERLIN, devices: [] });
  assert.equal(
    problems.map((problem) => [problem.code, problem.pointer]),
    [
      ['unknown-device', '/triggers/0/device'],
      ['unknown-device', '/actions/0/target/device'],
    ],
  );
});

test.run();
