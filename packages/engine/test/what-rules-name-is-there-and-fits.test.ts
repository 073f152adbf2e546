// What rules name that the home has not, and values in expressions that do not fit, each with its place.

import { check, type HomeNames } from '@lintel/engine';
import type { Condition, Rule } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, rule } from './home.ts';
import { DEVICES, when } from './problem-cases.ts';

const test = suite('what rules name');
const computed = (expression: string): Condition => ({ kind: 'expression', expression });

test('unknown: rooms, scenes, people and whatever else has a name, also inside expressions', () => {
  const names = {
    rooms: ['hall'],
    floors: ['upstairs'],
    groups: ['lamps'],
    scenes: ['dusk'],
    people: ['ada'],
    schedules: ['heating'],
    variables: ['visits'],
    automations: [],
  };
  const all = {
    person: 'ada',
    variable: 'visits',
    room: 'hall',
    group: 'lamps',
    floor: 'upstairs',
    schedule: 'heating',
    scene: 'dusk',
    automation: 'r',
  };
  const named = (of: Record<keyof typeof all, string>): Rule =>
    rule(
      'r',
      [
        { kind: 'presence', person: of.person, becomes: 'home' },
        { kind: 'presence', person: 'anyone', becomes: 'home' },
        { kind: 'time', at: { variable: of.variable } },
        { kind: 'property', device: { room: of.room }, property: 'onOff.on', becomes: true },
      ],
      [
        { kind: 'set', target: { group: of.group }, values: { 'onOff.on': true } },
        {
          kind: 'set',
          target: { floor: of.floor },
          values: { 'onOff.on': { expression: `schedule("${of.schedule}")` } },
        },
        when({ kind: 'schedule', schedule: of.schedule, is: true }, { kind: 'scene', scene: of.scene }),
        { kind: 'emit', event: 'x', data: { room: 'anything', person: { expression: `variable("${of.variable}")` } } },
        { kind: 'variable', name: 'own', value: 1 },
        { kind: 'automation', automation: of.automation, do: 'run' },
      ],
      { conditions: [computed(`count(room("${of.room}"), "onOff.on") > 0 && variable("own") > 0`)] },
    );
  const unknown = (each: Rule, known: HomeNames | undefined = names): string[] =>
    check({ rules: [each], home: BERLIN, devices: DEVICES, ...(known && { names: known }) })
      .problems.filter(({ code }) => code.startsWith('unknown-'))
      .map(({ code, pointer, message }) => `${code} ${pointer} ${message}`);
  assert.equal(unknown(named(all)), []);
  const gone = Object.fromEntries(Object.keys(all).map((thing) => [thing, `no ${thing}`])) as typeof all;
  assert.equal(unknown(named(gone)), [
    'unknown-person /triggers/0/person there is no person "no person"',
    'unknown-variable /triggers/2/at/variable there is no variable "no variable"',
    'unknown-room /triggers/3/device/room there is no room "no room"',
    'unknown-room /conditions/0/expression there is no room "no room"',
    'unknown-group /actions/0/target/group there is no group "no group"',
    'unknown-floor /actions/1/target/floor there is no floor "no floor"',
    'unknown-schedule /actions/1/values/onOff.on/expression there is no schedule "no schedule"',
    'unknown-schedule /actions/2/if/schedule there is no schedule "no schedule"',
    'unknown-scene /actions/2/then/0/scene there is no scene "no scene"',
    'unknown-variable /actions/3/data/person/expression there is no variable "no variable"',
    'unknown-automation /actions/5/automation there is no automation "no automation"',
  ]);
  const { rooms: _, ...others } = names;
  assert.equal(unknown(named({ ...all, room: 'x' }), others), [], 'rooms are not known');
  const none = { rooms: 5 } as unknown as HomeNames;
  assert.throws(() => check({ rules: [], home: BERLIN, names: none }), /expected a list as rooms/);
});

test('type: what does not fit inside an expression is named; what may be anything is not', () => {
  const cases: [string, string[]][] = [
    [
      'device("lamp")["onOff.on"] && device("lamp")["level.level"]',
      ['&& goes with true or false; level.level of "lamp" is a number'],
    ],
    ['device("lamp")["onOff.on"] > 0.5', ['> goes with a number; onOff.on of "lamp" is true or false']],
    [
      'device("meter")["temperature.temperature"] == "warm"',
      ['== compares temperature.temperature of "meter", a number, with "warm", a text'],
    ],
    [
      'device("door")["lock.state"] == "shut"',
      ['lock.state of "door" is one of locked, unlocked, unlatched, jammed, unknown, never "shut"'],
    ],
    [
      '"shut" != device("door")["lock.state"]',
      ['lock.state of "door" is one of locked, unlocked, unlatched, jammed, unknown, never "shut"'],
    ],
    ['1 + true > 0', ['+ goes with a number; true is true or false']],
    ['!hour', ['! goes with true or false; hour is a number']],
    ['-weekday < 3', ['- goes with a number; weekday is a text']],
    ['clamp("a", 1, 2) > 1', ['clamp goes with a number; "a" is a text']],
    ['device("lamp")["level.level"]', ['expected true or false; this gives a number']],
    ['"it is " + device("lamp")["onOff.on"] == "it is true"', []],
    ['device("lamp")["level.level"] == unknown || unknown != device("lamp")["onOff.on"]', []],
    ['device("door")["lock.state"] == "locked" && device("door")["online"]', []],
    ['variable("a") + true == schedule("b") && variable("c")', []],
    ['trigger.value > 3 && trigger.data["x"] == 1 && wait.timedOut && repeat.item == "x"', []],
    ['device("gone")["x.y"] > 1 && count(room("hall"), "onOff.on") > 0 && since("lamp", "onOff.on") > 1', []],
  ];
  for (const [expression, expected] of cases) {
    const one = rule('r', [{ kind: 'manual' }, { kind: 'expression', expression }], [{ kind: 'stop' }]);
    const found = check({ rules: [one], home: BERLIN, devices: DEVICES }).problems.filter(
      ({ code }) => code === 'type',
    );
    assert.equal(
      found.map(({ pointer, message }) => [pointer, message]),
      expected.map((message) => ['/triggers/1/expression', message]),
      expression,
    );
  }
});

test('type: what a set works out is of the type of the property', () => {
  const put = (expression: string): string[] => {
    const action = {
      kind: 'set',
      target: { devices: ['lamp', 'other'] },
      values: { 'level.level': { expression } },
    } as const;
    return check({ rules: [rule('r', [{ kind: 'start' }], [action])], home: BERLIN, devices: DEVICES }).problems.map(
      ({ code, pointer, message }) => `${code} ${pointer} ${message}`,
    );
  };
  assert.equal(put('"half"'), [
    'type /actions/0/values/level.level/expression level.level: expected a number; this gives a text',
  ]);
  assert.equal(put('hour / 24'), []);
  assert.equal(put('variable("wanted")'), []);
  assert.equal(put('unknown'), []);
});

test.run();
