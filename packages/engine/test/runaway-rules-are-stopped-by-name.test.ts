// Rules that never end, or feed one another, are stopped and named; nothing else is held up.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MINUTE, becomes, engineOf, report, rule, said, say, tell } from './home.ts';

const test = suite('runaway rules');
const go = { kind: 'event', event: 'go' } as const;

test('a run that never ends at one instant is stopped for its fuel', async () => {
  const engine = await engineOf([
    rule('mad', [go], [{ kind: 'repeat', while: { kind: 'mode', is: 'home' }, actions: [] }]),
    rule('sane', [go], [say('here')]),
  ]);
  const { commands, traces } = engine.step(0, [{ event: 'go' }]);
  assert.equal(
    commands.map((each) => each['message']),
    ['here'],
  );
  assert.equal(
    traces.map((each) => [each.rule, each.outcome]),
    [
      ['mad', 'fuel'],
      ['sane', 'finished'],
    ],
  );
});

test('9,000 steps at one instant are allowed', async () => {
  const engine = await engineOf([
    rule(
      'busy',
      [go],
      [
        {
          kind: 'repeat',
          count: 9000,
          actions: [{ kind: 'variable', name: 'n', value: { expression: 'repeat.index' } }],
        },
        tell('variable("n")'),
      ],
    ),
  ]);
  assert.equal(said(engine, 0, [{ event: 'go' }]), [9000]);
});

test('a run that emits for ever loses nothing that was queued before it was stopped', async () => {
  const engine = await engineOf([
    rule(
      'flood',
      [go],
      [{ kind: 'repeat', while: { kind: 'mode', is: 'home' }, actions: [{ kind: 'emit', event: 'drop' }] }],
    ),
  ]);
  const { commands, traces } = engine.step(0, [{ event: 'go' }]);
  assert.is(commands.length, 9999);
  assert.equal(
    traces.map((each) => each.outcome),
    ['fuel'],
  );
});

test('rules that trigger one another are cut after 32 links', async () => {
  const engine = await engineOf([
    rule('ping', [{ kind: 'event', event: 'ping' }], [{ kind: 'emit', event: 'pong' }]),
    rule('pong', [{ kind: 'event', event: 'pong' }], [{ kind: 'emit', event: 'ping' }]),
  ]);
  const { commands, traces } = engine.step(0, [{ event: 'ping' }]);
  assert.is(commands.length, 33);
  assert.equal(traces.at(-1)?.outcome, 'cascade');
});

test('a chain that doubles with each link is cut before it holds anything up, and the next input is heard', async () => {
  const twice = [
    { kind: 'emit', event: 'e' },
    { kind: 'emit', event: 'e' },
  ] as const;
  const engine = await engineOf([
    rule('double', [{ kind: 'event', event: 'e' }], twice, { mode: 'parallel' }),
    rule('sane', [go], [say('here')]),
  ]);
  for (let time = 0; time < 3; time += 1) {
    const { commands, traces } = engine.step(time, [{ event: 'e' }, { event: 'go' }]);
    assert.is(commands.length, 2_052);
    assert.equal(
      traces.filter(({ outcome }) => outcome === 'cascade').map((each) => each.rule),
      ['double'],
    );
    assert.is(commands.at(-1)!['message'], 'here');
  }
});

test('what the reports of a batch lead to is counted for each report by itself', async () => {
  const engine = await engineOf([
    rule(
      'warm',
      [{ kind: 'property', device: 'meter', property: 'temperature.temperature', above: 20 }],
      [{ kind: 'emit', event: 'warm' }],
    ),
    rule('hears', [{ kind: 'event', event: 'warm' }], [{ kind: 'emit', event: 'heard' }]),
    rule('says', [{ kind: 'event', event: 'heard' }], [say('warm')]),
  ]);
  const slot = engine.slot('meter', 'temperature.temperature');
  const slots = new Int32Array(8_192).fill(slot);
  const values = Float64Array.from(slots, (_, index) => (index % 2 === 0 ? 10 : 30));
  engine.stepSlots(1, slots, values, slots.length);
  const { commands, traces } = engine.step(1, []);
  assert.equal(
    traces.filter(({ outcome }) => outcome === 'cascade'),
    [],
  );
  assert.is(commands.filter(({ kind }) => kind === 'notify').length, 4_096);
});

test('what many rules do for one event of a rule is no runaway', async () => {
  const listeners = Array.from({ length: 3_000 }, (_, index) =>
    rule(`listener-${index}`, [{ kind: 'mode', becomes: 'night' }], [say('good night')]),
  );
  const engine = await engineOf([rule('night', [go], [{ kind: 'mode', mode: 'night' }]), ...listeners]);
  assert.is(engine.step(0, [{ event: 'go' }]).commands.length, 3_001);
});

async function loop(everyMs: number, rounds: number): Promise<{ sets: number; outcomes: Set<string> }> {
  const set = (value: boolean) => [{ kind: 'set', target: { device: 'lamp' }, values: { 'onOff.on': value } }] as const;
  const engine = await engineOf([
    rule('on', [becomes(false, 'onOff.on', 'lamp')], set(true)),
    rule('off', [becomes(true, 'onOff.on', 'lamp')], set(false)),
  ]);
  engine.step(0, [report('onOff.on', true, 'lamp')]);
  let value: boolean | null = false;
  let sets = 0;
  const outcomes = new Set<string>();
  for (let round = 1; round <= rounds && value !== null; round += 1) {
    const { commands, traces } = engine.step(round * everyMs, [report('onOff.on', value, 'lamp')]);
    sets += commands.length;
    for (const trace of traces) outcomes.add(trace.outcome);
    value = commands.length > 0 ? (commands[0]!['values'] as { 'onOff.on': boolean })['onOff.on'] : null;
  }
  return { sets, outcomes };
}

test('two rules that fight through a lamp are cut when they do so more than 32 times a minute', async () => {
  const fast = await loop(100, 500);
  assert.is(fast.sets, 33);
  assert.ok(fast.outcomes.has('cascade'));
});

test('ten times a minute is no runaway', async () => {
  const slow = await loop(MINUTE / 10, 300);
  assert.is(slow.sets, 300);
  assert.not.ok(slow.outcomes.has('cascade'));
});

test('a person at the switch is no chain', async () => {
  const engine = await engineOf([
    rule(
      'follow',
      [{ kind: 'property', device: 'a', property: 'onOff.on', changes: true }],
      [{ kind: 'set', target: { device: 'b' }, values: { 'onOff.on': true } }],
    ),
  ]);
  let sets = 0;
  for (let i = 0; i < 200; i += 1) sets += engine.step(i * 100, [report('onOff.on', i % 2 === 0)]).commands.length;
  assert.is(sets, 199);
});

test('a rule that keeps running out of fuel is switched off', async () => {
  const engine = await engineOf([
    rule('mad', [go], [{ kind: 'repeat', while: { kind: 'mode', is: 'home' }, actions: [] }]),
  ]);
  for (let i = 0; i < 12; i += 1) engine.step(i, [{ event: 'go' }]);
  assert.is(engine.export().rules['mad']?.enabled, false);
});

test('texts that grow stay bounded', async () => {
  const engine = await engineOf([
    rule('grow', [go], [{ kind: 'variable', name: 't', value: { expression: 'variable("t") + "xxxxxxxxxx"' } }], {
      mode: 'parallel',
    }),
  ]);
  engine.step(0, [{ variable: 't', value: 'start' }]);
  for (let i = 1; i < 3000; i += 1) engine.step(i, [{ event: 'go' }]);
  assert.is((engine.export().variables['t'] as string).length, 10_000);
});

test.run();
