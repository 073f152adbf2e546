// Triggers and conditions on events, the mode of the home, people, devices' reachability, webhooks and schedules.

import type { Condition, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { DOOR, begin, rule, sayIt, wait } from './story.ts';

const REMOTE = 'virtual:remote';
const press = (action: string, button?: string | number) => ({
  device: REMOTE,
  event: 'button.pressed',
  action,
  ...(button !== undefined && { button }),
});
const pressed = (more: object): Trigger => ({ kind: 'event', event: 'button.pressed', device: REMOTE, ...more });

test('an event fires by device, button and action', async () => {
  const story = await begin([
    rule('any', pressed({})),
    rule('double', pressed({ action: 'double' })),
    rule('one or hold', pressed({ action: ['single', 'hold'], button: 1 })),
  ]);
  assert.equal(story.happens(press('double', 1)).heard(), ['any', 'double']);
  assert.equal(story.happens(press('hold', '1')).heard(), ['any', 'one or hold']);
  assert.equal(story.happens(press('single', 2)).heard(), ['any']);
  assert.equal(story.happens({ ...press('double', 1), device: 'virtual:other' }).heard(), []);
});

test('the same press twice is two events', async () => {
  const story = await begin(rule('any', pressed({})));
  assert.equal(story.happens(press('single'), press('single')).heard(), ['any', 'any']);
});

test('without `device` it is an event of one’s own, with data', async () => {
  const story = await begin(
    rule('own', { kind: 'event', event: 'doorbell' }, { actions: [sayIt('"at " + trigger.data.place')] }),
  );
  assert.equal(story.happens({ event: 'doorbell', data: { place: 'gate' } }).heard(), ['at gate']);
  assert.equal(story.happens({ device: REMOTE, event: 'doorbell' }).heard(), []);
});

test('a mode fires on becoming and on leaving', async () => {
  const story = await begin([
    rule('away', { kind: 'mode', becomes: ['away', 'vacation'] }),
    rule('left night', { kind: 'mode', from: 'night' }),
    rule('up', { kind: 'mode', from: 'night', becomes: 'home' }),
  ]);
  assert.equal(story.happens({ mode: 'away' }).heard(), ['away']);
  assert.equal(story.happens({ mode: 'away' }).heard(), [], 'it is away already');
  assert.equal(story.happens({ mode: 'night' }, { mode: 'home' }).heard(), ['left night', 'up']);
});

test('the home is in mode "home" unless it is said', async () => {
  const isHome: Condition = { kind: 'mode', is: ['home', 'night'] };
  const story = await begin(rule('at home', { kind: 'manual' }, { conditions: [isHome] }));
  assert.equal(story.happens({ run: 'at-home' }).heard(), ['at home']);
  assert.equal(story.happens({ mode: 'away' }, { run: 'at-home' }).heard(), []);
});

const presence = (person: string, becomes: 'home' | 'away'): Trigger => ({ kind: 'presence', person, becomes });

test('a person comes and goes; where someone is at first only arms', async () => {
  const story = await begin([rule('hello', presence('ada', 'home')), rule('bye', presence('ada', 'away'))]);
  story.happens({ person: 'ada', presence: 'away' });
  assert.equal(story.heard(), []);
  story.happens(
    { person: 'ada', presence: 'home' },
    { person: 'ada', presence: 'home' },
    { person: 'ada', presence: 'away' },
  );
  assert.equal(story.heard(), ['hello', 'bye']);
});

test('`anyone` and `everyone` fire when that statement becomes true, not per person', async () => {
  const story = await begin([
    rule('someone came', presence('anyone', 'home')),
    rule('someone left', presence('anyone', 'away')),
    rule('all gone', presence('everyone', 'away')),
    rule('all here', presence('everyone', 'home')),
  ]);
  const ada = (where: 'home' | 'away') => ({ person: 'ada', presence: where });
  const bob = (where: 'home' | 'away') => ({ person: 'bob', presence: where });
  story.happens(ada('away'), bob('away'));
  assert.equal(story.happens(ada('home')).heard(), ['someone came']);
  assert.equal(story.happens(bob('home')).heard(), ['all here']);
  assert.equal(story.happens(ada('away')).heard(), ['someone left']);
  assert.equal(story.happens(bob('away')).heard(), ['all gone']);
});

test('a presence condition', async () => {
  const alone: Condition = { kind: 'not', condition: { kind: 'presence', person: 'anyone', is: 'home' } };
  const story = await begin(rule('alone', { kind: 'manual' }, { conditions: [alone] }));
  assert.equal(story.happens({ run: 'alone' }).heard(), [], 'no one was ever heard of');
  assert.equal(story.happens({ person: 'ada', presence: 'away' }, { run: 'alone' }).heard(), ['alone']);
});

test('a device that is offline for a while', async () => {
  const story = await begin(rule('lost', { kind: 'online', device: REMOTE, becomes: false, for: '10m' }));
  const online = (is: boolean) => ({ device: REMOTE, online: is });
  story
    .happens(online(true))
    .happens(online(false))
    .after('5m')
    .happens(online(true))
    .happens(online(false))
    .after('9m');
  assert.equal(story.heard(), []);
  assert.equal(story.after('1m').heard(), ['lost']);
});

test('an online condition', async () => {
  const there: Condition = { kind: 'online', device: REMOTE, is: true };
  const story = await begin(rule('there', { kind: 'manual' }, { conditions: [there] }));
  assert.equal(story.happens({ run: 'there' }).heard(), []);
  assert.equal(story.happens({ device: REMOTE, online: true }, { run: 'there' }).heard(), ['there']);
});

test('a webhook fires by its name, with data', async () => {
  const story = await begin(
    rule('hook', { kind: 'webhook', webhook: 'parcel' }, { actions: [sayIt('trigger.data["where"]')] }),
  );
  assert.equal(story.happens({ webhook: 'other' }).heard(), []);
  assert.equal(story.happens({ webhook: 'parcel', data: { where: 'porch' } }).heard(), ['porch']);
});

test('a schedule fires when it says something new, and is asked as a condition', async () => {
  const story = await begin([
    rule('warm', { kind: 'schedule', schedule: 'heating', becomes: 21 }),
    rule('is warm', { kind: 'manual' }, { conditions: [{ kind: 'schedule', schedule: 'heating', is: [20, 21] }] }),
  ]);
  story.happens({ schedule: 'heating', value: 17 }, { run: 'is-warm' });
  assert.equal(story.heard(), []);
  story.happens({ schedule: 'heating', value: 21 }, { schedule: 'heating', value: 21 }, { run: 'is-warm' });
  assert.equal(story.heard(), ['warm', 'is warm']);
});

test('an expression fires from false to true; from unknown to true it only arms', async () => {
  const warmer =
    'device("virtual:in")["temperature.temperature"] > device("virtual:out")["temperature.temperature"] + 2';
  const story = await begin(rule('open up', { kind: 'expression', expression: warmer }));
  const report = (device: string, value: number | null) =>
    story.report(device, 'temperature.temperature', value).heard();
  assert.equal(report('virtual:in', 25), []);
  assert.equal(report('virtual:out', 20), [], 'from unknown to true');
  assert.equal(report('virtual:out', 24), []);
  assert.equal(report('virtual:out', 22), ['open up']);
  assert.equal(report('virtual:out', 21), [], 'still true');
  assert.equal(report('virtual:out', null), []);
  assert.equal(report('virtual:out', 21), [], 'unknown in between is skipped');
});

test('an expression may have to hold for a while', async () => {
  const expression = 'device("virtual:in")["temperature.temperature"] > 20';
  const story = await begin(rule('warm', { kind: 'expression', expression, for: '5m' }));
  const report = (value: number) => story.report('virtual:in', 'temperature.temperature', value);
  report(19);
  report(21).after('4m');
  report(22).after('1m');
  assert.equal(story.heard(), ['warm']);
});

test('a time trigger may read a variable or a property', async () => {
  const story = await begin([
    rule('variable', { kind: 'time', at: { variable: 'wakeUp' } }),
    rule(
      'property',
      { kind: 'time', at: { device: 'virtual:phone', property: 'generic.alarm' } },
      { actions: [sayIt('"alarm"'), wait('1s')] },
    ),
  ]);
  story.after('1d');
  assert.equal(story.heard(), [], 'unknown times fire nothing');
  story.happens({ variable: 'wakeUp', value: '13:30' }).report('virtual:phone', 'generic.alarm', '12:30').after('3h');
  assert.equal(story.heardAt(), ['01-15 12:30:00 alarm', '01-15 13:30:00 variable']);
});

test('a mode and an expression as conditions', async () => {
  const conditions: Condition[] = [
    { kind: 'mode', is: ['away', 'night'] },
    { kind: 'expression', expression: `device("${DOOR}")["contact.open"]` },
  ];
  const story = await begin(rule('asked', { kind: 'manual' }, { conditions }));
  story.happens({ run: 'asked' }, { mode: 'away' }, { run: 'asked' }).open(DOOR).happens({ run: 'asked' });
  assert.equal(story.heard(), ['asked']);
  assert.equal(story.ends(), ['asked conditions', 'asked conditions', 'asked finished']);
});

test.run();
