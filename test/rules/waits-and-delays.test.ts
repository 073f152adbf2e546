// Waiting for a time, a condition or an event.

import type { Action, Condition, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, begin, isOpen, opens, rule, say, sayIt, wait } from './story.ts';

const go: Trigger = { kind: 'event', event: 'go' };
const untilOpen = (more: object = {}): Action => ({ kind: 'wait', until: isOpen(), ...more });
const forOpening = (more: object = {}): Action => ({ kind: 'wait', event: opens(), ...more });
const after = (...actions: Action[]) => rule('waits', go, { actions });

test('a delay ends at its own deadline', async () => {
  const story = await begin(after(wait('90s'), say('done')));
  story.happens({ event: 'go' });
  assert.is(story.wakeAt, Date.parse('2026-01-14T11:01:30Z'));
  story.after('3d');
  assert.equal(story.heardAt(), ['01-14 12:01:30 done']);
});

test('a delay of 0 goes on at once', async () => {
  const story = await begin(after(wait('0s'), say('done')));
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['done']);
});

test('`wait until` passes at once when the condition is true', async () => {
  const story = await begin(after(untilOpen(), say('open')));
  story.open(DOOR).happens({ event: 'go' });
  assert.equal(story.heard(), ['open']);
});

test('`wait until` passes when the condition becomes true, not while it is unknown', async () => {
  const story = await begin(after(untilOpen(), say('open')));
  story.happens({ event: 'go' }).open(DOOR, false).open(DOOR, null);
  assert.equal(story.heard(), []);
  story.open(DOOR, true);
  assert.equal(story.heard(), ['open']);
});

test('`wait event` waits for the future only', async () => {
  const story = await begin(after(forOpening(), say('opened')));
  story.open(DOOR, false).open(DOOR).happens({ event: 'go' }).open(DOOR);
  assert.equal(story.heard(), []);
  story.open(DOOR, false).open(DOOR);
  assert.equal(story.heard(), ['opened']);
});

test('a wait that begins during an event does not see that event', async () => {
  const story = await begin(after({ kind: 'wait', event: go }, say('again')));
  story.happens({ event: 'go' });
  assert.equal(story.heard(), []);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['again']);
});

test('after a time-out the run goes on by default, and can tell', async () => {
  const story = await begin(after(forOpening({ timeout: '1m' }), sayIt('wait.timedOut')));
  story.open(DOOR, false).happens({ event: 'go' }).after('2m').happens({ event: 'go' }).open(DOOR);
  assert.equal(story.heardAt(), ['01-14 12:01:00 true', '01-14 12:02:00 false']);
});

test('`onTimeout: stop` ends the run there', async () => {
  const story = await begin(after(untilOpen({ timeout: '1m', onTimeout: 'stop' }), say('open')));
  story.happens({ event: 'go' }).after('2m');
  assert.equal(
    story.traces().map(({ outcome, at, pointer }) => [outcome, story.clock(at), pointer]),
    [['stopped', '01-14 12:01:00', '/actions/0']],
  );
});

const closedFor = (duration: string): Condition => ({
  kind: 'property',
  device: DOOR,
  property: 'contact.open',
  is: false,
  for: duration,
});

test('a condition with `for` counts from when it began to hold, also before the wait', async () => {
  const story = await begin(after({ kind: 'wait', until: closedFor('5m') }, say('quiet')));
  story.open(DOOR, false).after('3m').happens({ event: 'go' }).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:05:00 quiet']);
});

test('a condition with `for` starts over when it is broken', async () => {
  const story = await begin(after({ kind: 'wait', until: closedFor('5m') }, say('quiet')));
  story.open(DOOR, false).happens({ event: 'go' }).after('4m').open(DOOR).after('4m').open(DOOR, false).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:13:00 quiet']);
});

test('a `for` and a time-out that end together: the condition holds, so the wait passes', async () => {
  const story = await begin(
    after({ kind: 'wait', until: closedFor('5m'), timeout: '5m', onTimeout: 'stop' }, say('quiet')),
  );
  story.open(DOOR, false).happens({ event: 'go' }).after('5m');
  assert.equal(story.heard(), ['quiet']);
});

test('a time condition lets a wait pass at its very instant', async () => {
  const story = await begin(
    after({ kind: 'wait', until: { kind: 'time', after: '22:00', before: '23:00' } }, say('late')),
  );
  story.happens({ event: 'go' }).after('1d');
  assert.equal(story.heardAt(), ['01-14 22:00:00 late']);
});

test('a wait for a time of day', async () => {
  const story = await begin(after({ kind: 'wait', event: { kind: 'time', at: '07:00' } }, say('morning')));
  story.happens({ event: 'go' }).after('2d');
  assert.equal(story.heardAt(), ['01-15 07:00:00 morning']);
});

test('a wait for an expression to become true', async () => {
  const shut: Trigger = { kind: 'expression', expression: `!device("${DOOR}")["contact.open"]` };
  const story = await begin(after({ kind: 'wait', event: shut }, say('shut')));
  story.open(DOOR).happens({ event: 'go' }).open(DOOR, false);
  assert.equal(story.heard(), ['shut']);
});

test('a time condition reads the clock on the wall, also in an hour that comes twice', async () => {
  const late: Action = { kind: 'wait', until: { kind: 'time', after: '02:30', before: '04:00' } };
  const story = await begin(after(late, say('half past two')), { at: '2026-10-25T01:00:00Z' });
  story.happens({ event: 'go' }).after('2h');
  assert.equal(story.heardAt(), ['10-25 02:30:00 half past two'], 'the second half past two of that night');
});

test('waits follow one another in one run', async () => {
  const story = await begin(
    after(untilOpen(), wait('1m'), say('open for a minute'), { kind: 'wait', until: closedFor('5m') }, say('and shut')),
  );
  story.happens({ event: 'go' }).after('10s').open(DOOR).after('10m').open(DOOR, false).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:01:10 open for a minute', '01-14 12:15:10 and shut']);
});

test.run();
