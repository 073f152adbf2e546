// Random worlds and short histories: rules of a few parts, places where clocks change and the sun does not set, and
// events close together and days apart.

import fc from 'fast-check';
import { describeCapability } from '@lintel/model';
import type { DeviceKind, Rule, Trigger } from '@lintel/model';
import { UNRELATED } from './machine.ts';
import { actionOf, setOf } from './arbitrary-actions.ts';
import { conditionOf } from './arbitrary-conditions.ts';
import {
  DEVICES,
  PROPERTIES,
  choose,
  device,
  maybe,
  mode,
  origin,
  person,
  pick,
  presence,
  property,
  record,
  sometimes,
  valueOf,
  variable,
} from './arbitrary-parts.ts';
import type { Features, Property } from './arbitrary-parts.ts';
import { triggerOf } from './arbitrary-triggers.ts';
import type { HomeEvent, ReferenceDevice, ReferenceHome } from './state.ts';
import { DAY, HOUR, MINUTE } from './zone.ts';

export interface Step {
  /** Milliseconds after the latest step before; below 0 a clock that went back. */
  readonly after: number;
  readonly events: readonly HomeEvent[];
}

export interface Scenario {
  readonly home: ReferenceHome;
  readonly startAt: number;
  readonly devices?: readonly ReferenceDevice[];
  readonly rules: readonly Rule[];
  readonly steps: readonly Step[];
}

function ruleOf(features: Features): fc.Arbitrary<Omit<Rule, 'id'>> {
  const first = fc.array(setOf(features), { maxLength: 1 });
  const rest = fc.array(actionOf(features), { minLength: 1, maxLength: 4, size: 'max' });
  return record({
    enabled: sometimes(10, fc.constant(false)),
    mode: sometimes(2, pick('single', 'restart', 'queued', 'parallel')),
    max: maybe(pick(1, 2, 3)),
    onEdit: maybe(pick('finish', 'cancel')),
    missed: maybe(pick('skip', 'run')),
    triggers: fc.array(triggerOf(features), { minLength: 1, maxLength: 3, size: 'max' }),
    conditions: sometimes(3, fc.array(conditionOf(features), { maxLength: 2 })),
    actions: fc.tuple(first, rest).map((parts) => parts.flat()),
  });
}

const nameOf = (trigger: Trigger, index: number): string => trigger.id ?? String(index);

/** Conditions on the trigger name one of the rule's own by its place; here the place becomes the name it has. */
function nameTriggers(part: unknown, names: readonly string[]): unknown {
  if (Array.isArray(part)) return part.map((each) => nameTriggers(each, names));
  if (typeof part !== 'object' || part === null) return part;
  if ('kind' in part && part.kind === 'trigger' && 'is' in part)
    return { ...part, is: names[Number(part.is) % names.length] };
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, nameTriggers(value, names)]));
}

/** Ids of triggers are used once. */
function tidy(rule: Rule): Rule {
  const used = new Set<string>();
  const triggers = rule.triggers.map((trigger) => {
    const { id, ...rest } = trigger;
    if (id === undefined || used.has(id)) return rest as Trigger;
    used.add(id);
    return trigger;
  });
  return nameTriggers({ ...rule, triggers }, triggers.map(nameOf)) as Rule;
}

export const rulesOf = (features: Features, most = 3): fc.Arbitrary<Rule[]> =>
  fc
    .array(ruleOf(features), { minLength: 1, maxLength: most, size: 'max' })
    .map((rules) => rules.map((rule, index) => tidy({ id: `r${index}`, ...rule })));

const report = property.chain((name) =>
  record<HomeEvent>({
    device,
    property: fc.constant(name),
    value: fc.oneof({ weight: 6, arbitrary: valueOf(name) }, { weight: 1, arbitrary: fc.constant(null) }),
    origin: sometimes(
      3,
      origin.map((kind) => ({ kind })),
    ),
  }),
);

const cancel = fc
  .tuple(pick('r0', 'r1', 'nobody'), fc.nat(3))
  .map(([rule, run]) => ({ cancel: { rule, run: run + 1 } }));

function eventOf(features: Features): fc.Arbitrary<HomeEvent> {
  const press = record<HomeEvent>({
    device,
    event: fc.constant('button.pressed'),
    button: maybe(pick('1', '2')),
    action: pick('single', 'double'),
  });
  return choose<HomeEvent>(
    features,
    { weight: 16, arbitrary: report },
    { weight: 1, arbitrary: pick('r0', 'r1', 'r2', 'nobody').map((run) => ({ run })) },
    { weight: 1, arbitrary: cancel },
    { weight: 1, arbitrary: record({ rule: pick('r0', 'r1', 'nobody'), enabled: fc.boolean() }) },
    { weight: 2, of: 'events', arbitrary: press },
    { weight: 1, of: 'events', arbitrary: record({ event: pick('ding', 'dong') }) },
    {
      weight: 2,
      of: 'onFailure',
      arbitrary: record({ outcome: pick('#0', '#0', '#1', '#2'), status: pick('done', 'failed', 'timeout') }),
    },
    { weight: 2, of: 'mode', arbitrary: record({ mode }) },
    { weight: 2, of: 'presence', arbitrary: record({ person, presence }) },
    { weight: 1, of: 'schedule', arbitrary: record({ schedule: pick('heating'), value: pick(17, 21) }) },
    { weight: 1, of: 'variables', arbitrary: record({ variable, value: pick<unknown>(0, 1, '07:00', null) }) },
    { weight: 1, of: 'online', arbitrary: record({ device, online: fc.boolean() }) },
    {
      weight: 1,
      of: 'webhook',
      arbitrary: record({ webhook: pick('hook', 'other'), data: maybe(fc.constant({ x: 1 })) }),
    },
  );
}

const shortTime = pick(0, 1, 499, 500, 1000, 2000, 5000, 10_000, MINUTE, 5 * MINUTE);
const longTime = pick(15 * MINUTE, HOUR, 6 * HOUR, 13 * HOUR, DAY, 3 * DAY);
const time = fc.oneof(
  { weight: 7, arbitrary: shortTime },
  { weight: 1, arbitrary: longTime },
  { weight: 1, arbitrary: pick(-1000, -DAY) },
);

const stepOf = (features: Features): fc.Arbitrary<Step> =>
  fc
    .tuple(time, fc.array(eventOf(features), { maxLength: 4, size: 'max' }), fc.nat(19))
    .map(([after, events, luck]) => ({ after, events: luck === 19 ? [{ start: true }, ...events] : events }));

/** Mostly everything is known before the story begins, or little would happen. */
const warmUp: fc.Arbitrary<Step[]> = fc.oneof(
  { weight: 4, arbitrary: fc.constant(allKnown()) },
  { weight: 1, arbitrary: fc.constant<Step[]>([]) },
);

function allKnown(): Step[] {
  const names = Object.keys(PROPERTIES) as Property[];
  const reports = DEVICES.flatMap((name) =>
    names.map((of) => ({ device: name, property: of, value: PROPERTIES[of].at(-1)! })),
  );
  const people = ['ada', 'bob'].map((name) => ({ person: name, presence: 'home' as const }));
  return [{ after: 0, events: [...reports, ...people] }];
}

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

const HOLIDAYS = ['2026-03-29', '12-21', '02-29'];
const ROOMS = [
  { id: 'hall', name: 'Hall', floor: 'ground' },
  { id: 'attic', name: 'Attic', floor: 'top' },
];
/** Devices that can do everything the random rules ask of them. */
const member = (id: string, kind: DeviceKind, room: string): ReferenceDevice => ({
  id,
  name: id,
  kind,
  room,
  endpoints: [
    {
      id: '1',
      name: null,
      kind: null,
      room: null,
      capabilities: (
        ['occupancy', 'temperature', 'thermostat', 'onOff', 'level', 'lock', 'cover', 'button'] as const
      ).map((name) => describeCapability(name)),
    },
  ],
});
const MEMBERS = [
  member('virtual:a', 'sensor', 'hall'),
  member('virtual:b', 'sensor', 'hall'),
  member('virtual:c', 'thermostat', 'attic'),
  member(UNRELATED, 'plug', 'shed'),
];

/** A home with what the features need. */
function furnish(features: Features, place: ReferenceHome): ReferenceHome {
  return {
    ...place,
    ...(features.has('holidays') && { holidays: HOLIDAYS }),
    ...(features.has('sets') && { rooms: ROOMS }),
  };
}

export function scenarioOf(features: Features): fc.Arbitrary<Scenario> {
  const steps = fc.tuple(warmUp, fc.array(stepOf(features), { minLength: 6, maxLength: 30, size: 'max' }));
  return fc.record({
    home: pick(...PLACES).map((place) => furnish(features, place)),
    startAt: fc.tuple(pick(...BEGINNINGS), pick(0, 0, 1, 500, 30 * MINUTE)).map(([at, shift]) => at + shift),
    ...(features.has('sets') && { devices: fc.constant(MEMBERS) }),
    rules: rulesOf(features),
    steps: steps.map((parts) => parts.flat()),
  });
}
