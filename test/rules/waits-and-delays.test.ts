// Waiting for a time, a condition or an event.

import type { Action, Condition, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, METER, WINDOW, begin, isOpen, opens, rule, say, sayIt, wait } from './story.ts';

const OTHER = 'virtual:other';
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

test('a wait may compare texts that an expression makes, and time out', async () => {
  const until: Condition = {
    kind: 'expression',
    expression: `text(device("${METER}")["temperature.temperature"], 1) == "21.0"`,
  };
  const story = await begin(after({ kind: 'wait', until, timeout: '1m' }, sayIt('wait.timedOut')));
  story.temperature(20).happens({ event: 'go' }).after('2m').happens({ event: 'go' }).temperature(21);
  assert.equal(story.heardAt(), ['01-14 12:01:00 true', '01-14 12:02:00 false']);
});

test('a wait for any of several devices remembers each by itself', async () => {
  const either: Trigger = {
    kind: 'property',
    device: { devices: [DOOR, WINDOW] },
    property: 'contact.open',
    becomes: true,
    for: '1m',
  };
  const story = await begin(after({ kind: 'wait', event: either }, sayIt('wait.event.device')));
  story.open(DOOR, false).open(WINDOW, false).happens({ event: 'go' });
  story.open(DOOR).after('30s').open(WINDOW).after('10s').open(DOOR, false).after('1h');
  assert.equal(story.heardAt(), [`01-14 12:01:30 ${WINDOW}`]);
  story.open(WINDOW, false).happens({ event: 'go' }).open(DOOR).open(WINDOW).after('1h');
  assert.equal(story.heard(), [DOOR], 'of two at one instant the first in the list');
});

test('a wait for any of several meters crosses with hysteresis for each', async () => {
  const hot: Trigger = {
    kind: 'property',
    device: { devices: [METER, OTHER] },
    property: 'temperature.temperature',
    above: 20,
    hysteresis: 2,
  };
  const story = await begin(after({ kind: 'wait', event: hot }, sayIt('wait.event.device')));
  story.temperature(21).report(OTHER, 'temperature.temperature', 19).happens({ event: 'go' });
  story.temperature(19).temperature(21);
  assert.equal(story.heard(), [], 'not far enough back');
  story.report(OTHER, 'temperature.temperature', 21);
  assert.equal(story.heard(), [OTHER]);
});

test('a wait for a time of day follows the variable that holds it', async () => {
  const alarm: Action = { kind: 'wait', event: { kind: 'time', at: ['20:00', { variable: 'alarm' }] }, timeout: '1d' };
  const story = await begin(after(alarm, say('now')));
  story.happens({ variable: 'alarm', value: '14:00' }, { event: 'go' }).happens({ variable: 'alarm', value: '13:00' });
  story.after('3h');
  assert.equal(story.heardAt(), ['01-14 13:00:00 now']);
  story.happens({ variable: 'alarm', value: null }, { event: 'go' }).after('1d');
  assert.equal(story.heardAt(), ['01-14 20:00:00 now']);
});

test('what a wait waits for speaks of that wait, not of one in another branch', async () => {
  const first: Action = { kind: 'wait', until: { kind: 'expression', expression: 'wait.timedOut' }, timeout: '1m' };
  const second: Action = { kind: 'wait', event: opens(), timeout: '10s' };
  const story = await begin(
    after({
      kind: 'parallel',
      branches: [
        [first, say('first')],
        [second, say('second')],
      ],
    }),
  );
  story.happens({ event: 'go' }).after('30s').open(DOOR, false).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:00:10 second', '01-14 12:01:00 first']);
});

test('`wait.event` is what ended the wait: its action, or else its id', async () => {
  const pressed: Trigger = { kind: 'event', event: 'button.pressed', device: DOOR };
  const press = await begin(after({ kind: 'wait', event: pressed }, sayIt('wait.event')));
  press.happens({ event: 'go' }, { device: DOOR, event: 'button.pressed', action: 'double' });
  assert.equal(press.heard(), ['double']);
  const open = await begin(after({ kind: 'wait', event: { ...opens(), id: 'door' } }, sayIt('wait.event')));
  open.open(DOOR, false).happens({ event: 'go' }).open(DOOR);
  assert.equal(open.heard(), ['door']);
  const late = await begin(after({ kind: 'wait', event: pressed, timeout: '1s' }, sayIt('wait.event == unknown')));
  late.happens({ event: 'go' }).after('1m');
  assert.equal(late.heard(), [true]);
});

test('waits follow one another in one run', async () => {
  const story = await begin(
    after(untilOpen(), wait('1m'), say('open for a minute'), { kind: 'wait', until: closedFor('5m') }, say('and shut')),
  );
  story.happens({ event: 'go' }).after('10s').open(DOOR).after('10m').open(DOOR, false).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:01:10 open for a minute', '01-14 12:15:10 and shut']);
});

test('`for` of a trigger that is waited for counts from the change, and a break starts it over', async () => {
  const left: Trigger = { ...opens(), for: '5m' } as Trigger;
  const story = await begin(after({ kind: 'wait', event: left }, say('left open')));
  story.open(DOOR).happens({ event: 'go' }).after('1h');
  assert.equal(story.heard(), [], 'what was so before is no change');
  story.open(DOOR, false).open(DOOR).after('4m').open(DOOR, false).open(DOOR).after('1h');
  assert.equal(story.heardAt(), ['01-14 13:09:00 left open']);
});

test('a wait may ask for a device by a name that is worked out', async () => {
  const sensor = (id: string) => ({ id, kind: 'sensor' as const, room: null, endpoints: [] });
  const either: Trigger = { ...opens(), device: { devices: [DOOR, WINDOW] } } as Trigger;
  const shut: Condition = { kind: 'expression', expression: 'device(trigger.device)["contact.open"] == false' };
  const left = rule('left', either, { actions: [{ kind: 'wait', until: shut }, sayIt('trigger.device')] });
  const story = await begin(left, { devices: [sensor(DOOR), sensor(WINDOW)] });
  story.open(DOOR, false).open(WINDOW, false).open(WINDOW).open(DOOR).after('10s').open(WINDOW, false);
  assert.equal(story.heardAt(), [`01-14 12:00:10 ${WINDOW}`]);
});

test('a wait for a mode hears of it as an input of its own, behind the rules of the current one', async () => {
  const away: Action = { kind: 'mode', mode: 'away' };
  const story = await begin([
    rule('leaves', { kind: 'event', event: 'leave' }, { actions: [away] }),
    after({ kind: 'wait', until: { kind: 'mode', is: 'away' } }, say('waited')),
    rule('hears', { kind: 'event', event: 'leave' }),
  ]);
  story.happens({ event: 'go' }, { event: 'leave' });
  assert.equal(story.heard(), ['mode', 'hears', 'waited']);
});

test('waits that an event lets begin, in branches or in a queued run, do not see that event', async () => {
  const again: Action = { kind: 'wait', event: go };
  const branches = [
    [again, say('left')],
    [again, say('right')],
  ];
  const story = await begin([
    after(again, { kind: 'parallel', branches }),
    rule('queues', { kind: 'event', event: 'start' }, { mode: 'queued', actions: [again, say('queued')] }),
  ]);
  story.happens({ event: 'go' }, { event: 'start' }, { event: 'start' });
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['queued']);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['left', 'right', 'queued']);
});

test('a time-out beats an event that is due at the same instant', async () => {
  const open: Trigger = { ...opens(), for: '1m' } as Trigger;
  const story = await begin([
    after({ kind: 'wait', event: { kind: 'time', at: '12:01' }, timeout: '1m' }, sayIt('wait.timedOut')),
    rule('holds', go, { actions: [{ kind: 'wait', event: open, timeout: '1m' }, sayIt('wait.timedOut')] }),
  ]);
  story.open(DOOR, false).happens({ event: 'go' }).open(DOOR).after('1h');
  assert.equal(story.heardAt(), ['01-14 12:01:00 true', '01-14 12:01:00 true']);
});

test.run();
