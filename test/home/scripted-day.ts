// A day of a home as a script: what happens when. Nothing in it is left to chance.

import type { EndpointDescription, Origin, Rule } from '@lintel/model';
import { contact, endpoint, level, lock, occupancy, onOff, temperature } from '@lintel/sdk';
import type { Edit, Input } from '../../packages/hub/src/journal/records.ts';
import type { Machine } from '../../packages/hub/src/state/machine.ts';
import { RULES, say } from './day-rules.ts';

export const MIDNIGHT = Date.UTC(2026, 10, 22, 23, 0);
export const DAY_MS = 86_400_000;
const MINUTE = 60_000;
const PLACE = { latitude: 52.52, longitude: 13.405, timeZone: 'Europe/Berlin' };
const SYSTEM: Origin = { kind: 'system' };

export interface Happening {
  readonly at: number;
  readonly origin: Origin;
  /** What comes in, by what the home is then; null where nothing fits. */
  input(machine: Machine): Input | null;
}

const KINDS = {
  lamp: { count: 20, kind: 'light', endpoints: [endpoint(onOff(), level())] },
  slow: { count: 10, kind: 'light', endpoints: [endpoint(onOff())] },
  motion: { count: 10, kind: 'sensor', endpoints: [endpoint(occupancy())] },
  meter: { count: 10, kind: 'sensor', endpoints: [endpoint(temperature())] },
  door: { count: 10, kind: 'sensor', endpoints: [endpoint(contact())] },
  lock: { count: 2, kind: 'lock', endpoints: [endpoint(lock())] },
} as const;

function devices(): Edit[] {
  return Object.entries(KINDS).flatMap(([name, { count, kind, endpoints }]) =>
    Array.from({ length: count }, (_, index): Edit => {
      const id = `${name}-${index}`;
      const description = { id, name: id, kind, endpoints: endpoints as readonly EndpointDescription[] };
      const record = { plugin: 'virtual', description, name: id, room: index % 2 === 0 ? 'hall' : 'attic' };
      const value = { id: `virtual:${id}`, ...record, settings: {}, endpoints: {} };
      return { collection: 'devices', id: `virtual:${id}`, value };
    }),
  );
}

const document = (collection: Edit['collection'], id: string, value: object): Edit => ({
  collection,
  id,
  value: { id, ...value },
});

function furniture(): Edit[] {
  const home = { name: 'Home', ...PLACE, units: 'metric', language: 'en', mode: 'home', confirm: [], holidays: [] };
  const block = (at: string, value: number) => ({ weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], at, value });
  return [
    document('home', 'home', home),
    document('rooms', 'hall', { name: 'Hall' }),
    document('rooms', 'attic', { name: 'Attic' }),
    ...devices(),
    document('people', 'ada', { name: 'Ada', sources: ['virtual:ada'] }),
    document('people', 'bob', { name: 'Bob', sources: ['virtual:bob'] }),
    document('schedules', 'heating', {
      name: 'Heating',
      blocks: [block('06:30', 21), block('09:00', 17), block('17:15', 22)],
    }),
    ...RULES.map((rule) => document('automations', rule.id, rule)),
  ];
}

const happens = (at: number, input: Input, origin: Origin = SYSTEM): Happening => ({ at, origin, input: () => input });

/** Small numbers without chance (a linear congruence). */
function dice(seed: number): (most: number) => number {
  let state = seed;
  return (most) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * most);
  };
}

const report = (device: string, name: string, value: boolean | number): Input => ({
  kind: 'report',
  body: { device: `virtual:${device}`, values: { [name]: value } },
});

function somethingOf(roll: (most: number) => number): Input {
  const i = roll(10);
  switch (roll(8)) {
    case 0:
    case 1:
      return report(`motion-${i}`, 'occupancy.occupied', roll(2) === 0);
    case 2:
      return report(`meter-${i}`, 'temperature.temperature', 18 + roll(80) / 10);
    case 3:
      return report(`door-${i}`, 'contact.open', roll(2) === 0);
    case 4:
      return { kind: 'event', body: { device: null, event: `go-${i}`, data: {} } };
    case 5:
      return {
        kind: 'presence',
        body: { source: i < 5 ? 'virtual:ada' : 'virtual:bob', presence: roll(2) === 0 ? 'home' : 'away' },
      };
    case 6:
      return { kind: 'webhook', body: { webhook: `hook-${i}`, data: {} } };
    default:
      return { kind: 'run', body: { rule: `rule-${roll(20)}-${i}` } };
  }
}

/** A person edits: a rule gets another text, one is switched, one goes; a waiting run is called off. */
function edits(at: number, number: number): Happening[] {
  const ada: Origin = { kind: 'user', id: 'ada', name: 'Ada' };
  const change = (id: string, turn: (rule: Rule) => Rule | null): Happening => ({
    at,
    origin: ada,
    input: ({ registry }) => {
      const rule = registry.get('automations', id);
      return rule === null
        ? null
        : { kind: 'edit', body: { edits: [{ collection: 'automations', id, value: turn(rule) }] } };
    },
  });
  const home = (mode: string): Happening => ({
    at: at + MINUTE,
    origin: ada,
    input: ({ registry }) => ({
      kind: 'edit',
      body: { edits: [document('home', 'home', { ...registry.home!, mode })] },
    }),
  });
  const callOff: Happening = {
    at: at + 2 * MINUTE,
    origin: ada,
    input: ({ core }) => {
      const [run] = core.runs(`rule-6-${number}`);
      return run === undefined ? null : { kind: 'cancel', body: { pending: `run:rule-6-${number}:${run.run}` } };
    },
  };
  return [
    change(`rule-5-${number}`, (rule) => ({ ...rule, actions: [...rule.actions, say('"edited"')] })),
    change(`rule-0-${number}`, (rule) => ({ ...rule, onEdit: 'cancel', mode: 'single' })),
    change(`rule-7-${number}`, (rule) => ({ ...rule, enabled: !(rule.enabled ?? true) })),
    change(`rule-12-${number}`, () => null),
    home(number % 2 === 0 ? 'night' : 'away'),
    callOff,
  ];
}

/** @param length how many reports and events the day has beside its clock */
export function scriptedDay(length: number): readonly Happening[] {
  const roll = dice(7);
  const first: Happening[] = [happens(MIDNIGHT, { kind: 'edit', body: { edits: furniture() } })];
  for (let i = 0; i < 20; i += 1) {
    first.push(happens(MIDNIGHT, report(`lamp-${i}`, 'onOff.on', false)));
    first.push(happens(MIDNIGHT, report(`lamp-${i}`, 'level.level', 0.8)));
  }
  const rest = Array.from({ length }, () => happens(MIDNIGHT + roll(DAY_MS), somethingOf(roll)));
  const edited = [1, 4, 7].flatMap((number) => edits(MIDNIGHT + number * 3 * 3_600_000, number));
  return [...first, ...[...rest, ...edited].toSorted((a, b) => a.at - b.at)];
}
