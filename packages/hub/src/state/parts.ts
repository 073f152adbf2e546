// What the home's machine is made of, and how its documents change.

import { parseDate } from '@lintel/engine';
import type { ChangeBody } from '../interface.ts';
import type { Edit, JournalRecord } from '../journal/records.ts';
import type { Registry } from '../registry/registry.ts';
import type { Attribution } from './attribution.ts';
import { NOWHERE, type Core, type CoreCommand, type CoreEvent } from './core.ts';
import type { Departed } from './departed.ts';
import { deviceView } from './device-view.ts';
import type { Offences } from './offences.ts';
import type { Pending } from './pending.ts';
import type { PersonState, PresenceOfPeople } from './presence.ts';
import type { Properties } from './properties.ts';
import type { Reverts } from './reverts.ts';
import type { Runs } from './runs.ts';
import type { Saves } from './saves.ts';
import type { Schedules } from './schedules.ts';

export interface Parts {
  readonly registry: Registry;
  readonly properties: Properties;
  readonly attribution: Attribution;
  readonly pending: Pending;
  readonly runs: Runs;
  readonly saves: Saves;
  readonly reverts: Reverts;
  readonly schedules: Schedules;
  readonly presence: PresenceOfPeople;
  readonly clock: ClockTrust;
  readonly offences: Offences;
  readonly departed: Departed;
  readonly core: Core;
}

export interface ClockTrust {
  /** Whether the time of day is unknown. */
  lost: boolean;
}

/** One record being applied, with what follows from it so far. */
export interface Step {
  readonly record: JournalRecord;
  readonly changes: ChangeBody[];
  readonly edits: Edit[];
  readonly events: CoreEvent[];
  readonly troubles: string[];
  /** What the home itself wants done; it stands in `pending` too. */
  readonly commands: CoreCommand[];
  /** Whether rules are switched in this step, so that the core is given their new texts behind it. */
  switched: boolean;
}

export type OfKind<Kind extends JournalRecord['kind']> = Extract<JournalRecord, { kind: Kind }>;

/** Tells the live page of a whole device. */
export function announce(parts: Parts, step: Step, device: string): void {
  const record = parts.registry.get('devices', device);
  if (record === null) return;
  const value = deviceView(record, parts.properties.device(device), step.record.at);
  step.changes.push({ topic: 'device', id: device, value });
}

/** Devices as the core needs them: who is in which room, and of what kind. */
export function membership({ registry, properties }: Pick<Parts, 'registry' | 'properties'>, now: number) {
  return registry.list('devices').map((record) => deviceView(record, properties.device(record.id), now));
}

export const placeOf = (registry: Registry): typeof NOWHERE => registry.home ?? NOWHERE;

/** The home as the core needs it: its place, its mode, its holidays as far as there are such days, and which room lies on which floor. */
export const homeForCore = (registry: Registry) => ({
  ...placeOf(registry),
  ...(registry.home !== null && { holidays: registry.home.holidays.filter((date) => parseDate(date) !== null) }),
  rooms: registry.list('rooms').map(({ id, floor = null }) => ({ id, floor })),
});

/** A document changes as a consequence of the record. */
export function changeDocument(parts: Parts, step: Step, edit: Edit): void {
  parts.registry.apply([edit]);
  step.edits.push(edit);
  announceEdit(parts, step, edit);
}

const TOPICS = {
  rooms: 'room',
  groups: 'group',
  scenes: 'scene',
  variables: 'variable',
  notifications: 'notification',
} as const;

export function announceEdit(parts: Parts, step: Step, { collection, id, value }: Edit): void {
  switch (collection) {
    case 'home': {
      const { id: _, ...home } = parts.registry.home!;
      step.changes.push({ topic: 'home', value: home });
      return;
    }
    case 'devices':
      if (value !== null) return announce(parts, step, id);
      parts.properties.forget(id);
      step.changes.push({ topic: 'device', id, value: null });
      return;
    case 'authors':
      return;
    case 'people':
      return announcePerson(parts, step, id);
    case 'schedules':
      return announceSchedule(parts, step, id);
    case 'automations':
      if (value === null) parts.runs.forget(id);
      step.changes.push({ topic: 'automation', id, value });
      return;
    default:
      step.changes.push({ topic: TOPICS[collection], id, value });
  }
}

export function announcePerson({ registry, presence }: Parts, step: Step, id: string): void {
  const person = registry.get('people', id);
  announceOnce(step, 'person', id, person === null ? null : personView(person, presence.state(id)));
}

export function announceSchedule({ registry, schedules }: Parts, step: Step, id: string): void {
  const schedule = registry.get('schedules', id);
  announceOnce(step, 'schedule', id, schedule === null ? null : { ...schedule, value: schedules.value(id) });
}

export function personView<T extends object>(person: T, { presence, since }: PersonState) {
  return { ...person, presence, since: since === null ? null : new Date(since).toISOString() };
}

/** What was edited and then moved on in the same record is told as it is in the end. */
function announceOnce({ changes }: Step, topic: 'person' | 'schedule', id: string, value: unknown): void {
  const earlier = changes.findIndex((change) => change.topic === topic && change.id === id);
  if (earlier !== -1) changes.splice(earlier, 1);
  changes.push({ topic, id, value });
}
