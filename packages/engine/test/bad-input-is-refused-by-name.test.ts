// Bad rules, events, homes and images are refused with what was expected; the state is then as it was.

import { EngineError, RuleError, backtest, check, checkRule, compile, createEngine } from '@lintel/engine';
import type { EngineEvent } from '@lintel/engine';
import type { Rule } from '@lintel/model';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, becomes, engineOf, report, rule, said, say } from './home.ts';

const test = suite('bad input');
const good = rule('hall', [becomes(true)], [{ kind: 'delay', for: '5m' }, say('late')]);

function refusal(raw: unknown): RuleError {
  try {
    checkRule(raw);
  } catch (error) {
    assert.instance(error, RuleError);
    return error as RuleError;
  }
  return assert.unreachable(`taken: ${JSON.stringify(raw)}`) as never;
}

const with_ = (key: string, value: unknown): unknown => ({ ...good, [key]: value });

const CASES: readonly (readonly [unknown, string])[] = [
  [null, ''],
  [with_('colour', 1), '/colour'],
  [with_('mode', 'sometimes'), '/mode'],
  [with_('max', 0), '/max'],
  [with_('triggers', []), '/triggers'],
  [
    with_('triggers', [{ kind: 'property', device: 'a', property: 'onOff.on', becomes: true, for: '5 minutes' }]),
    '/triggers/0/for',
  ],
  [with_('triggers', [{ kind: 'property', device: 'a', property: 'onOff', becomes: true }]), '/triggers/0/property'],
  [with_('triggers', [{ kind: 'property', device: 'a', property: 'onOff.on' }]), '/triggers/0'],
  [with_('triggers', [{ kind: 'property', device: 'a', property: 'onOff.on', becomes: [] }]), '/triggers/0/becomes'],
  [with_('triggers', [{ kind: 'property', device: 'a', property: 'x.y', above: 5, below: 1 }]), '/triggers/0/below'],
  [with_('triggers', [{ kind: 'time', at: '25:00' }]), '/triggers/0/at'],
  [with_('triggers', [{ kind: 'every', every: '25h' }]), '/triggers/0/every'],
  [with_('triggers', [{ kind: 'cron', cron: '0 7 31 2 *' }]), '/triggers/0/cron'],
  [
    with_('triggers', [
      { kind: 'manual', id: 'x' },
      { kind: 'start', id: 'x' },
    ]),
    '/triggers/1/id',
  ],
  [with_('conditions', [{ kind: 'trigger', is: 'nobody' }]), '/conditions/0/is'],
  [with_('conditions', [{ kind: 'and', conditions: [] }]), '/conditions/0/conditions'],
  [with_('conditions', [{ kind: 'expression', expression: '1 +' }]), '/conditions/0/expression'],
  [
    with_('conditions', [{ kind: 'property', device: 'a', property: 'onOff.on', unknown: true, for: '1s' }]),
    '/conditions/0/for',
  ],
  [
    with_('actions', [{ kind: 'set', target: { device: 'a', room: 'b' }, values: { 'onOff.on': true } }]),
    '/actions/0/target',
  ],
  [with_('actions', [{ kind: 'set', target: { device: 'a' }, values: {} }]), '/actions/0/values'],
  [with_('actions', [{ kind: 'wait' }]), '/actions/0'],
  [
    with_('actions', [{ kind: 'wait', until: { kind: 'mode', is: 'home' }, onTimeout: 'stop' }]),
    '/actions/0/onTimeout',
  ],
  [with_('actions', [{ kind: 'repeat', count: 1, each: [1], actions: [] }]), '/actions/0'],
];

test('every refusal names the place and says what was expected', () => {
  for (const [raw, pointer] of CASES) {
    const error = refusal(raw);
    assert.is(error.code, 'BAD_RULE');
    assert.is(error.pointer, pointer, JSON.stringify(raw));
    assert.ok(error.message.length > 10, error.message);
  }
});

test('whatever JSON comes as a rule, it is taken or refused as a rule', async () => {
  const json = fc.jsonValue({ maxDepth: 4 });
  const mutate = fc.tuple(fc.constantFrom('triggers', 'conditions', 'actions', 'mode', 'id'), json);
  for (const [key, value] of fc.sample(mutate, { numRuns: 2000, seed: 7 })) {
    try {
      (await createEngine({ rules: [{ ...good, [key]: value } as unknown as Rule], home: BERLIN, startAt: 0 })).close();
    } catch (error) {
      assert.instance(error, RuleError, String((error as Error).stack));
    }
  }
});

test('with devices known, names, types and ranges are checked', async () => {
  const property = (
    name: string,
    type: 'boolean' | 'number',
    settable: boolean,
    min: number | null,
    max: number | null,
  ) => ({ name, type, settable, unit: null, min, max, values: null }) as const;
  const capabilities = [
    { name: 'onOff', properties: [property('on', 'boolean', true, null, null)], commands: [] },
    { name: 'level', properties: [property('level', 'number', true, 0, 1)], commands: [] },
  ];
  const devices = [
    { id: 'a', kind: 'light', room: null, endpoints: [{ id: '1', name: null, kind: null, room: null, capabilities }] },
  ] as const;
  const set = (device: string, values: Record<string, boolean | number>): Rule =>
    rule('r', [becomes(true)], [{ kind: 'set', target: { device }, values }]);
  const refused = async (one: Rule): Promise<string> =>
    engineOf([one], { devices }).then(
      () => 'taken',
      (error: RuleError) => error.pointer,
    );
  assert.is(await refused(set('a', { 'level.level': 0.5 })), 'taken');
  assert.is(await refused(set('b', { 'level.level': 0.5 })), '/actions/0/target/device');
  assert.is(await refused(set('a', { 'level.level': 2 })), '/actions/0/values/level.level');
  assert.is(await refused(set('a', { 'onOff.on': 1 })), '/actions/0/values/onOff.on');
  assert.is(await refused(set('a', { 'color.hue': 1 })), '/actions/0/values/color.hue');
  assert.is(await refused(rule('r', [becomes('on')], [say('x')])), '/triggers/0/becomes');
});

test('a refused replacement changes nothing', async () => {
  const engine = await engineOf([good]);
  engine.step(0, [report('onOff.on', false), report('onOff.on', true)]);
  const before = engine.stateHash();
  assert.throws(
    () => engine.replaceRules([good, { ...good }]),
    (error: RuleError) => error.pointer === '/id',
  );
  assert.throws(
    () => engine.replaceRules([with_('mode', 1) as Rule]),
    (error: RuleError) => error.rule === 'hall',
  );
  assert.is(engine.stateHash(), before);
  assert.equal(said(engine, 300_000), ['late']);
});

test('a bad event is refused before any of the step happens', async () => {
  const engine = await engineOf([good]);
  const before = engine.stateHash();
  for (const bad of [
    null,
    5,
    {},
    { device: 'a', property: 'x.y', value: {} },
    { mode: 7 },
    { person: 'p', presence: 'out' },
  ]) {
    const events = [report('onOff.on', true), bad as never];
    assert.throws(
      () => engine.step(1, events),
      (error: EngineError) => error.code === 'BAD_EVENT',
    );
  }
  assert.throws(
    () => engine.step(Number.NaN),
    (error: EngineError) => error.code === 'BAD_EVENT',
  );
  assert.is(engine.stateHash(), before);
});

test('what is no list of events is refused', async () => {
  const engine = await engineOf([good]);
  for (const bad of [null, {}, 'x', 5, [undefined]]) {
    assert.throws(
      () => engine.step(1, bad as never),
      (error: EngineError) => error.code === 'BAD_EVENT',
    );
  }
});

test('whatever JSON stands in the place of an argument, it is refused by name', async () => {
  const engine = await engineOf([good]);
  const input = { rule: good, home: BERLIN, from: 0, to: 10, inputs: [] };
  const slots = new Int32Array(1);
  const values = new Float64Array(1);
  const tried: readonly ((bad: never) => unknown)[] = [
    (bad) => createEngine(bad),
    (bad) => createEngine({ rules: [good], home: BERLIN, startAt: bad }),
    (bad) => createEngine({ rules: [good], home: BERLIN, startAt: 0, seed: bad }),
    (bad) => createEngine({ rules: [good], home: { ...BERLIN, rooms: [bad] }, startAt: 0 }),
    (bad) => createEngine({ rules: [good], home: { ...BERLIN, rooms: bad }, startAt: 0 }),
    (bad) => compile(bad),
    (bad) => check(bad),
    (bad) => backtest(bad),
    (bad) => backtest({ ...input, inputs: bad }),
    (bad) => backtest({ ...input, inputs: [bad] }),
    (bad) => backtest({ ...input, from: bad }),
    (bad) => backtest({ ...input, to: bad }),
    (bad) => engine.step(bad),
    (bad) => engine.stepSlots(1, bad, values),
    (bad) => engine.stepSlots(1, slots, bad),
    (bad) => engine.stepSlots(1, slots, values, bad),
    (bad) => engine.snapshot(bad),
    (bad) => engine.snapshot(new Uint8Array(), bad),
    (bad) => engine.replaceRules(bad),
    (bad) => engine.replaceRules([good], bad),
  ];
  for (const [index, attempt] of tried.entries()) {
    for (const bad of [null, -1, 'x', true, ['x'], { toString: 1 }]) {
      const error = await (async () => attempt(bad as never))().catch((raw: unknown) => raw);
      if (!(error instanceof Error)) continue;
      assert.ok(error instanceof EngineError || error instanceof RuleError, `${index}: ${String(error.stack)}`);
      assert.ok(error.message.length > 10);
    }
  }
  assert.is(engine.slot(null as never, 7 as never), -1);
});

test('a member of an event that is undefined is as good as none, and of two kinds the first counts', async () => {
  const rang = { triggers: [{ kind: 'event', event: 'ding' }], actions: [{ kind: 'notify', message: 'rang' }] };
  const away = { triggers: [{ kind: 'mode', becomes: 'away' }], actions: [{ kind: 'notify', message: 'gone' }] };
  const rules = [rang, away].map((each, index) => ({ ...good, conditions: [], ...each, id: `r${index}` }) as Rule);
  const engine = await engineOf(rules);
  const heard = (event: object): unknown[] =>
    engine.step(1, [event as EngineEvent]).commands.map(({ message }) => message);
  assert.equal(heard({ event: 'ding', device: undefined }), ['rang']);
  assert.equal(heard({ event: 'ding', online: 'perhaps' }), ['rang']);
  assert.equal(heard({ property: undefined, event: undefined, mode: 'away' }), ['gone']);
});

test('devices that are none are refused with the device named, and the rules stay', async () => {
  const engine = await engineOf([good]);
  const before = engine.stateHash();
  const lamp = { id: 'lamp', kind: 'light', room: null };
  const endpoint = { id: '1', kind: null, room: null };
  const cases: readonly (readonly [unknown, RegExp])[] = [
    [{}, /a list as devices/],
    [[null], /an object as a device/],
    [[{ kind: 'light' }], /as id of a device/],
    [[lamp], /endpoints of "lamp"/],
    [[{ ...lamp, endpoints: [7] }], /an endpoint of "lamp"/],
    [[{ ...lamp, endpoints: [endpoint] }], /capabilities of "lamp"/],
    [[{ ...lamp, endpoints: [{ ...endpoint, capabilities: [{ name: 'onOff' }] }] }], /properties of "lamp"/],
  ];
  for (const [raw, message] of cases) {
    const devices = raw as never;
    const isNamed = (error: EngineError): boolean => error.code === 'BAD_HOME' && message.test(error.message);
    assert.throws(() => engine.replaceRules([good], { devices }), isNamed);
    const made = createEngine({ rules: [good], home: BERLIN, startAt: 0, devices });
    assert.ok(await made.then(() => false, isNamed), `taken: ${JSON.stringify(raw)}`);
  }
  assert.is(engine.stateHash(), before);
});

test('a damaged, cut, padded or foreign image is refused, and the state untouched', async () => {
  const engine = await engineOf([good]);
  engine.step(0, [report('onOff.on', false), report('onOff.on', true)]);
  const image = engine.snapshot();
  const before = engine.stateHash();
  const refuse = (bytes: Uint8Array): void =>
    assert.throws(
      () => engine.restore(bytes),
      (error: EngineError) => error.code === 'BAD_IMAGE',
    );
  for (let at = 0; at < image.length; at += 7) {
    const bad = image.slice();
    bad[at]! ^= 1 << (at % 8);
    refuse(bad);
  }
  refuse(image.subarray(0, image.length - 1));
  refuse(new Uint8Array([...image, 0]));
  refuse(new Uint8Array(0));
  refuse((await engineOf([rule('other', [becomes(true)], [say('x')])])).snapshot());
  assert.is(engine.stateHash(), before);
});

test('an image and compiled rules are taken wherever in a buffer of Node they lie', async () => {
  const engine = await engineOf([good]);
  engine.step(0, [report('onOff.on', false), report('onOff.on', true)]);
  const state = engine.stateHash();
  const image = engine.snapshot();
  const compiled = await compile({ rules: [good], home: BERLIN });
  for (let at = 0; at < 8; at += 1) {
    const within = (bytes: Uint8Array): Buffer => Buffer.concat([Buffer.alloc(at), bytes]).subarray(at);
    engine.restore(within(image));
    assert.is(engine.stateHash(), state);
    (await createEngine({ compiled: within(compiled), startAt: 0 })).close();
  }
});

test('damaged compiled rules are refused', async () => {
  const compiled = await compile({ rules: [good], home: BERLIN });
  (await createEngine({ compiled, startAt: 0 })).close();
  for (let at = 0; at < compiled.length; at += 3) {
    const bad = compiled.slice();
    bad[at]! ^= 1;
    const code = await createEngine({ compiled: bad, startAt: 0 }).then(
      () => 'taken',
      (error: EngineError) => error.code,
    );
    assert.is(code, 'BAD_IMAGE');
  }
});

test.run();
