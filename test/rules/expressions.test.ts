// Expressions: arithmetic, text, three-valued logic, and what they can see.

import { createEngine } from '@lintel/engine';
import type { RuleError } from '@lintel/engine';
import type { Action } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import { BERLIN, METER, begin, rule, sayIt } from './story.ts';

/** What an expression says, as a `variable` action would store it and a `set` would send it. */
async function said(...expressions: string[]): Promise<unknown[]> {
  const values = Object.fromEntries(expressions.map((expression, index) => [`generic.x${index}`, { expression }]));
  const story = await begin(
    rule(
      'says',
      { kind: 'event', event: 'go' },
      { actions: [{ kind: 'set', target: { device: 'virtual:x' }, values }] },
    ),
  );
  story
    .temperature(20)
    .after('90s')
    .happens({ event: 'go', data: { x: 5 } });
  return Object.values(story.commands()[0]!['values'] as object);
}

const t = `device("${METER}")["temperature.temperature"]`;

test('arithmetic binds as one expects', async () => {
  assert.equal(await said('1 + 2 * 3', '(1 + 2) * 3', '10 - 4 - 3', '7 % 4', '-2 + 1', '2 / 4'), [7, 9, 3, 3, -1, 0.5]);
});

test('functions', async () => {
  assert.equal(
    await said('min(3, 1, 2)', 'max(1, 2)', 'abs(-4)', 'round(2.6)', 'clamp(12, 0, 10)', 'clamp(-1, 0, 10)'),
    [1, 2, 4, 3, 10, 0],
  );
});

test('text: `+` with a string joins, and `text` sets the digits', async () => {
  assert.equal(await said('"a" + \'b\'', '"t = " + text(20.126, 2)', '1 + "x"', 'text(3, 0)'), [
    'ab',
    't = 20.13',
    '1x',
    '3',
  ]);
});

test('comparisons and equality', async () => {
  assert.equal(await said('1 < 2', '2 <= 2', '1 > 2', '"a" == "a"', '1 != 2', 'true == true'), [
    true,
    true,
    false,
    true,
    true,
    true,
  ]);
});

test('a wrong type or a division by zero is unknown', async () => {
  assert.equal(
    await said('1 / 0', '1 % 0', '"a" * 2', 'true + 1', '!5', '-"a"', 'abs("x")', '"a" < 1'),
    Array(8).fill(null),
  );
});

test('`&&` and `||` are three-valued', async () => {
  assert.equal(
    await said(
      'false && unknown',
      'unknown && false',
      'true && unknown',
      'true || unknown',
      'unknown || true',
      'false || unknown',
      '!unknown',
    ),
    [false, false, null, true, true, null, null],
  );
});

test('a property, the time since its change, and an unknown one', async () => {
  assert.equal(
    await said(
      t,
      `since("${METER}", "temperature.temperature")`,
      `${t} + 0.5`,
      'device("virtual:none")["temperature.temperature"]',
    ),
    [20, 90_000, 20.5, null],
  );
});

test('the time and the sun', async () => {
  const [now, hour, weekday, elevation, azimuth] = await said(
    'now',
    'hour',
    'weekday',
    'round(sun.elevation)',
    'round(sun.azimuth)',
  );
  assert.equal([now, hour, weekday], [Date.parse('2026-01-14T11:01:30Z'), 12, 'wed']);
  assert.is(elevation, 16);
  assert.is(azimuth, 177);
});

test('the trigger', async () => {
  assert.equal(await said('trigger.data.x', 'trigger.id', 'trigger.device'), [5, '0', null]);
});

/** Which numbers come is the engine's own affair, so it tells this story alone. */
async function drawn(seed: number): Promise<unknown[]> {
  const values = { 'generic.a': { expression: 'random(1, 2)' }, 'generic.b': { expression: 'random(1, 2)' } };
  const rules = [
    rule('draws', { kind: 'manual' }, { actions: [{ kind: 'set', target: { device: 'virtual:x' }, values }] }),
  ];
  const engine = await createEngine({ rules, home: BERLIN, startAt: 0, seed });
  const { commands } = engine.step(0, [{ run: 'draws' }]);
  engine.close();
  return Object.values(commands[0]!['values'] as object);
}

test('`random` comes from the seed and stays between its ends', async () => {
  const [a, b] = await drawn(7);
  assert.ok(typeof a === 'number' && a >= 1 && a <= 2);
  assert.is.not(a, b);
  assert.equal(await drawn(7), [a, b]);
  assert.is.not((await drawn(8))[0], a);
});

const inHall = (id: string, kind: 'sensor' | 'light') => ({ id, kind, room: 'hall', name: `Old ${id}`, endpoints: [] });

test('`count`, `names` and `avg` speak of a set of devices, as it is known', async () => {
  const asked = [
    'text(count(room("hall"), "contact.open"), 0)',
    'text(count(home("sensor"), "temperature.temperature", ">", 20), 0)',
    'names(room("hall"), "contact.open")',
    'text(avg(devices("a", "b", "c"), "temperature.temperature"), 1)',
    'text(count(floor("attic"), "contact.open"), 0)',
  ];
  const home = { ...BERLIN, rooms: [{ id: 'hall', floor: 'ground' }] };
  const devices = [inHall('a', 'sensor'), inHall('b', 'sensor'), inHall('c', 'light')];
  const story = await begin(rule('tells', { kind: 'manual' }, { actions: asked.map(sayIt) }), { home, devices });
  story.open('a').open('b', false).open('c');
  story.report('a', 'temperature.temperature', 20).report('b', 'temperature.temperature', 25);
  assert.equal(story.happens({ run: 'tells' }).heard(), ['2', '1', 'Old a, Old c', '22.5', '0']);
});

test('a schedule, and a value gone over', async () => {
  const each: Action = { kind: 'repeat', each: ['x', true, 3], actions: [sayIt('repeat.item == 3')] };
  const story = await begin(rule('tells', { kind: 'manual' }, { actions: [sayIt('schedule("heating")'), each] }));
  story.happens({ schedule: 'heating', value: 21 }, { run: 'tells' });
  assert.equal(story.heard(), [21, false, false, true]);
});

test('what is wrong in an expression is refused where it stands', async () => {
  const pointerOf = async (expression: string, wrap: (action: Action) => Action): Promise<string> => {
    const refused = begin(rule('wrong', { kind: 'manual' }, { actions: [wrap(sayIt(expression))] }));
    return refused.then(
      () => 'taken',
      (error: RuleError) => error.pointer,
    );
  };
  const repeat = (action: Action): Action => ({ kind: 'repeat', count: 2, actions: [action] });
  const over: Action = { kind: 'repeat', each: [1, { expression: '1 +' }], actions: [] };
  assert.is(await pointerOf('count(home, "a.b", "!=", 1)', repeat), '/actions/0/actions/0/message/expression');
  assert.is(await pointerOf('1', () => over), '/actions/0/each/1/expression');
});

test('values that are worked out from one another grow only so far', async () => {
  const wide = (name: string): string => Array.from({ length: 200 }, () => name).join(' + ');
  const nest = (inner: Action): Action => ({
    kind: 'repeat',
    each: Array.from({ length: 1000 }, () => ({ expression: wide('repeat.item') })),
    actions: [inner],
  });
  const refused = await begin(
    rule('wide', { kind: 'manual' }, { actions: [nest(nest(sayIt(wide('repeat.item'))))] }),
  ).then(
    () => 'taken',
    (error: RuleError) => error.message,
  );
  assert.is(refused, 'this is worked out from too much');
});

test.run();
