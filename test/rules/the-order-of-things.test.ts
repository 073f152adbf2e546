// In which order things happen, and how far one thing may lead to another.

import type { Action, Rule, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, WINDOW, begin, isOpen, opens, rule, say, wait } from './story.ts';

const on = (event: string): Trigger => ({ kind: 'event', event });
const emit = (event: string): Action => ({ kind: 'emit', event });

test('timers due fire first, each at its own deadline, then the events in array order', async () => {
  const delayed = rule('rang', on('ring'), { mode: 'parallel', actions: [wait('10s'), say('rang')] });
  const story = await begin([delayed, rule('knock', on('knock')), rule('shout', on('shout'))]);
  story.happens({ event: 'ring' }).after('1s').happens({ event: 'ring' });
  story.until('2026-01-14T11:00:30Z', { event: 'shout' }, { event: 'knock' });
  assert.equal(story.heardAt(), [
    '01-14 12:00:10 rang',
    '01-14 12:00:11 rang',
    '01-14 12:00:30 shout',
    '01-14 12:00:30 knock',
  ]);
});

test('for one event, rules in list order', async () => {
  const story = await begin([rule('b', on('go')), rule('a', on('go')), rule('c', on('go'))]);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['b', 'a', 'c']);
});

test('at one instant of the clock, rules in list order', async () => {
  const seven: Trigger = { kind: 'time', at: '13:00' };
  const story = await begin([rule('b', seven), rule('a', { kind: 'cron', cron: '0 13 * * *' }), rule('c', seven)]);
  story.after('2h');
  assert.equal(story.heard(), ['b', 'a', 'c']);
});

test('within a rule its waiting runs, oldest first, then its triggers', async () => {
  const forGo: Action = { kind: 'wait', event: on('go') };
  const name: Action = { kind: 'notify', message: { expression: 'trigger.data.name + " goes on"' } };
  const again = rule('again', [on('come'), on('go')], {
    mode: 'parallel',
    actions: [{ kind: 'if', if: { kind: 'trigger', is: '1' }, then: [say('started'), { kind: 'stop' }] }, forGo, name],
  });
  const story = await begin(again);
  story.happens(
    { event: 'come', data: { name: 'first' } },
    { event: 'come', data: { name: 'second' } },
    { event: 'go' },
  );
  assert.equal(story.heard(), ['first goes on', 'second goes on', 'started']);
});

test('one input starts a rule at most once, named after the first of its triggers in list order', async () => {
  const story = await begin(
    rule('once', [
      { ...opens(), id: 'narrow' },
      { kind: 'property', device: DOOR, property: 'contact.open', changes: true },
    ]),
  );
  story.open(DOOR, false).open(DOOR);
  assert.equal(story.heard(), ['once']);
  assert.equal(
    story.traces().map((each) => each.trigger),
    ['narrow'],
  );
});

test('what an action emits is queued behind the rules of the current input', async () => {
  const story = await begin([
    rule('first', on('go'), { actions: [say('first'), emit('next')] }),
    rule('next', on('next')),
    rule('last', on('go')),
  ]);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['first', 'emit', 'last', 'next']);
});

test('and it comes before the next event of the step', async () => {
  const story = await begin([
    rule('first', on('go'), { actions: [emit('next')] }),
    rule('next', on('next')),
    rule('last', on('stop')),
  ]);
  story.happens({ event: 'go' }, { event: 'stop' });
  assert.equal(story.heard(), ['emit', 'next', 'last']);
});

test('mode and variable take effect at once', async () => {
  const actions: Action[] = [
    { kind: 'mode', mode: 'night' },
    { kind: 'variable', name: 'count', value: 3 },
  ];
  const night = rule('asked next', on('go'), {
    conditions: [
      { kind: 'mode', is: 'night' },
      { kind: 'expression', expression: 'variable("count") == 3' },
    ],
  });
  const story = await begin([rule('set', on('go'), { actions }), night]);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['mode', 'asked next']);
});

test('a `set` does not change what the core knows; a report does', async () => {
  const set: Action = { kind: 'set', target: { device: DOOR }, values: { 'contact.open': true } };
  const story = await begin([
    rule('set', on('go'), { actions: [set] }),
    rule('open', on('go'), { conditions: [isOpen()] }),
    rule('opened', opens()),
  ]);
  story.open(DOOR, false).happens({ event: 'go' });
  assert.equal(story.heard(), ['set']);
  story.open(DOOR, true);
  assert.equal(story.heard(), ['opened']);
});

/** Each of the rules hears the one before it and tells the next. */
const chain = (length: number): Rule[] =>
  Array.from({ length }, (_, index) =>
    rule(`r${index}`, on(`e${index}`), { actions: [say(String(index)), emit(`e${index + 1}`)] }),
  );

test('a chain longer than 32 is cut and the rule named', async () => {
  const story = await begin(chain(40));
  story.happens({ event: 'e0' });
  const said = story.heard().filter((words) => words !== 'emit');
  assert.equal(
    said,
    Array.from({ length: 33 }, (_, index) => String(index)),
    'the start and 32 that follow from it',
  );
  assert.ok(story.ends().includes('r33 cascade'));
});

test('a rule that triggers itself is cut', async () => {
  const story = await begin(rule('loop', on('again'), { actions: [emit('again')] }));
  story.happens({ event: 'again' });
  assert.is(story.commands().length, 33);
  assert.is(story.ends().at(-1), 'loop cascade');
  story.happens({ event: 'again' });
  assert.is(story.commands().length, 33, 'the next event begins a chain of its own');
});

test('a time-out beats an event of the same instant', async () => {
  const action: Action = { kind: 'wait', event: opens(), timeout: '1m', onTimeout: 'stop' };
  const story = await begin(rule('waits', on('go'), { actions: [action, say('opened in time')] }));
  story.open(DOOR, false).happens({ event: 'go' });
  story.until('2026-01-14T11:01:00Z', { device: DOOR, property: 'contact.open', value: true });
  assert.equal(story.heard(), []);
  assert.equal(story.ends(), ['waits stopped']);
});

test('adding an unrelated rule changes nothing', async () => {
  const rules = [
    rule('one', opens()),
    rule('two', { ...opens(), for: '1m' } as Trigger),
    rule('three', { kind: 'time', at: '13:00' }),
  ];
  const unrelated = rule('unrelated', opens(WINDOW), { mode: 'restart' });
  const tellings = await Promise.all(
    [rules, [unrelated, ...rules], [...rules, unrelated]].map(async (list) => {
      const story = await begin(list);
      story.open(DOOR, false).open(DOOR).after('2h');
      return story.commands().map(({ id: _id, ...rest }) => rest);
    }),
  );
  assert.equal(tellings[1], tellings[0]);
  assert.equal(tellings[2], tellings[0]);
});

test('more than 10,000 steps at one instant stop a run', async () => {
  const forever: Action = {
    kind: 'repeat',
    while: { kind: 'mode', is: 'home' },
    actions: [{ kind: 'delay', for: '0s' }],
  };
  const story = await begin([rule('busy', on('go'), { actions: [forever] }), rule('next', on('go'))]);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['next']);
  assert.equal(story.ends(), ['busy fuel', 'next finished']);
});

test('a time of day that is due is not taken back by a rule that sets a variable beside it in the list', async () => {
  const both: Trigger = { kind: 'time', at: [{ variable: 'alarm' }, '18:00'] };
  const story = await begin([
    rule('sets', { kind: 'time', at: '18:00' }, { actions: [{ kind: 'variable', name: 'alarm', value: '19:00' }] }),
    rule('rings', both),
  ]);
  story.after('1d');
  assert.equal(story.heardAt(), ['01-14 18:00:00 rings', '01-14 19:00:00 rings']);
});

test.run();
