// What a run did stands in its trace until it ends, however many others of its rule came and went meanwhile.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RUNS_KEPT_PER_RULE } from '../../src/limits.ts';
import { automationRuns } from '../../src/services/automation-runs.ts';
import { openHome, type TestHome } from '../home.ts';
import { addRule, heard, LAMP, on } from './rules.ts';

const test = suite('runs under way');
const HOUR = 3_600_000;

const outcomes = (home: TestHome): string[] =>
  automationRuns(home.kernel)
    .runs('r')
    .map(({ run, outcome }) => `${run} ${outcome}`);

test('newer runs push out those that have ended, not one that still runs', async () => {
  let home = await openHome();
  await addRule(home, {
    id: 'r',
    mode: 'parallel',
    triggers: [...on('long'), ...on('short')],
    actions: [
      { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } },
      { kind: 'if', if: { kind: 'trigger', is: '0' }, then: [{ kind: 'delay', for: '1h' }] },
      { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false } },
    ],
  });
  heard(home, 'short');
  heard(home, 'long');
  for (let count = 0; count < RUNS_KEPT_PER_RULE + 10; count += 1) heard(home, 'short');
  assert.equal(outcomes(home).slice(-2), ['13 finished', '2 running']);
  assert.is(outcomes(home).length, RUNS_KEPT_PER_RULE + 1);
  home = await home.killed();
  assert.is(outcomes(home).at(-1), '2 running');
  home.clock.advance(HOUR);
  assert.is(outcomes(home).at(-1), '2 finished');
  assert.is(automationRuns(home.kernel).runs('r').at(-1)?.commands.length, 2, 'all that it did');
  heard(home, 'short');
  assert.is(outcomes(home).length, RUNS_KEPT_PER_RULE, 'it has ended, and goes as others do');
  await home.close();
});

test('a run that an edit ends is under way no more', async () => {
  const home = await openHome();
  const rule = {
    id: 'r',
    onEdit: 'cancel',
    triggers: on('go'),
    actions: [
      { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } },
      { kind: 'delay', for: '1h' },
    ],
  } as const;
  await addRule(home, rule);
  heard(home, 'go');
  assert.equal(outcomes(home), ['1 running']);
  await addRule(home, { ...rule, actions: [{ kind: 'delay', for: '2h' }] });
  assert.equal(outcomes(home), ['1 cancelled']);
  await home.close();
});

test.run();
