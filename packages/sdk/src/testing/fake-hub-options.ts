// What a hub in memory can be given.

import type { HomeDevice } from '../home.ts';
import type { Discovery } from '../plugin.ts';
import type { FakeClock } from './clock.ts';

/**
 * What the hub in memory starts with.
 * @example const options: FakeHubOptions = { settings: { lamps: 1 }, store: { seen: 3 } };
 */
export interface FakeHubOptions {
  /** Default a clock that stands still at 2027-01-01 12:00 UTC. */
  readonly clock?: FakeClock;
  /** Given to `setup`, after the plugin's own schema has parsed them; default `{}`. */
  readonly settings?: unknown;
  /** What the plugin stored at an earlier start. */
  readonly store?: Readonly<Record<string, unknown>>;
  readonly secrets?: Readonly<Record<string, unknown>>;
  /** What the plugin hears on the network; default nothing. */
  readonly discover?: Discovery;
  /** What people chose to show of their home; default nothing, as for a plugin that does not ask for it. */
  readonly home?: readonly HomeDevice[];
  /** Where the home is; default `"UTC"`. */
  readonly timeZone?: string;
  /** A folder for the plugin's files; default one that does not exist. */
  readonly folder?: string;
  /** A folder of firmware images; default none. */
  readonly firmware?: string;
}
