// What the conformance suite is made of: levels, checks, and what it takes to run them.

import type { PluginDefinition } from '../define.ts';
import type { Discovery } from '../plugin.ts';
import type { QualityLevel } from '../quality.ts';
import type { FakeHub } from './fake-hub.ts';

export interface TestPluginOptions {
  /** Settings to start with; default `{}`. */
  readonly settings?: unknown;
  /** Settings that the schema must refuse; wrong types of each field are tried anyway. */
  readonly badSettings?: readonly unknown[];
  /** What there is to find on the network; default nothing, and once strangers with hostile names. */
  readonly discover?: Discovery;
  /** Makes the plugin's devices unreachable, such as by closing the simulator they live in. Needed for silver. */
  readonly unreachable?: (hub: FakeHub) => void | Promise<void>;
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
