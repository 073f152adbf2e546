// What is told of rules together before they run, each with a case beside it in which nothing is wrong.

import { check } from '@lintel/engine';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, rule } from './home.ts';
import { told, GO, NIGHT, STOP, say, put, tell, becomes, when } from './problem-cases.ts';

const test = suite('rules against one another');

test('shadowed: all of it is done over by a later rule on the same trigger', () => {
  const narrow = rule('narrow', [GO], [put(true)], { conditions: [NIGHT] });
  assert.equal(told([narrow, rule('wide', [GO], [put(false), say('x')])]), ['shadowed narrow /actions']);
  assert.equal(told([rule('wide', [GO], [put(false)]), narrow]), [], 'the narrow one comes later, and lasts');
  assert.equal(told([narrow, rule('wide', [GO], [put(false, 'other')])]), []);
  assert.equal(told([narrow, rule('wide', [{ kind: 'start' }], [put(false)])]), []);
  assert.equal(told([narrow, rule('later', [GO], [{ kind: 'delay', for: '1s' }, put(false)])]), []);
  assert.equal(told([narrow, rule('busy', [GO], [put(false), { kind: 'delay', for: '1h' }])]), [], 'it may be busy');
  const more = rule('more', [GO], [put(true), say('x')], { conditions: [NIGHT] });
  assert.equal(told([more, rule('wide', [GO], [put(false)])]), [], 'it says something besides');
});

test('conflict: also by a room, by commands, and under the same conditions; not under others', () => {
  const room: Action = { kind: 'set', target: { room: 'hall' }, values: { 'onOff.on': false } };
  const conflicts = (rules: Rule[]): string[] => told(rules).filter((each) => each.startsWith('conflict'));
  assert.equal(conflicts([rule('a', [GO], [put(true)]), rule('b', [GO], [room])]), ['conflict a /actions/0']);
  const doors = [rule('a', [GO], [tell('lock.lock', 'door')]), rule('b', [GO], [tell('lock.unlock', 'door')])];
  assert.equal(conflicts(doors), ['conflict a /actions/0']);
  const asked = { conditions: [NIGHT] };
  assert.equal(conflicts([rule('a', [GO], [put(true)], asked), rule('b', [GO], [put(false)], asked)]), [
    'conflict a /actions/0',
  ]);
  const other = { conditions: [{ kind: 'mode', is: 'home' } as const] };
  assert.equal(conflicts([rule('a', [GO], [put(true)], asked), rule('b', [GO], [put(false)], other)]), []);
  assert.equal(conflicts([rule('a', [GO], [put(true)]), rule('b', [GO], [put(true)])]), []);
});

test('a rule that another contradicts is a conflict alone; one that another repeats is shadowed', () => {
  const start = (id: string, on: boolean): Rule => rule(id, [GO], [put(on)]);
  assert.equal(told([start('a', true), start('b', false)]), ['conflict a /actions/0']);
  assert.equal(told([start('a', true), start('b', true)]), ['shadowed a /actions']);
  assert.equal(told([start('a', true), rule('wide', [GO], [put(false), say('x')])]), ['conflict a /actions/0']);
});

test('guard-bypass: what one rule asks before it opens, another does not', () => {
  const arrives: Trigger = { kind: 'presence', person: 'ada', becomes: 'home' };
  const careful = rule('careful', [arrives], [tell('lock.unlock', 'door')], { conditions: [NIGHT] });
  const careless = rule('careless', [becomes('occupancy.occupied', true, 'motion')], [tell('lock.unlock', 'door')]);
  assert.equal(told([careful, careless]), ['guard-bypass careless /actions/0']);
  const inside = rule('careful', [arrives], [when(NIGHT, tell('lock.unlock', 'door'))]);
  assert.equal(told([inside, careless]), ['guard-bypass careless /actions/0']);
  const stops = rule(
    'careful',
    [arrives],
    [{ kind: 'if', if: NIGHT, then: [], else: [STOP] }, tell('lock.unlock', 'door')],
  );
  assert.equal(told([stops, careless]), ['guard-bypass careless /actions/0']);
  assert.equal(told([careful, { ...careless, enabled: false }]), []);
  assert.equal(told([careful, rule('lock', [GO], [tell('lock.lock', 'door')])]), [], 'to lock takes no care');
  const pressed: Trigger = { kind: 'event', event: 'button.pressed', device: 'motion' };
  assert.equal(told([careful, rule('button', [pressed], [tell('lock.unlock', 'door')])]), [], 'a person has decided');
  const light: Condition = { kind: 'sun', after: 'sunrise' };
  const sunny = rule('sunny', [GO], [tell('cover.open', 'gate')], { conditions: [light] });
  const early = rule('early', [{ kind: 'time', at: '07:00' }], [tell('cover.open', 'gate')]);
  assert.equal(told([sunny, early]), [], 'the sun guards no door');
  const home = rule('home', [GO], [tell('cover.open', 'gate')], {
    conditions: [{ kind: 'presence', person: 'ada', is: 'home' }],
  });
  assert.equal(told([home, early]), ['guard-bypass early /actions/0']);
});

test('loop: only where what is set fires the trigger', () => {
  const offLater: Trigger = { kind: 'property', device: 'lamp', property: 'onOff.on', becomes: true, for: '5m' };
  assert.equal(told([rule('timer', [offLater], [put(false)])]), []);
  assert.equal(
    told([rule('again', [becomes('onOff.on', true)], [put(true)])]),
    [],
    'what is so already does not change',
  );
  assert.equal(
    told([rule('flip', [{ kind: 'property', device: 'lamp', property: 'onOff.on', changes: true }], [put(false)])]),
    ['loop flip /actions'],
  );
  assert.equal(told([rule('toggle', [becomes('onOff.on', true)], [tell('onOff.toggle', 'lamp')])]), [
    'loop toggle /actions',
  ]);
  const fight = [
    rule('on', [becomes('onOff.on', false)], [put(true)]),
    rule('off', [becomes('onOff.on', true)], [put(false)]),
  ];
  assert.equal(told(fight), ['loop on /actions', 'loop off /actions']);
});

test('a thousand rules on one trigger are looked at in a moment', () => {
  const rules = Array.from({ length: 1_000 }, (_, index) =>
    rule(
      `r${index}`,
      [GO],
      [put(index % 2 === 0, `lamp-${index % 300}`)],
      index % 3 === 0 ? { conditions: [NIGHT] } : {},
    ),
  );
  const few = rules.slice(0, 100);
  const cost = (some: readonly Rule[]): number => {
    const start = process.cpuUsage();
    check({ rules: some, home: BERLIN });
    const { user, system } = process.cpuUsage(start);
    return user + system;
  };
  const least = { few: Infinity, all: Infinity };
  for (let round = 0; round < 8; round += 1) {
    least.few = Math.min(least.few, cost(few));
    least.all = Math.min(least.all, cost(rules));
  }
  const ratio = least.all / least.few;
  assert.ok(ratio < 40, `ten times the rules cost ${ratio.toFixed(1)} times as much`);
});

test.run();
