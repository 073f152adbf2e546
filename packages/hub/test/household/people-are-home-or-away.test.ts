// Presence is of people: any of their sources brings them home, all of them gone means away, and none means not known.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { PEOPLE_MAX } from '../../src/limits.ts';
import { peopleService } from '../../src/services/people.ts';
import { openHome } from '../home.ts';
import { addRule, heard, LAMP, MOTION, on, told } from './rules.ts';

const test = suite('people are home or away');
const BY = { kind: 'user', id: 'ada' } as const;

test('plugins and devices say who is home', async () => {
  const home = await openHome();
  const people = peopleService(home.kernel);
  const presence = (id: string): unknown => people.get(id).presence;
  await people.create({ id: 'ada', name: 'Ada', user: 'u1', sources: ['phones:ada', MOTION] }, BY);
  assert.is(presence('ada'), null);
  home.presence('phones:ada', 'home');
  assert.is(presence('ada'), 'home');
  home.presence('phones:ada', 'away');
  assert.is(presence('ada'), 'away');
  home.report(MOTION, { 'occupancy.occupied': true });
  assert.is(presence('ada'), 'home');
  home.report(MOTION, { 'occupancy.occupied': false });
  assert.is(presence('ada'), 'away');
  await people.change('ada', { sources: ['phones:other'] }, BY);
  assert.is(presence('ada'), null);
  assert.is(people.get('ada').user, 'u1');
  await people.change('ada', { sources: [LAMP] }, BY);
  assert.is(presence('ada'), 'home', 'a device that sees no one is there while it is reachable');
  home.submit({ kind: 'online', body: { device: LAMP, online: false } });
  assert.is(presence('ada'), 'away');
  const shown = home.changes
    .filter(({ topic }) => topic === 'person')
    .map((each) => (each as never as { value: { presence: unknown } }).value.presence);
  assert.equal(shown, [null, 'home', 'away', 'home', 'away', null, 'home', 'away']);
  await home.close();
});

test('a home has as many people as anyone counts, however many came and left', async () => {
  const home = await openHome();
  const people = peopleService(home.kernel);
  await addRule(home, {
    id: 'goodbye',
    triggers: [{ kind: 'presence', person: 'everyone', becomes: 'away' }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false } }],
  });
  const come = async (id: string): Promise<void> => {
    await people.create({ id, name: id, sources: [`phones:${id}`] }, BY);
    home.presence(`phones:${id}`, 'home');
  };
  for (let guest = 0; guest < PEOPLE_MAX * 2; guest += 1) {
    await come(`guest-${guest}`);
    await people.remove(`guest-${guest}`, BY);
  }
  const all = Array.from({ length: PEOPLE_MAX }, (_, index) => `p-${index}`);
  for (const id of all) await come(id);
  const { code, message } = await come('one-more').catch((error) => error);
  assert.equal([code, message], ['TOO_LARGE', 'a home has at most 64 people']);
  for (const id of all.slice(0, -1)) home.presence(`phones:${id}`, 'away');
  assert.equal(told(home), []);
  home.presence(`phones:${all.at(-1)}`, 'away');
  assert.equal(told(home), [`${LAMP} {"onOff.on":false}`]);
  await home.close();
});

test('rules hear who came and left, each and all, and a killed hub remembers', async () => {
  let home = await openHome();
  const people = peopleService(home.kernel);
  await people.create({ id: 'ada', name: 'Ada', sources: ['phones:ada'] }, BY);
  await people.create({ id: 'bob', name: 'Bob', sources: ['phones:bob'] }, BY);
  await addRule(home, {
    id: 'welcome',
    triggers: [{ kind: 'presence', person: 'anyone', becomes: 'home' }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  await addRule(home, {
    id: 'goodbye',
    triggers: [{ kind: 'presence', person: 'everyone', becomes: 'away' }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false } }],
  });
  home.presence('phones:ada', 'away');
  home.presence('phones:bob', 'away');
  home.presence('phones:ada', 'home');
  assert.equal(told(home).at(-1), `${LAMP} {"onOff.on":true}`);
  await home.imager.write();
  home.presence('phones:bob', 'home');
  home = await home.killed();
  assert.is(peopleService(home.kernel).get('bob').presence, 'home');
  home.presence('phones:bob', 'home');
  home.presence('phones:ada', 'away');
  assert.equal(told(home), []);
  home.presence('phones:bob', 'away');
  assert.equal(told(home), [`${LAMP} {"onOff.on":false}`]);
  await home.close();
});

test('whose sources are gone is unknown to rules, and comes home anew', async () => {
  const home = await openHome();
  const people = peopleService(home.kernel);
  await people.create({ id: 'ada', name: 'Ada', sources: ['phones:ada'] }, BY);
  const set = (value: boolean): Rule['actions'] => [
    { kind: 'set', target: { device: LAMP }, values: { 'onOff.on': value } },
  ];
  const is = (where: 'home' | 'away') => ({ kind: 'presence', person: 'ada', is: where }) as const;
  await addRule(home, { id: 'home', triggers: on('ask'), conditions: [is('home')], actions: set(true) });
  await addRule(home, { id: 'away', triggers: on('ask'), conditions: [is('away')], actions: set(false) });
  home.presence('phones:ada', 'home');
  heard(home, 'ask');
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  await people.change('ada', { sources: [] }, BY);
  heard(home, 'ask');
  assert.is(told(home).length, 1, 'neither home nor away');
  await home.close();
});

test('a person has a plain id, and sources once each', async () => {
  const home = await openHome();
  const people = peopleService(home.kernel);
  const refused = (body: unknown): Promise<unknown> =>
    people.create(body, BY).then(
      () => 'ok',
      (error) => error.pointer,
    );
  assert.is(await refused({ id: 'anyone', name: 'A' }), '/id');
  assert.is(await refused({ name: 'A', sources: ['a:b', 'a:b'] }), '/sources/1');
  assert.is(await refused({ name: 'A', sources: ['nonsense'] }), '/sources/0');
  assert.is(await refused({ name: 'A', role: 'owner' }), '/role');
  assert.is(await refused({ name: 'Child' }), 'ok');
  await home.close();
});

test.run();
