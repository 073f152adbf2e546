// Conditions are true, false or unknown, and unknown never passes.

import type { Condition, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, METER, WINDOW, begin, isOpen, rule } from './story.ts';
import type { Story } from './story.ts';

const asked: Trigger = { kind: 'manual' };
const not = (condition: Condition): Condition => ({ kind: 'not', condition });
const and = (...conditions: Condition[]): Condition => ({ kind: 'and', conditions });
const or = (...conditions: Condition[]): Condition => ({ kind: 'or', conditions });
const temperature = (more: object): Condition => ({
  kind: 'property',
  device: METER,
  property: 'temperature.temperature',
  ...more,
});

async function passes(condition: Condition, before: (story: Story) => unknown = () => null): Promise<boolean> {
  const story = await begin(rule('yes', asked, { conditions: [condition] }));
  before(story);
  return story.happens({ run: 'yes' }).heard().length === 1;
}

test('unknown never passes, and neither does its `not`', async () => {
  assert.not(await passes(isOpen()));
  assert.not(await passes(not(isOpen())));
  assert.ok(await passes(not(isOpen()), (story) => story.open(DOOR, false)));
});

test('a property that was known and is unknown now does not pass', async () => {
  assert.not(await passes(isOpen(), (story) => story.open(DOOR, true).open(DOOR, null)));
});

test('false and unknown is false; true and unknown is unknown', async () => {
  const closedDoor = (story: Story): Story => story.open(DOOR, false);
  const openDoor = (story: Story): Story => story.open(DOOR, true);
  assert.ok(await passes(not(and(isOpen(), isOpen(WINDOW))), closedDoor));
  assert.not(await passes(and(isOpen(), isOpen(WINDOW)), openDoor));
  assert.not(await passes(not(and(isOpen(), isOpen(WINDOW))), openDoor));
});

test('true or unknown is true; false or unknown is unknown', async () => {
  assert.ok(await passes(or(isOpen(), isOpen(WINDOW)), (story) => story.open(DOOR, true)));
  assert.not(await passes(or(isOpen(), isOpen(WINDOW)), (story) => story.open(DOOR, false)));
  assert.not(await passes(not(or(isOpen(), isOpen(WINDOW))), (story) => story.open(DOOR, false)));
});

test('`above`, `below` and `between` of a non-number are unknown', async () => {
  for (const predicate of [{ above: 1 }, { below: 1 }, { between: [0, 1] }]) {
    assert.not(await passes(temperature(predicate), (story) => story.temperature('warm')));
    assert.not(await passes(not(temperature(predicate)), (story) => story.temperature('warm')));
  }
});

test('`above` and `below` leave their end out, `between` has both ends in', async () => {
  const at20 = (story: Story): Story => story.temperature(20);
  assert.not(await passes(temperature({ above: 20 }), at20));
  assert.not(await passes(temperature({ below: 20 }), at20));
  assert.ok(await passes(temperature({ between: [20, 21] }), at20));
  assert.ok(await passes(temperature({ between: [19, 20] }), at20));
});

test('`unknown` asks for just that', async () => {
  assert.ok(await passes(temperature({ unknown: true })));
  assert.not(await passes(temperature({ unknown: false })));
  assert.ok(await passes(temperature({ unknown: false }), (story) => story.temperature(20)));
});

test('`is` takes a value or a list', async () => {
  const off = (story: Story): Story => story.report('virtual:boiler', 'thermostat.mode', 'off');
  const mode = (is: string | string[]): Condition => ({
    kind: 'property',
    device: 'virtual:boiler',
    property: 'thermostat.mode',
    is,
  });
  assert.ok(await passes(mode('off'), off));
  assert.ok(await passes(mode(['heat', 'off']), off));
  assert.not(await passes(mode(['heat', 'cool']), off));
});

test('`for` in a condition: has held at least so long, whatever the value did meanwhile', async () => {
  const warm = temperature({ above: 20, for: '5m' });
  assert.not(await passes(warm, (story) => story.temperature(21).after('4m')));
  assert.ok(await passes(warm, (story) => story.temperature(21).after('5m')));
  assert.ok(await passes(warm, (story) => story.temperature(21).after('4m').temperature(22).after('1m')));
  assert.not(
    await passes(warm, (story) => story.temperature(21).after('4m').temperature(19).temperature(22).after('1m')),
  );
  assert.not(
    await passes(warm, (story) => story.temperature(21).after('4m').temperature(null).temperature(21).after('1m')),
  );
});

test('conditions of a rule must all be true, and the trace points to the first that is not', async () => {
  const story = await begin(rule('yes', asked, { conditions: [isOpen(), isOpen(WINDOW)] }));
  story.open(DOOR, true).open(WINDOW, false).happens({ run: 'yes' });
  assert.equal(
    story.traces().map(({ outcome, pointer }) => [outcome, pointer]),
    [['conditions', '/conditions/1']],
  );
});

test('`trigger` asks which trigger it was', async () => {
  const by = (id: string): Condition => ({ kind: 'trigger', is: id });
  const triggers = [{ ...asked, id: 'hand' }, { kind: 'webhook', webhook: 'go' } as const];
  const story = await begin([
    rule('hand', triggers, { conditions: [by('hand')] }),
    rule('second', triggers, { conditions: [by('1')] }),
  ]);
  story.happens({ webhook: 'go' });
  assert.equal(story.heard(), ['second']);
  story.happens({ run: 'hand' }, { run: 'second' });
  assert.equal(story.heard(), ['hand']);
});

test('`origin` asks where the present value came from, unknown while there is none', async () => {
  const byHand: Condition = { kind: 'property', device: DOOR, property: 'contact.open', is: true, origin: 'user' };
  const user = (story: Story): Story => story.report(DOOR, 'contact.open', true, 'user');
  assert.ok(await passes(byHand, user));
  assert.not(await passes(byHand, (story) => user(story).report(DOOR, 'contact.open', false)));
  assert.ok(await passes(not(byHand), (story) => story.open(DOOR)));
  assert.not(await passes(not(byHand)));
  const anyByHand: Condition = { ...byHand, device: { devices: [DOOR, WINDOW] }, match: 'any' };
  assert.ok(await passes(anyByHand, (story) => user(story).open(WINDOW, false)));
  assert.not(await passes(anyByHand, (story) => story.open(DOOR)));
});

test('`for` with `origin`: has held, from there, at least so long', async () => {
  const held: Condition = {
    kind: 'property',
    device: DOOR,
    property: 'contact.open',
    is: true,
    origin: 'user',
    for: '5m',
  };
  const open = (origin: 'user' | 'device') => (story: Story) =>
    story.open(DOOR, false).report(DOOR, 'contact.open', true, origin).after('5m');
  assert.ok(await passes(held, open('user')));
  assert.not(await passes(held, open('device')));
});

test.run();
