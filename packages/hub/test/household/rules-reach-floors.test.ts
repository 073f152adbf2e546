// Rules about a floor reach the rooms that lie on it now.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { SYSTEM } from '../../src/kernel.ts';
import { openHome, type TestHome } from '../home.ts';
import { LAMP, MOTION, addRule, told } from './rules.ts';

const test = suite('floors');
const UPSTAIRS = { floor: 'upstairs', kind: 'sensor' } as const;
const someoneUpstairs: Rule['triggers'] = [
  { kind: 'property', device: UPSTAIRS, property: 'occupancy.occupied', becomes: true },
];
let home: TestHome;

const putRoom = (floor: string | null): Promise<unknown> =>
  home.kernel.commit([{ collection: 'rooms', id: 'study', value: { id: 'study', name: 'Study', floor } }], SYSTEM);

const passBy = (): string[] => {
  home.report(MOTION, { 'occupancy.occupied': false });
  home.report(MOTION, { 'occupancy.occupied': true });
  return told(home).splice(0);
};

test.before.each(async () => {
  home = await openHome();
  await putRoom('upstairs');
  const sensor = home.storage.machine.registry.get('devices', MOTION)!;
  await home.kernel.commit([{ collection: 'devices', id: MOTION, value: { ...sensor, room: 'study' } }], SYSTEM);
  await addRule(home, {
    id: 'upstairs',
    triggers: someoneUpstairs,
    conditions: [{ kind: 'property', device: UPSTAIRS, property: 'occupancy.occupied', is: true }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
});
test.after.each(() => home.close());

test('a sensor upstairs starts a rule about the floor, also after a crash', async () => {
  assert.equal(passBy(), [`${LAMP} {"onOff.on":true}`]);
  home = await home.killed();
  assert.equal(passBy(), [`${LAMP} {"onOff.on":true}`]);
});

test('a room that moves to another floor takes its sensors along', async () => {
  await putRoom('cellar');
  assert.equal(passBy(), []);
  await putRoom('upstairs');
  home.told.length = 0;
  assert.equal(passBy(), [`${LAMP} {"onOff.on":true}`]);
});

test('a room that loses its floor is on none', async () => {
  await putRoom(null);
  assert.equal(passBy(), []);
});

test.run();
