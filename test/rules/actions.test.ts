// What actions do, and what comes out of them as commands.

import type { Action, Condition, Trigger } from '@lintel/model';
import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Command } from '../reference/state.ts';
import { DOOR, METER, begin, isOpen, opens, rule, say, sayIt, wait } from './story.ts';

const go: Trigger = { kind: 'event', event: 'go' };
const doing = (...actions: Action[]) => rule('does', go, { actions });

/** A command without its head. */
const body = ({ id: _id, at: _at, rule: _rule, run: _run, cause: _cause, ...rest }: Command): object => rest;

async function heard(...actions: Action[]): Promise<unknown[]> {
  return (await begin(doing(...actions))).happens({ event: 'go' }).heard();
}

async function commands(...actions: Action[]): Promise<object[]> {
  return (await begin(doing(...actions))).happens({ event: 'go' }).commands().map(body);
}

test('a `set` comes out as it is written, durations in ms, its target untouched', async () => {
  const set: Action = {
    kind: 'set',
    target: { room: 'hall', except: [DOOR] },
    values: { 'onOff.on': true, 'level.level': 0.3 },
    transition: '1s',
    for: '20m',
  };
  assert.equal(await commands(set), [{ ...set, transition: 1000, for: 1_200_000 }]);
});

test('a command has its own instant, its run and its cause', async () => {
  const story = await begin(doing(wait('10s'), say('later')));
  const [command] = story.happens({ event: 'go', sequence: 7 }).after('1h').commands();
  assert.is(command!.at, Date.parse('2026-01-14T11:00:10Z'));
  assert.equal([command!.rule, command!.run, command!.cause], ['does', 1, 7]);
});

test('`{trigger: true}` is the device that triggered', async () => {
  const off: Action = { kind: 'set', target: { trigger: true }, values: { 'onOff.on': false } };
  const story = await begin(rule('off', opens(), { actions: [off] }));
  story.open(DOOR, false).open(DOOR);
  assert.equal(story.commands().map(body), [{ ...off, target: { device: DOOR } }]);
});

test('a value may be an expression', async () => {
  const dim: Action = {
    kind: 'set',
    target: { device: 'virtual:lamp' },
    values: { 'level.level': { expression: `clamp(device("${METER}")["temperature.temperature"] / 100, 0, 1)` } },
  };
  const story = await begin(doing(dim));
  story.temperature(25).happens({ event: 'go' });
  assert.equal(story.commands().map(body), [{ ...dim, values: { 'level.level': 0.25 } }]);
});

test('commands, scenes, notifications, saving and restoring come out', async () => {
  const actions: Action[] = [
    { kind: 'command', target: { device: 'virtual:lock' }, command: 'lock.lock', args: { slot: 3 } },
    { kind: 'save', target: { room: 'hall' }, as: 'before' },
    { kind: 'scene', scene: 'evening' },
    { kind: 'restore', as: 'before' },
    { kind: 'notify', message: 'hello', title: 'Hall', to: 'ada', tag: 't', critical: true },
  ];
  assert.equal(await commands(...actions), actions);
});

test('`mode` and `emit` come out too; `variable` and `automation` do not', async () => {
  const actions: Action[] = [
    { kind: 'mode', mode: 'night' },
    { kind: 'emit', event: 'ding', data: { x: { expression: '1 + 1' } } },
    { kind: 'variable', name: 'count', value: 1 },
    { kind: 'automation', automation: 'does', do: 'enable' },
  ];
  assert.equal(await commands(...actions), [
    { kind: 'mode', mode: 'night' },
    { kind: 'emit', event: 'ding', data: { x: 2 } },
  ]);
});

const yes: Condition = { kind: 'mode', is: 'home' };
const no: Condition = { kind: 'mode', is: 'away' };

test('`if` takes then or else; unknown takes else', async () => {
  const asks = (condition: Condition): Action => ({
    kind: 'if',
    if: condition,
    then: [say('then')],
    else: [say('else')],
  });
  assert.equal(await heard(asks(yes), asks(no), asks(isOpen()), { kind: 'if', if: no, then: [say('then')] }), [
    'then',
    'else',
    'else',
  ]);
});

test('`choose` takes the first choice that passes, or else', async () => {
  const choices = [
    { if: no, then: [say('a')] },
    { if: yes, then: [say('b')] },
    { if: yes, then: [say('c')] },
  ];
  assert.equal(await heard({ kind: 'choose', choices, else: [say('d')] }), ['b']);
  assert.equal(await heard({ kind: 'choose', choices: choices.slice(0, 1), else: [say('d')] }), ['d']);
});

test('`repeat` counts from 1', async () => {
  const round = { kind: 'notify', message: { expression: 'text(repeat.index, 0)' } } as const;
  assert.equal(await heard({ kind: 'repeat', count: 3, actions: [round] }), ['1', '2', '3']);
  assert.equal(await heard({ kind: 'repeat', count: 0, actions: [round] }), []);
});

test('`repeat each` takes the values in turn', async () => {
  assert.equal(await heard({ kind: 'repeat', each: ['a', 'b'], actions: [sayIt('repeat.item')] }), ['a', 'b']);
});

test('a value of `repeat each` may be worked out', async () => {
  const values = [1, { expression: 'variable("n") + 1' }, { expression: 'repeat.item' }, null, { expression: '"x"' }];
  const each: Action = { kind: 'repeat', each: values, actions: [sayIt('repeat.item')] };
  const before: Action = { kind: 'variable', name: 'n', value: 41 };
  assert.equal(await heard(before, each), [1, 42, 'notify', 'notify', 'x']);
  const inside: Action = {
    kind: 'repeat',
    each: [{ expression: '"a" + "b"' }],
    actions: [
      { kind: 'repeat', each: [{ expression: 'repeat.item + "c"' }, 7], actions: [sayIt('"-" + repeat.item + "-"')] },
      { kind: 'if', if: { kind: 'expression', expression: 'repeat.item == "ab" && true' }, then: [say('so')] },
    ],
  };
  assert.equal(await heard(inside), ['-abc-', '-7-', 'so']);
});

test('a loop in a loop has an index of its own', async () => {
  const inner: Action = { kind: 'repeat', count: 2, actions: [sayIt('"i" + text(repeat.index, 0)')] };
  const outer: Action = { kind: 'repeat', count: 2, actions: [inner, sayIt('"o" + text(repeat.index, 0)')] };
  assert.equal(await heard(outer), ['i1', 'i2', 'o1', 'i1', 'i2', 'o2']);
});

test('`while` is asked before, `until` after each round', async () => {
  assert.equal(
    await heard(
      { kind: 'repeat', while: no, actions: [say('while')] },
      { kind: 'repeat', until: yes, actions: [say('until')] },
    ),
    ['until'],
  );
});

test('`while` speaks of the round that would begin, `until` of the one that ended', async () => {
  const below: Condition = { kind: 'expression', expression: 'repeat.index < 3' };
  assert.equal(
    await heard(
      { kind: 'repeat', while: below, actions: [say('while')] },
      { kind: 'repeat', until: { kind: 'not', condition: below }, actions: [say('until')] },
    ),
    ['while', 'while', 'until', 'until', 'until'],
  );
});

test('a loop goes on over time', async () => {
  const blink: Action = { kind: 'repeat', while: isOpen(), actions: [say('blink'), wait('1s')] };
  const story = await begin(doing(blink, say('over')));
  story.open(DOOR).happens({ event: 'go' }).after('2500ms').open(DOOR, false).after('1m');
  assert.equal(story.heardAt(), [
    '01-14 12:00:00 blink',
    '01-14 12:00:01 blink',
    '01-14 12:00:02 blink',
    '01-14 12:00:03 over',
  ]);
});

test('`parallel` goes on when all branches have ended', async () => {
  const story = await begin(
    doing({ kind: 'parallel', branches: [[wait('2s'), say('slow')], [say('quick')], []] }, say('both')),
  );
  story.happens({ event: 'go' }).after('1m');
  assert.equal(story.heardAt(), ['01-14 12:00:00 quick', '01-14 12:00:02 slow', '01-14 12:00:02 both']);
});

test('`stop` ends the run, also inside a branch or a loop', async () => {
  assert.equal(await heard(say('a'), { kind: 'stop' }, say('b')), ['a']);
  const inside: Action = { kind: 'repeat', count: 3, actions: [say('round'), { kind: 'stop' }] };
  assert.equal(await heard(inside, say('b')), ['round']);
  const story = await begin(
    doing({ kind: 'parallel', branches: [[wait('1s'), say('never')], [{ kind: 'stop' }]] }, say('b')),
  );
  assert.equal(story.happens({ event: 'go' }).after('1m').heard(), []);
  assert.equal(story.ends(), ['does stopped']);
});

test('a variable is unknown at first and belongs to the home', async () => {
  const isUnknown: Condition = { kind: 'expression', expression: 'variable("count") == unknown' };
  const first: Action = { kind: 'if', if: isUnknown, then: [{ kind: 'variable', name: 'count', value: 0 }] };
  const next: Action = { kind: 'variable', name: 'count', value: { expression: 'variable("count") + 1' } };
  const story = await begin([
    doing(first, next),
    rule('tells', go, { actions: [sayIt('text(variable("count"), 0)')] }),
  ]);
  assert.equal(story.happens({ event: 'go' }, { event: 'go' }).heard(), ['1', '2']);
});

test('an automation may run, disable and enable another', async () => {
  const tell = (to: 'run' | 'enable' | 'disable') =>
    rule(to, { kind: 'event', event: to }, { actions: [{ kind: 'automation', automation: 'does', do: to }] });
  const story = await begin([tell('run'), tell('disable'), tell('enable'), doing(say('done'))]);
  assert.equal(story.happens({ event: 'run' }).heard(), ['done']);
  assert.equal(story.happens({ event: 'disable' }, { event: 'go' }).heard(), []);
  assert.equal(story.happens({ event: 'enable' }, { event: 'go' }).heard(), ['done']);
});

test('a failing command is no matter by default; `onFailure` stops or does something else', async () => {
  const lock: Action = { kind: 'command', target: { device: 'virtual:lock' }, command: 'lock.lock' };
  assert.equal(await heard(lock, say('goes on')), ['command', 'goes on']);
  for (const [onFailure, words] of [
    ['stop', []],
    [[say('help')], ['help', 'goes on']],
  ] as const) {
    const story = await begin(doing({ ...lock, onFailure } as Action, say('goes on')));
    const [command] = story.happens({ event: 'go' }).commands();
    assert.equal(story.happens({ outcome: command!.id, status: 'failed' }).heard(), words);
  }
  const story = await begin(doing({ ...lock, onFailure: 'stop' }, say('goes on')));
  const [command] = story.happens({ event: 'go' }).commands();
  assert.equal(story.happens({ outcome: command!.id, status: 'done' }).heard(), ['goes on']);
});

test('`null` writes unknown', async () => {
  const story = await begin(
    doing(
      { kind: 'variable', name: 'guests', value: 3 },
      { kind: 'variable', name: 'guests', value: null },
      sayIt('variable("guests") == unknown'),
    ),
  );
  assert.equal(story.happens({ event: 'go' }).heard(), [true]);
});

test.run();
