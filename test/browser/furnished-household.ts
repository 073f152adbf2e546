// Who lives in the furnished home, and what it keeps beside its devices.

import type { Notification, Person, Scene, Schedule, Value, Variable } from '@lintel/model';
import type { Backup, Guest, Repair } from '@lintel/protocol';

export interface FakePerson extends Person {
  readonly presence: 'home' | 'away' | null;
  readonly since: string | null;
}
export type FakeVariable = Variable & { readonly id: string };
export type FakeSchedule = Schedule & { readonly value: Value };

export interface FakeToken {
  readonly id: string;
  readonly name: string;
  readonly capabilities: readonly string[] | null;
  readonly rooms: readonly string[] | null;
  readonly createdAt: string;
  readonly lastUsed: string | null;
  readonly expiresAt: string | null;
}

export interface FakePending {
  readonly id: string;
  readonly kind: 'revert' | 'run';
  readonly at: string | null;
  readonly since: string;
  readonly text: string;
  readonly origin: { readonly kind: string; readonly name?: string };
  readonly devices?: readonly string[];
  readonly automation?: string;
  readonly run?: number;
  readonly cancellable: boolean;
}

export interface FakeHousehold {
  readonly people: Map<string, FakePerson>;
  readonly scenes: Map<string, Scene>;
  readonly schedules: Map<string, FakeSchedule>;
  readonly variables: Map<string, FakeVariable>;
  readonly notifications: Map<string, Notification>;
  readonly tokens: Map<string, FakeToken>;
  readonly pending: Map<string, FakePending>;
  readonly guests: Map<string, Guest>;
  readonly repairs: Map<string, Repair>;
  readonly backups: Map<string, Backup>;
}

const byId = <Thing extends { readonly id: string }>(...things: Thing[]): Map<string, Thing> =>
  new Map(things.map((each) => [each.id, each]));

const minutesFromNow = (minutes: number): string => new Date(Date.now() + minutes * 60_000).toISOString();

export const furnishedHousehold = (): FakeHousehold => ({
  people: byId<FakePerson>(
    {
      id: 'ada',
      name: 'Ada',
      user: 'u1',
      sources: ['virtual:hall-motion'],
      presence: 'home',
      since: minutesFromNow(-95),
    },
    { id: 'bo', name: 'Bo', user: null, sources: [], presence: null, since: null },
  ),
  scenes: byId<Scene>(
    {
      id: 'film',
      name: 'Film night',
      targets: [
        { device: 'virtual:ceiling', values: { 'onOff.on': false } },
        { device: 'virtual:sofa', values: { 'onOff.on': true, 'level.level': 0.2 } },
      ],
      transition: '2s',
    },
    {
      id: 'bright',
      name: 'All bright',
      targets: [{ device: 'virtual:ceiling', values: { 'onOff.on': true, 'level.level': 1 } }],
    },
  ),
  schedules: byId<FakeSchedule>({
    id: 'heating',
    name: 'Heating',
    blocks: [
      { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri'], at: '06:30', value: 21 },
      { weekdays: ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'], at: '22:30', value: 17 },
    ],
    value: 21,
  }),
  variables: byId<FakeVariable>(
    { id: 'guests', name: 'guests', type: 'number', min: 0, max: 12, value: 2 },
    { id: 'party', name: 'party', type: 'boolean', value: false },
  ),
  notifications: byId<Notification>(
    {
      id: 'n1',
      at: minutesFromNow(-12),
      title: 'Front door',
      text: 'The front door is still open.',
      actions: [{ id: 'lock', title: 'Lock it' }],
      critical: true,
      automation: 'hall-night-light',
    },
    { id: 'n2', at: minutesFromNow(-400), text: 'The washing is done.', actions: [], critical: false },
  ),
  tokens: byId<FakeToken>({
    id: 't1',
    name: 'Kitchen tablet',
    capabilities: ['onOff', 'level'],
    rooms: ['kitchen'],
    createdAt: minutesFromNow(-9000),
    lastUsed: minutesFromNow(-30),
    expiresAt: null,
  }),
  pending: byId<FakePending>(
    {
      id: 'run-1',
      kind: 'run',
      at: minutesFromNow(4),
      since: minutesFromNow(-1),
      text: 'Hall night light waits until Hall motion is quiet',
      origin: { kind: 'automation', name: 'Hall night light' },
      automation: 'hall-night-light',
      run: 8,
      cancellable: true,
    },
    {
      id: 'revert-1',
      kind: 'revert',
      at: minutesFromNow(18),
      since: minutesFromNow(-2),
      text: 'Kettle plug goes back',
      origin: { kind: 'user', name: 'Ada' },
      devices: ['virtual:kettle'],
      cancellable: true,
    },
  ),
  guests: byId<Guest>({
    id: 'g1',
    name: 'Neighbour',
    rooms: ['hall'],
    commands: ['onOff', 'lock.lock'],
    from: minutesFromNow(-600),
    until: minutesFromNow(6000),
    weekdays: null,
    after: '08:00',
    before: '18:00',
  }),
  repairs: byId<Repair>(
    {
      id: 'battery-virtual:remote',
      device: 'virtual:remote',
      severity: 'warning',
      since: minutesFromNow(-3000),
      diagnosis: 'The battery of Bedside remote is low.',
      step: 'Put in a new one.',
      part: 'CR2032',
    },
    {
      id: 'plugin-zigbee',
      plugin: 'zigbee',
      severity: 'error',
      since: minutesFromNow(-4),
      diagnosis: 'Zigbee was stopped: it crashed five times in ten minutes.',
      step: 'Check its settings, then restart it.',
      fix: 'Restart',
    },
  ),
  backups: byId<Backup>(
    { id: '2027-05-05T02-00-00', at: minutesFromNow(-1500), bytes: 3_412_992 },
    { id: '2027-05-01T02-00-00', at: minutesFromNow(-7300), bytes: 412_672 },
  ),
});
