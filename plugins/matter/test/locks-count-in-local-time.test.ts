// When a lock's user may come in, as the lock counts it: by the clock on the wall, also on the days on which that is changed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { clusterView, rowFor } from '../src/mapping/table.ts';
import type { Fields, Plan, Question } from '../src/mapping/types.ts';

const test = suite('locks count in local time');

const SCHEDULES = { featureMap: { yearDayAccessSchedules: true, weekDayAccessSchedules: true } };
const endpoint = { number: 1, deviceTypes: [], clusters: { doorLock: SCHEDULES } };
const seconds = (shown: string): number => Date.parse(`${shown}Z`) / 1000;

/** What the lock is told of one user: who he is, then his time. */
function allTold(when: Fields, timeZone: string): Fields[] {
  const view = clusterView('doorLock', endpoint);
  const asked = rowFor('doorLock', endpoint)!.commands!['lock.setUser']!({ slot: 1, ...when }, view, timeZone);
  const { actions } = (asked as Question).next({ userIndex: 1 }) as Plan;
  return actions.map((action) => ('args' in action ? action.args! : {}));
}

const told = (when: Fields, timeZone: string): Fields => allTold(when, timeZone).at(-1)!;
const userType = (when: Fields): unknown => allTold(when, 'UTC')[0]!['userType'];

for (const [timeZone, from, until, shownFrom, shownUntil] of [
  ['UTC', '2027-01-31T12:00:00Z', '2027-02-01T12:00:00Z', '2027-01-31T12:00', '2027-02-01T12:00'],
  ['Europe/Berlin', '2027-01-31T12:00:00Z', '2027-07-31T12:00:00Z', '2027-01-31T13:00', '2027-07-31T14:00'],
  ['Europe/Berlin', '2027-03-28T00:59:59Z', '2027-03-28T01:00:00Z', '2027-03-28T01:59:59', '2027-03-28T03:00'],
  ['Europe/Berlin', '2027-10-30T23:30:00Z', '2027-10-31T01:30:00Z', '2027-10-31T01:30', '2027-10-31T02:30'],
  ['America/St_Johns', '2027-01-31T01:00:00Z', '2027-07-31T01:00:00Z', '2027-01-30T21:30', '2027-07-30T22:30'],
  ['Pacific/Auckland', '2027-01-31T12:00:00+01:00', '2027-07-31T12:00:00Z', '2027-02-01T00:00', '2027-08-01T00:00'],
] as const) {
  test(`in ${timeZone} ${from} is ${shownFrom}, and ${until} is ${shownUntil}`, () => {
    const { localStartTime, localEndTime } = told({ from, until }, timeZone);
    assert.equal([localStartTime, localEndTime], [seconds(shownFrom), seconds(shownUntil)]);
  });
}

test('what has no beginning or no end has the first or the last that a lock can count, wherever it is', () => {
  const first = Date.UTC(2000, 0, 1) / 1000;
  for (const timeZone of ['America/New_York', 'Asia/Tokyo']) {
    assert.is(told({ until: '2027-01-31T12:00:00Z' }, timeZone)['localStartTime'], first);
    assert.is(told({ from: '2027-01-31T12:00:00Z' }, timeZone)['localEndTime'], first + 0xffff_fffe);
  }
});

test('a user with dates and weekdays is held to both, not to the weekdays for ever', () => {
  const [until, weekdays] = ['2027-01-31T12:00:00Z', ['mon']];
  assert.is(userType({}), 0);
  assert.is(userType({ until }), 1);
  assert.is(userType({ weekdays }), 2);
  assert.is(userType({ until, weekdays }), 8);
});

test('weekdays are whole days of the lock’s own calendar', () => {
  const { daysMask, startHour, endHour, endMinute } = told({ weekdays: ['mon', 'fri'] }, 'Asia/Tokyo');
  assert.equal([daysMask, startHour, endHour, endMinute], [{ monday: true, friday: true }, 0, 23, 59]);
});

test.run();
