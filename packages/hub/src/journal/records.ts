// The journal's records: every input of the home, in order. A record once written is never changed; new kinds are added and
// old ones stay readable for ever, since journals of older versions replay to the same commands.

import type { DeviceCommand, Origin, OutcomeStatus, Presence, Values } from '@lintel/model';

export const RECORD_VERSION = 1;

/** One document of the registry put in place whole, or taken away (`value` null). */
export interface Edit {
  readonly collection: CollectionName;
  readonly id: string;
  readonly value: unknown;
}

export const COLLECTIONS = [
  'home',
  'rooms',
  'groups',
  'scenes',
  'devices',
  'automations',
  'people',
  'variables',
  'schedules',
  'notifications',
  'authors',
] as const;
export type CollectionName = (typeof COLLECTIONS)[number];

/** One device's share of a command, as resolved when it was sent. */
export interface Delivery {
  readonly device: string;
  readonly command: DeviceCommand;
}

export type Input =
  /** The hub started; whatever fell due before it did so while the hub was down. */
  | { readonly kind: 'start'; readonly body: { readonly version: string } }
  /** A deadline of the core's has come. */
  | { readonly kind: 'tick'; readonly body: Readonly<Record<never, never>> }
  /** The clock was set forth, the machine slept, or the time of day was lost or found: clock triggers that came due are missed. */
  | {
      readonly kind: 'clock';
      readonly body: {
        /** Whether the time of day is unknown from here on. */
        readonly lost: boolean;
        /** The home's time is set back to this instant, milliseconds since 1970, since a person said so. */
        readonly backTo?: number;
      };
    }
  | { readonly kind: 'report'; readonly body: { readonly device: string; readonly values: Values } }
  | {
      readonly kind: 'event';
      readonly body: {
        readonly device: string | null;
        readonly event: string;
        readonly data: Readonly<Record<string, unknown>>;
      };
    }
  | { readonly kind: 'online'; readonly body: { readonly device: string; readonly online: boolean } }
  | { readonly kind: 'stale'; readonly body: { readonly device: string } }
  | { readonly kind: 'edit'; readonly body: { readonly edits: readonly Edit[] } }
  /** A source of a plugin's knows whether its person is home. */
  | { readonly kind: 'presence'; readonly body: { readonly source: string; readonly presence: Presence } }
  | { readonly kind: 'webhook'; readonly body: { readonly webhook: string; readonly data: Values } }
  /** Something pending is called off, by its id in the list of what is pending. */
  | { readonly kind: 'cancel'; readonly body: { readonly pending: string } }
  /** A person runs a rule by hand. */
  | { readonly kind: 'run'; readonly body: { readonly rule: string } }
  /** A person's, or the API's, command; the record's number is the command's id. */
  | { readonly kind: 'command'; readonly body: { readonly on: unknown; readonly command: DeviceCommand } }
  /** A command goes out; `command` is the core's id or, prefixed with `p`, the number of a person's record. */
  | {
      readonly kind: 'sent';
      readonly body: {
        readonly command: string;
        readonly deliveries: readonly Delivery[];
        /** After so many milliseconds the devices go back to what they were. */
        readonly for?: number;
      };
    }
  | {
      readonly kind: 'outcome';
      readonly body: Outcome;
    };

/** What became of a command at one device; of all of it where the device is empty. */
export interface Outcome {
  readonly command: string;
  readonly device: string;
  readonly status: OutcomeStatus | 'expired';
  readonly error?: { readonly code: string; readonly detail: string };
}

export type JournalRecord = Input & {
  /** Counts records from 1 without a gap. */
  readonly sequence: number;
  /** Milliseconds since 1970, never less than the record's before but where the clock was set back. */
  readonly at: number;
  readonly origin: Origin;
  /** The number of the record that led to this one, 0 for none. */
  readonly cause: number;
};

/** What is written to disk: the record with its version. */
export function encodeRecord(record: JournalRecord): Buffer {
  const { sequence, at, kind, origin, cause, body } = record;
  return Buffer.from(JSON.stringify({ v: RECORD_VERSION, sequence, at, kind, origin, cause, body }));
}

export function decodeRecord(bytes: Buffer): JournalRecord {
  const { v, ...record } = JSON.parse(bytes.toString('utf8')) as JournalRecord & { v: number };
  if (v > RECORD_VERSION) throw new Error(`record ${record.sequence} was written by a newer Lintel`);
  return record as JournalRecord;
}
