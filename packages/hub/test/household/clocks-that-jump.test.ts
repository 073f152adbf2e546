// The machine's clock is set forth and back, stands still at 1970, or is found again: the home's own time never goes back by
// itself, no trigger fires twice, and nothing that waits is held up.

import type { Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { clockTrouble, createHomeClock } from '../../src/home-clock.ts';
import { MONDAY, openHome, testClock, type TestHome } from '../home.ts';
import { addRule, heard, LAMP, on, told } from './rules.ts';

const test = suite('clocks that jump');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const level = (value: number): Rule['actions'] => [
  { kind: 'set', target: { device: LAMP }, values: { 'level.level': value } },
];
/** Noon in Berlin is 11:00 UTC, when these tests begin. */
const atOne: Rule['triggers'] = [{ kind: 'time', at: '13:00' }];
const wait = (minutes: number): Rule['actions'][number] => ({ kind: 'delay', for: `${minutes}m` });

async function furnished(): Promise<TestHome> {
  const home = await openHome();
  await addRule(home, { id: 'one', triggers: atOne, actions: level(0.1) });
  await addRule(home, { id: 'late one', triggers: atOne, missed: 'run', actions: level(0.2) });
  await addRule(home, { id: 'wait', triggers: on('go'), mode: 'parallel', actions: [wait(10), ...level(0.3)] });
  return home;
}
const levels = (home: TestHome): string => told(home).map((text) => /[\d.]+(?=})/.exec(text)![0]).join(' '); // prettier-ignore
const state = ({ storage }: TestHome): unknown => storage.scheduler.state;

test('set 30 days forth, a month of clock triggers is missed and what waits goes on', async () => {
  const home = await furnished();
  heard(home, 'go');
  home.clock.set(30 * DAY);
  home.clock.advance(MINUTE);
  assert.is(levels(home), '0.3 0.2', 'the wait is over; what is to run though it was missed runs once');
  home.clock.advance(2 * HOUR);
  assert.is(levels(home), '0.3 0.2 0.1 0.2', 'and at one everything as ever');
  assert.is(state(home), 'follows');
  await home.close();
});

test('set 30 days back, no trigger fires twice, none is left out, and waits last as long as they should', async () => {
  const home = await furnished();
  home.clock.advance(HOUR + MINUTE);
  assert.is(levels(home), '0.1 0.2');
  heard(home, 'go');
  home.clock.set(-30 * DAY);
  home.clock.advance(9 * MINUTE);
  assert.is(levels(home), '0.1 0.2');
  home.clock.advance(2 * MINUTE);
  assert.is(levels(home), '0.1 0.2 0.3', 'ten minutes are ten minutes');
  assert.is(state(home), 'alone');
  assert.match(clockTrouble(home.storage.scheduler)!, /says 2026-10-24.*already seen 2026-11-23.*set back/);
  home.clock.advance(DAY);
  assert.is(levels(home), '0.1 0.2 0.3 0.1 0.2', "the next day by the home's own time");
  home.clock.set(30 * DAY);
  home.clock.advance(DAY);
  assert.is(state(home), 'follows');
  assert.is(levels(home), '0.1 0.2 0.3 0.1 0.2 0.1 0.2');
  await home.close();
});

test('set back an hour and forth again, the hour is not lived twice', async () => {
  const home = await furnished();
  home.clock.advance(HOUR + MINUTE);
  home.clock.set(-HOUR);
  home.clock.advance(HOUR + MINUTE);
  home.clock.set(HOUR);
  home.clock.advance(HOUR);
  assert.is(levels(home), '0.1 0.2');
  await home.close();
});

test('a clock that is behind by seconds is let catch up', async () => {
  const home = await furnished();
  const before = home.kernel.scheduler.now();
  home.clock.set(-20_000);
  home.clock.advance(MINUTE);
  const now = home.kernel.scheduler.now();
  assert.is(now - before, 54_000, 'time goes on, a little slower');
  home.clock.advance(5 * MINUTE);
  assert.is(home.kernel.scheduler.now(), home.clock.time);
  assert.is(state(home), 'follows');
  await home.close();
});

for (const [name, time] of [
  ['1970', 42_000],
  ['2020', Date.UTC(2020, 0, 1)],
  ['a month before', MONDAY - 30 * DAY],
] as const) {
  test(`a start with the clock at ${name}: waits go on, times of day are not acted on until the clock is right`, async () => {
    let home = await furnished();
    home.clock.advance(51 * MINUTE);
    heard(home, 'go');
    home = await home.killed({ downFor: time - home.clock.time });
    assert.is(state(home), 'lost');
    assert.match(clockTrouble(home.storage.scheduler)!, /do not act on times of day/);
    home.clock.advance(9 * MINUTE);
    assert.is(levels(home), '0.2', 'one o’clock was missed, as far as anyone knows');
    home.clock.advance(2 * MINUTE);
    assert.is(levels(home), '0.2 0.3', 'the wait is over in time');
    home = await home.killed();
    assert.is(state(home), 'lost', 'still after another start');
    home.clock.set(MONDAY + DAY + 3 * HOUR - home.clock.time);
    home.clock.advance(MINUTE);
    assert.is(state(home), 'follows');
    assert.is(clockTrouble(home.storage.scheduler), null);
    assert.is(levels(home), '0.2', 'a day was missed meanwhile');
    home.clock.advance(DAY);
    assert.is(levels(home), '0.2 0.1 0.2');
    await home.close();
  });
}

test('a first start with a clock that was never set waits for one', () => {
  const machine = testClock(5_000);
  const clock = createHomeClock(machine);
  assert.is(clock.now(), Date.UTC(2024, 0, 1));
  assert.is(clock.state, 'lost');
  machine.set(MONDAY - 5_000);
  assert.is(clock.now(), MONDAY);
  assert.is(clock.state, 'follows');
  assert.is(clock.leapt(), true);
  assert.is(clock.leapt(), false);
});

test('a start 30 days later is downtime', async () => {
  let home = await furnished();
  heard(home, 'go');
  home = await home.killed({ downFor: 30 * DAY });
  assert.is(levels(home), '0.3 0.2');
  assert.is(state(home), 'follows');
  home.clock.advance(2 * HOUR);
  assert.is(levels(home), '0.3 0.2 0.1 0.2');
  await home.close();
});

test('a person who says that the clock is right sets the home back, with all that waits', async () => {
  let home = await furnished();
  heard(home, 'go');
  home.clock.set(30 * DAY);
  home.clock.advance(MINUTE);
  heard(home, 'go');
  home.report(LAMP, { 'onOff.on': true });
  home.told.length = 0;
  home.clock.set(-30 * DAY);
  home.clock.advance(MINUTE);
  assert.is(state(home), 'alone');
  await home.kernel.believeClock({ kind: 'user', id: 'ada' });
  assert.is(state(home), 'follows');
  assert.is(home.kernel.scheduler.now(), home.clock.time);
  home = await home.killed();
  assert.is(state(home), 'follows', 'what was said lasts');
  home.clock.advance(8 * MINUTE);
  assert.is(levels(home), '');
  home.clock.advance(2 * MINUTE);
  assert.is(levels(home), '0.3', 'eleven minutes after it began, a minute of them before it was set back');
  home.clock.advance(DAY);
  assert.is(levels(home), '0.3 0.1 0.2');
  await home.close();
});

test.run();
