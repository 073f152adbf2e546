// Times of day through the changes of summer time, leap days, polar days and jumps of the clock.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, DAY, HOUR, at, engineOf, firings, rule, said, say } from './home.ts';

const NEW_YORK = { latitude: 40.7, longitude: -74, timeZone: 'America/New_York' };
const LORD_HOWE = { latitude: -31.5, longitude: 159, timeZone: 'Australia/Lord_Howe' };
const TOKYO = { latitude: 35.7, longitude: 139.7, timeZone: 'Asia/Tokyo' };
const TROMSO = { latitude: 69.65, longitude: 18.96, timeZone: 'Europe/Oslo' };
const test = suite('wall clock');

test('Berlin: a time in the gap fires at the first instant after it', async () => {
  const fired = await firings({ kind: 'time', at: '02:30' }, '2026-03-28T12:00:00Z', '2026-03-30T12:00:00Z');
  assert.equal(fired, ['2026-03-29T01:00:00.000Z', '2026-03-30T00:30:00.000Z']);
});

test('Berlin: two times in the gap fire once, together', async () => {
  const fired = await firings({ kind: 'time', at: ['02:15', '02:45'] }, '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z');
  assert.equal(fired, ['2026-03-29T01:00:00.000Z']);
});

test('Berlin: a time that comes twice fires once, at the first', async () => {
  const fired = await firings({ kind: 'time', at: '02:30' }, '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z');
  assert.equal(fired, ['2026-10-25T00:30:00.000Z', '2026-10-26T01:30:00.000Z']);
});

test('New York: gap and overlap', async () => {
  const spring = await firings({ kind: 'time', at: '02:30' }, '2026-03-08T05:00:00Z', '2026-03-08T20:00:00Z', NEW_YORK);
  assert.equal(spring, ['2026-03-08T07:00:00.000Z']);
  const autumn = await firings({ kind: 'time', at: '01:30' }, '2026-11-01T04:00:00Z', '2026-11-01T20:00:00Z', NEW_YORK);
  assert.equal(autumn, ['2026-11-01T05:30:00.000Z']);
});

test('Lord Howe: half an hour is left out, and comes twice', async () => {
  const spring = await firings(
    { kind: 'time', at: '02:15' },
    '2026-10-03T12:00:00Z',
    '2026-10-04T12:00:00Z',
    LORD_HOWE,
  );
  assert.equal(spring, ['2026-10-03T15:30:00.000Z']);
  const autumn = await firings(
    { kind: 'time', at: '01:45' },
    '2026-04-04T12:00:00Z',
    '2026-04-05T12:00:00Z',
    LORD_HOWE,
  );
  assert.equal(autumn, ['2026-04-04T14:45:00.000Z']);
});

test('Tokyo: every day is alike', async () => {
  const fired = await firings({ kind: 'time', at: '07:00' }, '2026-03-01T00:00:00Z', '2027-03-01T00:00:00Z', TOKYO);
  assert.is(fired.length, 365);
  assert.ok(fired.every((each) => each.endsWith('T22:00:00.000Z')));
});

test('a cron in the overlap fires once a minute of the clock', async () => {
  const fired = await firings({ kind: 'cron', cron: '*/30 * * * *' }, '2026-10-25T00:00:00Z', '2026-10-25T02:00:00Z');
  assert.equal(fired, ['2026-10-25T00:30:00.000Z', '2026-10-25T02:00:00.000Z']);
});

test('29 February comes in leap years alone', async () => {
  const fired = await firings(
    { kind: 'time', at: '12:00', dates: ['02-29'] },
    '2026-01-01T00:00:00Z',
    '2033-01-01T00:00:00Z',
  );
  assert.equal(fired, ['2028-02-29T11:00:00.000Z', '2032-02-29T11:00:00.000Z']);
});

test('holidays are no workdays', async () => {
  const home = { ...BERLIN, holidays: ['12-25'] };
  const workdays = await firings(
    { kind: 'time', at: '07:00', weekdays: ['workday'] },
    '2026-12-23T12:00:00Z',
    '2026-12-29T12:00:00Z',
    home,
  );
  assert.equal(
    workdays.map((each) => each.slice(8, 10)),
    ['24', '28', '29'],
  );
});

test('in the polar night and day nothing rises', async () => {
  const rises = await firings(
    { kind: 'sun', event: 'sunrise' },
    '2026-01-01T00:00:00Z',
    '2027-01-01T00:00:00Z',
    TROMSO,
  );
  assert.ok(rises.length > 200 && rises.length < 280, String(rises.length));
  assert.ok(!rises.some((each) => each.startsWith('2026-12-21') || each.startsWith('2026-06-21')));
});

test('in the polar night it is after sunset and before sunrise all day', async () => {
  const night = rule('r', [{ kind: 'manual' }], [say('dark')], {
    conditions: [{ kind: 'sun', after: 'sunset', before: 'sunrise' }],
  });
  for (const [day, dark] of [
    ['2026-12-21', true],
    ['2026-06-21', false],
  ] as const) {
    const engine = await engineOf([night], { home: TROMSO, startAt: at(`${day}T00:00:00Z`) });
    for (const hour of [1, 11, 20])
      assert.is(
        said(engine, at(`${day}T00:00:00Z`) + hour * HOUR, [{ run: 'r' }]).length === 1,
        dark,
        `${day} ${hour}`,
      );
  }
});

test('sunrise in Berlin is where the almanac has it', async () => {
  const [fired] = await firings({ kind: 'sun', event: 'sunrise' }, '2026-06-21T00:00:00Z', '2026-06-21T12:00:00Z');
  assert.ok(Math.abs(at(fired!) - at('2026-06-21T02:43:00Z')) < 90_000, fired);
});

test('a clock that jumps 30 days ahead fires each at its own deadline, and never twice when it jumps back', async () => {
  const start = at('2026-06-01T00:00:00Z');
  const engine = await engineOf([rule('r', [{ kind: 'time', at: '12:00' }], [say('noon')])], { startAt: start });
  assert.is(said(engine, start + 30 * DAY).length, 30);
  assert.is(said(engine, start).length, 0);
  assert.is(said(engine, start + 30 * DAY).length, 0);
  assert.is(said(engine, start + 31 * DAY).length, 1);
});

test('after downtime clock triggers are skipped, or fire once at the start', async () => {
  const start = at('2026-06-01T00:00:00Z');
  const skip = rule('skip', [{ kind: 'every', every: '1h' }], [say('skip')]);
  const late = rule('run', [{ kind: 'every', every: '1h' }], [say('run')], { missed: 'run' });
  const engine = await engineOf([skip, late, rule('up', [{ kind: 'start' }], [say('up')])], { startAt: start });
  const now = start + 5.5 * HOUR;
  const { commands } = engine.step(now, [{ start: true }]);
  assert.equal(
    commands.map((each) => [each['message'], each.at]),
    [
      ['run', now],
      ['up', now],
    ],
  );
  assert.equal(said(engine, start + 6 * HOUR), ['skip', 'run']);
});

test.run();
