// Why a lamp is on leads back to the input that began it; what is to come is listed, and can be called off.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Value } from '@lintel/model';
import { automationService } from '../../src/services/automations.ts';
import { commandService } from '../../src/services/commands.ts';
import { peopleService } from '../../src/services/people.ts';
import { pendingService } from '../../src/services/pending.ts';
import { ruleVersions } from '../../src/services/rule-versions.ts';
import { whyService } from '../../src/services/why.ts';
import { openHome, type TestHome } from '../home.ts';
import { addRule, heard, LAMP, MOTION, on, told } from './rules.ts';

const test = suite('why, and what is pending');
const BY = { kind: 'user', id: 'ada', name: 'Ada' } as const;
const MINUTE = 60_000;
const set = (values: Readonly<Record<string, Value | { expression: string }>>) =>
  ({ kind: 'set', target: { device: LAMP }, values }) as const;

const why = ({ kernel, storage }: TestHome) =>
  whyService(kernel, storage.history, (rule) => ruleVersions(storage.store, storage.projector, rule));

test('a lamp that a rule turned on leads back to the motion', async () => {
  let home = await openHome();
  await addRule(home, {
    id: 'r',
    name: 'Hall light',
    triggers: [{ kind: 'property', device: MOTION, property: 'occupancy.occupied', becomes: true }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  const seen = home.kernel.machine.properties.device(MOTION)!.properties.get('occupancy.occupied')!.cause;
  const ask = () => why(home)({ device: LAMP, property: 'onOff.on' });
  const { value, chain } = await ask();
  assert.is(value, true);
  assert.equal(
    chain.map(({ kind, text, origin }) => [kind, text, origin.kind]),
    [
      ['sent', 'The lamp: on', 'automation'],
      ['report', 'The motion: occupied true', 'device'],
    ],
  );
  assert.is(chain[1]!.sequence, seen);
  const before = new Date(home.clock.time + 1).toISOString();
  home.clock.advance(MINUTE);
  home.report(LAMP, { 'onOff.on': false });
  home = await home.killed();
  assert.equal(
    (await ask()).chain.map(({ kind }) => kind),
    ['report'],
  );
  const past = await why(home)({ device: LAMP, property: 'onOff.on', at: before });
  assert.is(past.value, true);
  assert.is(past.chain[0]!.kind, 'report');
  await home.close();
});

test('a rule tells why it ran, and which condition stopped it with what it read', async () => {
  const home = await openHome();
  await addRule(home, {
    id: 'r',
    triggers: on('go'),
    conditions: [
      { kind: 'mode', is: 'home' },
      { kind: 'not', condition: { kind: 'property', device: LAMP, property: 'level.level', above: 0.5 } },
    ],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  const ask = () => why(home)({ automation: 'r' });
  assert.equal(await ask(), { value: null, chain: [] });
  heard(home, 'go');
  const stopped = await ask();
  assert.is(stopped.value, 'conditions');
  assert.equal(stopped.condition, {
    pointer: '/conditions/1',
    values: [{ device: LAMP, property: 'level.level', value: 0.8 }],
  });
  home.report(LAMP, { 'level.level': 0.2 });
  heard(home, 'go');
  const ran = await ask();
  assert.is(ran.value, 'finished');
  assert.equal(ran.chain.map(({ kind, text }) => [kind, text]).slice(1), [['event', 'go']]);
  await home.close();
});

test('it tells whatever the condition read: modes, people, variables, and each of a set', async () => {
  const home = await openHome();
  await peopleService(home.kernel).create({ id: 'ada', name: 'Ada', sources: [MOTION] }, BY);
  const unmet = { kind: 'expression', expression: 'variable("visits") > 3' } as const;
  await addRule(home, {
    id: 'r',
    triggers: on('go'),
    conditions: [
      {
        kind: 'or',
        conditions: [
          { kind: 'mode', is: 'night' },
          { kind: 'presence', person: 'anyone', is: 'home' },
          { kind: 'online', device: LAMP, is: false },
          { kind: 'property', device: { home: true }, match: 'any', property: 'level.level', above: 0.9 },
          unmet,
        ],
      },
    ],
    actions: [set({ 'onOff.on': true })],
  });
  heard(home, 'go');
  const { condition } = await why(home)({ automation: 'r' });
  assert.equal(condition?.values, [
    { kind: 'mode', value: 'home' },
    { kind: 'presence', name: 'ada', value: null },
    { kind: 'online', device: LAMP, value: true },
    { device: LAMP, property: 'level.level', value: 0.8 },
    { device: 'virtual:lamp2', property: 'level.level', value: 0.8 },
    { kind: 'variable', name: 'visits', value: null },
  ]);
  await home.close();
});

test('a past time is answered with the rule and the values of then, whatever became of them since', async () => {
  let home = await openHome();
  const bright = { kind: 'property', device: LAMP, property: 'level.level', above: 0.5 } as const;
  const dark = { kind: 'property', device: `${LAMP}/1`, property: 'onOff.on', is: true } as const;
  const rule = { id: 'r', triggers: on('go'), actions: [set({ 'onOff.on': true })] } as const;
  await addRule(home, { ...rule, version: 1, conditions: [{ kind: 'and', conditions: [bright, dark] }] });
  heard(home, 'go');
  home.report(LAMP, { 'level.level': 0.3 });
  const first = new Date(home.clock.time).toISOString();
  home.clock.advance(MINUTE);
  await addRule(home, { ...rule, version: 2, conditions: [bright] });
  heard(home, 'go');
  const second = new Date(home.clock.time).toISOString();
  home.clock.advance(MINUTE);
  home.report(LAMP, { 'level.level': 0.9, 'onOff.on': true });
  heard(home, 'go');
  home = await home.killed({ downFor: MINUTE });
  const read = async (at?: string) =>
    (await why(home)({ automation: 'r', ...(at && { at }) })).condition?.values.map(({ value }) => value);
  assert.equal(await read(first), [0.8, false]);
  assert.equal(await read(second), [0.3]);
  assert.is(await read(), undefined);
  const expected = { device: LAMP, property: 'onOff.on', expected: true, at: second };
  const [candidate] = (await why(home)(expected)).candidates!;
  assert.equal(
    candidate!.condition!.values.map(({ value }) => value),
    [0.3],
  );
  const level = async (at: string) => (await why(home)({ device: LAMP, property: 'level.level', at })).value;
  assert.equal([await level(first), await level(second)], [0.3, 0.3]);
  await home.close();
});

test('what is not as expected names the rules that could have made it so, and what stopped each', async () => {
  const home = await openHome();
  const actions = [set({ 'onOff.on': true })];
  await addRule(home, { id: 'off', enabled: false, triggers: on('go'), actions });
  await addRule(home, { id: 'never', triggers: on('never'), actions });
  await addRule(home, { id: 'other', triggers: on('go'), actions: [set({ 'onOff.on': false })] });
  const isAway = [{ kind: 'mode', is: 'away' }] as const;
  await addRule(home, { id: 'stopped', name: 'Stopped', triggers: on('go'), conditions: isAway, actions });
  await addRule(home, { id: 'waits', triggers: on('go'), actions: [{ kind: 'delay', for: '5m' }, ...actions] });
  heard(home, 'go');
  const query = { device: LAMP, property: 'onOff.on', expected: true };
  const { value, candidates } = await why(home)(query);
  assert.is(value, false);
  assert.equal(
    candidates!.map(({ automation, outcome }) => [automation, outcome]),
    [
      ['waits', 'running'],
      ['stopped', 'conditions'],
      ['never', 'not-triggered'],
      ['off', 'disabled'],
    ],
  );
  assert.is(candidates![1]!.condition!.pointer, '/conditions/0');
  assert.match(candidates![0]!.text, '/actions/0');
  await home.close();
});

test('waiting runs and reverts are listed by time; a revert can be called off, also before a kill', async () => {
  let home = await openHome();
  await addRule(home, { id: 'r', name: 'Hall light', triggers: on('go'), actions: [{ kind: 'delay', for: '10m' }] });
  heard(home, 'go');
  const body = { set: { 'onOff.on': true }, for: '5m' };
  await commandService(home.kernel, home.outbox).command({ on: { device: LAMP }, body }, BY);
  const list = () => pendingService(home.kernel).list();
  const iso = (ms: number): string => new Date(home.clock.time + ms).toISOString();
  assert.equal(
    list().map(({ kind, at, text }) => [kind, at, text]),
    [
      ['revert', iso(5 * MINUTE), 'The lamp: back to off'],
      ['run', iso(10 * MINUTE), 'Hall light: waits for a time'],
    ],
  );
  assert.equal(list()[1]!.pointers, ['/actions/0']);
  const code = (id: string): Promise<unknown> =>
    pendingService(home.kernel)
      .cancel(id, BY)
      .catch((error) => error.code);
  for (const id of ['revert:nothing', 'run:r:2', 'run:r:x', 'run:']) assert.is(await code(id), 'NOT_FOUND');
  await pendingService(home.kernel).cancel(list()[0]!.id, BY);
  home = await home.killed();
  assert.equal(
    list().map(({ kind }) => kind),
    ['run'],
  );
  home.clock.advance(20 * MINUTE);
  assert.equal(told(home), []);
  assert.equal(list(), []);
  await home.close();
});

test('one waiting run is called off, also before a kill; what queued behind it begins', async () => {
  let home = await openHome();
  const actions = [{ kind: 'delay', for: '10m' }, set({ 'level.level': { expression: 'trigger.data.to' } })] as const;
  await addRule(home, { id: 'r:1', name: 'Hall light', mode: 'queued', triggers: on('go'), actions });
  for (const to of [0.1, 0.2, 0.3]) home.submit({ kind: 'event', body: { device: null, event: 'go', data: { to } } });
  const list = () => pendingService(home.kernel).list();
  assert.equal(
    list().map(({ id }) => id),
    ['run:r:1:1', 'run:r:1:2', 'run:r:1:3'],
  );
  home.clock.advance(MINUTE);
  await pendingService(home.kernel).cancel('run:r:1:1', BY);
  home = await home.killed();
  await pendingService(home.kernel).cancel('run:r:1:3', BY);
  home.clock.advance(9 * MINUTE);
  assert.equal(told(home), []);
  home.clock.advance(MINUTE);
  assert.equal(told(home), [`${LAMP} {"level.level":0.2}`]);
  assert.equal(list(), []);
  const { runs } = home.kernel.machine;
  assert.equal(
    runs.list('r:1').map(({ run, outcome }) => [run, outcome]),
    [
      [2, 'finished'],
      [3, 'cancelled'],
      [1, 'cancelled'],
    ],
  );
  await home.close();
});

test('a rule that is switched off lets its runs go on, whatever its onEdit; the others notice nothing', async () => {
  let home = await openHome();
  const waits = [{ kind: 'delay', for: '10m' }, set({ 'level.level': 0.5 })] as const;
  await addRule(home, { id: 'a', onEdit: 'cancel', triggers: on('go'), actions: waits });
  const onFor = { kind: 'property', device: MOTION, property: 'occupancy.occupied', becomes: true, for: '5m' } as const;
  await addRule(home, { id: 'b', triggers: [onFor], actions: [set({ 'onOff.on': true })] });
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  heard(home, 'go');
  home.clock.advance(MINUTE);
  const automations = () => automationService(home.kernel, async () => []);
  assert.is((await automations().enable('a', false, BY)).enabled, false);
  home = await home.killed();
  heard(home, 'go');
  home.clock.advance(4 * MINUTE);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  home.clock.advance(5 * MINUTE);
  assert.equal(told(home).slice(1), [`${LAMP} {"level.level":0.5}`]);
  await automations().enable('a', true, BY);
  heard(home, 'go');
  assert.is(pendingService(home.kernel).list().length, 1);
  await home.imager.write();
  home = await home.killed();
  assert.equal(home.storage.losses, []);
  assert.is(pendingService(home.kernel).list().length, 1);
  await home.close();
});

test.run();
