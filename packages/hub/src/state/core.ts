// The automation core as the home's machine uses it: rules in, events in, commands out.

import { createEngine, type Command, type Engine, type EngineEvent, type Trace } from '@lintel/engine';
import type { Device, Place, Rule, Target, Value, Values } from '@lintel/model';

interface Emitted {
  /** Unique, and the same after a restore. */
  readonly id: string;
  /** Its own instant, milliseconds since 1970. */
  readonly at: number;
  readonly rule: string;
  readonly run: number;
  /** Journal number of what started the run; 0 where the clock did. */
  readonly cause: number;
}

/** What a rule asks for; expressions are worked out, durations are milliseconds. */
export type CoreCommand = Emitted &
  (
    | {
        readonly kind: 'set';
        readonly target: Target;
        readonly values: Values;
        readonly transition?: number;
        readonly for?: number;
      }
    | {
        readonly kind: 'command';
        readonly target: Target;
        readonly command: string;
        readonly args?: Readonly<Record<string, unknown>>;
      }
    | { readonly kind: 'scene'; readonly scene: string; readonly transition?: number }
    | { readonly kind: 'mode'; readonly mode: string }
    | {
        readonly kind: 'notify';
        readonly message: Value;
        readonly title?: Value;
        readonly to?: string | readonly string[];
        readonly actions?: readonly { readonly id: string; readonly title: string }[];
        readonly tag?: string;
        readonly critical?: boolean;
      }
    | { readonly kind: 'emit'; readonly event: string; readonly data?: Values }
    | { readonly kind: 'save'; readonly target: Target; readonly as: string }
    | {
        readonly kind: 'restore';
        readonly as: string;
        readonly transition?: number;
        /** What was saved, as found when the command came. */
        readonly targets?: readonly { readonly device: string; readonly values: Values }[];
      }
  );
export type CoreTrace = Trace;
export type CoreEvent = EngineEvent;
export type Core = Engine;

/** The engine's commands by their kinds; their fields are the actions' own. */
export const asCoreCommand = (command: Command): CoreCommand => command as unknown as CoreCommand;

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
