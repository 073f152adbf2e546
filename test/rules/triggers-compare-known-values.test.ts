// A trigger compares a known value with the last known value.

import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, begin, opens, rule } from './story.ts';

test('a change to the value fires', async () => {
  const story = await begin(rule('opened', opens()));
  story.open(DOOR, false).open(DOOR, true);
  assert.equal(story.heard(), ['opened']);
});

test('the first known value only arms', async () => {
  const story = await begin(rule('opened', opens()));
  story.open(DOOR, true);
  assert.equal(story.heard(), []);
  story.open(DOOR, false).open(DOOR, true);
  assert.equal(story.heard(), ['opened']);
});

test('an equal report is no change', async () => {
  const story = await begin(
    rule('changed', { kind: 'property', device: DOOR, property: 'contact.open', changes: true }),
  );
  story.open(DOOR, false).open(DOOR, false).open(DOOR, true).open(DOOR, true);
  assert.equal(story.heard(), ['changed']);
});

test('unknown in between is skipped: open, unknown, open is no opening', async () => {
  const story = await begin(rule('opened', opens()));
  story.open(DOOR, false).open(DOOR, true);
  assert.equal(story.heard(), ['opened']);
  story.open(DOOR, null).open(DOOR, true);
  assert.equal(story.heard(), []);
});

test('closed, unknown, open is an opening', async () => {
  const story = await begin(rule('opened', opens()));
  story.open(DOOR, false).open(DOOR, null).open(DOOR, true);
  assert.equal(story.heard(), ['opened']);
});

test('unknown by itself fires nothing, not even "changes"', async () => {
  const story = await begin(
    rule('changed', { kind: 'property', device: DOOR, property: 'contact.open', changes: true }),
  );
  story.open(DOOR, false).open(DOOR, null);
  assert.equal(story.heard(), []);
});

const mode = (more: object) =>
  ({ kind: 'property', device: 'virtual:boiler', property: 'thermostat.mode', ...more }) as const;

test('`from` joins `becomes`: only that very change', async () => {
  const story = await begin(rule('rested', mode({ from: 'heat', becomes: 'off' })));
  for (const value of ['cool', 'off', 'heat', 'off']) story.report('virtual:boiler', 'thermostat.mode', value);
  assert.equal(story.heard(), ['rested']);
});

test('`from` alone fires on leaving the value, whatever it becomes', async () => {
  const story = await begin(rule('left', mode({ from: 'heat' })));
  for (const value of ['heat', 'cool', 'heat', 'off', 'cool']) story.report('virtual:boiler', 'thermostat.mode', value);
  assert.equal(story.heard(), ['left', 'left']);
});

test('`becomes` takes a list', async () => {
  const story = await begin(rule('runs', mode({ becomes: ['heat', 'cool'] })));
  for (const value of ['off', 'heat', 'off', 'cool']) story.report('virtual:boiler', 'thermostat.mode', value);
  assert.equal(story.heard(), ['runs', 'runs']);
});

test('`origin` asks who made the change', async () => {
  const story = await begin(rule('by hand', { ...opens(), origin: ['user', 'matter'] } as ReturnType<typeof opens>));
  story.open(DOOR, false).open(DOOR, true).open(DOOR, false);
  assert.equal(story.heard(), []);
  story.report(DOOR, 'contact.open', true, 'user');
  assert.equal(story.heard(), ['by hand']);
});

test('a trigger is named by its id, or by its index', async () => {
  const story = await begin(rule('named', [opens('virtual:other'), { ...opens(), id: 'front' }]));
  story.open(DOOR, false).open('virtual:other', false).open(DOOR, true).open('virtual:other', true);
  assert.equal(
    story.traces().map((each) => each.trigger),
    ['front', '0'],
  );
});

test.run();
