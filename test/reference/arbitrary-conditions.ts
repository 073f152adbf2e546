// Random conditions.

import fc from 'fast-check';
import type { Condition } from '@lintel/model';
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
  weekdays,
} from './arbitrary-parts.ts';
import type { Features, Property } from './arbitrary-parts.ts';

const kind = <K extends string>(name: K): fc.Arbitrary<K> => fc.constant(name);

function predicate(name: Property): fc.Arbitrary<object> {
  const is = fc.record({ is: oneOrMore(valueOf(name)) });
  const unknown = fc.record({ unknown: fc.boolean() });
  const plain = fc.oneof({ weight: 5, arbitrary: is }, { weight: 1, arbitrary: unknown });
  const between = pick([18, 20], [20, 22]).map((ends) => ({ between: ends }));
  return name === 'temperature.temperature' ? fc.oneof(plain, band, between) : plain;
}

const ofProperty = (where: fc.Arbitrary<object>): fc.Arbitrary<Condition> =>
  property.chain((name) =>
    fc.tuple(where, record<{ for?: string }>({ for: maybe(duration) }), predicate(name)).map(([place, long, told]) => {
      const held = 'unknown' in told ? {} : long;
      return { kind: 'property', property: name, ...place, ...held, ...told } as unknown as Condition;
    }),
  );

const onDevice = ofProperty(record({ device, origin: sometimes(8, oneOrMore(origin)) }));
const onSet = ofProperty(record({ device: deviceSet, match, origin: sometimes(8, oneOrMore(origin)) }));

function leafOf(features: Features): fc.Arbitrary<Condition> {
  const days = weekdays(features);
  return choose<Condition>(
    features,
    { weight: 12, arbitrary: onDevice },
    {
      weight: 1,
      arbitrary: record({ kind: kind('time'), after: timeOfDay, before: maybe(timeOfDay), weekdays: days }),
    },
    { weight: 1, arbitrary: record({ kind: kind('time'), before: timeOfDay, weekdays: days }) },
    {
      weight: 1,
      arbitrary: record({ kind: kind('sun'), after: sunEvent, offset: sunOffset, before: maybe(sunEvent) }),
    },
    { weight: 1, arbitrary: record({ kind: kind('sun'), before: sunEvent, beforeOffset: sunOffset }) },
    { weight: 2, arbitrary: record({ kind: kind('trigger'), is: pick('0', '1', '2') }) },
    { weight: 4, of: 'sets', arbitrary: onSet },
    { weight: 2, of: 'mode', arbitrary: record({ kind: kind('mode'), is: oneOrMore(mode) }) },
    {
      weight: 1,
      of: 'presence',
      arbitrary: record({ kind: kind('presence'), person: fc.oneof(person, pick('anyone', 'everyone')), is: presence }),
    },
    { weight: 1, of: 'online', arbitrary: record({ kind: kind('online'), device, is: fc.boolean() }) },
    {
      weight: 1,
      of: 'schedule',
      arbitrary: record({ kind: kind('schedule'), schedule: kind('heating'), is: oneOrMore(pick(17, 21)) }),
    },
    { weight: 3, of: 'expressions', arbitrary: record({ kind: kind('expression'), expression: truthExpression(2) }) },
  );
}

export function conditionOf(features: Features, depth = 2): fc.Arbitrary<Condition> {
  const leaf = leafOf(features);
  if (depth === 0) return leaf;
  const inner = conditionOf(features, depth - 1);
  const several = fc.record({
    kind: pick('and' as const, 'or' as const),
    conditions: fc.array(inner, { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof(
    { weight: 3, arbitrary: leaf },
    { weight: 1, arbitrary: several },
    { weight: 1, arbitrary: inner.map((condition) => ({ kind: 'not' as const, condition })) },
  );
}
