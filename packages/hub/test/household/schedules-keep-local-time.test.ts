// A schedule says what it says by the clock on the wall, in every hour of the year, and whether the hub was up or down.

import type { Schedule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { scheduleService } from '../../src/services/schedules.ts';
import { localTime } from '../../src/state/local-time.ts';
import { nextChange, valueAt } from '../../src/state/schedules.ts';
import { MONDAY, openHome, testClock } from '../home.ts';
import { addRule, LAMP, told } from './rules.ts';

const test = suite('schedules keep local time');
const BY = { kind: 'user', id: 'ada' } as const;
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ALL = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;

const HEATING = {
  id: 'heating',
  name: 'Heating',
  blocks: [
    { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], at: '06:30', value: 21 },
    { weekdays: ALL, at: '22:00', value: 17 },
    { weekdays: ['sat', 'sun'], at: '08:00', value: 22 },
  ],
} as const;

const at = (text: string): number => Date.parse(text);

test('it has the value of the block that began last, over midnight and weekends', () => {
  const berlin = { timeZone: 'Europe/Berlin' };
  const value = (text: string): unknown => valueAt(HEATING, at(text), localTime('Europe/Berlin', at(text)), berlin);
  assert.is(value('2026-11-23T05:29:59Z'), 17);
  assert.is(value('2026-11-23T05:30:00Z'), 21);
  assert.is(value('2026-11-23T21:00:00Z'), 17);
  assert.is(value('2026-11-28T06:59:59Z'), 17);
  assert.is(value('2026-11-28T07:00:00Z'), 22);
  assert.is(value('2026-11-30T05:00:00Z'), 17);
});

test('in the hour that is skipped a block begins right after it, in the hour that comes twice once', () => {
  for (const [timeZone, day, time, first, next] of [
    ['Europe/Berlin', '2026-03-29', '02:30', '2026-03-29T01:00:00Z', '2026-03-30T00:30:00Z'],
    ['Europe/Berlin', '2026-10-25', '02:30', '2026-10-25T00:30:00Z', '2026-10-26T01:30:00Z'],
    ['America/New_York', '2026-03-08', '02:15', '2026-03-08T07:00:00Z', '2026-03-09T06:15:00Z'],
    ['America/New_York', '2026-11-01', '01:15', '2026-11-01T05:15:00Z', '2026-11-02T06:15:00Z'],
    ['Australia/Lord_Howe', '2026-10-04', '02:10', '2026-10-03T15:30:00Z', '2026-10-04T15:10:00Z'],
    ['Asia/Kolkata', '2026-10-04', '02:10', '2026-10-03T20:40:00Z', '2026-10-04T20:40:00Z'],
  ] as const) {
    const schedule: Schedule = { id: 's', name: 's', blocks: [{ weekdays: ALL, at: time, value: true }] };
    const from = at(`${day}T00:00:00Z`) - 14 * HOUR;
    const clock = localTime(timeZone, from);
    const found: number[] = [];
    for (let now = from; found.length < 3; now = found.at(-1)!)
      found.push(nextChange(schedule, now, clock, { timeZone })!);
    assert.ok(found.includes(at(first)), `${timeZone}: ${found.map((each) => new Date(each).toISOString()).join()}`);
    assert.is(
      found[found.indexOf(at(first)) + 1] ?? nextChange(schedule, at(first), clock, { timeZone }),
      at(next),
      timeZone,
    );
  }
});

test('workdays and holidays are those of the home', () => {
  const schedule: Schedule = {
    id: 's',
    name: 's',
    blocks: [
      { weekdays: ['workday'], at: '06:00', value: 'early' },
      { weekdays: ['holiday'], at: '09:00', value: 'late' },
    ],
  };
  const home = { timeZone: 'Europe/Berlin', holidays: ['12-25'] };
  const value = (text: string): unknown => valueAt(schedule, at(text), localTime('Europe/Berlin', at(text)), home);
  assert.is(value('2026-12-24T12:00:00Z'), 'early');
  assert.is(value('2026-12-25T07:00:00Z'), 'early');
  assert.is(value('2026-12-25T08:00:00Z'), 'late');
  assert.is(value('2026-12-28T05:00:00Z'), 'early');
});

test('rules hear of each change on time, and of one that passed while the hub was down at its start', async () => {
  let home = await openHome({ clock: testClock(MONDAY) });
  const schedules = scheduleService(home.kernel);
  assert.is((await schedules.create(HEATING, BY)).value, 21);
  await addRule(home, {
    id: 'night',
    triggers: [{ kind: 'schedule', schedule: 'heating', becomes: 17 }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': false, 'level.level': 0.1 } }],
  });
  await addRule(home, {
    id: 'day',
    triggers: [{ kind: 'schedule', schedule: 'heating', becomes: 21 }],
    actions: [{ kind: 'set', target: { device: LAMP }, values: { 'onOff.on': true } }],
  });
  home.clock.advance(10 * HOUR - 1);
  assert.equal(told(home), []);
  home.clock.advance(1);
  assert.equal(told(home), [`${LAMP} {"onOff.on":false,"level.level":0.1}`]);
  assert.is(schedules.get('heating').value, 17);
  const change = home.changes.findLast(({ topic }) => topic === 'schedule') as {
    at: string;
    value: { value: unknown };
  };
  assert.equal([change.at, change.value.value], ['2026-11-23T21:00:00.000Z', 17]);
  await home.imager.write();
  home = await home.killed({ downFor: 12 * HOUR });
  assert.equal(told(home), [`${LAMP} {"onOff.on":true}`]);
  home = await home.killed({ downFor: 1_000 });
  assert.equal(told(home), [], 'nothing changed meanwhile');
  assert.is(scheduleService(home.kernel).get('heating').value, 21);
  home.clock.advance(DAY);
  assert.is(told(home).length, 2);
  await home.close();
});

test('an edit counts at once, and what is malformed is refused where it is', async () => {
  const home = await openHome();
  const schedules = scheduleService(home.kernel);
  await schedules.create(HEATING, BY);
  assert.is(
    (await schedules.change('heating', { blocks: [{ weekdays: ['mon'], at: '11:00', value: 19 }] }, BY)).value,
    19,
  );
  const refused = (body: unknown): Promise<unknown> =>
    schedules.create(body, BY).then(
      () => 'ok',
      (error) => error.pointer,
    );
  const block = { weekdays: ['mon'], at: '11:00', value: 19 };
  assert.equal(
    [
      await refused({ name: 'x', blocks: [{ ...block, at: '25:00' }] }),
      await refused({ name: 'x', blocks: [block, { ...block, weekdays: [] }] }),
      await refused({ name: 'x', blocks: [{ ...block, value: null }] }),
      await refused({ name: 'x', blocks: [], colour: 1 }),
    ],
    ['/blocks/0/at', '/blocks/1/weekdays', '/blocks/0/value', '/colour'],
  );
  await schedules.remove('heating', BY);
  assert.equal(schedules.list(), []);
  await home.close();
});

test.run();
