// Rules are edited while they run.

import type { Action, Rule, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, DOOR, METER, WINDOW, begin, opens, rule, say, sayIt, wait, warmer } from './story.ts';

const go: Trigger = { kind: 'event', event: 'go' };
const slow = (words: string, more: Partial<Rule> = {}): Rule =>
  rule('slow', go, { actions: [wait('10m'), say(words)], ...more });
const other = (words: string): Rule => rule('other', go, { actions: [say(words)] });

test('an unchanged rule goes on as if nothing happened', async () => {
  const story = await begin([slow('slow'), other('old')]);
  story
    .happens({ event: 'go' })
    .after('5m')
    .edit(structuredClone(slow('slow')), other('new'))
    .after('5m');
  assert.equal(story.heardAt(), ['01-14 12:00:00 old', '01-14 12:10:00 slow']);
  story.happens({ event: 'go' });
  assert.equal(story.heard(), ['new']);
});

test('so does its `for`, also when rules before it come and go', async () => {
  const left = rule('left open', { ...opens(), for: '10m' } as Trigger);
  const story = await begin([other('x'), left]);
  story
    .open(DOOR, false)
    .open(DOOR)
    .after('5m')
    .edit(left)
    .after('3m')
    .edit(other('y'), rule('more', go), left)
    .after('2m');
  assert.equal(story.heardAt(), ['01-14 12:10:00 left open']);
});

test('`onEdit: finish` is the default: a running run goes on as it was written', async () => {
  const story = await begin(slow('old'));
  story.happens({ event: 'go' }).edit(slow('new')).after('10m');
  assert.equal(story.heard(), ['old']);
  story.happens({ event: 'go' }).after('10m');
  assert.equal(story.heard(), ['new']);
});

test('`onEdit: cancel` ends it', async () => {
  const story = await begin(slow('old', { onEdit: 'cancel' }));
  story
    .happens({ event: 'go' })
    .edit(slow('new', { onEdit: 'cancel' }))
    .after('10m');
  assert.equal(story.heard(), []);
  assert.equal(story.ends(), ['slow cancelled']);
});

test('`onEdit` of the version that the run started under counts', async () => {
  const finishes = await begin(slow('old', { onEdit: 'finish' }));
  finishes
    .happens({ event: 'go' })
    .edit(slow('new', { onEdit: 'cancel' }))
    .after('10m');
  assert.equal(finishes.heard(), ['old']);
  const cancels = await begin(slow('old', { onEdit: 'cancel' }));
  cancels
    .happens({ event: 'go' })
    .edit(slow('new', { onEdit: 'finish' }))
    .after('10m');
  assert.equal(cancels.heard(), []);
});

test('what a finishing run has seen hold goes on counting through the edit', async () => {
  const warmFor: Action = {
    kind: 'wait',
    until: { kind: 'property', device: METER, property: 'temperature.temperature', above: 20, for: '10m' },
  };
  const warm = (words: string): Rule => rule('warm', go, { actions: [warmFor, say(words)] });
  const story = await begin(warm('old'));
  story.temperature(21).happens({ event: 'go' }).after('5m').temperature(22).after('1m').edit(warm('new')).after('10m');
  assert.equal(story.heardAt(), ['01-14 12:10:00 old']);
});

test('deleting is an edit', async () => {
  const finishes = await begin([slow('done'), other('x')]);
  finishes.happens({ event: 'go' }).edit(other('x')).after('10m');
  assert.equal(finishes.heard(), ['x', 'done']);
  const cancels = await begin(slow('done', { onEdit: 'cancel' }));
  cancels.happens({ event: 'go' }).edit().after('10m');
  assert.equal(cancels.heard(), []);
});

test('a trigger added by an edit arms on what is known then', async () => {
  const story = await begin(rule('opened', opens()));
  story.open(DOOR, false).edit(rule('opened', opens()), rule('too', opens()));
  assert.equal(story.open(DOOR).heard(), ['opened', 'too']);
});

test('and does not fire for what is so already', async () => {
  const story = await begin(rule('opened', opens()));
  story
    .open(DOOR, false)
    .open(DOOR)
    .edit(rule('too', opens()), rule('left', { ...opens(), for: '1m' } as Trigger));
  assert.equal(story.heard(), ['opened']);
  assert.equal(story.open(DOOR).after('1h').heard(), []);
});

test('a crossing added by an edit is armed if the known value is not beyond', async () => {
  const story = await begin(rule('hot', warmer(30)));
  story.temperature(24).edit(rule('warm', warmer(25)), rule('mild', warmer(20)));
  assert.equal(story.temperature(26).heard(), ['warm']);
});

test('a moved rule is unchanged, and runs in its new place', async () => {
  const [a, b] = [rule('a', go), rule('b', go)];
  const story = await begin([a, b]);
  assert.equal(story.happens({ event: 'go' }).heard(), ['a', 'b']);
  assert.equal(story.edit(b, a).happens({ event: 'go' }).heard(), ['b', 'a']);
});

test('thousands of waiting runs survive the edit of another rule', async () => {
  const name: Action = { kind: 'notify', message: { expression: 'trigger.data.name' } };
  const many = (id: string) => rule(id, go, { mode: 'parallel', max: 1000, actions: [wait('1h'), name] });
  const story = await begin([many('a'), many('b'), other('x')]);
  story.happens(...Array.from({ length: 1000 }, (_, index) => ({ event: 'go', data: { name: `run ${index}` } })));
  assert.is(story.heard().length, 1000);
  story.edit(other('y'), many('b'), many('a')).after('1h');
  const heard = story.heard();
  assert.is(heard.length, 2000);
  assert.equal([heard[0], heard[1999]], ['run 0', 'run 999']);
});

const device = (id: string, room: string) => ({ id, kind: 'sensor' as const, room, endpoints: [] });
const roomy = { ...BERLIN, rooms: [{ id: 'hall' }, { id: 'attic' }] };

test('who belongs to a room changes with the devices, and the rule goes on', async () => {
  const inHall: Trigger = { kind: 'property', device: { room: 'hall' }, property: 'contact.open', becomes: true };
  const story = await begin(rule('opened', inHall), {
    home: roomy,
    devices: [device(DOOR, 'hall'), device(WINDOW, 'attic')],
  });
  story.open(DOOR, false).open(WINDOW, false).open(WINDOW);
  assert.equal(story.heard(), []);
  story
    .open(WINDOW, false)
    .move([device(DOOR, 'attic'), device(WINDOW, 'hall')], rule('opened', inHall))
    .open(WINDOW)
    .open(DOOR);
  assert.equal(story.heard(), ['opened']);
});

test('a wait for any of a room goes on for who stays, and forgets who left', async () => {
  const anyOpen: Trigger = {
    kind: 'property',
    device: { room: 'hall' },
    property: 'contact.open',
    becomes: true,
    for: '10m',
  };
  const waits = rule('waits', go, { actions: [{ kind: 'wait', event: anyOpen }, sayIt('wait.event.device')] });
  const story = await begin(waits, { home: roomy, devices: [device(DOOR, 'hall'), device(WINDOW, 'hall')] });
  story.open(DOOR, false).open(WINDOW, false).happens({ event: 'go' }).open(DOOR).after('1m').open(WINDOW);
  story.move([device(DOOR, 'attic'), device(WINDOW, 'hall')], waits).after('1h');
  assert.equal(story.heardAt(), [`01-14 12:11:00 ${WINDOW}`]);
});

const light = (id: string, room: string) => ({ id, kind: 'light' as const, room, endpoints: [] });
const lamps = (third: string) => [light('a', 'hall'), light('b', 'hall'), light('c', third)];
const turns = (device: string, value: boolean) => ({ device, property: 'onOff.on', value });
const inHall = { kind: 'property', device: { room: 'hall' }, property: 'onOff.on' } as const;
const allTurnOn: Trigger = { ...inHall, match: 'all', becomes: true };

test('`for` over a room is broken by who comes in and does not fit', async () => {
  const lit = rule('lit', { ...allTurnOn, for: '1m' });
  const story = await begin(lit, { devices: lamps('attic') });
  story.happens(turns('a', false), turns('b', true), turns('c', false), turns('a', true)).after('30s');
  story.move(lamps('hall'), lit).after('10m');
  assert.equal(story.heard(), []);
  story.happens(turns('c', true)).after('1m');
  assert.equal(story.heardAt(), ['01-14 12:11:30 lit']);
});

test('who comes and goes fires nothing by that alone; what happens then is compared with what is so now', async () => {
  const lit = rule('lit', allTurnOn);
  const story = await begin(lit, { devices: lamps('hall') });
  story.happens(turns('a', true), turns('b', true), turns('c', false)).move(lamps('attic'), lit).after('1m');
  assert.equal(story.heard(), []);
  story.move(lamps('hall'), lit).happens(turns('c', true));
  assert.equal(story.heard(), ['lit']);
});

test('an expression over a room is asked anew without firing, and so is an event that is waited for', async () => {
  const many: Trigger = { kind: 'expression', expression: 'count(room("hall"), "onOff.on") > 2' };
  const said = rule('many', many, { mode: 'parallel' });
  const waits = rule('waits', go, { mode: 'parallel', actions: [{ kind: 'wait', event: many }, say('more')] });
  const all = rule('all', go, { actions: [{ kind: 'wait', event: { ...allTurnOn, for: '1m' } }, say('all')] });
  const story = await begin([said, waits, all], { devices: lamps('attic') });
  story.happens(turns('a', true), turns('b', false), turns('c', true), { event: 'go' }, turns('b', true));
  story.move(lamps('hall'), said, waits, all).happens(turns('a', true));
  assert.equal(story.heard(), []);
  story.happens(turns('a', false), turns('a', true)).after('1m');
  assert.equal(story.heard(), ['many', 'more', 'all']);
});

test('a wait until passes when the one that was missing goes', async () => {
  const waits = rule('waits', go, {
    actions: [{ kind: 'wait', until: { ...inHall, match: 'all', is: true } }, say('all lit')],
  });
  const story = await begin(waits, { devices: lamps('hall') });
  story.happens(turns('a', true), turns('b', true), turns('c', false), { event: 'go' });
  story.move(lamps('attic'), waits).after('1m');
  assert.equal(story.heardAt(), ['01-14 12:00:00 all lit']);
});

test('it does so at once also where the clock was set back meanwhile', async () => {
  const waits = rule('waits', go, {
    actions: [{ kind: 'wait', until: { ...inHall, match: 'all', is: true } }, say('all lit')],
  });
  const story = await begin(waits, { devices: lamps('hall') });
  story.happens(turns('a', true), turns('b', true), turns('c', false), { event: 'go' });
  story.move(lamps('attic'), waits);
  story.until('2026-01-14T10:59:00Z');
  assert.equal(story.heardAt(), ['01-14 12:00:00 all lit']);
});

test('a condition with `for` counts from when who is in the room made it so', async () => {
  const long = { ...inHall, match: 'all', is: true, for: '1m' } as const;
  const asked = rule('asked', go, { mode: 'parallel', conditions: [long] });
  const story = await begin(asked, { devices: lamps('hall') });
  story.happens(turns('a', true), turns('b', true), turns('c', false)).after('10m');
  story.move(lamps('attic'), asked).happens({ event: 'go' }).after('1m').happens({ event: 'go' });
  assert.equal(story.heardAt(), ['01-14 12:11:00 asked']);
  story.move(lamps('hall'), asked).happens({ event: 'go' });
  assert.equal(story.heard(), []);
});

test('with `any` each counts by itself, also one that comes in after it has long been so', async () => {
  const asked = rule('asked', go, { conditions: [{ ...inHall, match: 'any', is: true, for: '1m' }] });
  const story = await begin(asked, { devices: lamps('attic') });
  story.happens(turns('a', false), turns('c', true)).after('10m').happens({ event: 'go' });
  story.move(lamps('hall'), asked).happens({ event: 'go' });
  assert.equal(story.heardAt(), ['01-14 12:10:00 asked']);
});

test.run();
