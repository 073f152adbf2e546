// A trigger whose `for` counts is among what is pending: with its time, and to be called off.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { pendingService } from '../../src/services/pending.ts';
import { openHome } from '../home.ts';
import { addRule, LAMP, MOTION, told } from './rules.ts';

const test = suite('what counts is pending');
const BY = { kind: 'user', id: 'ada', name: 'Ada' } as const;
const MINUTE = 60_000;

test('a trigger that counts is listed with its time, and does not fire once it was called off, also after a kill', async () => {
  let home = await openHome();
  const left = { kind: 'property', device: MOTION, property: 'occupancy.occupied', becomes: true, for: '5m' } as const;
  await addRule(home, {
    id: 'r',
    name: 'Left: on',
    triggers: [{ ...left, id: 'x:y' }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  home.clock.advance(MINUTE);
  home = await home.killed();
  const [timer, ...others] = pendingService(home.kernel).list();
  assert.equal(others, []);
  const { kind, at, since, text, automation, devices, pointers } = timer!;
  const now = home.clock.time;
  assert.equal([kind, at, since], ['timer', new Date(now + 4 * MINUTE).toISOString(), new Date(now - MINUTE).toISOString()]); // prettier-ignore
  assert.is(text, 'Left: on: starts if The motion stays as it is');
  assert.equal([automation, devices, pointers], ['r', [MOTION], ['/triggers/0']]);
  await pendingService(home.kernel).cancel(timer!.id, BY);
  assert.equal(pendingService(home.kernel).list(), []);
  home = await home.killed();
  assert.equal(pendingService(home.kernel).list(), []);
  home.clock.advance(10 * MINUTE);
  assert.equal(told(home), []);
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  home.clock.advance(5 * MINUTE);
  assert.is(told(home).length, 1);
  await home.storage.history.flush();
  const inputs = [];
  for await (const page of home.storage.history.inputs(0, home.clock.time)) inputs.push(page);
  assert.ok(JSON.stringify(inputs).includes('calledOff'), 'a backtest is told too');
  await home.close();
});

test.run();
