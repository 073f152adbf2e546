// The few devices, values, times and durations that random rules and histories are made of: few, so that they collide.

import fc from 'fast-check';
import type { KnownValue, SunEvent, Value } from '@lintel/model';

/** Parts of the language that can be left out, so that a machine is judged by what it has. */
export const FEATURES = [
  'core',
  'sets',
  'events',
  'every',
  'cron',
  'elevation',
  'mode',
  'presence',
  'online',
  'webhook',
  'schedule',
  'expressions',
  'variables',
  'choose',
  'repeat',
  'parallel',
  'emit',
  'automation',
  'onFailure',
  'saving',
  'scene',
  'notify',
  'setFor',
  'holidays',
] as const;
export type Feature = (typeof FEATURES)[number];
export type Features = ReadonlySet<Feature>;

export const DEVICES = ['virtual:a', 'virtual:b', 'virtual:c'] as const;

export const PROPERTIES = {
  'occupancy.occupied': [true, false],
  'temperature.temperature': [18, 19.5, 20, 21, 22, 25],
  'thermostat.mode': ['heat', 'cool', 'off'],
} as const satisfies Record<string, readonly Value[]>;
export type Property = keyof typeof PROPERTIES;

export const pick = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);
/** Now and then a value, once in `oneIn` times; else the field is left out. */
export const sometimes = <T>(oneIn: number, arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.oneof({ weight: oneIn - 1, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
export const maybe = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => sometimes(2, arbitrary);

type Fields = { readonly [field: string]: fc.Arbitrary<unknown> };

/** An object without the fields that came out undefined: the language refuses them. */
export const record = <T = never>(fields: Fields): fc.Arbitrary<T> =>
  fc.record(fields).map((made) => {
    const present = Object.entries(made).filter(([, value]) => value !== undefined);
    return Object.fromEntries(present) as T;
  });

export interface Choice<T> {
  readonly weight: number;
  readonly arbitrary: fc.Arbitrary<T>;
  /** Left out where this feature is. */
  readonly of?: Feature;
}

export function choose<T>(features: Features, ...choices: readonly Choice<T>[]): fc.Arbitrary<T> {
  const open = choices.filter((choice) => choice.of === undefined || features.has(choice.of));
  return fc.oneof(...open.map(({ weight, arbitrary }) => ({ weight, arbitrary })));
}

export const oneOrMore = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | T[]> =>
  fc.oneof(
    { weight: 3, arbitrary },
    { weight: 1, arbitrary: fc.uniqueArray(arbitrary, { minLength: 1, maxLength: 2 }) },
  );

export const device = pick('virtual:a', 'virtual:a', 'virtual:a', 'virtual:b', 'virtual:b', 'virtual:c');
export const property = pick<Property>(
  'occupancy.occupied',
  'occupancy.occupied',
  'occupancy.occupied',
  'temperature.temperature',
  'temperature.temperature',
  'thermostat.mode',
);
export const valueOf = (name: Property): fc.Arbitrary<KnownValue> => pick<KnownValue>(...PROPERTIES[name]);

export const duration = pick('1s', '2s', '5s', '10s', '1m', '5m', '1h', '500ms', '1d');
export const orZero = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | '0s'> =>
  fc.oneof({ weight: 6, arbitrary }, { weight: 1, arbitrary: fc.constant('0s' as const) });
export const timeOfDay = pick(
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
export const sunEvent = pick<SunEvent>('sunrise', 'sunset', 'dawn', 'dusk', 'noon');
export const sunOffset = maybe(pick('-30m', '30m', '-2h', '1h'));
export const origin = pick('device' as const, 'user' as const);
export const mode = pick('home', 'away', 'night');
export const person = pick('ada', 'bob');
export const presence = pick('home' as const, 'away' as const);
export const variable = pick('count', 'label');

export function weekdays(features: Features): fc.Arbitrary<string[] | undefined> {
  const days = pick('mon', 'wed', 'sat', 'sun');
  const all = features.has('holidays') ? fc.oneof(days, pick('workday', 'holiday')) : days;
  return maybe(fc.uniqueArray(all, { minLength: 1, maxLength: 3 }));
}

/** Every device, or a part of them, named, by room, or all over the home. */
export const deviceSet = pick<object>(
  { devices: ['virtual:a', 'virtual:b'] },
  { devices: ['virtual:a', 'virtual:b', 'virtual:c'] },
  { room: 'hall' },
  { floor: 'ground' },
  { home: true },
  { home: true, kind: 'sensor' },
);
export const match = maybe(pick('any', 'all', 'none'));

export const numbers = pick(18, 20, 21, 22);
export const band: fc.Arbitrary<object> = fc.oneof(
  fc.record({ above: numbers }),
  fc.record({ below: numbers }),
  pick({ above: 18, below: 21 }, { above: 20, below: 25 }),
);
