// A rule acts with the rights of whoever wrote it: when that person is gone, or a guest, it commands nothing any more.

import { RULE_DEFAULTS, type Outcome, type Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { queryActivity } from '../../src/activity/query.ts';
import { createCourier } from '../../src/dispatch/courier.ts';
import type { Parcel } from '../../src/dispatch/lanes.ts';
import { authorService } from '../../src/services/authors.ts';
import { automationRuns } from '../../src/services/automation-runs.ts';
import { automationService } from '../../src/services/automations.ts';
import { notificationService } from '../../src/services/notifications.ts';
import { pendingService } from '../../src/services/pending.ts';
import { authorRepairs } from '../../src/state/authors.ts';
import { openHome, testClock, type TestClock, type TestHome } from '../home.ts';
import { heard, LAMP, on, told } from './rules.ts';

const test = suite("rules act with their author's rights");
const BO = { id: 'bo', name: 'Bo' } as const;
const BY = { kind: 'user', id: 'ada', name: 'Ada' } as const;
const OFF: Rule['actions'] = [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false } }];
const ON: Rule['actions'] = [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }];
const MINUTE = 60_000;

const serviceOf = ({ kernel }: TestHome) => automationService(kernel, async () => []);
const write = (home: TestHome, rule: Pick<Rule, 'id' | 'triggers' | 'actions'> & Partial<Rule>, author = 'bo') =>
  serviceOf(home).create({ ...RULE_DEFAULTS, ...rule }, author, BY);
const settle = (home: TestHome, standing: 'acts' | 'guest' | 'gone') => authorService(home.kernel).settle(BO, standing);
const lines = (home: TestHome, rule: string): string[] =>
  automationRuns(home.kernel)
    .runs(rule)
    .flatMap(({ outcome, commands }) => [outcome, ...commands.map(({ text }) => text)])
    .filter((text) => !/^(set|command|notify) /.test(text));

test('what a person wrote who is gone is refused, stands so in the run, and is told in the activity', async () => {
  let home = await openHome();
  await write(home, { id: 'his', name: 'Hall light', triggers: on('go'), actions: ON });
  await write(home, { id: 'hers', triggers: on('go'), actions: OFF }, 'ada');
  heard(home, 'go');
  assert.is(told(home).length, 2);
  await settle(home, 'gone');
  heard(home, 'go');
  const refused =
    'FORBIDDEN: This automation acts for Bo, who has no account here any more. It acts again once someone else saves it.';
  const check = (): void => {
    assert.equal(lines(home, 'his').slice(0, 2), ['finished', refused]);
    assert.is(told(home).at(-1), `${LAMP} {"onOff.on":false}`);
  };
  check();
  assert.is(told(home).length, 3);
  home = await home.killed();
  heard(home, 'go');
  check();
  assert.is(told(home).length, 1);
  await home.imager.write();
  home = await home.killed();
  assert.equal(home.storage.losses, []);
  heard(home, 'go');
  check();
  await home.storage.projector.flush();
  const { items } = await queryActivity(home.storage.store, {});
  assert.ok(
    items.some(({ text, automation }) => automation === 'his' && text.startsWith('Hall light was not allowed')),
  );
  assert.ok(items.some(({ text }) => text === 'The automations of Bo may not act any more'));
  await home.close();
});

test('a guest writes nothing that acts, and acts again once more than a guest', async () => {
  const home = await openHome();
  await write(home, { id: 'his', triggers: on('go'), actions: ON });
  await settle(home, 'guest');
  heard(home, 'go');
  assert.equal(told(home), []);
  assert.match(lines(home, 'his')[1]!, 'who is only a guest now');
  await settle(home, 'acts');
  heard(home, 'go');
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  await home.close();
});

test('a run under way is refused what it comes to, and goes on to its end', async () => {
  let home = await openHome();
  await write(home, { id: 'his', triggers: on('go'), actions: [{ kind: 'delay', for: '5m' }, ...ON] });
  heard(home, 'go');
  await settle(home, 'gone');
  home = await home.killed();
  home.clock.advance(6 * MINUTE);
  assert.equal(told(home), []);
  assert.match(lines(home, 'his').join(), /^finished,FORBIDDEN/);
  await home.close();
});

test('modes, variables, events, other automations and messages are refused as well', async () => {
  const home = await openHome();
  await write(home, {
    id: 'his',
    triggers: on('go'),
    actions: [
      { kind: 'if', if: { kind: 'mode', is: 'home' }, then: [{ kind: 'mode', mode: 'night' }] },
      { kind: 'variable', name: 'count', value: 1 },
      { kind: 'emit', event: 'heard' },
      { kind: 'automation', automation: 'hers', do: 'run' },
      { kind: 'notify', message: 'hello' },
      { kind: 'repeat', count: 1, actions: [{ kind: 'parallel', branches: [[{ kind: 'mode', mode: 'away' }]] }] },
    ],
  });
  await write(home, { id: 'hers', triggers: on('heard'), actions: ON }, 'ada');
  await settle(home, 'gone');
  heard(home, 'go');
  const { registry, core } = home.kernel.machine;
  assert.is(registry.home?.mode, 'home');
  assert.is(core.variable('count'), null);
  assert.equal(notificationService(home.kernel).list({ user: 'ada', everything: true }), []);
  assert.equal(told(home), []);
  assert.is(lines(home, 'his').filter((text) => text.startsWith('FORBIDDEN')).length, 6);
  assert.is(registry.get('automations', 'his')?.actions.length, 6);
  await settle(home, 'acts');
  heard(home, 'go');
  assert.is(registry.home?.mode, 'away');
  assert.is(core.variable('count'), 1);
  await home.close();
});

test('a run that waits to set the mode ends, since no one could refuse it later', async () => {
  const home = await openHome();
  const wait = [
    { kind: 'delay', for: '5m' },
    { kind: 'mode', mode: 'night' },
  ] as const;
  await write(home, { id: 'his', triggers: on('go'), actions: wait });
  heard(home, 'go');
  await settle(home, 'gone');
  assert.equal(pendingService(home.kernel).list(), []);
  home.clock.advance(6 * MINUTE);
  assert.is(home.kernel.machine.registry.home?.mode, 'home');
  assert.is(lines(home, 'his')[0], 'cancelled');
  await home.close();
});

test('who deletes such a rule ends what of it is under way', async () => {
  const home = await openHome();
  await write(home, { id: 'his', triggers: on('go'), actions: [{ kind: 'delay', for: '5m' }, ...ON] });
  heard(home, 'go');
  await settle(home, 'gone');
  await serviceOf(home).remove('his', BY);
  home.clock.advance(6 * MINUTE);
  assert.equal(told(home), []);
  await home.close();
});

test('a rule that was deleted first acts with the rights of who wrote it for as long as anything of it is under way', async () => {
  let home = await openHome();
  const actions: Rule['actions'] = [{ kind: 'delay', for: '5m' }, ...ON, { kind: 'mode', mode: 'night' }];
  await write(home, { id: 'his', triggers: on('go'), actions });
  await write(home, { id: 'hers', triggers: on('go'), actions }, 'ada');
  heard(home, 'go');
  for (const id of ['his', 'hers']) await serviceOf(home).remove(id, BY);
  await home.imager.write();
  home = await home.killed();
  await settle(home, 'gone');
  home.clock.advance(6 * MINUTE);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`], 'only hers');
  assert.equal(home.kernel.machine.departed.export(), [], 'nothing of them is under way any more');
  await home.close();
});

test('nor is a command still sent that such a rule owed a device', async () => {
  let home = await openHome();
  home.deaf.add(LAMP);
  await write(home, { id: 'his', triggers: on('go'), actions: ON });
  heard(home, 'go');
  await serviceOf(home).remove('his', BY);
  await settle(home, 'gone');
  await authorService(home.kernel).settle({ id: 'di', name: 'Di' }, 'gone');
  home = await home.killed();
  assert.equal(told(home), []);
  assert.equal(home.kernel.machine.pending.list(), []);
  assert.equal(home.kernel.machine.departed.export(), []);
  await home.close();
});

test('what was to go back goes back all the same', async () => {
  const home = await openHome();
  home.report(LAMP, { 'onOff.on': false });
  await write(home, {
    id: 'his',
    triggers: on('go'),
    actions: [{ ...ON[0]!, kind: 'set', for: '5m' } as Rule['actions'][0]],
  });
  heard(home, 'go');
  await settle(home, 'gone');
  home.clock.advance(6 * MINUTE);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`, `${LAMP} {"onOff.on":false}`]);
  await home.close();
});

test('a command that was owed when its author went is not sent after a crash', async () => {
  let home = await openHome();
  home.deaf.add(LAMP);
  await write(home, { id: 'his', triggers: on('go'), actions: ON });
  heard(home, 'go');
  assert.is(home.kernel.machine.pending.list().length, 1);
  await settle(home, 'gone');
  home = await home.killed();
  assert.equal(told(home), []);
  assert.equal(home.kernel.machine.pending.list(), []);
  assert.match(lines(home, 'his').join(), 'FORBIDDEN');
  await home.close();
});

test('a command that waits for a radio is not sent once it may not be', () => {
  const [sent, settled, clock]: [unknown[], unknown[], TestClock] = [[], [], testClock(0)];
  let [isReady, refusal]: [boolean, Outcome | null] = [false, null];
  const courier = createCourier(
    { ready: () => isReady, send: (_plugin, parcels) => void sent.push(...parcels) },
    clock,
  );
  const parcel = (device: string, mayNot: Parcel['mayNot']): Parcel => ({
    command: device,
    device,
    body: { set: { 'onOff.on': true } },
    expiresAt: MINUTE,
    deadlineMs: MINUTE,
    mayNot,
    settle: (outcome) => void settled.push([device, outcome.status]),
  });
  courier.take([parcel('virtual:his', () => refusal), parcel('virtual:hers', () => null)]);
  refusal = { status: 'failed', error: { code: 'FORBIDDEN', detail: 'no' } };
  isReady = true;
  courier.pump();
  assert.equal(
    sent.map((each) => (each as Parcel).device),
    ['virtual:hers'],
  );
  assert.equal(settled, [['virtual:his', 'failed']]);
  courier.close();
});

test('whoever saves the rule, or takes it over by its repair, is its author from then on', async () => {
  const home = await openHome();
  await write(home, { id: 'one', name: 'One', triggers: on('go'), actions: ON });
  await write(home, { id: 'two', triggers: on('go'), actions: OFF });
  const repairs = (): string[] => authorRepairs(home.kernel.machine).map(({ id }) => id);
  assert.equal(repairs(), []);
  await settle(home, 'gone');
  assert.equal(repairs(), ['author-one', 'author-two']);
  assert.match(authorRepairs(home.kernel.machine)[0]!.diagnosis, 'The automation One does nothing: it acts for Bo');
  const automations = serviceOf(home);
  await automations.replace('one', automations.get('one'), 'ada', BY);
  heard(home, 'go');
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  const adopted = await automations.adopt('two', 'ada', BY);
  assert.equal([adopted.author, adopted.version], ['ada', 2]);
  assert.equal(repairs(), []);
  heard(home, 'go');
  assert.is(told(home).length, 3);
  const shown = home.changes.flatMap((each) => (each.topic === 'repair' ? [[each.id, each.value === null]] : []));
  assert.equal(shown, [
    ['author-one', false],
    ['author-two', false],
    ['author-one', true],
    ['author-two', true],
  ]);
  await home.close();
});

test('those who are gone are forgotten once nothing that they wrote is left', async () => {
  const home = await openHome();
  const { registry } = home.kernel.machine;
  await write(home, { id: 'his', triggers: on('go'), actions: ON });
  await settle(home, 'gone');
  await authorService(home.kernel).settle({ id: 'cy', name: 'Cy' }, 'gone');
  assert.equal(
    registry.list('authors').map(({ id }) => id),
    ['bo', 'cy'],
  );
  await serviceOf(home).remove('his', BY);
  await authorService(home.kernel).settle({ id: 'di', name: 'Di' }, 'gone');
  assert.equal(
    registry.list('authors').map(({ id }) => id),
    ['di'],
  );
  await home.close();
});

test.run();
