// An engine that starts from compile()'s bytes is the engine of the rules as they were written: names, texts, sets, edits.

import { compile, createEngine } from '@lintel/engine';
import type { EngineDevice, EngineError } from '@lintel/engine';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, MINUTE, becomes, engineOf, report, rule, said, say, tell } from './home.ts';

const test = suite('prepared rules');
const lamp = (id: string, room: string): EngineDevice => ({ id, kind: 'light', room, endpoints: [] });
const HALL = { kind: 'property', device: { room: 'hall' }, property: 'onOff.on', match: 'any', becomes: true } as const;
const rules = [
  rule('names', [becomes('Ünïcode 🎵', 'media.title', 'tv')], [tell('"heard " + trigger.value')]),
  rule('waits', [becomes(true)], [{ kind: 'delay', for: '5m' }, say('later')]),
  rule('hall', [HALL], [say('hall')]),
];

test('they hear texts and remember values that no rule names', async () => {
  const compiled = await compile({ rules, home: BERLIN, strict: false });
  const [one, other] = [await engineOf(rules, { strict: false }), await createEngine({ compiled, startAt: 0 })];
  for (const engine of [one, other]) {
    engine.step(0, [report('media.title', '', 'tv'), report('brand.new', 'x', 'new'), report('onOff.on', false)]);
    assert.equal(said(engine, 1, [report('media.title', 'Ünïcode 🎵', 'tv')]), ['heard Ünïcode 🎵']);
  }
  assert.is(other.stateHash(), one.stateHash());
  assert.equal(other.export(), one.export());
  assert.equal(other.rules, one.rules);
});

test('they go on through a restore and an edit', async () => {
  const compiled = await compile({ rules, home: BERLIN, strict: false });
  const one = await engineOf(rules, { strict: false });
  one.step(0, [report('onOff.on', false), report('onOff.on', true)]);
  const other = await createEngine({ compiled, startAt: 77 });
  other.restore(one.snapshot());
  assert.is(other.replaceRules(rules.slice(1)).kept, 1);
  assert.equal(said(other, 5 * MINUTE), ['later']);
});

test('devices that come with the start say who is in which room', async () => {
  const compiled = await compile({ rules, home: BERLIN, strict: false });
  const engine = await createEngine({ compiled, startAt: 0, devices: [lamp('a', 'hall'), lamp('b', 'attic')] });
  engine.step(0, [report('onOff.on', false), report('onOff.on', false, 'b')]);
  assert.equal(said(engine, 1, [report('onOff.on', true, 'b')]), []);
  assert.equal(said(engine, 2, [report('onOff.on', true)]), ['hall']);
});

test('bytes of an older version, or of another core, are refused by name', async () => {
  const refusal = async (at: number, value: number): Promise<string> => {
    const compiled = await compile({ rules, home: BERLIN, strict: false });
    new Uint32Array(compiled.buffer)[at] = value;
    const error = await createEngine({ compiled, startAt: 0 }).then(
      () => null,
      (reason: EngineError) => reason,
    );
    assert.is(error?.code, 'BAD_IMAGE');
    return error!.message;
  };
  assert.match(await refusal(1, 1), 'they have version 1, expected 3');
  assert.match(await refusal(3, 1), 'another version of the core');
});

test.run();
