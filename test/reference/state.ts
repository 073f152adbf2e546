// The whole memory of the reference model as plain data: a structuredClone of it is a snapshot.

import type { Action, Condition, Device, Origin, Place, PropertyTrigger, Rule, Trigger, Value } from '@lintel/model';

export interface ReferenceHome extends Place {
  readonly mode?: string;
  readonly holidays?: readonly string[];
  readonly rooms?: readonly { readonly id: string; readonly floor?: string | null }[];
}

export type ReferenceDevice = Pick<Device, 'id' | 'kind' | 'room'> & Partial<Device>;

/** What happens in the home; `sequence` is its journal number. */
export type HomeEvent = { readonly sequence?: number } & (
  | { readonly device: string; readonly property: string; readonly value: Value; readonly origin?: Origin }
  | {
      readonly device: string;
      readonly event: string;
      readonly button?: string | number;
      readonly action?: string;
      readonly data?: Readonly<Record<string, Value>>;
    }
  | { readonly event: string; readonly data?: Readonly<Record<string, Value>> }
  | { readonly device: string; readonly online: boolean }
  | { readonly mode: string }
  | { readonly person: string; readonly presence: 'home' | 'away' }
  | { readonly webhook: string; readonly data?: Readonly<Record<string, Value>> }
  | { readonly run: string }
  | { readonly cancel: { readonly rule: string; readonly run: number } }
  | { readonly rule: string; readonly enabled: boolean }
  | { readonly start: true }
  | { readonly downtime: true }
  | { readonly outcome: string; readonly status: string }
  | { readonly variable: string; readonly value: Value }
  | { readonly schedule: string; readonly value: Value }
);

/** An event, or what an action emitted, on its way through the rules. */
export interface Input {
  readonly event: HomeEvent;
  readonly cause: number;
  /** How many actions of rules lie between this and an event from outside. */
  readonly depth: number;
  /** What was known before this input: of its property, mode, person, device or schedule. */
  before: Value;
  /** A report of the value that the property has already. */
  repeats: boolean;
}

export interface PropertyMemory {
  value: Value;
  /** The last known value, null when there never was one. */
  known: Value;
  changedAt: number;
  origin: Origin;
}

/** What one predicate of a trigger remembers. */
export interface Watch {
  /** For `above` and `below`: null before the first known number. */
  armed: boolean | null;
  /** For statements: the last truth that was not unknown. */
  truth: boolean | null;
  /** When its `for` ends, while one is pending. */
  deadline: number | null;
  /** Its `for` was pending when it became unknown. */
  broken: boolean;
  cause: number;
  context: TriggerContext | null;
}

export interface TriggerMemory {
  /** When each time of a clock trigger is next. */
  instants: (number | null)[];
  /** By device for a trigger on devices, or under "" for a statement. */
  readonly watches: Record<string, Watch>;
}

export interface TriggerContext {
  id: string;
  readonly device: string | null;
  readonly value: Value;
  readonly action: Value;
  readonly data: Readonly<Record<string, Value>>;
  readonly origin: Origin | null;
}

export type Frame =
  | { readonly kind: 'list'; readonly actions: readonly Action[]; readonly pointer: string; index: number }
  | {
      readonly kind: 'repeat';
      readonly action: Extract<Action, { kind: 'repeat' }>;
      readonly pointer: string;
      readonly count: number | null;
      round: number;
    };

export type Wait =
  | { readonly kind: 'delay'; readonly deadline: number }
  | { readonly kind: 'branches' }
  | {
      readonly kind: 'outcome';
      readonly command: string;
      readonly policy: 'stop' | readonly Action[];
      readonly pointer: string;
    }
  | {
      readonly kind: 'until';
      readonly condition: Condition;
      readonly deadline: number | null;
      readonly stops: boolean;
      readonly pointer: string;
      /** The next instant at which time alone may make the condition true. */
      recheckAt: number | null;
    }
  | {
      readonly kind: 'event';
      readonly trigger: Trigger;
      readonly memory: TriggerMemory;
      readonly deadline: number | null;
      readonly stops: boolean;
      readonly pointer: string;
    };

/** A run is one thread, and one more for every branch of a `parallel` that is under way. */
export interface Thread {
  readonly id: number;
  readonly parent: number | null;
  readonly stack: Frame[];
  wait: Wait | null;
}

export interface Run {
  /** 0 until it is admitted. */
  id: number;
  readonly rule: Rule;
  readonly cause: number;
  readonly trigger: TriggerContext;
  threads: Thread[];
  nextThread: number;
  timedOut: boolean | null;
  event: TriggerContext | null;
  /** Steps taken at the instant `stepsAt`, for the fuel limit. */
  steps: number;
  stepsAt: number;
}

export interface RuleMemory {
  rule: Rule;
  enabled: boolean;
  /** Runs of a rule are counted from 1. */
  nextRun: number;
  deleted: boolean;
  triggers: TriggerMemory[];
  runs: Run[];
  queue: Run[];
}

export interface Command {
  readonly id: string;
  readonly at: number;
  readonly rule: string;
  readonly run: number;
  readonly cause: number;
  readonly kind: string;
  readonly [field: string]: unknown;
}

export type Outcome = 'finished' | 'stopped' | 'cancelled' | 'dropped' | 'conditions' | 'fuel' | 'cascade';

export interface Trace {
  readonly rule: string;
  readonly run: number;
  readonly at: number;
  readonly trigger: string;
  readonly outcome: Outcome;
  readonly pointer?: string;
}

export interface State {
  home: ReferenceHome;
  devices: readonly ReferenceDevice[];
  now: number;
  /** The instant that is being worked on, at or before `now`. */
  at: number;
  sequence: number;
  random: number;
  nextCommand: number;
  mode: string;
  properties: Record<string, PropertyMemory>;
  online: Record<string, boolean>;
  presence: Record<string, 'home' | 'away'>;
  variables: Record<string, Value>;
  schedules: Record<string, Value>;
  rules: RuleMemory[];
  /** Since when each condition with a `for` has held without a break: by member for `any`, else under "". */
  held: Map<PropertyCondition, Record<string, number>>;
  queue: Input[];
  /** The depth of the input being worked on. */
  depth: number;
  commands: Command[];
  traces: Trace[];
}

export type PropertyCondition = Extract<Condition, { kind: 'property' }>;
export type { PropertyTrigger };

export const slotOf = (device: string, property: string): string => `${device} ${property}`;

export function memoryOf(state: State, device: string, property: string): PropertyMemory | undefined {
  return state.properties[slotOf(device, property)];
}

export const valueOf = (state: State, device: string, property: string): Value =>
  memoryOf(state, device, property)?.value ?? null;

export const listOf = <T>(one: T | readonly T[]): readonly T[] => (Array.isArray(one) ? one : [one]) as readonly T[];
