// Random triggers.

import fc from 'fast-check';
import type { Trigger } from '@lintel/model';
import { truthExpression } from './arbitrary-expressions.ts';
import {
  band,
  choose,
  device,
  deviceSet,
  duration,
  match,
  maybe,
  mode,
  oneOrMore,
  origin,
  person,
  pick,
  presence,
  property,
  record,
  sometimes,
  sunEvent,
  sunOffset,
  timeOfDay,
  valueOf,
  variable,
  weekdays,
} from './arbitrary-parts.ts';
import type { Features, Property } from './arbitrary-parts.ts';

const id = maybe(pick('first', 'second'));
const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);

function predicate(name: Property): fc.Arbitrary<object> {
  const values = oneOrMore(valueOf(name));
  const plain = fc.oneof(
    { weight: 4, arbitrary: record<object>({ becomes: values, from: maybe(valueOf(name)) }) },
    { weight: 1, arbitrary: fc.record({ changes: fc.constant(true) }) },
    { weight: 1, arbitrary: fc.record({ from: values }) },
  );
  if (name !== 'temperature.temperature') return plain;
  const crossing = fc.tuple(band, record<object>({ hysteresis: maybe(pick(1, 1.5, 2)) }));
  return fc.oneof(
    crossing.map(([edge, hysteresis]) => ({ ...edge, ...hysteresis })),
    plain,
  );
}

const onDevice = property.chain((name) =>
  fc
    .tuple(
      record<object>({ id, device, for: sometimes(3, duration), origin: sometimes(6, oneOrMore(origin)) }),
      predicate(name),
    )
    .map(([common, told]) => ({ kind: 'property', property: name, ...common, ...told }) as Trigger),
);

/** `all` and `none` are statements about what is, so their predicate is a state. */
const onSet = property.chain((name) => {
  const state: fc.Arbitrary<object> =
    name === 'temperature.temperature' ? band : fc.record({ becomes: oneOrMore(valueOf(name)) });
  return fc
    .tuple(
      record<object>({
        id,
        device: deviceSet,
        match,
        for: sometimes(3, duration),
        origin: sometimes(6, oneOrMore(origin)),
      }),
      state,
    )
    .map(([common, told]) => ({ kind: 'property', property: name, ...common, ...told }) as unknown as Trigger);
});

const onEvent = fc.oneof(
  record<Trigger>({
    kind: kind('event'),
    id,
    event: kind('button.pressed'),
    device,
    button: sometimes(4, pick<string | number>('1', 2)),
    action: maybe(oneOrMore(pick('single', 'double'))),
  }),
  record<Trigger>({ kind: kind('event'), id, event: pick('ding', 'dong') }),
);

const CRONS = [
  '0 7 * * mon-fri',
  '*/15 * * * *',
  '30 2 * * *',
  '0 0 1,15 * *',
  '0 12 29 2 *',
  '15 2 * mar,oct 0',
  '0 0 1 * sun',
  '5-10/5 */6 * * 7',
];

export function triggerOf(features: Features): fc.Arbitrary<Trigger> {
  const days = weekdays(features);
  const dates = pick(['02-29'], ['03-29', '2026-10-25'], ['12-21', '2026-05-19']);
  const variableTime = variable.map((name) => ({ variable: name }));
  const at = features.has('variables')
    ? fc.oneof({ weight: 9, arbitrary: timeOfDay }, { weight: 1, arbitrary: variableTime })
    : timeOfDay;
  return choose<Trigger>(
    features,
    { weight: 14, arbitrary: onDevice },
    { weight: 3, arbitrary: record({ kind: kind('time'), id, at: oneOrMore(at), weekdays: days }) },
    { weight: 1, arbitrary: record({ kind: kind('time'), id, at: timeOfDay, dates }) },
    { weight: 2, arbitrary: record({ kind: kind('sun'), id, event: sunEvent, offset: sunOffset }) },
    { weight: 1, arbitrary: record({ kind: kind('start'), id }) },
    { weight: 1, arbitrary: record({ kind: kind('manual'), id }) },
    { weight: 4, of: 'sets', arbitrary: onSet },
    { weight: 3, of: 'events', arbitrary: onEvent },
    { weight: 1, of: 'every', arbitrary: record({ kind: kind('every'), id, every: pick('15m', '1h', '7h', '24h') }) },
    { weight: 1, of: 'cron', arbitrary: record({ kind: kind('cron'), id, cron: pick(...CRONS) }) },
    {
      weight: 1,
      of: 'elevation',
      arbitrary: record({
        kind: kind('sun'),
        id,
        elevation: pick(-4, 6, 30),
        direction: maybe(pick('rising', 'setting')),
        offset: sunOffset,
      }),
    },
    {
      weight: 2,
      of: 'mode',
      arbitrary: record({ kind: kind('mode'), id, becomes: maybe(oneOrMore(mode)), from: maybe(mode) }),
    },
    {
      weight: 2,
      of: 'presence',
      arbitrary: record({
        kind: kind('presence'),
        id,
        person: fc.oneof(person, pick('anyone', 'everyone')),
        becomes: presence,
      }),
    },
    {
      weight: 1,
      of: 'online',
      arbitrary: record({ kind: kind('online'), id, device, becomes: fc.boolean(), for: maybe(duration) }),
    },
    { weight: 1, of: 'webhook', arbitrary: record({ kind: kind('webhook'), id, webhook: pick('hook', 'other') }) },
    {
      weight: 1,
      of: 'schedule',
      arbitrary: record({
        kind: kind('schedule'),
        id,
        schedule: kind('heating'),
        becomes: maybe(oneOrMore(pick(17, 21))),
      }),
    },
    {
      weight: 2,
      of: 'expressions',
      arbitrary: record({ kind: kind('expression'), id, expression: truthExpression(1), for: sometimes(3, duration) }),
    },
  );
}

/** What a run may wait for: anything but to be run by hand. */
export const waitedFor = (features: Features): fc.Arbitrary<Trigger> =>
  triggerOf(features).filter((trigger) => trigger.kind !== 'manual');
