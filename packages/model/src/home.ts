// The home and its parts as people name them.

import type { Values } from './values.ts';

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
