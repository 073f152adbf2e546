// What a killed hub owed its devices is told before what fell due while it was down, as it would have been.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('what was owed goes first');
const MINUTE = 60_000;

test('a lamp that should be off by now is told so last', async () => {
  let home = await openHome();
  const set = (isOn: boolean) => ({ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': isOn } }) as const;
  await addRule(home, { id: 'r', triggers: on('go'), actions: [set(true), { kind: 'delay', for: '1m' }, set(false)] });
  home.deaf.add(LAMP);
  heard(home, 'go');
  home = await home.killed({ downFor: 2 * MINUTE });
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`, `${LAMP} {"onOff.on":false}`]);
  assert.is(home.kernel.machine.properties.value(LAMP, 'onOff.on'), false);
  assert.equal(home.kernel.machine.pending.list(), []);
  await home.close();
});

test.run();
