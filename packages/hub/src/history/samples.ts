// What history keeps: every input of the core, as a sample of the series it belongs to. A series is one property of one device,
// or all inputs of one other kind that name the same thing.

import type { EventKind } from '@lintel/engine';
import type { Value } from '@lintel/model';
import type { CoreEvent } from '../state/core.ts';

/** What kinds of series there are: one for each kind of input. */
export type SeriesKind = EventKind;

export interface Series {
  readonly kind: SeriesKind;
  /** A device's id, or empty. */
  readonly device: string;
  /** A property, person, variable, schedule or webhook; empty where there is one series of the kind. */
  readonly name: string;
}

export interface Sample {
  /** Journal number of the record that brought it. */
  readonly sequence: number;
  /** Its place among the inputs of that record. */
  readonly place: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  /** A plain value, or what an event carried. */
  readonly value: unknown;
  /** The kind of origin of a property's value; empty for the others. */
  readonly origin: string;
}

/** A sample with its series, as it travels to the thread that keeps it. */
export type Entry = readonly [
  kind: SeriesKind,
  device: string,
  name: string,
  sequence: number,
  place: number,
  at: number,
  value: unknown,
  origin: string,
];

/** The inputs of one journal record. */
export interface Inputs {
  readonly sequence: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly events: readonly CoreEvent[];
}

export function entriesOf({ sequence, at, events }: Inputs): Entry[] {
  return events.map((event, place) => {
    const { kind, device, name, value, origin = '' } = split(event);
    return [kind, device, name, sequence, place, at, value, origin];
  });
}

interface Split extends Series {
  readonly value: unknown;
  readonly origin?: string;
}

function split(event: CoreEvent): Split {
  if ('property' in event) {
    const { device, property, value, origin } = event;
    return { kind: 'property', device, name: property, value, origin: kindOf(origin) };
  }
  if ('event' in event) {
    const { sequence: _, origin: __, device = '', ...heard } = event as typeof event & { device?: string };
    return { kind: 'event', device, name: '', value: heard };
  }
  if ('online' in event) return { kind: 'online', device: event.device, name: '', value: event.online };
  if ('mode' in event) return { kind: 'mode', device: '', name: '', value: event.mode };
  if ('presence' in event) return { kind: 'presence', device: '', name: event.person, value: event.presence };
  if ('webhook' in event) return { kind: 'webhook', device: '', name: event.webhook, value: event.data ?? {} };
  if ('run' in event) return { kind: 'run', device: '', name: '', value: event.run };
  if ('start' in event) return { kind: 'start', device: '', name: '', value: true };
  if ('downtime' in event) return { kind: 'downtime', device: '', name: '', value: true };
  if ('outcome' in event)
    return { kind: 'outcome', device: '', name: '', value: { outcome: event.outcome, status: event.status } };
  if ('cancel' in event) return { kind: 'cancel', device: '', name: event.cancel.rule, value: event.cancel.run };
  if ('calledOff' in event) {
    const { rule: name, ...value } = event.calledOff;
    return { kind: 'calledOff', device: '', name, value };
  }
  if ('enabled' in event) return { kind: 'enabled', device: '', name: event.rule, value: event.enabled };
  if ('variable' in event) return { kind: 'variable', device: '', name: event.variable, value: event.value };
  return { kind: 'schedule', device: '', name: event.schedule, value: event.value };
}

const kindOf = (origin: CoreEvent['origin']): string => (typeof origin === 'object' ? origin.kind : (origin ?? ''));

/** The input that a sample was, as the core takes it. */
export function eventOf({ kind, device, name }: Series, { sequence, value, origin }: Sample): CoreEvent {
  switch (kind) {
    case 'property':
      return { device, property: name, value: value as Value, sequence, ...(origin !== '' && { origin }) };
    case 'event':
      return { ...(value as { event: string }), ...(device !== '' && { device }), sequence };
    case 'online':
      return { device, online: value as boolean, sequence };
    case 'mode':
      return { mode: value as string, sequence };
    case 'presence':
      return { person: name, presence: value as 'home' | 'away' | null, sequence };
    case 'webhook':
      return { webhook: name, data: value as Readonly<Record<string, Value>>, sequence };
    case 'run':
      return { run: value as string, sequence };
    case 'start':
      return { start: true, sequence };
    case 'outcome':
      return { ...(value as { outcome: string; status: string }), sequence };
    case 'variable':
      return { variable: name, value: value as Value, sequence };
    case 'schedule':
      return { schedule: name, value: value as Value, sequence };
    case 'cancel':
      return { cancel: { rule: name, run: value as number }, sequence };
    case 'calledOff':
      return { calledOff: { rule: name, ...(value as { trigger: string; device: string | null }) }, sequence };
    case 'enabled':
      return { rule: name, enabled: value as boolean, sequence };
    case 'downtime':
      return { downtime: true, sequence };
  }
}
