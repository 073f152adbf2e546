// Random actions.

import fc from 'fast-check';
import type { Action } from '@lintel/model';
import { conditionOf } from './arbitrary-conditions.ts';
import { numberExpression, textExpression } from './arbitrary-expressions.ts';
import { choose, device, duration, maybe, mode, orZero, pick, record, sometimes, variable } from './arbitrary-parts.ts';
import type { Features } from './arbitrary-parts.ts';
import { waitedFor } from './arbitrary-triggers.ts';

const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);

const target = fc.oneof(
  { weight: 4, arbitrary: device.map((name) => ({ device: name })) },
  { weight: 1, arbitrary: fc.constant({ trigger: true }) },
  {
    weight: 1,
    arbitrary: pick<object>({ room: 'hall' }, { home: true, kind: 'light' }, { devices: ['virtual:a', 'virtual:b'] }),
  },
);

/** A value as it stands, or an expression for it. */
function computed(
  features: Features,
  plain: fc.Arbitrary<unknown>,
  expression: fc.Arbitrary<string>,
): fc.Arbitrary<unknown> {
  if (!features.has('expressions')) return plain;
  return fc.oneof(
    { weight: 2, arbitrary: plain },
    { weight: 1, arbitrary: expression.map((text) => ({ expression: text })) },
  );
}

export function setOf(features: Features): fc.Arbitrary<Action> {
  const level = computed(features, pick(0, 0.3, 1), numberExpression(2));
  const values = fc.oneof(
    fc.record({ 'onOff.on': fc.boolean() }),
    fc.record({ 'onOff.on': fc.constant(true), 'level.level': level }),
  );
  return record({
    kind: kind('set'),
    target,
    values,
    transition: maybe(pick('0s', '1s')),
    for: features.has('setFor') ? sometimes(4, duration) : fc.constant(undefined),
    onFailure: features.has('onFailure')
      ? sometimes(6, pick<unknown>('continue', 'stop', [{ kind: 'stop' }]))
      : fc.constant(undefined),
  });
}

function waitsOf(features: Features): fc.Arbitrary<Action> {
  const until = conditionOf(features).map((condition) => ({ until: condition }));
  const event = waitedFor(features).map((trigger) => ({ event: trigger }));
  const timed = record<object>({ timeout: orZero(duration), onTimeout: maybe(pick('continue', 'stop')) });
  return fc
    .tuple(fc.oneof({ weight: 3, arbitrary: until }, { weight: 2, arbitrary: event }), fc.oneof(fc.constant({}), timed))
    .map(([what, ending]) => ({ kind: 'wait', ...what, ...ending }) as Action);
}

function leafOf(features: Features): fc.Arbitrary<Action> {
  const number = computed(features, pick<unknown>(0, 1, 'x', null), numberExpression(1));
  const message = computed(features, pick('hello'), textExpression(features));
  return choose<Action>(
    features,
    { weight: 8, arbitrary: setOf(features) },
    {
      weight: 2,
      arbitrary: record({
        kind: kind('command'),
        target,
        command: pick('lock.lock', 'cover.open'),
        args: maybe(fc.constant({ slot: 3 })),
      }),
    },
    { weight: 4, arbitrary: record({ kind: kind('delay'), for: orZero(duration) }) },
    { weight: 9, arbitrary: waitsOf(features) },
    { weight: 1, arbitrary: record({ kind: kind('stop') }) },
    { weight: 2, of: 'mode', arbitrary: record({ kind: kind('mode'), mode }) },
    { weight: 2, of: 'variables', arbitrary: record({ kind: kind('variable'), name: variable, value: number }) },
    {
      weight: 2,
      of: 'emit',
      arbitrary: record({ kind: kind('emit'), event: pick('ding', 'dong'), data: maybe(fc.record({ x: number })) }),
    },
    {
      weight: 2,
      of: 'automation',
      arbitrary: record({
        kind: kind('automation'),
        automation: pick('r0', 'r1', 'r2'),
        do: pick('run', 'enable', 'disable'),
      }),
    },
    {
      weight: 1,
      of: 'scene',
      arbitrary: record({ kind: kind('scene'), scene: pick('evening'), transition: maybe(duration) }),
    },
    {
      weight: 2,
      of: 'notify',
      arbitrary: record({
        kind: kind('notify'),
        message,
        title: maybe(fc.constant('Hall')),
        critical: maybe(fc.boolean()),
      }),
    },
    { weight: 1, of: 'saving', arbitrary: record({ kind: kind('save'), target, as: pick('before') }) },
    {
      weight: 1,
      of: 'saving',
      arbitrary: record({ kind: kind('restore'), as: pick('before'), transition: maybe(duration) }),
    },
  );
}

export function actionOf(features: Features, depth = 2): fc.Arbitrary<Action> {
  const leaf = leafOf(features);
  if (depth === 0) return leaf;
  const inner = fc.array(actionOf(features, depth - 1), { maxLength: 2 });
  const some = fc.array(actionOf(features, depth - 1), { minLength: 1, maxLength: 2 });
  const condition = conditionOf(features, 1);
  const choice = fc.record({ if: condition, then: inner });
  const small = numberExpression(1).map((text) => `clamp(${text}, 0, 3)`);
  const rounds = fc.oneof(
    record<object>({ count: computed(features, pick(0, 1, 2, 3), small) }),
    record<object>({ each: fc.array(pick<unknown>(1, 'x', true), { minLength: 1, maxLength: 3 }) }),
  );
  return choose<Action>(
    features,
    { weight: 10, arbitrary: leaf },
    { weight: 3, arbitrary: record({ kind: kind('if'), if: condition, then: inner, else: maybe(inner) }) },
    {
      weight: 2,
      of: 'choose',
      arbitrary: record({
        kind: kind('choose'),
        choices: fc.array(choice, { minLength: 1, maxLength: 2 }),
        else: maybe(inner),
      }),
    },
    {
      weight: 2,
      of: 'repeat',
      arbitrary: fc.tuple(rounds, some).map(([of, actions]) => ({ kind: 'repeat', ...of, actions }) as Action),
    },
    { weight: 2, of: 'repeat', arbitrary: repeatUntil(features, some) },
    {
      weight: 2,
      of: 'parallel',
      arbitrary: record({ kind: kind('parallel'), branches: fc.array(inner, { minLength: 1, maxLength: 3 }) }),
    },
  );
}

/** A loop on a condition holds a delay, or it would run until its fuel is out. */
function repeatUntil(features: Features, some: fc.Arbitrary<Action[]>): fc.Arbitrary<Action> {
  const word = pick('while', 'until');
  return fc.tuple(word, conditionOf(features, 1), some, pick('5m', '1h')).map(([when, condition, actions, time]) => {
    return {
      kind: 'repeat',
      [when]: condition,
      actions: [...actions, { kind: 'delay', for: time }],
    } as unknown as Action;
  });
}
