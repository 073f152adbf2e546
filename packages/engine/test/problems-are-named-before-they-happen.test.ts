// What is told of rules by themselves before they run, each with a case beside it in which nothing is wrong.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { check } from '@lintel/engine';
import type { Action, Condition, Rule, Trigger } from '@lintel/model';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { RULES } from '../../../test/browser/furnished-rules.ts';
import { BERLIN, rule } from './home.ts';
import { becomes, crosses, damp, GO, is, NIGHT, put, say, STOP, tell, told, when } from './problem-cases.ts';

const test = suite('problems of rules');
const computed = (expression: string): Condition => ({ kind: 'expression', expression });

test('unreachable: behind a stop, also one in every branch', () => {
  assert.equal(told([rule('r', [GO], [say('a'), STOP, say('b')])]), ['unreachable r /actions/2']);
  const both: Action = { kind: 'if', if: NIGHT, then: [STOP], else: [say('x'), STOP] };
  assert.equal(told([rule('r', [GO], [both, say('b')])]), ['unreachable r /actions/1']);
  assert.equal(told([rule('r', [GO], [when(NIGHT, STOP), say('b')])]), []);
});

test('unreachable: conditions that never hold together', () => {
  const cases: [Condition[], boolean][] = [
    [[damp({ above: 5 }), damp({ below: 3 })], true],
    [[damp({ above: 3 }), damp({ below: 5 })], false],
    [[damp({ between: [1, 4] }), damp({ above: 4 })], true],
    [[damp({ between: [1, 4] }), damp({ above: 3.9 })], false],
    [[NIGHT, { kind: 'mode', is: ['home', 'away'] }], true],
    [[NIGHT, { kind: 'not', condition: NIGHT }], true],
    [[is('onOff.on', true), is('onOff.on', false)], true],
    [[is('onOff.on', true), is('onOff.on', false, 'other')], false],
    [[is('onOff.on', true), { kind: 'property', device: 'lamp', property: 'onOff.on', unknown: true }], true],
    [[{ kind: 'time', after: '08:00', before: '08:00' }], true],
    [[{ kind: 'time', after: '22:00', before: '06:00' }], false],
    [
      [
        { kind: 'time', after: '08:00', before: '10:00' },
        { kind: 'time', after: '10:00' },
      ],
      true,
    ],
    [
      [
        { kind: 'time', weekdays: ['sat'] },
        { kind: 'time', weekdays: ['sun', 'mon'] },
      ],
      true,
    ],
    [
      [
        { kind: 'time', weekdays: ['sat'] },
        { kind: 'time', weekdays: ['holiday'] },
      ],
      false,
    ],
    [
      [
        { kind: 'presence', person: 'ada', is: 'home' },
        { kind: 'presence', person: 'ada', is: 'away' },
      ],
      true,
    ],
    [
      [
        { kind: 'presence', person: 'ada', is: 'home' },
        { kind: 'presence', person: 'bob', is: 'away' },
      ],
      false,
    ],
    [
      [
        { kind: 'or', conditions: [NIGHT, is('onOff.on', true)] },
        { kind: 'mode', is: 'home' },
      ],
      false,
    ],
    [
      [
        { kind: 'or', conditions: [NIGHT, { kind: 'mode', is: 'away' }] },
        { kind: 'mode', is: 'home' },
      ],
      true,
    ],
    [[{ kind: 'expression', expression: 'false' }], true],
  ];
  for (const [conditions, never] of cases) {
    const found = told([rule('r', [GO], [say('x')], { conditions })]);
    assert.equal(
      found,
      never ? [`unreachable r /conditions/${conditions.length - 1}`] : [],
      JSON.stringify(conditions),
    );
  }
});

test('unreachable: branches, choices behind what is always taken, rounds that never come', () => {
  const choose = (...conditions: Condition[]): Action => ({
    kind: 'choose',
    choices: conditions.map((condition) => ({ if: condition, then: [say('x')] })),
    else: [say('y')],
  });
  const always: Condition = { kind: 'expression', expression: 'true' };
  const cases: [Action[], string[]][] = [
    [[when(NIGHT, when({ kind: 'mode', is: 'home' }, say('x')))], ['/actions/0/then/0/then']],
    [[when(NIGHT, { kind: 'delay', for: '1h' }, when({ kind: 'mode', is: 'home' }, say('x')))], []],
    [[choose(damp({ above: 20 }), damp({ above: 25 }))], ['/actions/0/choices/1']],
    [[choose(damp({ above: 25 }), damp({ above: 20 }))], []],
    [[choose(NIGHT, NIGHT)], ['/actions/0/choices/1']],
    [[choose(always, NIGHT)], ['/actions/0/choices/1', '/actions/0/else']],
    [[{ kind: 'repeat', count: 0, actions: [say('x')] }], ['/actions/0/actions']],
    [[{ kind: 'if', if: always, then: [say('x')], else: [say('y')] }], ['/actions/0/else']],
  ];
  for (const [actions, pointers] of cases)
    assert.equal(
      told([rule('r', [GO], actions)]),
      pointers.map((pointer) => `unreachable r ${pointer}`),
      JSON.stringify(actions),
    );
});

test('never-fires: limits that are never crossed, conditions that the trigger itself rules out', () => {
  const cases: [Trigger, Condition[], boolean][] = [
    [crosses({ above: 100 }), [], true],
    [crosses({ above: 99 }), [], false],
    [crosses({ below: 0 }), [], true],
    [crosses({ above: -1 }), [], true],
    [crosses({ above: 70 }), [damp({ below: 60 })], true],
    [crosses({ above: 70 }), [damp({ below: 80 })], false],
    [{ kind: 'mode', becomes: 'night', from: 'night' }, [], true],
    [{ kind: 'mode', becomes: 'night' }, [{ kind: 'mode', is: 'home' }], true],
    [{ kind: 'time', at: '07:00' }, [{ kind: 'time', after: '08:00', before: '10:00' }], true],
    [{ kind: 'time', at: ['07:00', '09:00'] }, [{ kind: 'time', after: '08:00', before: '10:00' }], false],
    [{ kind: 'time', at: '07:00', weekdays: ['sat'] }, [{ kind: 'time', weekdays: ['mon', 'tue'] }], true],
    [{ kind: 'time', at: '07:00', dates: ['2027-12-24'], weekdays: ['mon'] }, [], true],
    [{ kind: 'time', at: '07:00', dates: ['2027-12-24'], weekdays: ['fri'] }, [], false],
    [{ kind: 'presence', person: 'ada', becomes: 'home' }, [{ kind: 'presence', person: 'ada', is: 'away' }], true],
  ];
  for (const [trigger, conditions, never] of cases) {
    const found = told([rule('r', [trigger], [say('x')], { conditions })]);
    assert.equal(found, never ? ['never-fires r /triggers/0'] : [], JSON.stringify([trigger, conditions]));
  }
  const asked: Condition[] = [{ kind: 'trigger', is: 'a' }];
  assert.equal(
    told([
      rule(
        'r',
        [
          { ...GO, id: 'a' },
          { kind: 'start', id: 'b' },
        ],
        [say('x')],
        { conditions: asked },
      ),
    ]),
    ['never-fires r /triggers/1'],
  );
});

test('nothing is told of the rules in the documentation, nor of the furnished home', () => {
  const text = readFileSync(join(import.meta.dirname, '../../../docs/rules.md'), 'utf8');
  const examples = (heading: string): unknown[] => {
    const start = text.indexOf(`\n## ${heading}`);
    const section = text.slice(start, text.indexOf('\n## ', start + 4));
    return [...section.matchAll(/```json\n([\s\S]*?)```/g)].map((match) => JSON.parse(match[1]!) as unknown);
  };
  const rules = [
    ...examples('When').map((each, index) => rule(`when-${index}`, [each as Trigger], [say('x')])),
    ...examples('If').map((each, index) => rule(`if-${index}`, [GO], [say('x')], { conditions: [each as Condition] })),
    ...examples('Then').map((each, index) => rule(`then-${index}`, [GO], [each as Action])),
    ...RULES.filter(({ id }) => id !== 'everything'),
  ].filter(({ triggers }) => triggers.some(({ kind }) => kind !== 'manual'));
  assert.ok(rules.length > 50);
  assert.equal(check({ rules, home: BERLIN }).problems, []);
});

test('unknown devices, properties and commands: also inside expressions', () => {
  const cases: [Rule, string[]][] = [
    [rule('r', [GO], [tell('lock.lock', 'lamp')]), ['unknown-property r /actions/0/command']],
    [rule('r', [GO], [tell('lock.lock', 'door'), tell('onOff.toggle', 'lamp')]), []],
    [rule('r', [GO], [tell('lock.lock', 'gone')]), ['unknown-device r /actions/0/target/device']],
    [
      rule('r', [GO], [say('x')], { conditions: [computed('device("gone")["onOff.on"]')] }),
      ['unknown-device r /conditions/0/expression'],
    ],
    [
      rule('r', [GO], [say('x')], { conditions: [computed('device("lamp")["lock.state"] == "locked"')] }),
      ['unknown-property r /conditions/0/expression'],
    ],
    [
      rule('r', [GO], [say('x')], {
        conditions: [computed('device("lamp")["onOff.on"] && since("motion", "occupancy.occupied") > 1')],
      }),
      [],
    ],
    [
      rule('r', [GO], [say('x')], { conditions: [computed('count(devices("lamp", "gone"), "onOff.on") > 0')] }),
      ['unknown-device r /conditions/0/expression'],
    ],
    [
      rule('r', [GO], [{ kind: 'notify', message: { expression: 'since("gone", "onOff.on") + "x"' } }]),
      ['unknown-device r /actions/0/message/expression'],
    ],
  ];
  for (const [each, expected] of cases) assert.equal(told([each]), expected);
});

test('every place that does not fit is named, not only the first', () => {
  const both = rule('r', [becomes('onOff.on', 'yes')], [put(true, 'gone'), tell('lock.lock', 'lamp')]);
  assert.equal(told([both]), [
    'type r /triggers/0/becomes',
    'unknown-device r /actions/0/target/device',
    'unknown-property r /actions/1/command',
  ]);
});

test('loop: through the mode, where the mode that is set is one that triggers', () => {
  const turns = (id: string, from: string, to: string) =>
    rule(id, [{ kind: 'mode', becomes: from }], [{ kind: 'mode', mode: to }]);
  assert.equal(told([turns('a', 'away', 'night'), turns('b', 'night', 'away')]), [
    'loop a /actions',
    'loop b /actions',
  ]);
  assert.equal(told([turns('a', 'away', 'night'), turns('b', 'night', 'home')]), []);
  assert.equal(told([turns('a', 'away', 'away')]), []);
  assert.equal(told([rule('a', [{ kind: 'mode' }], [{ kind: 'mode', mode: 'x' }])]), ['loop a /actions']);
  assert.equal(told([rule('a', [{ kind: 'mode', becomes: 'x' }], [{ kind: 'mode', mode: { expression: '"x"' } }])]), [
    'loop a /actions',
  ]);
});

test.run();
