// A backtest with a closed loop: what the rule sets takes effect, and what rules set there in truth is left out.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runBacktest } from '../../src/rehearsal/backtest.ts';
import { membership } from '../../src/state/parts.ts';
import { addRule, LAMP, MOTION } from '../household/rules.ts';
import { MONDAY, openHome, type TestHome } from '../home.ts';

const test = suite('a closed loop obeys the rule');

const MINUTE = 60_000;
const OTHER = 'virtual:lamp2';
const lamp = (on: boolean): Rule['actions'][number] => ({
  kind: 'set',
  target: { device: LAMP },
  values: { 'onOff.on': on },
});
const becomes = (device: string, property: string, value: boolean): Rule['triggers'][number] => ({
  kind: 'property',
  device,
  property,
  becomes: value,
});

async function firings(home: TestHome, rule: Rule, closedLoop: boolean): Promise<string[]> {
  const { machine } = home.kernel;
  await home.storage.history.flush();
  const { firings: found } = await runBacktest({
    kind: 'backtest',
    folder: home.storage.folders.data,
    rule,
    compare: null,
    documents: machine['registry'].export(),
    devices: membership(machine, home.clock.now()),
    from: MONDAY,
    to: home.clock.now(),
    closedLoop,
  });
  return found.flatMap(({ at, commands }) => commands.map(({ kind }) => `${(at - MONDAY) / MINUTE} ${kind}`));
}

test('what it sets starts it again, and what was done by rules is not so', async () => {
  const home = await openHome();
  // In truth a rule turned the lamp on with the motion, and off five minutes after.
  const truth: Pick<Rule, 'id' | 'triggers' | 'actions'> = {
    id: 'truth',
    triggers: [becomes(MOTION, 'occupancy.occupied', true)],
    actions: [lamp(true), { kind: 'delay', for: '5m' }, lamp(false)],
  };
  home.report(MOTION, { 'occupancy.occupied': false });
  await addRule(home, truth);
  home.clock.advance(MINUTE);
  home.report(MOTION, { 'occupancy.occupied': true });
  home.clock.advance(10 * MINUTE);
  const both = { ...lamp(true), target: { devices: [LAMP, OTHER] } };
  const rule: Rule = {
    id: 'draft',
    mode: 'parallel',
    triggers: [
      { ...becomes(MOTION, 'occupancy.occupied', true), id: 'motion' },
      becomes(LAMP, 'onOff.on', true),
      becomes(OTHER, 'onOff.on', true),
      { ...becomes(LAMP, 'onOff.on', false), id: 'off' },
    ],
    actions: [
      {
        kind: 'choose',
        choices: [
          { if: { kind: 'trigger', is: 'motion' }, then: [{ kind: 'delay', for: '2m' }, both] },
          { if: { kind: 'trigger', is: 'off' }, then: [{ kind: 'emit', event: 'dark' }] },
        ],
        else: [{ kind: 'notify', message: 'on' }],
      },
    ],
  };
  assert.equal(await firings(home, rule, false), ['1 notify', '3 set', '6 emit'], 'as it was recorded');
  assert.equal(await firings(home, rule, true), ['1 notify', '3 set', '3 notify'], 'the lamps are its own now');
  await home.close();
});

test.run();
