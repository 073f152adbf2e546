// A batch has a short way for plain triggers and constant values, and leaves it in the middle where more is asked. Whatever way
// a report goes, its rows are the `set` commands of the same report as an event, in the same order; all other commands are equal.

import { createEngine } from '@lintel/engine';
import type { Engine, EngineCommand } from '@lintel/engine';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import fc from 'fast-check';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { seed } from './check.ts';

const SCENARIOS = 300;
const HOME = { latitude: 52.5, longitude: 13.4, timeZone: 'Europe/Berlin' };
const MINUTE_MS = 60_000;

const device = fc.constantFrom('a', 'b');
const number = fc.integer({ min: 0, max: 4 });
const numeric = { kind: fc.constant('property' as const), device, property: fc.constant('level.level') };
const binary = { kind: fc.constant('property' as const), device, property: fc.constant('onOff.on') };

const plain = fc.oneof(
  fc.record({ ...numeric, above: number }),
  fc.record({ ...numeric, below: number }),
  fc.record({ ...numeric, becomes: number }),
  fc.record({ ...binary, becomes: fc.boolean() }),
);
const special = fc.oneof(
  fc.record({ ...numeric, above: number, hysteresis: fc.constant(1) }),
  fc.record({ ...numeric, below: number, for: fc.constantFrom('0s', '2m') }),
  fc.record({ ...numeric, changes: fc.constant(true as const) }),
);
const trigger: fc.Arbitrary<Trigger> = fc.oneof({ weight: 5, arbitrary: plain }, { weight: 1, arbitrary: special });

const comparison = fc.oneof(
  fc.record({ ...numeric, above: number }),
  fc.record({ ...numeric, below: number }),
  fc.record({ ...numeric, between: number.map((from): [number, number] => [from, from + 2]) }),
  fc.record({ ...binary, is: fc.boolean() }),
);
const condition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 4, arbitrary: comparison },
  { weight: 2, arbitrary: comparison.map((each) => ({ kind: 'not' as const, condition: each })) },
  { weight: 1, arbitrary: fc.record({ ...numeric, above: number, for: fc.constant('1m') }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('mode' as const), is: fc.constantFrom('home', 'away') }) },
);

const values = fc.record({ 'level.level': number, 'onOff.on': fc.boolean() }, { requiredKeys: ['onOff.on'] });
const target = fc.record({ device });
const set = fc.record({ kind: fc.constant('set' as const), target, values });
const other: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ kind: fc.constant('command' as const), target, command: fc.constant('onOff.toggle') }),
  fc.record({ kind: fc.constant('delay' as const), for: fc.constantFrom('0s', '90s') }),
  fc.record({ kind: fc.constant('mode' as const), mode: fc.constantFrom('home', 'away') }),
);
const action: fc.Arbitrary<Action> = fc.oneof({ weight: 8, arbitrary: set }, { weight: 1, arbitrary: other });

const rule = fc.record({
  enabled: fc.oneof({ weight: 5, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
  mode: fc.constantFrom('single' as const, 'restart' as const, 'queued' as const, 'parallel' as const),
  triggers: fc.array(trigger, { minLength: 1, maxLength: 3, size: 'max' }),
  conditions: fc.array(condition, { maxLength: 1 }),
  actions: fc.array(action, { minLength: 1, maxLength: 3, size: 'max' }),
});
const report = fc.oneof(
  fc.record({ device, property: fc.constant('level.level'), value: fc.oneof(number, fc.constant(null)) }),
  fc.record({ device, property: fc.constant('onOff.on'), value: fc.boolean() }),
);
const scenario = fc.record({
  rules: fc
    .array(rule, { minLength: 1, maxLength: 6, size: 'max' })
    .map((rules) => rules.map((each, index) => ({ id: `r${index}`, ...each }) as Rule)),
  batches: fc.array(fc.array(report, { maxLength: 60, size: 'max' }), { minLength: 1, maxLength: 3 }),
});

type Told = typeof scenario extends fc.Arbitrary<infer Each> ? Each : never;
type Row = readonly [rule: string, slot: number, value: number];

function rowsOf(engine: Engine, rules: readonly Rule[], count: number): Row[] {
  const { out } = engine;
  return Array.from({ length: count }, (_, row) => [rules[out.rules[row]!]!.id, out.slots[row]!, out.values[row]!]);
}

function rowsIn(engine: Engine, commands: readonly EngineCommand[]): Row[] {
  const sets = commands.filter(({ kind }) => kind === 'set') as unknown as {
    readonly rule: string;
    readonly target: { readonly device: string };
    readonly values: Record<string, number | boolean>;
  }[];
  return sets.flatMap(({ rule: id, target: of, values: told }) =>
    Object.entries(told).map(([property, value]): Row => [id, engine.slot(of.device, property), Number(value)]),
  );
}

async function rowsAreTheCommands({ rules, batches }: Told): Promise<void> {
  const input = { rules, home: HOME, startAt: 0 };
  const [batch, single] = [await createEngine(input), await createEngine(input)];
  for (const [index, reports] of batches.entries()) {
    const heard = reports.filter((each) => single.slot(each.device, each.property) !== -1);
    const slots = Int32Array.from(heard, (each) => batch.slot(each.device, each.property));
    const numbers = Float64Array.from(heard, ({ value }) => (value === null ? Number.NaN : Number(value)));
    const now = index * MINUTE_MS;
    const rows = rowsOf(batch, rules, batch.stepSlots(now, slots, numbers, heard.length));
    const others = batch.step(now).commands;
    const commands = [...single.step(now).commands, ...heard.flatMap((each) => single.step(now, [each]).commands)];
    assert.equal(rows, rowsIn(single, commands));
    assert.equal(
      others,
      commands.filter(({ kind }) => kind !== 'set'),
    );
    assert.is(batch.stateHash(), single.stateHash());
  }
  batch.close();
  single.close();
}

test('the rows of a batch are the commands of its reports', () =>
  fc.assert(fc.asyncProperty(scenario, rowsAreTheCommands), { seed, numRuns: SCENARIOS, includeErrorInReport: true }));

test('in a batch too one report starts a rule once', async () => {
  const above = (limit: number): Trigger => ({ kind: 'property', device: 'a', property: 'level.level', above: limit });
  const actions: Action[] = [{ kind: 'set', target: { device: 'b' }, values: { 'onOff.on': true } }];
  const engine = await createEngine({
    rules: [{ id: 'r', triggers: [above(1), above(2)], actions }],
    home: HOME,
    startAt: 0,
  });
  const slot = engine.slot('a', 'level.level');
  assert.is(engine.stepSlots(1, Int32Array.of(slot, slot), Float64Array.of(0, 3), 2), 1);
});

test('a rule does not start in a batch beside the run of its version before', async () => {
  const waiting: Rule = {
    id: 'r',
    triggers: [{ kind: 'property', device: 'a', property: 'level.level', above: 2 }],
    actions: [
      { kind: 'delay', for: '1h' },
      { kind: 'set', target: { device: 'b' }, values: { 'onOff.on': true } },
    ],
  };
  const engine = await createEngine({ rules: [waiting], home: HOME, startAt: 0 });
  for (const value of [1, 3, 1]) engine.step(0, [{ device: 'a', property: 'level.level', value }]);
  engine.replaceRules([{ ...waiting, actions: waiting.actions.slice(1) }]);
  const slots = Int32Array.of(engine.slot('a', 'level.level'));
  assert.is(engine.stepSlots(1, slots, Float64Array.of(3), 1), 0);
});

test('a batch of no reports moves the time, and what was due leaves its rows', async () => {
  const later: Rule = {
    id: 'r',
    triggers: [{ kind: 'property', device: 'a', property: 'level.level', above: 2 }],
    actions: [
      { kind: 'delay', for: '90s' },
      { kind: 'set', target: { device: 'b' }, values: { 'onOff.on': true } },
    ],
  };
  const engine = await createEngine({ rules: [later], home: HOME, startAt: 0 });
  const slot = engine.slot('a', 'level.level');
  engine.stepSlots(0, Int32Array.of(slot, slot), Float64Array.of(0, 3), 2);
  assert.is(engine.wakeAt, 90_000);
  assert.is(engine.stepSlots(90_000, new Int32Array(0), new Float64Array(0), 0), 1);
  assert.equal([engine.now, engine.wakeAt], [90_000, null]);
});

test.run();
