// Triggers and conditions over a set of devices: any, all or none of the known members.

import { createEngine } from '@lintel/engine';
import type { Condition, Device, DeviceSelector, Match, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, DOOR, WINDOW, begin, rule, sayIt } from './story.ts';
import type { Story } from './story.ts';

const BOTH: DeviceSelector = { devices: [DOOR, WINDOW] };
const opens = (match: Match | undefined, more: object = {}): Trigger => ({
  kind: 'property',
  device: BOTH,
  property: 'contact.open',
  becomes: true,
  ...(match && { match }),
  ...more,
});
const bothClosed = (story: Story): Story => story.open(DOOR, false).open(WINDOW, false);

test('`any` is the default and fires for each member whose own predicate fires', async () => {
  const story = await begin(rule('opened', opens(undefined), { actions: [sayIt('trigger.device')] }));
  bothClosed(story).open(WINDOW).open(DOOR);
  assert.equal(story.heard(), [WINDOW, DOOR]);
});

test('`any` with `for`: each member counts by itself', async () => {
  const story = await begin(rule('open', opens('any', { for: '5m' }), { actions: [sayIt('trigger.device')] }));
  bothClosed(story).open(WINDOW).after('2m').open(DOOR).after('2m').open(WINDOW, false).after('10m');
  assert.equal(story.heard(), [DOOR]);
});

test('`all` fires when the statement becomes true', async () => {
  const story = await begin(rule('all open', opens('all')));
  bothClosed(story).open(DOOR);
  assert.equal(story.heard(), []);
  story.open(WINDOW);
  assert.equal(story.heard(), ['all open']);
});

test('`all` is about the known members', async () => {
  const story = await begin(rule('all open', opens('all')));
  story.open(DOOR, false).open(DOOR);
  assert.equal(story.heard(), ['all open'], 'the window was never heard of');
});

test('`none` fires when the last member no longer holds', async () => {
  const none: Trigger = { kind: 'property', device: BOTH, property: 'contact.open', becomes: true, match: 'none' };
  const story = await begin(rule('all shut', none));
  bothClosed(story).open(DOOR).open(WINDOW).open(DOOR, false);
  assert.equal(story.heard(), []);
  story.open(WINDOW, false);
  assert.equal(story.heard(), ['all shut']);
});

test('`for` with `all` counts the statement', async () => {
  const story = await begin(rule('aired', opens('all', { for: '10m' })));
  bothClosed(story).open(DOOR).after('20m').open(WINDOW).after('9m');
  assert.equal(story.heard(), []);
  story.after('1m');
  assert.equal(story.heard(), ['aired']);
});

const asks = (match: Match): Condition => ({
  kind: 'property',
  device: BOTH,
  match,
  property: 'contact.open',
  is: true,
});

test('as a condition: any, all or none of the known members; with none known it is unknown', async () => {
  const matches: Match[] = ['any', 'all', 'none'];
  const asked: Trigger = { kind: 'webhook', webhook: 'ask' };
  const rules = matches.flatMap((match) => [
    rule(match, asked, { conditions: [asks(match)] }),
    rule(`not ${match}`, asked, { conditions: [{ kind: 'not', condition: asks(match) }] }),
  ]);
  const story = await begin(rules);
  const ask = (): unknown[] => story.happens({ webhook: 'ask' }).heard();
  assert.equal(ask(), []);
  story.open(DOOR);
  assert.equal(ask(), ['any', 'all', 'not none']);
  story.open(WINDOW, false);
  assert.equal(ask(), ['any', 'not all', 'not none']);
  story.open(DOOR, false);
  assert.equal(ask(), ['not any', 'not all', 'none']);
});

test('`trigger.device` names the member that fired', async () => {
  const anyOpens: Trigger = {
    kind: 'property',
    device: { devices: [DOOR, WINDOW] },
    property: 'contact.open',
    becomes: true,
  };
  const story = await begin(rule('opened', anyOpens, { actions: [sayIt('trigger.device')] }));
  story.open(DOOR, false).open(WINDOW, false).open(WINDOW).open(DOOR);
  assert.equal(story.heard(), [WINDOW, DOOR]);
});

test('`origin` over a set is of the change, not of what the others are', async () => {
  const allOpen: Trigger = {
    kind: 'property',
    device: { devices: [DOOR, WINDOW] },
    match: 'all',
    property: 'contact.open',
    becomes: true,
    origin: 'user',
  };
  const story = await begin(rule('by hand', allOpen));
  story.open(DOOR, false).open(WINDOW, false).open(DOOR).report(WINDOW, 'contact.open', true, 'user');
  assert.equal(story.heard(), ['by hand']);
  story.open(DOOR, false).open(DOOR);
  assert.equal(story.heard(), [], 'the door opened by itself');
});

test('an endpoint that says no room and kind of its own is no further member', async () => {
  const gang = (id: string) => ({
    id,
    capabilities: [{ name: 'onOff', properties: [{ name: 'on', type: 'boolean' }], commands: [] }],
  });
  const lamp = { id: 'lamp', name: 'Lamp', kind: 'light', room: 'hall', endpoints: [gang('1'), gang('2')] };
  const many = rule('many', { kind: 'event', event: 'go' }, { actions: [sayIt('names(room("hall"), "onOff.on")')] });
  const options = { rules: [many], home: BERLIN, startAt: 0, devices: [lamp as unknown as Device] };
  const engine = await createEngine(options);
  const on = (property: string) => ({ device: 'lamp', property, value: true });
  const { commands } = engine.step(0, [on('onOff.on'), on('onOff.on@2'), { event: 'go' }]);
  assert.is(commands[0]!['message'], 'Lamp');
});

test.run();
