// What machines tell becomes words and times to show.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { areasOf, playTime, positionNow, shareDone, timeLeft } from './machines.ts';

const NOW = Date.parse('2027-05-06T12:00:00Z');
const Machines = suite('machines');

Machines('what is left is told in begun minutes, and never below none', () => {
  assert.equal(timeLeft('2027-05-06T12:41:30Z', NOW), { hours: 0, minutes: 42 });
  assert.equal(timeLeft('2027-05-06T14:00:00Z', NOW), { hours: 2, minutes: 0 });
  assert.equal(timeLeft('2027-05-06T11:00:00Z', NOW), { hours: 0, minutes: 0 });
});

Machines('a time that is none has nothing left', () => {
  for (const wrong of [null, 'soon', 42, true]) assert.is(timeLeft(wrong, NOW), null);
});

Machines('how far it is counts from the start, and only where start and end are known', () => {
  assert.is(shareDone('2027-05-06T11:30:00Z', '2027-05-06T12:30:00Z', NOW), 0.5);
  assert.is(shareDone('2027-05-06T10:00:00Z', '2027-05-06T11:00:00Z', NOW), 1);
  assert.is(shareDone(null, '2027-05-06T12:30:00Z', NOW), null);
  assert.is(shareDone('2027-05-06T12:00:00Z', '2027-05-06T12:00:00Z', NOW), null);
});

Machines('areas come as a JSON list or with commas between', () => {
  assert.equal(areasOf('["Hall", "Living room"]'), ['Hall', 'Living room']);
  assert.equal(areasOf('Hall, Living room'), ['Hall', 'Living room']);
  for (const none of [null, '', '[', '{}', '[1, 2]', 3]) assert.equal(areasOf(none), none === '{}' ? ['{}'] : []);
});

Machines('a piece goes on while it plays, and ends with itself', () => {
  const minuteAgo = new Date(NOW - 60_000).toISOString();
  assert.is(positionNow(20, minuteAgo, true, 200, NOW), 80);
  assert.is(positionNow(20, minuteAgo, false, 200, NOW), 20);
  assert.is(positionNow(190, minuteAgo, true, 200, NOW), 200);
  assert.is(positionNow(20, null, true, 200, NOW), 20);
});

Machines('a place in a piece is written as players write it', () => {
  assert.is(playTime(187.2), '3:07');
  assert.is(playTime(3725), '1:02:05');
});

Machines.run();
