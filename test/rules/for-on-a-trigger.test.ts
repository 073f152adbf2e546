// `for` on a trigger: the predicate must hold without a break.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, METER, begin, opens, rule, warmer } from './story.ts';

const openFor = (duration: string) => rule('left open', { ...opens(), for: duration } as ReturnType<typeof opens>);

test('fires when the predicate has held so long, at that very instant', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR).after('4m');
  assert.equal(story.heard(), []);
  story.after('10m');
  assert.equal(story.heardAt(), ['01-14 12:05:00 left open']);
});

test('a break starts it over', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR).after('4m').open(DOOR, false).after('1m').open(DOOR).after('4m');
  assert.equal(story.heard(), []);
  story.after('1m');
  assert.equal(story.heard(), ['left open']);
});

test('an equal report does not start it over', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR).after('4m').open(DOOR).after('1m');
  assert.equal(story.heard(), ['left open']);
});

test('a number that changes but stays beyond does not start it over', async () => {
  const story = await begin(rule('hot', warmer(25, { for: '10m' })));
  story.temperature(24).temperature(26).after('9m').temperature(30).after('1m');
  assert.equal(story.heard(), ['hot']);
});

test('with `changes` each change starts it over', async () => {
  const still = {
    kind: 'property',
    device: METER,
    property: 'temperature.temperature',
    changes: true,
    for: '10m',
  } as const;
  const story = await begin(rule('settled', still));
  story.temperature(20).temperature(21).after('9m').temperature(22).after('9m');
  assert.equal(story.heard(), []);
  story.after('1m');
  assert.equal(story.heardAt(), ['01-14 12:19:00 settled']);
});

test('with `from` alone each change starts it over', async () => {
  const left = {
    kind: 'property',
    device: 'virtual:tv',
    property: 'media.playback',
    from: 'playing',
    for: '1m',
  } as const;
  const story = await begin(rule('over', left));
  for (const value of ['playing', 'paused']) story.report('virtual:tv', 'media.playback', value);
  story.after('40s').report('virtual:tv', 'media.playback', 'stopped').after('40s');
  assert.equal(story.heard(), []);
  story.after('20s');
  assert.equal(story.heard(), ['over']);
});

test('unknown breaks it; it starts over when the value is known again and the predicate holds', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR).after('4m').open(DOOR, null).after('10m');
  assert.equal(story.heard(), []);
  story.open(DOOR).after('4m');
  assert.equal(story.heard(), []);
  story.after('1m');
  assert.equal(story.heard(), ['left open']);
});

test('it does not start over when the value comes back as one that does not hold', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR).after('4m').open(DOOR, null).open(DOOR, false).after('1h');
  assert.equal(story.heard(), []);
});

test('a `for` that has fired does not fire again after unknown', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR).after('5m');
  assert.equal(story.heard(), ['left open']);
  story.open(DOOR, null).open(DOOR).after('1h');
  assert.equal(story.heard(), []);
});

test('a `for` that ends at the instant of the change back fires', async () => {
  const story = await begin(openFor('5m'));
  story.open(DOOR, false).open(DOOR);
  story.until('2026-01-14T11:05:00Z', { device: DOOR, property: 'contact.open', value: false });
  assert.equal(story.heard(), ['left open']);
});

test('conditions are asked when the `for` ends, not when it begins', async () => {
  const closed = { kind: 'property', device: DOOR, property: 'contact.open', is: false } as const;
  const story = await begin(rule('hot', warmer(25, { for: '10m' }), { conditions: [closed] }));
  story.open(DOOR, true).temperature(24).temperature(26).after('9m').open(DOOR, false).after('1m');
  assert.equal(story.heard(), ['hot']);
});

test('a late step fires it at its own deadline', async () => {
  const story = await begin(openFor('90s'));
  story.open(DOOR, false).open(DOOR).after('2d');
  assert.equal(story.heardAt(), ['01-14 12:01:30 left open']);
});

test.run();
