// Small worlds and short histories in which things collide: few devices, few values, times of day and durations that
// meet one another, places where clocks change and the sun does not set.

import fc from 'fast-check';
import type { Action, Condition, Rule, SunEvent, Trigger, Value } from '@lintel/model';
import type { HomeEvent, ReferenceHome } from './state.ts';
import { DAY, HOUR, MINUTE } from './zone.ts';

export type Feature = 'core';

export interface Step {
  /** Milliseconds after the step before. */
  readonly after: number;
  readonly events: readonly HomeEvent[];
}

export interface Scenario {
  readonly home: ReferenceHome;
  readonly startAt: number;
  readonly rules: readonly Rule[];
  readonly steps: readonly Step[];
}

export const DEVICES = ['virtual:a', 'virtual:b', 'virtual:c'] as const;

const PROPERTIES = {
  'occupancy.occupied': [true, false],
  'temperature.temperature': [18, 19.5, 20, 21, 22, 25],
  'thermostat.mode': ['heat', 'cool', 'off'],
} as const satisfies Record<string, readonly Value[]>;
type Property = keyof typeof PROPERTIES;

const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Now and then a value, once in `oneIn` times; else the field is left out. */
const sometimes = <T>(oneIn: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => sometimes(2, arbitrary);

/** Leaves out the fields that are undefined: the language refuses them. */
const record = <T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K] | undefined> }): fc.Arbitrary<T> =>
  fc
    .record<T>(fields as { [K in keyof T]: fc.Arbitrary<T[K]> })
    .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)) as T);

const device = pick('virtual:a', 'virtual:a', 'virtual:a', 'virtual:b', 'virtual:b', 'virtual:c');
const property = pick<Property>(
  'occupancy.occupied',
  'occupancy.occupied',
  'occupancy.occupied',
  'temperature.temperature',
  'temperature.temperature',
  'thermostat.mode',
);
const valueOf = (name: Property): fc.Arbitrary<Value & {}> => pick<Value & {}>(...PROPERTIES[name]);
const duration = pick('1s', '2s', '5s', '10s', '1m', '5m', '1h', '500ms', '1d');
const timeOfDay = pick(
  '00:00',
  '02:00',
  '02:15',
  '02:30',
  '03:00',
  '06:30',
  '07:00',
  '12:00:30',
  '18:00',
  '22:00',
  '23:59:59',
);
const weekdays = maybe(
  fc.uniqueArray(pick('mon' as const, 'wed' as const, 'sat' as const, 'sun' as const), { minLength: 1, maxLength: 3 }),
);
const sunEvent = pick<SunEvent>('sunrise', 'sunset', 'dawn', 'dusk', 'noon');
const sunOffset = maybe(pick('-30m', '30m', '-2h', '1h'));
const origin = pick('device' as const, 'user' as const);

const oneOrMore = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof({ weight: 3, arbitrary }, { weight: 1, arbitrary: fc.array(arbitrary, { minLength: 1, maxLength: 2 }) });

const numbers = pick(18, 20, 21, 22);
const band = fc.oneof(
  fc.record({ above: numbers }),
  fc.record({ below: numbers }),
  pick({ above: 18, below: 21 }, { above: 20, below: 25 }),
);

function propertyPredicate(name: Property): fc.Arbitrary<object> {
  const values = oneOrMore(valueOf(name));
  const plain = fc.oneof(
    { weight: 4, arbitrary: record({ becomes: values, from: maybe(valueOf(name)) }) },
    { weight: 1, arbitrary: fc.record({ changes: fc.constant(true) }) },
    { weight: 1, arbitrary: fc.record({ from: values }) },
  );
  if (name !== 'temperature.temperature') return plain;
  const numeric = fc.tuple(band, maybe(pick(1, 1.5, 2)));
  const crossing = numeric.map(([edge, hysteresis]) => (hysteresis === undefined ? edge : { ...edge, hysteresis }));
  return fc.oneof(crossing, plain);
}

const id = maybe(pick('first', 'second'));

const propertyTrigger = property.chain((name) =>
  fc
    .tuple(
      record({ id, device, for: sometimes(3, duration), origin: sometimes(6, oneOrMore(origin)) }),
      propertyPredicate(name),
    )
    .map(([common, predicate]) => ({ kind: 'property', property: name, ...common, ...predicate }) as Trigger),
);

const timeTrigger = record<object>({
  kind: fc.constant('time'),
  id,
  at: oneOrMore(timeOfDay),
  weekdays,
}) as fc.Arbitrary<Trigger>;
const sunTrigger = record<object>({
  kind: fc.constant('sun'),
  id,
  event: sunEvent,
  offset: sunOffset,
}) as fc.Arbitrary<Trigger>;

const trigger: fc.Arbitrary<Trigger> = fc.oneof(
  { weight: 8, arbitrary: propertyTrigger },
  { weight: 2, arbitrary: timeTrigger },
  { weight: 1, arbitrary: sunTrigger },
  { weight: 1, arbitrary: record({ kind: fc.constant('start' as const), id }) },
  { weight: 1, arbitrary: record({ kind: fc.constant('manual' as const), id }) },
);

function conditionPredicate(name: Property): fc.Arbitrary<object> {
  const is = fc.record({ is: oneOrMore(valueOf(name)) });
  const unknown = fc.record({ unknown: fc.boolean() });
  const plain = fc.oneof({ weight: 5, arbitrary: is }, { weight: 1, arbitrary: unknown });
  const between = pick([18, 20] as const, [20, 22] as const).map((ends) => ({ between: ends }));
  return name === 'temperature.temperature' ? fc.oneof(plain, band, between) : plain;
}

const propertyCondition = property.chain((name) =>
  fc
    .tuple(
      record({ device, for: sometimes(3, duration), origin: sometimes(8, oneOrMore(origin)) }),
      conditionPredicate(name),
    )
    .map(([{ for: long, ...common }, predicate]) => {
      const held = long === undefined || 'unknown' in predicate ? {} : { for: long };
      return { kind: 'property', property: name, ...common, ...held, ...predicate } as Condition;
    }),
);

const timeCondition = fc.oneof(
  record<object>({ after: timeOfDay, before: maybe(timeOfDay), weekdays }),
  record<object>({ before: timeOfDay, weekdays }),
);
const sunCondition = fc.oneof(
  record<object>({ after: sunEvent, offset: sunOffset, before: maybe(sunEvent) }),
  record<object>({ before: sunEvent, beforeOffset: sunOffset }),
);

const leafCondition: fc.Arbitrary<Condition> = fc.oneof(
  { weight: 6, arbitrary: propertyCondition },
  { weight: 1, arbitrary: timeCondition.map((fields) => ({ kind: 'time', ...fields }) as Condition) },
  { weight: 1, arbitrary: sunCondition.map((fields) => ({ kind: 'sun', ...fields }) as Condition) },
  { weight: 1, arbitrary: pick('first', 'second', '0', '1').map((is) => ({ kind: 'trigger' as const, is })) },
);

function conditionOf(depth: number): fc.Arbitrary<Condition> {
  if (depth === 0) return leafCondition;
  const inner = conditionOf(depth - 1);
  const several = fc.record({
    kind: pick('and' as const, 'or' as const),
    conditions: fc.array(inner, { minLength: 1, maxLength: 3 }),
  });
  return fc.oneof(
    { weight: 3, arbitrary: leafCondition },
    { weight: 1, arbitrary: several },
    { weight: 1, arbitrary: inner.map((condition) => ({ kind: 'not' as const, condition })) },
  );
}

const condition = conditionOf(2);
const target = fc.oneof(
  { weight: 4, arbitrary: device.map((name) => ({ device: name })) },
  { weight: 1, arbitrary: fc.constant({ trigger: true as const }) },
  { weight: 1, arbitrary: pick({ room: 'hall' }, { home: true as const, kind: 'light' }) },
);

const setAction = record<object>({
  kind: fc.constant('set'),
  target,
  values: fc.oneof(
    fc.boolean().map((on) => ({ 'onOff.on': on })),
    pick(0, 0.3, 1).map((level) => ({ 'onOff.on': true, 'level.level': level })),
  ),
  transition: maybe(pick('0s', '1s')),
}) as fc.Arbitrary<Action>;
const commandAction = record<object>({
  kind: fc.constant('command'),
  target,
  command: pick('lock.lock', 'cover.open'),
  args: maybe(fc.constant({ slot: 3 })),
}) as fc.Arbitrary<Action>;
const untilAction = record<object>({
  kind: fc.constant('wait'),
  until: condition,
  timeout: maybe(fc.oneof(duration, fc.constant('0s'))),
  onTimeout: maybe(pick('continue', 'stop')),
}) as fc.Arbitrary<Action>;
const eventAction = record<object>({
  kind: fc.constant('wait'),
  event: trigger,
  timeout: maybe(duration),
  onTimeout: maybe(pick('continue', 'stop')),
}) as fc.Arbitrary<Action>;

function actionOf(depth: number): fc.Arbitrary<Action> {
  const leaf: fc.WeightedArbitrary<Action>[] = [
    { weight: 4, arbitrary: setAction },
    { weight: 1, arbitrary: commandAction },
    {
      weight: 2,
      arbitrary: fc.oneof(duration, fc.constant('0s')).map((time) => ({ kind: 'delay' as const, for: time })),
    },
    { weight: 3, arbitrary: untilAction },
    { weight: 2, arbitrary: eventAction },
    { weight: 1, arbitrary: fc.constant({ kind: 'stop' as const }) },
  ];
  if (depth === 0) return fc.oneof(...leaf);
  const inner = fc.array(actionOf(depth - 1), { maxLength: 2 });
  const branch = record<object>({ kind: fc.constant('if'), if: condition, then: inner, else: maybe(inner) });
  return fc.oneof(...leaf, { weight: 2, arbitrary: branch as fc.Arbitrary<Action> });
}

const rule = record<Omit<Rule, 'id'>>({
  enabled: sometimes(8, fc.constant(false)),
  mode: maybe(pick('single' as const, 'restart' as const, 'queued' as const, 'parallel' as const)),
  max: maybe(pick(1, 2, 3)),
  missed: maybe(pick('skip' as const, 'run' as const)),
  triggers: fc.array(trigger, { minLength: 1, maxLength: 3, size: 'max' }),
  conditions: sometimes(3, fc.array(condition, { maxLength: 2 })),
  actions: fc
    .tuple(fc.array(setAction, { maxLength: 1 }), fc.array(actionOf(2), { minLength: 1, maxLength: 4, size: 'max' }))
    .map((parts) => parts.flat()),
});

export const rulesOf = (count: number): fc.Arbitrary<Rule[]> =>
  fc
    .array(rule, { minLength: 1, maxLength: count })
    .map((rules) => rules.map((each, index) => ({ id: `r${index}`, ...each })));

const report = property.chain((name) =>
  record<object>({
    device,
    property: fc.constant(name),
    value: fc.oneof({ weight: 6, arbitrary: valueOf(name) }, { weight: 1, arbitrary: fc.constant(null) }),
    origin: sometimes(
      3,
      origin.map((kind) => ({ kind })),
    ),
  }),
) as unknown as fc.Arbitrary<HomeEvent>;

const event: fc.Arbitrary<HomeEvent> = fc.oneof(
  { weight: 12, arbitrary: report },
  { weight: 1, arbitrary: pick('r0', 'r1', 'r2', 'nobody').map((run) => ({ run })) },
);

const shortTime = pick(0, 1, 499, 500, 1000, 2000, 5000, 10_000, MINUTE, 5 * MINUTE);
const longTime = pick(15 * MINUTE, HOUR, 6 * HOUR, 13 * HOUR, DAY, 3 * DAY);

const step: fc.Arbitrary<Step> = fc
  .record({
    after: fc.oneof(
      { weight: 7, arbitrary: shortTime },
      { weight: 1, arbitrary: longTime },
      { weight: 1, arbitrary: pick(-1000, -DAY) },
    ),
    events: fc.array(event, { minLength: 0, maxLength: 4, size: 'max' }),
    start: fc.nat(19).map((number) => number === 0),
  })
  .map(({ after, events, start }) => ({ after, events: start ? [{ start: true as const }, ...events] : events }));

const PLACES: readonly ReferenceHome[] = [
  { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' },
  { latitude: 40.71, longitude: -74.01, timeZone: 'America/New_York' },
  { latitude: -31.55, longitude: 159.08, timeZone: 'Australia/Lord_Howe' },
  { latitude: 35.68, longitude: 139.69, timeZone: 'Asia/Tokyo' },
  { latitude: 69.65, longitude: 18.96, timeZone: 'Europe/Oslo' },
  { latitude: 0, longitude: 0, timeZone: 'UTC' },
];

const BEGINNINGS = [
  '2026-03-28T20:00:00Z',
  '2026-03-29T00:30:00Z',
  '2026-10-24T22:00:00Z',
  '2026-10-25T00:59:59Z',
  '2026-03-08T06:00:00Z',
  '2026-11-01T04:00:00Z',
  '2026-04-04T12:00:00Z',
  '2026-10-03T13:00:00Z',
  '2028-02-28T22:59:00Z',
  '2026-12-21T10:00:00Z',
  '2026-06-20T21:59:59Z',
  '2026-05-17T22:00:00Z',
].map((text) => Date.parse(text));

/** Mostly everything is known before the story begins, or little would happen. */
const warmUp: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(allKnown()) },
  { weight: 1, arbitrary: fc.constant<Step[]>([]) },
);

function allKnown(): Step[] {
  const names = Object.keys(PROPERTIES) as Property[];
  const events = DEVICES.flatMap((name) =>
    names.map((of) => ({ device: name, property: of, value: PROPERTIES[of].at(-1)! })),
  );
  return [{ after: 0, events }];
}

export const scenario: fc.Arbitrary<Scenario> = fc.record({
  home: pick(...PLACES),
  startAt: fc.tuple(pick(...BEGINNINGS), pick(0, 0, 1, 500, 30 * MINUTE)).map(([at, shift]) => at + shift),
  rules: rulesOf(3),
  steps: fc.tuple(warmUp, fc.array(step, { minLength: 6, maxLength: 30, size: 'max' })).map((parts) => parts.flat()),
});
