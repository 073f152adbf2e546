// What the conformance suite is made of: levels, checks, and what it takes to run them.

import type { PluginDefinition } from '../define.ts';
import type { PairingRequest } from '../pairing.ts';
import type { Discovery } from '../plugin.ts';
import type { QualityLevel } from '../quality.ts';
import type { FakeHub } from './fake-hub.ts';
import type { FakeHubOptions } from './fake-hub-options.ts';

/**
 * What the suite needs to know of the plugin it tries.
 * @example const options: TestPluginOptions = { settings: { lamps: 1 }, badSettings: [{ lamps: -1 }] };
 */
export interface TestPluginOptions {
  /** Settings to start with; default `{}`. */
  readonly settings?: unknown;
  /** Settings that the schema or `setup` must refuse; wrong types of each field are tried anyway. */
  readonly badSettings?: readonly unknown[];
  /** What there is to find on the network; default nothing, and once strangers with hostile names. */
  readonly discover?: Discovery;
  /** What pairing takes besides its 60 seconds, such as the code of a device that is not there; default nothing. */
  readonly pairing?: Omit<Partial<PairingRequest>, 'seconds'>;
  /** Makes the plugin's devices unreachable, such as by closing the simulator they live in. Needed for silver. */
  readonly unreachable?: (hub: FakeHub) => void | Promise<void>;
  /**
   * For a plugin whose radio or simulator lives on the host's time: how many milliseconds of the hub's time pass for each
   * real one where a check only waits, such as ten minutes after a stop; at least 1. What the plugin is asked to do then
   * has its usual time on the host's clock. Default: the clock is turned by hand, and nothing takes real time.
   */
  readonly pace?: number;
  /** What was kept from earlier: each check's hub starts with it, such as with a network that devices have joined. */
  readonly kept?: Pick<FakeHubOptions, 'store' | 'secrets' | 'folder'>;
  /** Called before each check, so that simulated devices start afresh. */
  readonly before?: () => void | Promise<void>;
}

/** Thrown by a check that cannot be made. */
export class Skipped extends Error {}

export interface Check {
  readonly name: string;
  readonly level: QualityLevel;
  run(plugin: PluginDefinition, options: TestPluginOptions): Promise<void>;
}
