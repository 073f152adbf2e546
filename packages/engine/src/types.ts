// The shapes of the engine's public face.

import type { Device, Rule, Target, Value } from '@lintel/model';

/** Where the home is and what it calls its days. */
export interface EngineHome {
  readonly latitude: number;
  readonly longitude: number;
  /** An IANA zone such as `"Europe/Berlin"`. */
  readonly timeZone: string;
  /** Default `"home"`. */
  readonly mode?: string;
  /** Dates `"2027-12-24"` or `"12-24"`, for `holiday` and `workday`. */
  readonly holidays?: readonly string[];
  /** Which room lies on which floor. */
  readonly rooms?: readonly { readonly id: string; readonly floor?: string | null }[];
}

/** What the engine reads of a device; `GET /api/devices` has more. */
export type EngineDevice = Pick<Device, 'id' | 'kind' | 'room' | 'endpoints'> & { readonly name?: string };

/** The ids of what else rules name, as the home has it; where a list is left out, anything may be there. */
export interface HomeNames {
  readonly rooms?: readonly string[];
  readonly floors?: readonly string[];
  readonly groups?: readonly string[];
  readonly scenes?: readonly string[];
  readonly people?: readonly string[];
  readonly schedules?: readonly string[];
  /** Besides those that the rules themselves write. */
  readonly variables?: readonly string[];
  /** Besides the rules that are looked at. */
  readonly automations?: readonly string[];
}

interface Numbered {
  /** The journal's number of the event; the engine numbers those without one itself. */
  readonly sequence?: number;
  readonly origin?: { readonly kind: string } | string;
}
type Data = Readonly<Record<string, Value>>;

export type EngineEvent = Numbered &
  (
    | { readonly device: string; readonly property: string; readonly value: Value }
    | {
        readonly device: string;
        readonly event: string;
        readonly button?: string | number;
        readonly action?: string;
        readonly data?: Data;
      }
    | { readonly event: string; readonly button?: string | number; readonly action?: string; readonly data?: Data }
    | { readonly device: string; readonly online: boolean }
    | { readonly mode: string }
    /** Null where no source knows any more. */
    | { readonly person: string; readonly presence: 'home' | 'away' | null }
    | { readonly webhook: string; readonly data?: Data }
    | { readonly run: string }
    | { readonly start: true }
    | { readonly outcome: string; readonly status: string }
    | { readonly variable: string; readonly value: Value }
    | { readonly schedule: string; readonly value: Value }
    /** As the first event: the time up to now was not lived through, so that clock triggers due by then were missed. */
    | { readonly downtime: true }
    /** One run is called off. */
    | { readonly cancel: { readonly rule: string; readonly run: number } }
    /** The `for` of a trigger stops counting, until what it waits for comes true again. */
    | { readonly calledOff: Countdown }
    /** A rule is switched on or off, as the action `automation` does it: its runs go on. */
    | { readonly rule: string; readonly enabled: boolean }
  );

/** A trigger whose `for` counts. */
export interface Countdown {
  readonly rule: string;
  /** The trigger's id. */
  readonly trigger: string;
  /** Whose property it is, for a trigger over a set the member's; null where a whole set, an expression or the like counts. */
  readonly device: string | null;
}

/** What an action asks for: the action as written, expressions worked out, durations in ms, `{trigger: true}` resolved. */
export interface EngineCommand {
  /** Unique, and the same after a restore. */
  readonly id: string;
  /** The instant of the command itself, in ms since 1970; earlier than the step's `now` when that came late. */
  readonly at: number;
  readonly rule: string;
  readonly run: number;
  /** `sequence` of the event that started the run; 0 when the clock did. */
  readonly cause: number;
  readonly kind: string;
  readonly target?: Target;
  readonly [field: string]: unknown;
}

export type TraceOutcome = 'finished' | 'stopped' | 'cancelled' | 'dropped' | 'conditions' | 'fuel' | 'cascade';

export interface EngineTrace {
  readonly rule: string;
  /** Counts the runs of a rule from 1; 0 where none was started. */
  readonly run: number;
  readonly at: number;
  readonly trigger: string;
  readonly outcome: TraceOutcome;
  /** The condition that did not pass, or the action at which the run was stopped. */
  readonly pointer?: string;
}

export interface StepResult {
  readonly commands: EngineCommand[];
  /** The deadline of the earliest armed timer, in ms since 1970. */
  readonly wakeAt: number | null;
  readonly traces: EngineTrace[];
}

export interface EngineOptions {
  readonly rules?: readonly Rule[];
  readonly compiled?: Uint8Array;
  readonly home?: EngineHome;
  /** Milliseconds since 1970. */
  readonly startAt: number;
  /** Feeds `random(a, b)`; default 0. */
  readonly seed?: number;
  readonly devices?: readonly EngineDevice[];
  /**
   * Whether rules must fit the devices; default true. False where rules were checked when they were saved and may by now
   * name devices that are gone: devices then only say who is in which room.
   */
  readonly strict?: boolean;
}

/** How many runs an exchange of the rules left as they were, let finish on their old code, or ended. */
export interface ReplaceResult {
  readonly kept: number;
  readonly finished: number;
  readonly cancelled: number;
}
