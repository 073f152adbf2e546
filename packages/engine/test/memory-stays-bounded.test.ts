// Whatever devices report, the engine's memory follows what there is now, not what there once was.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { LOOSE_CHARACTERS_MAX, SPARE_SLOTS_MIN } from '../../../assembly/limits.ts';
import type { Action } from '@lintel/model';
import { MINUTE, engineOf, report, rule, said, say, tell } from './home.ts';

const test = suite('memory stays bounded');
const TITLE = 'media.title';
const CHARACTERS = 4_096;
const go = { kind: 'event', event: 'go' } as const;
const GO = { event: 'go' };
const wait = (duration: string): Action => ({ kind: 'delay', for: duration });
const title = (index: number): string =>
  String(index)
    .padStart(8, '0')
    .repeat(CHARACTERS / 8);

test('10,000 long texts leave one behind, and what waits on a text still knows it', async () => {
  const engine = await engineOf([
    rule('plays', [{ kind: 'property', device: 'radio', property: TITLE, becomes: 'news' }], [say('the news')]),
    rule('remembers', [{ ...go, event: 'play' }], [wait('10m'), tell('trigger.data.title')]),
    rule('last', [go], [tell(`device("radio")["${TITLE}"]`)]),
  ]);
  engine.step(0, [{ event: 'play', data: { title: title(-1) } }]);
  let largest = 0;
  for (let index = 0; index < 10_000; index += 1) {
    engine.step(index, [report(TITLE, title(index), 'radio')]);
    if (index % 500 === 0) largest = Math.max(largest, engine.snapshot().length);
  }
  assert.ok(largest < 2 * LOOSE_CHARACTERS_MAX, `an image of ${largest} bytes`);
  assert.equal(said(engine, 10_000, [GO]), [title(9_999)]);
  assert.equal(said(engine, 10_001, [report(TITLE, 'news', 'radio')]), ['the news']);
  assert.equal(said(engine, 11 * MINUTE), [title(-1)]);
});

test('texts are let go at the same step, whether or not the engine was restored on the way', async () => {
  const rules = [rule('last', [go], [tell(`device("radio")["${TITLE}"]`)])];
  const [one, other] = [await engineOf(rules), await engineOf(rules)];
  const many = (LOOSE_CHARACTERS_MAX / CHARACTERS) * 2.5;
  for (let index = 0; index < many; index += 1) {
    const again = index % 300 === 299 ? await engineOf(rules) : null;
    again?.restore(other.snapshot());
    for (const engine of [one, again ?? other]) engine.step(index, [report(TITLE, title(index), 'radio')]);
    if (again !== null) other.restore(again.snapshot());
    if (index % 100 === 0) assert.is(one.stateHash(), other.stateHash(), `after ${index}`);
  }
});

test('properties that no rule names find room, however many there are', async () => {
  const engine = await engineOf([rule('sum', [go], [tell('device("d0")["temperature.temperature"]')])]);
  const devices = SPARE_SLOTS_MIN * 5;
  const events = Array.from({ length: devices }, (_, index) => report('temperature.temperature', index, `d${index}`));
  engine.step(0, events.slice(0, 10));
  for (const event of events) engine.step(1, [event]);
  engine.step(2, events);
  assert.is(Object.keys(engine.export().properties).length, devices);
  assert.equal(said(engine, 3, [GO]), [0]);
  engine.replaceRules([rule('late', [go], [tell(`device("d${devices - 1}")["temperature.temperature"]`)])]);
  assert.equal(said(engine, 4, [GO]), [devices - 1]);
});

test('runs beyond what the memory holds are dropped by name, and the others go on', async () => {
  const engine = await engineOf([
    rule('many', [go], [wait('10m'), say('late')], { mode: 'parallel', max: 1_000 }),
    rule('sane', [{ ...go, event: 'ping' }], [say('here')]),
  ]);
  const { traces } = engine.step(
    0,
    Array.from({ length: 1_500 }, () => GO),
  );
  assert.is(traces.filter(({ outcome }) => outcome === 'dropped').length, 500);
  assert.equal(said(engine, 1, [{ event: 'ping' }]), ['here']);
  assert.is(said(engine, 11 * MINUTE).length, 1_000);
});

test.run();
