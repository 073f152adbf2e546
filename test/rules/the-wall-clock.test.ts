// Times of day where clocks change: in the gap a time fires at the first instant after it, in the overlap once, at the first.

import type { Condition, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReferenceHome } from '../reference/state.ts';
import { BERLIN, LORD_HOWE, NEW_YORK, TOKYO, begin, rule, say } from './story.ts';

/** The instants, in UTC, at which a trigger fires between two instants. */
async function firings(home: ReferenceHome, trigger: Trigger, from: string, to: string): Promise<string[]> {
  const story = await begin(rule('fired', trigger), { home, at: from });
  return story
    .until(to)
    .commands()
    .map((command) => new Date(command.at).toISOString().slice(5, 16).replace('T', ' '));
}

const at = (time: string): Trigger => ({ kind: 'time', at: time });
const cron = (line: string): Trigger => ({ kind: 'cron', cron: line });

test('Berlin in spring: 02:30 does not exist and fires at 03:00 summer time', async () => {
  const days = await firings(BERLIN, at('02:30'), '2026-03-28T00:00:00Z', '2026-03-31T00:00:00Z');
  assert.equal(days, ['03-28 01:30', '03-29 01:00', '03-30 00:30']);
});

test('Berlin in autumn: 02:30 comes twice and fires once, at the first', async () => {
  const days = await firings(BERLIN, at('02:30'), '2026-10-24T12:00:00Z', '2026-10-26T12:00:00Z');
  assert.equal(days, ['10-25 00:30', '10-26 01:30']);
});

test('New York in spring and autumn', async () => {
  const spring = await firings(NEW_YORK, at('02:30'), '2026-03-07T12:00:00Z', '2026-03-09T12:00:00Z');
  assert.equal(spring, ['03-08 07:00', '03-09 06:30']);
  const autumn = await firings(NEW_YORK, at('01:30'), '2026-10-31T12:00:00Z', '2026-11-02T12:00:00Z');
  assert.equal(autumn, ['11-01 05:30', '11-02 06:30']);
});

test("Lord Howe's clocks change by half an hour", async () => {
  const spring = await firings(LORD_HOWE, at('02:15'), '2026-10-02T18:00:00Z', '2026-10-04T18:00:00Z');
  assert.equal(spring, ['10-03 15:30', '10-04 15:15']);
  const autumn = await firings(LORD_HOWE, at('01:45'), '2026-04-04T00:00:00Z', '2026-04-05T23:00:00Z');
  assert.equal(autumn, ['04-04 14:45', '04-05 15:15']);
});

test('Tokyo never changes its clocks', async () => {
  const days = await firings(TOKYO, at('02:30'), '2026-03-28T00:00:00Z', '2026-03-30T20:00:00Z');
  assert.equal(days, ['03-28 17:30', '03-29 17:30', '03-30 17:30']);
});

test('two times in one gap are one firing', async () => {
  const twice: Trigger = { kind: 'time', at: ['02:15', '02:45'] };
  assert.equal(await firings(BERLIN, twice, '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'), ['03-29 01:00']);
});

test('cron in the gap and in the overlap', async () => {
  assert.equal(await firings(BERLIN, cron('30 2 * * *'), '2026-03-29T00:00:00Z', '2026-03-29T12:00:00Z'), [
    '03-29 01:00',
  ]);
  const halves = await firings(BERLIN, cron('*/30 * * * *'), '2026-10-25T00:15:00Z', '2026-10-25T02:45:00Z');
  assert.equal(halves, ['10-25 00:30', '10-25 02:00', '10-25 02:30'], 'the second hour from two to three is silent');
});

test('`every` counts from local midnight, in elapsed time', async () => {
  const every = (duration: string): Trigger => ({ kind: 'every', every: duration });
  const sevens = await firings(BERLIN, every('7h'), '2026-01-13T23:30:00Z', '2026-01-15T06:30:00Z');
  assert.equal(sevens, ['01-14 06:00', '01-14 13:00', '01-14 20:00', '01-14 23:00', '01-15 06:00']);
  const spring = await firings(BERLIN, every('6h'), '2026-03-28T22:30:00Z', '2026-03-29T23:30:00Z');
  assert.equal(spring, ['03-28 23:00', '03-29 05:00', '03-29 11:00', '03-29 17:00', '03-29 22:00']);
});

test('a leap day is a day like any other', async () => {
  const leap: Trigger = { kind: 'time', at: '12:00', dates: ['02-29'] };
  assert.equal(await firings(BERLIN, leap, '2026-01-01T00:00:00Z', '2029-01-01T00:00:00Z'), ['02-29 11:00']);
  assert.equal(await firings(BERLIN, cron('0 12 29 2 *'), '2027-01-01T00:00:00Z', '2029-01-01T00:00:00Z'), [
    '02-29 11:00',
  ]);
  const daily = await firings(BERLIN, at('12:00'), '2028-02-28T00:00:00Z', '2028-03-02T00:00:00Z');
  assert.equal(daily, ['02-28 11:00', '02-29 11:00', '03-01 11:00']);
});

test('`weekdays` and `dates` choose days; `workday` leaves out holidays', async () => {
  const home = { ...BERLIN, holidays: ['2026-01-06', '05-01'] };
  const days = (more: object): Promise<string[]> =>
    firings(home, { kind: 'time', at: '12:00', ...more }, '2026-01-03T00:00:00Z', '2026-01-09T00:00:00Z');
  assert.equal(await days({ weekdays: ['sat', 'wed'] }), ['01-03 11:00', '01-07 11:00']);
  assert.equal(await days({ weekdays: ['workday'] }), ['01-05 11:00', '01-07 11:00', '01-08 11:00']);
  assert.equal(await days({ weekdays: ['holiday'] }), ['01-06 11:00']);
  assert.equal(await days({ dates: ['01-05', '2026-01-08', '2027-01-04'] }), ['01-05 11:00', '01-08 11:00']);
});

test('cron: names, lists, ranges and steps; 7 is Sunday; both day fields given, either matches', async () => {
  const week = (line: string): Promise<string[]> =>
    firings(BERLIN, cron(line), '2026-01-10T23:30:00Z', '2026-01-17T23:30:00Z');
  assert.equal(await week('0 7 * jan sat,sun'), ['01-11 06:00', '01-17 06:00']);
  assert.equal(await week('15,45 8-9 * * 7'), ['01-11 07:15', '01-11 07:45', '01-11 08:15', '01-11 08:45']);
  assert.equal(await week('0 */12 13 * *'), ['01-12 23:00', '01-13 11:00']);
  assert.equal(await week('0 7 13 * mon'), ['01-12 06:00', '01-13 06:00']);
});

/** The half hours, in local time, of one day in Berlin at which a condition passes. */
async function passes(condition: Condition, from: string, halfHours: number): Promise<string[]> {
  const story = await begin(rule('yes', { kind: 'manual' }, { conditions: [condition] }), { at: from });
  for (let index = 0; index < halfHours; index += 1) story.happens({ run: 'yes' }).after('30m');
  return story.heardAt().map((line) => line.slice(0, 11));
}

test('cron: the week may be said to end on Sunday by its name', async () => {
  const story = await begin(rule('cron', { kind: 'cron', cron: '0 7 * * sat-sun' }), { at: '2026-01-01T00:00:00Z' });
  story.until('2026-01-06T00:00:00Z');
  assert.equal(story.heardAt(), ['01-03 07:00:00 cron', '01-04 07:00:00 cron']);
});

test('a time condition: after ≤ now < before, and over midnight when after is the later', async () => {
  const day: Condition = { kind: 'time', after: '07:00', before: '08:00' };
  assert.equal(await passes(day, '2026-01-14T05:00:00Z', 8), ['01-14 07:00', '01-14 07:30']);
  const night: Condition = { kind: 'time', after: '23:00', before: '00:30' };
  assert.equal(await passes(night, '2026-01-14T21:00:00Z', 8), ['01-14 23:00', '01-14 23:30', '01-15 00:00']);
});

test('`weekdays` of a time condition is the local day of now, also after midnight', async () => {
  const night: Condition = { kind: 'time', after: '23:00', before: '01:00', weekdays: ['wed'] };
  assert.equal(await passes(night, '2026-01-14T21:30:00Z', 7), ['01-14 23:00', '01-14 23:30']);
});

test('a wait for a summer years ahead ends on the clock of that summer', async () => {
  const summer: Trigger = { kind: 'time', at: '12:00', dates: ['2037-07-01'] };
  const start: Trigger = { kind: 'event', event: 'go' };
  const story = await begin(rule('waits', start, { actions: [{ kind: 'wait', event: summer }, say('summer')] }));
  story.happens({ event: 'go' });
  for (let year = 2027; year < 2038; year += 1) story.until(`${year}-01-01T00:00:00Z`);
  assert.equal(story.until('2037-07-02T00:00:00Z').heardAt(), ['07-01 12:00:00 summer']);
});

test.run();
