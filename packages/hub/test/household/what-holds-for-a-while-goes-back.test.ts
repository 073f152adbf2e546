// A command with `for` goes back when its time is over, to what was before, unless someone changed it since; `restore` puts back
// what `save` kept.

import type { EndpointDescription } from '@lintel/model';
import { cover, endpoint, lock } from '@lintel/sdk';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commandService } from '../../src/services/commands.ts';
import { openHome, type TestHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('what holds for a while goes back');
const BY = { kind: 'user', id: 'ada' } as const;
const MINUTE = 60_000;

const command = async (home: TestHome, body: unknown, device = LAMP) =>
  commandService(home.kernel, home.outbox).command({ on: { device }, body }, BY);

/** What is dangerous when it is forgotten waits for the disk. */
const synced = ({ kernel: { journal } }: TestHome): Promise<void> => journal.synced(journal.last, true);

async function withRule(values: Record<string, boolean | number>): Promise<TestHome> {
  const home = await openHome();
  await addRule(home, {
    id: 'r',
    mode: 'restart',
    triggers: on('go'),
    actions: [{ kind: 'set', target: { device: LAMP }, values, for: '5m' }],
  });
  return home;
}

test('a rule’s set goes back on time: off when it was off, else to every value', async () => {
  const home = await withRule({ 'onOff.on': true, 'level.level': 0.3 });
  heard(home, 'go');
  home.clock.advance(5 * MINUTE - 1);
  assert.is(told(home).length, 1);
  home.clock.advance(1);
  assert.is(told(home)[1], `${LAMP} {"onOff.on":false}`);
  home.report(LAMP, { 'onOff.on': true, 'level.level': 0.9 });
  heard(home, 'go');
  home.clock.advance(5 * MINUTE);
  assert.equal(told(home).slice(2), [
    `${LAMP} {"onOff.on":true,"level.level":0.3}`,
    `${LAMP} {"onOff.on":true,"level.level":0.9}`,
  ]);
  const { origin } = home.kernel.machine.properties.device(LAMP)!.properties.get('level.level')!;
  assert.is(origin.id, 'r', 'the rule is named as who put it back');
  await home.close();
});

test('off and on again at the lamp itself is a change, also right after the command', async () => {
  const home = await withRule({ 'onOff.on': true });
  home.report(LAMP, { 'onOff.on': false });
  heard(home, 'go');
  for (const on of [true, false, true]) {
    home.clock.advance(1000);
    home.report(LAMP, { 'onOff.on': on });
  }
  const { origin } = home.kernel.machine.properties.device(LAMP)!.properties.get('onOff.on')!;
  assert.is(origin.kind, 'device', 'it is not the command that did it a second time');
  home.clock.advance(5 * MINUTE);
  assert.is(told(home).length, 1);
  await home.close();
});

test('a lamp that says what it was before it does as it was told has still done it', async () => {
  const home = await withRule({ 'level.level': 0.3 });
  home.report(LAMP, { 'onOff.on': true, 'level.level': 0.9 });
  heard(home, 'go');
  for (const level of [0.6, 0.3, 0.3]) home.report(LAMP, { 'level.level': level });
  home.clock.advance(5 * MINUTE);
  assert.is(told(home).length, 2);
  await home.close();
});

test('again within the time holds longer, and still goes back to what was first', async () => {
  const home = await withRule({ 'level.level': 0.3 });
  home.report(LAMP, { 'onOff.on': true });
  heard(home, 'go');
  home.clock.advance(3 * MINUTE);
  heard(home, 'go');
  home.clock.advance(3 * MINUTE);
  assert.is(told(home).length, 2);
  home.clock.advance(2 * MINUTE);
  assert.equal(told(home).slice(2), [`${LAMP} {"level.level":0.8,"onOff.on":true}`]);
  home.clock.advance(60 * MINUTE);
  assert.is(told(home).length, 3);
  await home.close();
});

test('whoever changes it meanwhile, at the device or by a command, keeps it', async () => {
  for (const change of [
    async (home: TestHome) => home.report(LAMP, { 'level.level': 0.5 }),
    async (home: TestHome) => void (await command(home, { set: { 'level.level': 0.4 } })),
    async (home: TestHome) => void (await command(home, { set: { 'level.level': 0.3 } })),
    async (home: TestHome) => void (await command(home, { command: 'onOff.toggle' })),
  ]) {
    const home = await withRule({ 'level.level': 0.3 });
    home.report(LAMP, { 'onOff.on': true });
    heard(home, 'go');
    home.clock.advance(MINUTE);
    await change(home);
    const before = told(home).length;
    home.clock.advance(10 * MINUTE);
    assert.is(told(home).length, before, change.toString());
    await home.close();
  }
});

test('what does not concern it does not stop it', async () => {
  const home = await withRule({ 'onOff.on': true });
  heard(home, 'go');
  home.clock.advance(MINUTE);
  await command(home, { set: { 'onOff.on': true } }, 'virtual:lamp2');
  home.report(LAMP, { 'onOff.on': true });
  home.clock.advance(4 * MINUTE);
  assert.is(told(home).at(-1), `${LAMP} {"onOff.on":false}`);
  await home.close();
});

test('a person’s command takes it too, and toggles', async () => {
  const home = await openHome();
  assert.is((await command(home, { set: { 'onOff.on': true }, for: '20m' })).status, 'done');
  assert.is((await command(home, { command: 'onOff.toggle', for: '1h' }, 'virtual:lamp2')).status, 'done');
  home.clock.advance(20 * MINUTE);
  home.clock.advance(40 * MINUTE);
  assert.equal(told(home).slice(2), [`${LAMP} {"onOff.on":false}`, 'virtual:lamp2 {"onOff.on":false}']);
  const refused = await command(home, { set: { 'onOff.on': true }, for: 'soon' }).catch((error) => error.pointer);
  assert.is(refused, '/for');
  await home.close();
});

test('a killed hub puts back what fell due while it was down, once', async () => {
  let home = await withRule({ 'onOff.on': true });
  heard(home, 'go');
  home = await home.killed({ downFor: MINUTE });
  assert.equal(told(home), []);
  await home.imager.write();
  home = await home.killed({ downFor: 10 * MINUTE });
  assert.equal(told(home), [`${LAMP} {"onOff.on":false}`]);
  home = await home.killed({ downFor: MINUTE });
  home.clock.advance(10 * MINUTE);
  assert.equal(told(home), []);
  await home.close();
});

test('what no device has confirmed goes back on time too, counted from when it was asked for', async () => {
  let home = await withRule({ 'onOff.on': true });
  home.deaf.add(LAMP);
  heard(home, 'go');
  home.clock.advance(5 * MINUTE);
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`, `${LAMP} {"onOff.on":false}`]);
  await home.close();

  home = await withRule({ 'onOff.on': true });
  home.deaf.add(LAMP);
  heard(home, 'go');
  home = await home.killed({ downFor: 2 * MINUTE });
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  home.clock.advance(3 * MINUTE - 1);
  assert.is(told(home).length, 1);
  home.clock.advance(1);
  assert.is(told(home)[1], `${LAMP} {"onOff.on":false}`);
  home.clock.advance(60 * MINUTE);
  assert.is(told(home).length, 2);
  await home.close();

  home = await withRule({ 'onOff.on': true });
  home.deaf.add(LAMP);
  heard(home, 'go');
  home = await home.killed({ downFor: 6 * MINUTE });
  home.clock.advance(60 * MINUTE);
  assert.is(told(home).at(-1), `${LAMP} {"onOff.on":false}`);
  assert.is(home.kernel.machine.properties.value(LAMP, 'onOff.on'), false);
  assert.equal(home.kernel.machine.reverts.list(), []);
  await home.close();
});

test('restore puts back what save kept, also after a kill, and of another rule', async () => {
  let home = await openHome();
  await addRule(home, {
    id: 'alarm',
    triggers: on('alarm'),
    actions: [
      { kind: 'save', target: { room: home.kernel.machine.registry.list('rooms')[0]!.id }, as: 'before' },
      { kind: 'set', target: { devices: [LAMP, 'virtual:lamp2'] }, values: { 'onOff.on': true, 'level.level': 1 } },
      { kind: 'delay', for: '1m' },
      { kind: 'restore', as: 'before' },
    ],
  });
  await addRule(home, { id: 'calm', triggers: on('calm'), actions: [{ kind: 'restore', as: 'before' }] });
  home.report('virtual:lamp2', { 'onOff.on': true, 'level.level': 0.2 });
  heard(home, 'alarm');
  home = await home.killed();
  home.clock.advance(MINUTE);
  const back = [`${LAMP} {"onOff.on":false,"level.level":0.8}`, 'virtual:lamp2 {"onOff.on":true,"level.level":0.2}'];
  assert.equal(told(home), back);
  heard(home, 'calm');
  assert.equal(told(home), [...back, ...back]);
  assert.equal(home.kernel.machine.pending.list(), []);
  await home.close();
});

test('what is unlocked or opened for a while is locked or closed again, unless someone had a hand in it', async () => {
  const home = await openHome();
  const add = (id: string, kind: 'lock' | 'cover', ...endpoints: EndpointDescription[]) =>
    home.sink.device('virtual', { id, name: id, kind, endpoints });
  await add('door', 'lock', endpoint(lock()));
  await add('blind', 'cover', endpoint(cover({ properties: ['position', 'state'] })));
  await add('shutter', 'cover', endpoint(cover({ properties: ['state'] })));
  const [door, blind, shutter] = ['virtual:door', 'virtual:blind', 'virtual:shutter'] as const;
  home.report(door, { 'lock.state': 'locked' });
  home.report(blind, { 'cover.position': 0.25, 'cover.state': 'between' });
  home.report(shutter, { 'cover.state': 'closed' });
  for (const [device, asked] of [
    [door, 'lock.unlock'],
    [blind, 'cover.open'],
    [shutter, 'cover.open'],
  ] as const)
    assert.is((await command(home, { command: asked, for: '5m' }, device)).status, 'done');
  home.report(door, { 'lock.state': 'unlocked' });
  home.clock.advance(MINUTE);
  home.report(blind, { 'cover.position': 1, 'cover.state': 'open' });
  home.report(shutter, { 'cover.state': 'open' });
  assert.is(told(home).length, 3);
  home.clock.advance(4 * MINUTE);
  await synced(home);
  assert.equal(told(home).slice(3).toSorted(), [
    `${blind} {"cover.position":0.25}`,
    `${door} lock.lock`,
    `${shutter} cover.close`,
  ]);

  home.report(door, { 'lock.state': 'locked' });
  await command(home, { command: 'lock.unlock', for: '5m' }, door);
  home.report(door, { 'lock.state': 'unlocked' });
  home.clock.advance(MINUTE);
  home.report(door, { 'lock.state': 'locked' });
  home.report(door, { 'lock.state': 'unlocked' });
  home.clock.advance(4 * MINUTE);
  await synced(home);
  assert.is(told(home).length, 7, 'someone locked and unlocked it by hand: it stays');
  await home.close();
});

test('a lock never unlocks by itself, and what cannot be taken back is refused', async () => {
  const home = await openHome();
  await home.sink.device('virtual', { id: 'door', name: 'Door', kind: 'lock', endpoints: [endpoint(lock())] });
  for (const asked of ['lock.lock', 'lock.setCode', 'cover.stop', 'effect.flash']) {
    const refused = await command(home, { command: asked, for: '5m' }, 'virtual:door').catch((error) => error);
    assert.equal([refused.code, refused.pointer], ['BAD_VALUE', '/for'], asked);
  }
  home.report('virtual:door', { 'lock.state': 'unlocked' });
  await command(home, { command: 'lock.unlock', for: '5m' }, 'virtual:door');
  home.clock.advance(5 * MINUTE);
  await synced(home);
  assert.equal(told(home), ['virtual:door lock.unlock']);
  await home.close();
});

test.run();
