// A trigger whose `for` counts is listed with its time, and can be called off; it begins anew when it comes true again.

import type { Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MINUTE, engineOf, report, rule, said, say } from './home.ts';

const test = suite('countdowns');
const open: Trigger = { kind: 'property', device: 'a', property: 'contact.open', becomes: true, for: '5m' };
const opens = report('contact.open', true);
const closes = report('contact.open', false);
const off = (more: object = {}) => ({ calledOff: { rule: 'r', trigger: '0', device: 'a', ...more } });

test('one is there while it counts, and says when it fires', async () => {
  const engine = await engineOf([rule('r', [open], [say('open')])]);
  engine.step(0, [closes]);
  assert.equal(engine.countdowns(), []);
  engine.step(MINUTE, [opens]);
  assert.equal(engine.countdowns(), [{ rule: 'r', trigger: '0', device: 'a', until: 6 * MINUTE }]);
  assert.equal(said(engine, 6 * MINUTE), ['open']);
  assert.equal(engine.countdowns(), []);
});

test('one that is called off does not fire, and begins anew', async () => {
  const engine = await engineOf([rule('r', [open], [say('open')])]);
  engine.step(0, [closes, opens]);
  engine.step(MINUTE, [off()]);
  assert.equal(engine.countdowns(), []);
  assert.is(engine.wakeAt, null);
  assert.equal(said(engine, 20 * MINUTE, [opens]), [], 'an equal report begins nothing');
  engine.step(21 * MINUTE, [closes, opens]);
  assert.equal(said(engine, 26 * MINUTE), ['open']);
});

test('calling off takes its turn among the events, behind the timers that are due', async () => {
  const engine = await engineOf([rule('r', [open], [say('open')])]);
  engine.step(0, [closes]);
  assert.equal(said(engine, MINUTE, [opens, off(), closes, opens]), []);
  assert.equal(engine.countdowns().map(({ until }) => until), [6 * MINUTE]); // prettier-ignore
  assert.equal(said(engine, 6 * MINUTE, [off()]), ['open'], 'it fired before it was called off');
});

test('of a set each member is called off by itself, of hysteresis only a new crossing begins', async () => {
  const devices = { devices: ['a', 'b'] };
  const each = rule('each', [{ ...open, device: devices } as Trigger], [say('open')]);
  const hot = rule(
    'hot',
    [{ kind: 'property', device: 'a', property: 't.t', above: 30, hysteresis: 2, for: '5m', id: 'h' }],
    [say('hot')],
  );
  const engine = await engineOf([each, hot]);
  engine.step(0, [closes, report('contact.open', false, 'b'), report('t.t', 20)]);
  engine.step(1, [opens, report('contact.open', true, 'b'), report('t.t', 31)]);
  assert.equal(engine.countdowns().map(({ rule: of, trigger, device }) => [of, trigger, device]), [
    ['each', '0', 'a'],
    ['each', '0', 'b'],
    ['hot', 'h', 'a'],
  ]); // prettier-ignore
  engine.step(2, [off({ rule: 'each', device: 'a' }), off({ rule: 'hot', trigger: 'h' }), report('t.t', 33)]);
  assert.equal(engine.countdowns().map(({ device }) => device), ['b']); // prettier-ignore
  engine.step(3, [report('t.t', 29), report('t.t', 31)]);
  assert.is(engine.countdowns().length, 1, 'not back far enough');
  engine.step(4, [report('t.t', 28), report('t.t', 31)]);
  assert.is(engine.countdowns().length, 2);
});

test('it is the same after a restore, and what does not count or is not there is nothing', async () => {
  const one = await engineOf([rule('r', [open], [say('open')])]);
  const other = await engineOf([rule('r', [open], [say('open')])]);
  one.step(0, [closes, opens]);
  const nothing = [off({ rule: 'x' }), off({ trigger: '7' }), off({ device: 'b' })];
  one.step(1, nothing);
  other.restore(one.snapshot());
  assert.equal(other.countdowns(), one.countdowns());
  assert.is(other.countdowns().length, 1);
  for (const engine of [one, other]) engine.step(2, [off()]);
  assert.is(other.stateHash(), one.stateHash());
  for (const bad of [{ calledOff: null }, { calledOff: { rule: 'r' } }, off({ device: 3 })])
    assert.throws(() => one.step(3, [bad as never]), (error: { code: string }) => error.code === 'BAD_EVENT'); // prettier-ignore
});

test.run();
