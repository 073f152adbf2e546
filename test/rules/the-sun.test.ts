// Sunrise and sunset as triggers and conditions, also where the sun stays up or down.

import type { Action, Condition, SunEvent, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { ReferenceHome } from '../reference/state.ts';
import { BERLIN, NEW_YORK, TROMSO, begin, rule, say } from './story.ts';

const sun = (event: SunEvent, offset?: string): Trigger => ({ kind: 'sun', event, ...(offset && { offset }) });

/** The instants, in UTC, at which a trigger fires between two instants. */
async function firings(home: ReferenceHome, trigger: Trigger, from: string, to: string): Promise<string[]> {
  const story = await begin(rule('fired', trigger), { home, at: from });
  return story
    .until(to)
    .commands()
    .map((command) => new Date(command.at).toISOString());
}

/** Almanacs give whole minutes. */
function isNear(actual: string | undefined, almanac: string): void {
  const apart = Math.abs(Date.parse(actual ?? '') - Date.parse(almanac));
  assert.ok(apart <= 90_000, `${actual} is not near ${almanac}`);
}

test('sunrise, noon and sunset agree with the almanac', async () => {
  const [rise] = await firings(BERLIN, sun('sunrise'), '2026-06-21T00:00:00Z', '2026-06-21T23:00:00Z');
  const [noon] = await firings(BERLIN, sun('noon'), '2026-06-21T00:00:00Z', '2026-06-21T23:00:00Z');
  const [set] = await firings(BERLIN, sun('sunset'), '2026-06-21T00:00:00Z', '2026-06-21T23:00:00Z');
  isNear(rise, '2026-06-21T02:43:00Z');
  isNear(noon, '2026-06-21T11:08:00Z');
  isNear(set, '2026-06-21T19:33:00Z');
  const [west] = await firings(NEW_YORK, sun('sunset'), '2026-12-21T12:00:00Z', '2026-12-22T12:00:00Z');
  isNear(west, '2026-12-21T21:32:00Z');
});

test('sun instants are whole seconds, and offsets are added with their sign', async () => {
  const [plain] = await firings(BERLIN, sun('sunset'), '2026-03-01T12:00:00Z', '2026-03-02T06:00:00Z');
  const [early] = await firings(BERLIN, sun('sunset', '-30m'), '2026-03-01T12:00:00Z', '2026-03-02T06:00:00Z');
  const [late] = await firings(BERLIN, sun('sunset', '1h'), '2026-03-01T12:00:00Z', '2026-03-02T06:00:00Z');
  assert.is(Date.parse(plain!) % 1000, 0);
  assert.is(Date.parse(plain!) - Date.parse(early!), 30 * 60_000);
  assert.is(Date.parse(late!) - Date.parse(plain!), 60 * 60_000);
});

test('dawn comes before sunrise, dusk after sunset', async () => {
  const events: SunEvent[] = ['dawn', 'sunrise', 'noon', 'sunset', 'dusk'];
  const story = await begin(events.map((event) => rule(event, sun(event))).toReversed(), {
    at: '2026-03-01T00:00:00Z',
  });
  assert.equal(story.until('2026-03-02T00:00:00Z').heard(), events);
});

test('an elevation fires rising and setting, or one of them', async () => {
  const high = (more: object): Promise<string[]> =>
    firings(BERLIN, { kind: 'sun', elevation: 30, ...more }, '2026-06-21T00:00:00Z', '2026-06-22T00:00:00Z');
  const both = await high({});
  assert.is(both.length, 2);
  assert.equal(await high({ direction: 'rising' }), [both[0]]);
  assert.equal(await high({ direction: 'setting' }), [both[1]]);
});

test('polar day and polar night: on a day without the event nothing fires', async () => {
  assert.equal(await firings(TROMSO, sun('sunset'), '2026-06-01T00:00:00Z', '2026-07-10T00:00:00Z'), []);
  assert.equal(await firings(TROMSO, sun('sunrise'), '2026-12-05T00:00:00Z', '2027-01-05T00:00:00Z'), []);
  assert.is((await firings(TROMSO, sun('noon'), '2026-12-05T00:00:00Z', '2026-12-15T00:00:00Z')).length, 10);
});

test('the sun event comes back with the sun', async () => {
  const [first] = await firings(TROMSO, sun('sunrise'), '2026-12-05T00:00:00Z', '2027-02-05T00:00:00Z');
  assert.ok(first!.startsWith('2027-01-1'), first);
});

async function passesAt(home: ReferenceHome, condition: Condition, ...instants: string[]): Promise<string[]> {
  const story = await begin(rule('yes', { kind: 'manual' }, { conditions: [condition] }), { home, at: instants[0]! });
  return instants.filter((instant) => story.until(instant, { run: 'yes' }).heard().length > 0);
}

const MORNING = '2026-03-01T03:00:00Z';
const NOON = '2026-03-01T11:00:00Z';
const EVENING = '2026-03-01T20:00:00Z';

test('after sunset, before sunrise: the night, over midnight', async () => {
  const night: Condition = { kind: 'sun', after: 'sunset', before: 'sunrise' };
  assert.equal(await passesAt(BERLIN, night, MORNING, NOON, EVENING), [MORNING, EVENING]);
});

test('after sunrise, before sunset: the day', async () => {
  const day: Condition = { kind: 'sun', after: 'sunrise', before: 'sunset' };
  assert.equal(await passesAt(BERLIN, day, MORNING, NOON, EVENING), [NOON]);
});

test('`offset` belongs to after, `beforeOffset` to before', async () => {
  // Sunset is at about 16:48 UTC.
  const soon: Condition = { kind: 'sun', after: 'sunset', offset: '-30m', before: 'sunset', beforeOffset: '30m' };
  const instants = ['2026-03-01T16:10:00Z', '2026-03-01T16:25:00Z', '2026-03-01T17:10:00Z', '2026-03-01T17:25:00Z'];
  assert.equal(await passesAt(BERLIN, soon, ...instants), instants.slice(1, 3));
});

test('in the polar night it is after sunset and before sunrise all day', async () => {
  const instants = ['2026-12-21T03:00:00Z', '2026-12-21T11:00:00Z', '2026-12-21T20:00:00Z'];
  assert.equal(await passesAt(TROMSO, { kind: 'sun', after: 'sunset' }, ...instants), instants);
  assert.equal(await passesAt(TROMSO, { kind: 'sun', before: 'sunrise' }, ...instants), instants);
  assert.equal(await passesAt(TROMSO, { kind: 'sun', after: 'sunset', before: 'sunrise' }, ...instants), instants);
  assert.equal(await passesAt(TROMSO, { kind: 'sun', after: 'sunrise' }, ...instants), []);
});

test('in the polar day it never is', async () => {
  const instants = ['2026-06-21T00:30:00Z', '2026-06-21T11:00:00Z', '2026-06-21T20:00:00Z'];
  assert.equal(await passesAt(TROMSO, { kind: 'sun', after: 'sunset', before: 'sunrise' }, ...instants), []);
  assert.equal(await passesAt(TROMSO, { kind: 'sun', after: 'sunrise', before: 'sunset' }, ...instants), instants);
});

test('a wait sees the horizon passed on a day without the event, to the second', async () => {
  // Half past midnight in May: the sun is just below the horizon and rises at 22:51:06 UTC; it does not set that day.
  const light: Action = { kind: 'wait', until: { kind: 'sun', before: 'sunset', beforeOffset: '-30m' } };
  const story = await begin(rule('light', { kind: 'manual' }, { actions: [light, say('light')] }), {
    home: TROMSO,
    at: '2026-05-17T22:30:00Z',
  });
  story.happens({ run: 'light' }).after('3h');
  assert.ok(['05-18 00:51:06 light', '05-18 00:51:07 light'].includes(story.heardAt().join()));
});

test('the sun event is found as soon as there is one, however near the pole', async () => {
  const north: ReferenceHome = { latitude: 78.2, longitude: -150, timeZone: 'UTC' };
  const dawns = await firings(north, sun('dawn'), '2027-01-25T00:00:00Z', '2027-01-31T00:00:00Z');
  assert.equal(dawns, ['2027-01-29T22:12:20.000Z', '2027-01-30T21:23:27.000Z']);
  const pole: ReferenceHome = { latitude: 89.9, longitude: 18.96, timeZone: 'UTC' };
  const rises = await firings(pole, sun('sunrise'), '2026-03-15T00:00:00Z', '2026-03-22T00:00:00Z');
  assert.equal(rises, ['2026-03-18T07:49:38.000Z']);
});

test('in a white night there is no dusk, so the horizon decides what is after it', async () => {
  const north: ReferenceHome = { latitude: 64, longitude: 26, timeZone: 'Europe/Helsinki' };
  const instants = ['2026-06-20T22:30:00Z', '2026-06-21T10:00:00Z'];
  assert.equal(await passesAt(north, { kind: 'sun', after: 'dusk' }, ...instants), instants.slice(0, 1));
  assert.equal(await passesAt(north, { kind: 'sun', before: 'dusk' }, ...instants), instants.slice(1));
  assert.equal(await passesAt(north, { kind: 'sun', after: 'dawn' }, ...instants), instants.slice(1));
});

test.run();
