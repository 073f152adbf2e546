// A device of parts: a key or command without an endpoint means the first part that has that very property or command, so
// that a player whose speaker is a part of its own has one volume.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { propertyKey } from '@lintel/model';
import { endpoint, media, onOff } from '@lintel/sdk';
import { commandService } from '../../src/services/commands.ts';
import { openHome, type TestHome } from '../home.ts';
import { addRule, told } from './rules.ts';

const test = suite('plain keys');
const BY = { kind: 'user', id: 'ada' } as const;
const PLAYER = 'virtual:player';
const PARTS = [
  endpoint(onOff(), media({ properties: ['playback'], commands: ['play'] })),
  endpoint({ id: '2' }, onOff(), media({ properties: ['volume', 'muted'], commands: ['pause'] })),
];
let home: TestHome;

const value = (key: string) => home.storage.machine.properties.value(PLAYER, key);
const ask = (body: object) => commandService(home.kernel, home.outbox).command({ on: { device: PLAYER }, body }, BY);
const reports = (values: Record<string, number | boolean>, from: string) =>
  home.sink.report('virtual', 'player', values, from, () => undefined);

test.before.each(async () => {
  home = await openHome();
  await home.sink.device('virtual', { id: 'player', name: 'Player', kind: 'media', endpoints: PARTS });
});
test.after.each(() => home.close());

test('a property has a plain key at the first endpoint that has it, whatever else of the capability comes before', () => {
  assert.is(propertyKey(PARTS, '2', 'media.volume'), 'media.volume');
  assert.is(propertyKey(PARTS, '1', 'media.playback'), 'media.playback');
  assert.is(propertyKey(PARTS, '2', 'onOff.on'), 'onOff.on@2');
  reports({ 'media.volume': 0.3, 'onOff.on': true }, '2');
  assert.equal([value('media.volume'), value('onOff.on@2'), value('onOff.on')], [0.3, true, null]);
});

test('both ways of writing it reach the endpoint that has it', async () => {
  await ask({ set: { 'media.volume': 0.5 } });
  await ask({ set: { 'media.volume@2': 0.6 } });
  await ask({ command: 'media.play' });
  await ask({ command: 'media.pause' });
  const endpoints = home.told.map(({ command }) => command.endpoint);
  assert.equal(endpoints, ['2', '2', '1', '2']);
});

test('an automation hears it and sets it by either key', async () => {
  const set = (id: string, property: string, key: string) =>
    addRule(home, {
      id,
      triggers: [{ kind: 'property', device: PLAYER, property, above: 0.8 }],
      actions: [{ kind: 'set', target: { device: PLAYER }, values: { [key]: 0.2 } }],
    });
  await set('plain', 'media.volume', 'media.volume@2');
  await set('written-out', 'media.volume@2', 'media.volume');
  reports({ 'media.volume': 0.5 }, '2');
  reports({ 'media.volume': 0.9 }, '2');
  assert.equal(told(home), [`${PLAYER} {"media.volume":0.2}`, `${PLAYER} {"media.volume":0.2}`]);
});

test.run();
