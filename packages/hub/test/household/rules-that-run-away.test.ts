// Rules that start one another without an end, through events or through what devices report, are cut, named and in the end
// switched off; whatever else the home has to do goes on.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createHomeClock } from '../../src/home-clock.ts';
import { DISPATCH_TURN_MS, OFFENCES_MAX, RUN_COMMANDS_KEPT } from '../../src/limits.ts';
import { createTurns } from '../../src/dispatch/turns.ts';
import { automationService } from '../../src/services/automations.ts';
import { repairService } from '../../src/services/repairs.ts';
import { openHome, testClock, type TestHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('rules that run away');
const BY = { kind: 'user', id: 'ada' } as const;
const MINUTE = 60_000;
const emit = (event: string): Rule['actions'][number] => ({ kind: 'emit', event });
const set = (value: boolean): Rule['actions'] => [
  { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': value } },
];
const becomes = (value: boolean): Rule['triggers'] => [
  { kind: 'property', device: LAMP, property: 'onOff.on', becomes: value },
];

const outcomes = ({ kernel }: TestHome, rule: string): string[] =>
  kernel.machine.runs.list(rule).map(({ outcome }) => outcome);

function repairs(home: TestHome) {
  const automations = automationService(home.kernel, async () => []);
  return repairService({
    plugins: { list: () => [], restart: async () => undefined },
    devices: { list: () => [] },
    machine: home.kernel.machine,
    automations,
    clock: createHomeClock(home.clock),
    believeClock: async () => undefined,
  });
}

async function fighting(): Promise<TestHome> {
  const home = await openHome();
  await addRule(home, { id: 'on', name: 'Light on', triggers: becomes(false), actions: set(true) });
  await addRule(home, { id: 'off', name: 'Light off', triggers: becomes(true), actions: set(false) });
  return home;
}

/** A hand at the switch, which begins the fight. */
const touch = (home: TestHome): void => {
  const { value } = home.kernel.machine.properties;
  home.report(LAMP, { 'onOff.on': value(LAMP, 'onOff.on') !== true });
};

test('two rules that fight through a lamp are cut after 32 links, and the one that went too far is named', async () => {
  const home = await fighting();
  touch(home);
  assert.is(told(home).length, 33);
  const cut = ['on', 'off'].filter((rule) => outcomes(home, rule)[0] === 'cascade');
  assert.is(cut.length, 1);
  heard(home, 'anything');
  home.clock.advance(MINUTE / 2);
  assert.is(told(home).length, 33, 'and no one goes on with it');
  await home.close();
});

test('who runs away again and again is switched off, with a repair that lasts until someone has a hand in it', async () => {
  let home = await fighting();
  for (let round = 0; round < 2 * OFFENCES_MAX; round += 1) {
    touch(home);
    home.clock.advance(2 * MINUTE);
  }
  const { get } = home.kernel.machine.registry;
  const [stopped, ...others] = ['on', 'off'].filter((rule) => get('automations', rule)!.enabled === false);
  assert.ok(stopped !== undefined && others.length === 0);
  assert.is(home.kernel.machine.core.isEnabled(stopped), false);
  assert.ok(home.changes.some((change) => change.topic === 'repair'));
  await home.imager.write();
  home = await home.killed();
  const [repair] = repairs(home).list();
  assert.is(repair?.automation, stopped);
  assert.match(repair!.diagnosis, /Light o.* was switched off: .*starting one another/);
  const before = told(home).length;
  touch(home);
  home.clock.advance(MINUTE);
  assert.ok(told(home).length - before <= 1, 'alone the other one fights no one');
  await repairs(home).fix(repair!.id, BY);
  assert.equal(repairs(home).list(), []);
  assert.is(home.kernel.machine.core.isEnabled(stopped), true);
  await home.close();
});

test('a rule that always runs out of fuel is switched off with a repair as well', async () => {
  const home = await openHome();
  const actions: Rule['actions'] = [{ kind: 'repeat', while: { kind: 'mode', is: 'home' }, actions: [] }];
  await addRule(home, { id: 'mad', triggers: on('go'), actions });
  for (let round = 0; round <= OFFENCES_MAX; round += 1) heard(home, 'go');
  const [repair] = repairs(home).list();
  assert.match(repair!.diagnosis, /mad was switched off: it did too much at once/);
  await home.kernel.commit([{ collection: 'automations', id: 'mad', value: null }], BY);
  assert.equal(repairs(home).list(), []);
  await home.close();
});

test('chains that double with each link stay bounded, and other rules hear the same events', async () => {
  for (const actions of [
    [emit('e'), emit('e')],
    [{ kind: 'repeat', count: 1_000, actions: [emit('e')] }],
    [emit('e'), emit('f'), { kind: 'variable', name: 'n', value: { expression: 'random(0, 1)' } }],
  ] as Rule['actions'][]) {
    const home = await openHome();
    await addRule(home, { id: 'double', mode: 'parallel', triggers: [...on('e'), ...on('f')], actions });
    await addRule(home, { id: 'hears', triggers: on('go'), actions: set(true) });
    const { last } = home.kernel.journal;
    const changes = home.changes.length;
    heard(home, 'e');
    assert.ok(outcomes(home, 'double').includes('cascade'));
    assert.is(home.kernel.journal.last, last + 1, 'all of it is one input');
    assert.ok(home.changes.length - changes < 5_000, `${home.changes.length - changes} changes`);
    heard(home, 'go');
    assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
    await home.close();
  }
});

test('a run keeps so many of its commands, and counts the others', async () => {
  const home = await openHome();
  const count = RUN_COMMANDS_KEPT + 50;
  await addRule(home, { id: 'busy', triggers: on('go'), actions: [{ kind: 'repeat', count, actions: [emit('x')] }] });
  heard(home, 'go');
  const [run] = home.kernel.machine.runs.list('busy');
  assert.equal([run!.outcome, run!.commands.length, run!.omitted], ['finished', RUN_COMMANDS_KEPT, 50]);
  await home.close();
});

test('much to send goes out in turns, in its order, and nothing waits that is alone', () => {
  const clock = testClock(0);
  let passed = 0;
  clock.steady = () => passed;
  const turns = createTurns(clock);
  const done: number[] = [];
  const work = (number: number) => () => {
    done.push(number);
    passed += 10;
  };
  turns.take([work(0)]);
  assert.equal(done, [0]);
  turns.take(Array.from({ length: 10 }, (_, index) => work(index + 1)));
  assert.is(done.length, 1 + Math.ceil(DISPATCH_TURN_MS / 10));
  turns.take([work(11)]);
  assert.is(done.length, 1 + Math.ceil(DISPATCH_TURN_MS / 10), 'what comes later waits behind');
  while (clock.next() !== null) clock.advance(0);
  assert.equal(
    done,
    Array.from({ length: 12 }, (_, index) => index),
  );
  turns.take([work(1), work(2), work(3), work(4)]);
  turns.close();
  assert.is(clock.next(), null);
});

test.run();
