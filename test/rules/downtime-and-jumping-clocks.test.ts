// What time does to rules while no one is looking: a hub that was down, a step that comes late, a clock that jumps.

import { createEngine } from '@lintel/engine';
import type { Rule, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, DOOR, begin, opens, rule, say, wait } from './story.ts';

const EVENING = '2026-01-14T21:00:00Z';
const NEXT_NOON = '2026-01-15T11:00:00Z';
const START = { start: true } as const;

const clocks: Trigger[] = [
  { kind: 'time', at: '07:00' },
  { kind: 'cron', cron: '0 7 * * *' },
  { kind: 'every', every: '1h' },
  { kind: 'sun', event: 'sunrise' },
];
const seven = (more: Partial<Rule> = {}): Rule => rule('seven', { kind: 'time', at: '07:00' }, more);

test('without downtime a late step fires everything at its own deadline', async () => {
  const story = await begin(seven(), { at: EVENING });
  story.until('2026-01-17T11:00:00Z');
  assert.equal(story.heardAt(), ['01-15 07:00:00 seven', '01-16 07:00:00 seven', '01-17 07:00:00 seven']);
});

test('clock triggers that were due while the hub was down are skipped', async () => {
  for (const trigger of clocks) {
    const story = await begin(rule('clock', trigger), { at: EVENING });
    story.until(NEXT_NOON, START);
    assert.equal(story.heard(), [], trigger.kind);
    story.until('2026-01-16T11:00:00Z');
    assert.ok(story.heard().length > 0, `${trigger.kind} goes on afterwards`);
  }
});

test('or fire once at now with `missed: run`, however often they were missed', async () => {
  for (const trigger of clocks) {
    const story = await begin(rule('clock', trigger, { missed: 'run' }), { at: EVENING });
    story.until('2026-01-18T11:10:00Z', START);
    assert.equal(story.heardAt(), ['01-18 12:10:00 clock'], trigger.kind);
  }
});

test('several clock triggers of a rule that were missed start it once', async () => {
  const story = await begin(rule('clock', clocks, { missed: 'run', mode: 'parallel' }), { at: EVENING });
  assert.equal(story.until('2026-01-15T11:10:00Z', START).heard(), ['clock']);
});

test('a trigger that was not missed does not fire at the start', async () => {
  const story = await begin(seven({ missed: 'run' }), { at: EVENING });
  assert.equal(story.until('2026-01-14T22:00:00Z', START).heard(), []);
});

test('delays, waits and `for` always fire, at their own deadlines', async () => {
  const story = await begin(
    [
      rule('delay', { kind: 'webhook', webhook: 'go' }, { actions: [wait('10m'), say('delay')] }),
      rule(
        'wait',
        { kind: 'webhook', webhook: 'go' },
        { actions: [{ kind: 'wait', event: { kind: 'start' }, timeout: '20m' }, say('wait')] },
      ),
      rule('left open', { ...opens(), for: '5m' } as Trigger),
    ],
    { at: EVENING },
  );
  story.open(DOOR, false).open(DOOR).happens({ webhook: 'go' }).until(NEXT_NOON, START);
  assert.equal(story.heardAt(), ['01-14 22:05:00 left open', '01-14 22:10:00 delay', '01-14 22:20:00 wait']);
});

test('a run that waits for a time of day is a wait: it goes on at that time', async () => {
  const waits = rule(
    'waits',
    { kind: 'webhook', webhook: 'go' },
    { actions: [{ kind: 'wait', event: { kind: 'time', at: '07:00' } }, say('seven')] },
  );
  const story = await begin(waits, { at: EVENING });
  story.happens({ webhook: 'go' }).until(NEXT_NOON, START);
  assert.equal(story.heardAt(), ['01-15 07:00:00 seven']);
});

test('`start` fires when the hub starts', async () => {
  const story = await begin(rule('hello', { kind: 'start' }));
  assert.equal(story.after('1h').heard(), []);
  assert.equal(story.happens(START).heard(), ['hello']);
});

test('a clock that jumps 30 days ahead fires each deadline once, in order', async () => {
  const story = await begin([rule('left open', { ...opens(), for: '1h' } as Trigger), seven()], { at: EVENING });
  story.open(DOOR, false).open(DOOR).until('2026-02-13T21:00:00Z');
  const heard = story.heardAt();
  assert.is(heard.length, 31);
  assert.is(heard[0], '01-14 23:00:00 left open');
  assert.is(heard.at(-1), '02-13 07:00:00 seven');
  assert.equal(heard, heard.toSorted());
});

test('a clock that jumps 30 days back: nothing fires twice, and time goes on when it has caught up', async () => {
  const story = await begin([rule('opened', opens()), seven()], { at: EVENING });
  story.open(DOOR, false).until('2026-01-15T11:00:00Z');
  assert.equal(story.heard(), ['seven']);
  story.until('2025-12-16T11:00:00Z', { device: DOOR, property: 'contact.open', value: true });
  assert.equal(story.heardAt(), ['01-15 12:00:00 opened'], 'a now before the last one counts as the last one');
  story.until('2026-01-15T10:00:00Z');
  assert.equal(story.heard(), []);
  story.until('2026-01-16T11:00:00Z');
  assert.equal(story.heardAt(), ['01-16 07:00:00 seven']);
});

test('a stretch that was not lived through is as downtime, without a start', async () => {
  const rules = [
    seven(),
    seven({ id: 'late', missed: 'run', actions: [say('late')] }),
    rule('hello', { kind: 'start' }),
    rule('delay', { kind: 'event', event: 'go' }, { actions: [wait('10m'), say('delay')] }),
  ];
  const story = await begin(rules, { at: EVENING });
  story.happens({ event: 'go' }).until(NEXT_NOON, { downtime: true });
  assert.equal(story.heardAt(), ['01-14 22:10:00 delay', '01-15 12:00:00 late']);
});

test('set back, waits last as long as they would have, and clock triggers fire at their next times', async () => {
  const rules: Rule[] = [
    seven(),
    rule('left open', { ...opens(), for: '1h' } as Trigger),
    rule('delay', { kind: 'event', event: 'go' }, { actions: [wait('2h'), say('delay')] }),
    rule(
      'at seven',
      { kind: 'event', event: 'go' },
      { actions: [{ kind: 'wait', event: { kind: 'time', at: '07:00' } }, say('waited')] },
    ),
    rule(
      'was open',
      { kind: 'event', event: 'ask' },
      {
        conditions: [{ kind: 'property', device: DOOR, property: 'contact.open', is: true, for: '30m' }],
        actions: [say('open for half an hour')],
      },
    ),
  ];
  const wrong = Date.parse('2026-02-13T20:31:00Z');
  const right = Date.parse('2026-01-14T11:00:00Z');
  const engine = await createEngine({ rules, home: BERLIN, startAt: wrong });
  const heard = (now: number, events: NonNullable<Parameters<typeof engine.step>[1]>): unknown[] =>
    engine.step(now, events).commands.map(({ at, ['message']: said }) => `${String(said)} ${at - right}`);
  const minute = 60_000;
  heard(wrong, [{ device: DOOR, property: 'contact.open', value: false }]);
  heard(wrong, [{ device: DOOR, property: 'contact.open', value: true }, { event: 'go' }]);
  heard(wrong + 20 * minute, []);
  engine.setBack(right);
  assert.is(engine.now, right);
  assert.equal(heard(right + 9 * minute, [{ event: 'ask' }]), []);
  assert.equal(heard(right + 11 * minute, [{ event: 'ask' }]), [`open for half an hour ${11 * minute}`]);
  assert.equal(heard(right + 24 * 60 * minute, []), [
    `left open ${40 * minute}`,
    `delay ${100 * minute}`,
    `seven ${19 * 60 * minute}`,
    `waited ${19 * 60 * minute}`,
  ]);
  engine.setBack(right + 48 * 60 * minute);
  assert.is(engine.now, right + 24 * 60 * minute, 'forward is no way back');
});

test('a start with a clock 30 days ahead skips a month of clock triggers', async () => {
  const story = await begin(seven(), { at: EVENING });
  story.until('2026-02-13T21:00:00Z', START);
  assert.equal(story.heard(), []);
  story.after('12h');
  assert.equal(story.heardAt(), ['02-14 07:00:00 seven']);
});

test('a `now` before the last one counts as the last one', async () => {
  const story = await begin(rule('later', { kind: 'event', event: 'go' }, { actions: [wait('10m'), say('later')] }));
  story.after('1h').until('2026-01-14T11:30:00Z', { event: 'go' });
  assert.is(story.wakeAt, Date.parse('2026-01-14T12:10:00Z'));
});

test.run();
