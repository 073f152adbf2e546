// What a rule does when it is triggered while it still runs.

import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { begin, rule, wait } from './story.ts';

const go: Trigger = { kind: 'event', event: 'go' };
const name: Action = { kind: 'notify', message: { expression: 'trigger.data.name' } };
const slow = (more: Partial<Rule>): Rule => rule('slow', go, { actions: [wait('10s'), name], ...more });
const called = (caller: string) => ({ event: 'go', data: { name: caller } });

test('`single` is the default: a second start is dropped, and traced', async () => {
  const story = await begin(slow({}));
  story.happens(called('a')).after('5s').happens(called('b')).after('1m');
  assert.equal(story.heard(), ['a']);
  assert.equal(story.ends(), ['slow dropped', 'slow finished']);
});

test('`restart` cancels the running run', async () => {
  const story = await begin(slow({ mode: 'restart' }));
  story.happens(called('a')).after('5s').happens(called('b')).after('1m');
  assert.equal(story.heardAt(), ['01-14 12:00:15 b']);
  assert.equal(story.ends(), ['slow cancelled', 'slow finished']);
});

test('`restart` cancels it only if the conditions hold', async () => {
  const home: Condition = { kind: 'mode', is: 'home' };
  const story = await begin(slow({ mode: 'restart', conditions: [home] }));
  story.happens(called('a')).after('5s').happens({ mode: 'away' }, called('b')).after('1m');
  assert.equal(story.heardAt(), ['01-14 12:00:10 a']);
  assert.equal(story.ends(), ['slow conditions', 'slow finished']);
});

test('near-simultaneous triggers in `restart` leave the last run alive', async () => {
  const story = await begin(slow({ mode: 'restart' }));
  story.happens(called('a'), called('b'), called('c')).after('1m');
  assert.equal(story.heard(), ['c']);
});

test('`queued` runs one after the other, each at the instant the other ends', async () => {
  const story = await begin(slow({ mode: 'queued' }));
  story.happens(called('a'), called('b')).after('5s').happens(called('c')).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:00:10 a', '01-14 12:00:20 b', '01-14 12:00:30 c']);
});

test('a queued run does not ask the conditions again', async () => {
  const story = await begin(slow({ mode: 'queued', conditions: [{ kind: 'mode', is: 'home' }] }));
  story.happens(called('a'), called('b'), { mode: 'away' }).after('1m');
  assert.equal(story.heard(), ['a', 'b']);
});

test('`max` of `queued` counts the running run', async () => {
  const story = await begin(slow({ mode: 'queued', max: 2 }));
  story.happens(called('a'), called('b'), called('c')).after('1m');
  assert.equal(story.heard(), ['a', 'b']);
  assert.equal(story.ends(), ['slow dropped', 'slow finished', 'slow finished']);
});

test('a queued run waits for all runs that go on side by side from before an edit', async () => {
  const story = await begin(slow({ mode: 'parallel' }));
  story
    .happens(called('a'))
    .after('5s')
    .happens(called('b'))
    .edit(slow({ mode: 'queued' }));
  story.happens(called('c')).after('1m');
  assert.equal(story.heardAt(), ['01-14 12:00:10 a', '01-14 12:00:15 b', '01-14 12:00:25 c']);
});

test('`parallel` runs side by side, and `max` counts the running runs', async () => {
  const story = await begin(slow({ mode: 'parallel', max: 2 }));
  story.happens(called('a'), called('b'), called('c')).after('10s').happens(called('d')).after('10s');
  assert.equal(story.heardAt(), ['01-14 12:00:10 a', '01-14 12:00:10 b', '01-14 12:00:20 d']);
});

test('`max` is 10 unless it is said', async () => {
  const story = await begin(slow({ mode: 'parallel' }));
  story.happens(...Array.from({ length: 12 }, (_, index) => called(String(index)))).after('1m');
  assert.is(story.heard().length, 10);
});

test('a run by hand starts the rule whatever its triggers', async () => {
  const story = await begin(rule('any', { kind: 'time', at: '03:00' }));
  story.happens({ run: 'any' });
  assert.equal(story.heard(), ['any']);
});

test('a run by hand asks the conditions', async () => {
  const story = await begin(rule('any', { kind: 'manual' }, { conditions: [{ kind: 'mode', is: 'away' }] }));
  story.happens({ run: 'any' });
  assert.equal(story.heard(), []);
  assert.equal(story.ends(), ['any conditions']);
});

test('a run by hand obeys the mode', async () => {
  const story = await begin(rule('any', { kind: 'manual' }, { actions: [wait('10s')] }));
  story.happens({ run: 'any' }, { run: 'any' });
  assert.equal(story.ends(), ['any dropped']);
});

test('a disabled rule is not triggered', async () => {
  const story = await begin([slow({ enabled: false }), rule('awake', go)]);
  story.happens(called('a')).after('1m');
  assert.equal(story.heard(), ['awake']);
});

test('a command names the event that started its run', async () => {
  const story = await begin(slow({}));
  story.happens({ ...called('a'), sequence: 41 }, { ...called('b'), sequence: 42 }).after('1m');
  assert.equal(
    story.commands().map(({ rule: of, run, cause }) => [of, run, cause]),
    [['slow', 1, 41]],
  );
});

test.run();
