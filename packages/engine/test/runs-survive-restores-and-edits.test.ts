// Waits, queues and counters go on exactly after a restore, and across edits.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, MINUTE, becomes, engineOf, is, report, rule, said, say, tell } from './home.ts';

const test = suite('images and edits');
const press = { event: 'press' } as const;
const pressed = { kind: 'event', event: 'press' } as const;

test('an image restored into another engine goes on as if nothing had happened', async () => {
  const rules = [
    rule(
      'count',
      [pressed],
      [{ kind: 'repeat', count: 5, actions: [{ kind: 'delay', for: '1m' }, tell('repeat.index')] }],
      { mode: 'queued' },
    ),
    rule(
      'wait',
      [becomes(true)],
      [
        { kind: 'wait', until: { kind: 'property', device: 'a', property: 'onOff.on', is: false, for: '5m' } },
        say('off'),
      ],
    ),
    rule('luck', [pressed], [tell('random(0, 1000)')], { mode: 'parallel' }),
  ];
  const one = await engineOf(rules, { seed: 3 });
  const other = await engineOf(rules, { startAt: 77, seed: 99 });
  one.step(0, [report('onOff.on', false), report('media.title', 'A song', 'tv')]);
  for (let step = 1; step < 30; step += 1) {
    const events =
      step % 7 === 0
        ? [press]
        : step === 3
          ? [report('onOff.on', true)]
          : step === 9
            ? [report('onOff.on', false)]
            : [];
    one.step(step * MINUTE, events);
    other.restore(one.snapshot());
    assert.is(other.stateHash(), one.stateHash());
  }
  assert.equal(other.step(60 * MINUTE, [press]), one.step(60 * MINUTE, [press]));
});

test('an image taken after a restore has the texts of the restored one', async () => {
  const titled = (title: string) => [report('media.title', title, 'tv')];
  const [one, other, fresh] = [await engineOf([]), await engineOf([]), await engineOf([])];
  one.step(0, titled('A song'));
  other.step(0, titled('Another'));
  const image = other.snapshot();
  one.snapshot();
  one.restore(image);
  assert.is(one.stateHash(), other.stateHash());
  fresh.restore(one.snapshot());
  assert.equal(fresh.export(), other.export());
});

test('an unsealed image goes into a given buffer', async () => {
  const engine = await engineOf([rule('r', [becomes(true)], [{ kind: 'delay', for: '1m' }, say('x')])]);
  engine.step(0, [report('onOff.on', false), report('onOff.on', true)]);
  const into = new Uint8Array(1 << 20);
  const image = engine.snapshot(into, { seal: false });
  assert.is(image.buffer, into.buffer);
  engine.step(MINUTE);
  engine.restore(image);
  assert.equal(said(engine, MINUTE), ['x']);
});

test('editing another rule leaves a wait as it is', async () => {
  const waiting = rule('wait', [becomes(true)], [{ kind: 'delay', for: '5m' }, say('done')]);
  const engine = await engineOf([waiting, rule('x', [pressed], [say('old')])]);
  engine.step(0, [report('onOff.on', false), report('onOff.on', true)]);
  assert.equal(engine.replaceRules([rule('x', [pressed], [say('new')]), waiting]), {
    kept: 1,
    finished: 0,
    cancelled: 0,
  });
  assert.equal(said(engine, MINUTE, [press]), ['new']);
  assert.equal(said(engine, 5 * MINUTE), ['done']);
});

test('an edited rule lets its runs finish on their old code, or cancels them', async () => {
  const version = (text: string, onEdit: 'finish' | 'cancel') =>
    rule('r', [pressed], [{ kind: 'delay', for: '5m' }, say(text)], { onEdit });
  const engine = await engineOf([version('one', 'finish')]);
  engine.step(0, [press]);
  assert.equal(engine.replaceRules([version('two', 'cancel')]), { kept: 0, finished: 1, cancelled: 0 });
  const image = engine.snapshot();
  assert.equal(said(engine, 5 * MINUTE), ['one']);
  engine.restore(image);
  assert.equal(said(engine, 5 * MINUTE), ['one']);
  engine.step(6 * MINUTE, [press]);
  assert.equal(engine.replaceRules([]), { kept: 0, finished: 0, cancelled: 1 });
  assert.equal(
    engine.step(20 * MINUTE).traces.map((trace) => trace.outcome),
    ['cancelled'],
  );
});

test('runs of a rule that is over at once queue behind one of its older version', async () => {
  const old = rule('r', [pressed], [{ kind: 'delay', for: '5m' }, say('old')]);
  const now = rule('r', [pressed], [say('now')], { mode: 'queued', max: 4 });
  const engine = await engineOf([old]);
  engine.step(0, [press]);
  engine.replaceRules([now]);
  assert.equal(engine.step(1, [press, press, press]).traces, []);
  assert.equal(said(engine, 5 * MINUTE), ['old', 'now', 'now', 'now']);
});

test('an image with an old version that still runs goes into a fresh engine', async () => {
  const old = rule('r', [pressed], [{ kind: 'delay', for: '5m' }, say('one')]);
  const now = rule('r', [pressed], [say('two')]);
  const engine = await engineOf([old]);
  engine.step(0, [press]);
  engine.replaceRules([now]);
  const fresh = await engineOf([now], { startAt: 5 });
  fresh.restore(engine.snapshot());
  assert.is(fresh.stateHash(), engine.stateHash());
  assert.equal(said(fresh, 5 * MINUTE), ['one']);
});

test('a trigger that an edit adds arms on what is known, even of a property no rule named before', async () => {
  const engine = await engineOf([]);
  engine.step(0, [report('onOff.on', false)]);
  engine.replaceRules([rule('r', [becomes(true)], [say('on')], { conditions: [is(true)] })]);
  assert.equal(said(engine, 1, [report('onOff.on', true)]), ['on']);
});

test('more properties than the memory had room for are remembered', async () => {
  const engine = await engineOf([]);
  for (let part = 0; part < 4; part += 1) {
    engine.step(
      part,
      Array.from({ length: 1500 }, (_, index) => report('onOff.on', true, `d${part}-${index}`)),
    );
  }
  assert.is(Object.keys(engine.export().properties).length, 6000);
});

test('ids of commands are never used twice', async () => {
  const one = rule('r', [pressed], [say('x')]);
  const engine = await engineOf([one], { home: BERLIN });
  const ids: string[] = [];
  for (let round = 0; round < 3; round += 1) {
    ids.push(...engine.step(round, [press, press]).commands.map((command) => command.id));
    engine.replaceRules([]);
    engine.replaceRules([one]);
  }
  assert.is(new Set(ids).size, 6);
});

test('a batch of slots does what the same events do one by one', async () => {
  const rules = [
    rule(
      'r',
      [{ kind: 'property', device: 'a', property: 'temperature.temperature', above: 20 }],
      [{ kind: 'set', target: { device: 'fan' }, values: { 'onOff.on': true, 'fan.speed': 0.5 } }],
    ),
  ];
  const batch = await engineOf(rules);
  const single = await engineOf(rules);
  const slot = batch.slot('a', 'temperature.temperature');
  const values = [19, 21, 22, 20, 20.5, Number.NaN, 18, 25];
  assert.is(batch.stepSlots(5, new Int32Array(values.length).fill(slot), Float64Array.from(values), values.length), 6);
  const sets = values.flatMap(
    (value) => single.step(5, [report('temperature.temperature', Number.isNaN(value) ? null : value)]).commands,
  );
  assert.is(sets.length, 3);
  assert.equal([...batch.out.slots].slice(0, 2), [batch.slot('fan', 'onOff.on'), batch.slot('fan', 'fan.speed')]);
  assert.equal([...batch.out.values], [1, 0.5, 1, 0.5, 1, 0.5]);
  assert.is(batch.slot('nobody', 'onOff.on'), -1);
});

test.run();
