// The automation core as the home's machine uses it: rules in, events in, commands out.

import { createEngine, type Command, type Engine, type EngineEvent, type Trace } from '@lintel/engine';
import type { Device, Place, Rule } from '@lintel/model';

export type CoreCommand = Command;
export type CoreTrace = Trace;
export type CoreEvent = EngineEvent;
export type Core = Engine;

export interface CoreOptions {
  readonly rules: readonly Rule[];
  readonly home: Place & { readonly mode: string };
  /** For the membership of rooms and kinds. */
  readonly devices: readonly Device[];
  readonly startAt: number;
  readonly seed: number;
}

/** Rules may name devices that are gone, so they are not checked against the devices here. */
export const createCore = (options: CoreOptions): Promise<Core> => createEngine({ ...options, strict: false });

/** Before the hub is claimed there is no place; rules need one only for the sun and local time. */
export const NOWHERE: Place & { mode: string } = { latitude: 0, longitude: 0, timeZone: 'UTC', mode: 'home' };
