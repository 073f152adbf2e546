// The home and its parts as people name them.

import type { Origin } from './devices.ts';
import type { Weekday } from './rules.ts';
import type { KnownValue, Value, Values } from './values.ts';

export interface Place {
  /** Degrees north, −90 to 90. */
  readonly latitude: number;
  /** Degrees east, −180 to 180. */
  readonly longitude: number;
  /** An IANA zone such as `"Europe/Berlin"`. */
  readonly timeZone: string;
}

export interface Home extends Place {
  readonly name: string;
  readonly units: 'metric' | 'imperial';
  /** A BCP 47 tag such as `"en"`. */
  readonly language: string;
  /** `home`, `away`, `night`, `vacation` or one of the owner's own. */
  readonly mode: string;
  /** Commands that a person must confirm, such as `"lock.unlock"`. */
  readonly confirm: readonly string[];
  /** Dates `"2027-12-24"` or `"12-24"`. */
  readonly holidays: readonly string[];
}

export interface Room {
  readonly id: string;
  readonly name: string;
  readonly floor?: string | null;
  readonly icon?: string | null;
}

export interface Group {
  readonly id: string;
  readonly name: string;
  readonly devices: readonly string[];
}

export interface Scene {
  readonly id: string;
  readonly name: string;
  readonly targets: readonly { readonly device: string; readonly values: Values }[];
  readonly transition?: string;
}

export type Presence = 'home' | 'away';

/** Someone who lives here, with or without an account. */
export interface Person {
  readonly id: string;
  readonly name: string;
  /** The account of theirs, where they have one. */
  readonly user?: string | null;
  /** Devices, or sources of plugins as `<plugin>:<source>`, that know whether they are home. */
  readonly sources: readonly string[];
}

/** A value of the home's own, for rules to read and write. */
export interface Variable {
  readonly name: string;
  readonly type: 'boolean' | 'number' | 'string';
  readonly min?: number;
  readonly max?: number;
  /** Null is unknown. */
  readonly value: Value;
}

export interface ScheduleBlock {
  readonly weekdays: readonly Weekday[];
  /** Local time, `"HH:MM"` or `"HH:MM:SS"`. */
  readonly at: string;
  readonly value: KnownValue;
}

/** A weekly schedule: it has the value of the block that began last. */
export interface Schedule {
  readonly id: string;
  readonly name: string;
  readonly blocks: readonly ScheduleBlock[];
}

/** What the home tells its people. */
export interface Notification {
  readonly id: string;
  /** ISO 8601 UTC. */
  readonly at: string;
  readonly title?: string;
  readonly text: string;
  readonly actions: readonly { readonly id: string; readonly title: string }[];
  readonly critical: boolean;
  /** A newer one with the same tag takes its place. */
  readonly tag?: string;
  /** Ids of people or users it is meant for; everyone's when left out. */
  readonly to?: readonly string[];
  readonly automation?: string;
  readonly answered?: { readonly action: string; readonly at: string; readonly by: Origin };
}
