// The rule language as data. The engine checks, compiles and runs it; this file only says its shape.
// Durations are strings ("5m"), offsets may carry a sign ("-30m"), times of day are "HH:MM" or "HH:MM:SS" in local time.

import type { OriginKind } from './devices.ts';
import type { Target } from './commands.ts';
import type { KnownValue, Value } from './values.ts';

export type Weekday = 'mon' | 'tue' | 'wed' | 'thu' | 'fri' | 'sat' | 'sun' | 'workday' | 'holiday';
export type SunEvent = 'sunrise' | 'sunset' | 'dawn' | 'dusk' | 'noon';

/** A value worked out when the action runs. */
export interface Expression {
  readonly expression: string;
}
export type Computed<T> = T | Expression;

/** A device, or a set of devices whose membership is live. */
export type DeviceSelector =
  | string
  | ({ readonly kind?: string } & (
      | { readonly devices: readonly string[] }
      | { readonly room: string }
      | { readonly floor: string }
      | { readonly home: true }
    ));
export type Match = 'any' | 'all' | 'none';

interface TriggerBase {
  /** Default: the trigger's index as a string. */
  readonly id?: string;
}

export interface PropertyTrigger extends TriggerBase {
  readonly kind: 'property';
  readonly device: DeviceSelector;
  readonly match?: Match;
  readonly property: string;
  readonly becomes?: KnownValue | readonly KnownValue[];
  readonly from?: KnownValue | readonly KnownValue[];
  readonly above?: number;
  readonly below?: number;
  readonly changes?: true;
  readonly hysteresis?: number;
  readonly for?: string;
  readonly origin?: OriginKind | readonly OriginKind[];
}

export interface EventTrigger extends TriggerBase {
  readonly kind: 'event';
  readonly event: string;
  readonly device?: DeviceSelector;
  readonly button?: string | number;
  readonly action?: string | readonly string[];
}

export type TimeSource =
  | string
  | { readonly variable: string }
  | { readonly device: string; readonly property: string };

export interface TimeTrigger extends TriggerBase {
  readonly kind: 'time';
  readonly at: TimeSource | readonly TimeSource[];
  readonly weekdays?: readonly Weekday[];
  readonly dates?: readonly string[];
}
export interface EveryTrigger extends TriggerBase {
  readonly kind: 'every';
  readonly every: string;
}
export interface CronTrigger extends TriggerBase {
  readonly kind: 'cron';
  readonly cron: string;
}
export interface SunTrigger extends TriggerBase {
  readonly kind: 'sun';
  readonly event?: SunEvent;
  readonly offset?: string;
  readonly elevation?: number;
  readonly direction?: 'rising' | 'setting';
}
export interface ModeTrigger extends TriggerBase {
  readonly kind: 'mode';
  readonly becomes?: string | readonly string[];
  readonly from?: string | readonly string[];
}
export interface PresenceTrigger extends TriggerBase {
  readonly kind: 'presence';
  readonly person: string;
  readonly becomes: 'home' | 'away';
}
export interface OnlineTrigger extends TriggerBase {
  readonly kind: 'online';
  readonly device: string;
  readonly becomes: boolean;
  readonly for?: string;
}
export interface StartTrigger extends TriggerBase {
  readonly kind: 'start';
}
export interface ManualTrigger extends TriggerBase {
  readonly kind: 'manual';
}
export interface WebhookTrigger extends TriggerBase {
  readonly kind: 'webhook';
  readonly webhook: string;
}
export interface ScheduleTrigger extends TriggerBase {
  readonly kind: 'schedule';
  readonly schedule: string;
  readonly becomes?: KnownValue | readonly KnownValue[];
}
export interface ExpressionTrigger extends TriggerBase {
  readonly kind: 'expression';
  readonly expression: string;
  readonly for?: string;
}

export type Trigger =
  | PropertyTrigger
  | EventTrigger
  | TimeTrigger
  | EveryTrigger
  | CronTrigger
  | SunTrigger
  | ModeTrigger
  | PresenceTrigger
  | OnlineTrigger
  | StartTrigger
  | ManualTrigger
  | WebhookTrigger
  | ScheduleTrigger
  | ExpressionTrigger;

export type Condition =
  | { readonly kind: 'and' | 'or'; readonly conditions: readonly Condition[] }
  | { readonly kind: 'not'; readonly condition: Condition }
  | {
      readonly kind: 'property';
      readonly device: DeviceSelector;
      readonly match?: Match;
      readonly property: string;
      readonly is?: KnownValue | readonly KnownValue[];
      readonly above?: number;
      readonly below?: number;
      readonly between?: readonly [number, number];
      readonly unknown?: boolean;
      readonly for?: string;
      readonly origin?: OriginKind | readonly OriginKind[];
    }
  | { readonly kind: 'time'; readonly after?: string; readonly before?: string; readonly weekdays?: readonly Weekday[] }
  | {
      readonly kind: 'sun';
      readonly after?: SunEvent;
      readonly before?: SunEvent;
      readonly offset?: string;
      readonly beforeOffset?: string;
    }
  | { readonly kind: 'mode'; readonly is: string | readonly string[] }
  | { readonly kind: 'presence'; readonly person: string; readonly is: 'home' | 'away' }
  | { readonly kind: 'online'; readonly device: string; readonly is: boolean }
  | { readonly kind: 'schedule'; readonly schedule: string; readonly is: KnownValue | readonly KnownValue[] }
  | { readonly kind: 'expression'; readonly expression: string }
  | { readonly kind: 'trigger'; readonly is: string };

export type FailurePolicy = 'continue' | 'stop' | readonly Action[];

export type Action =
  | {
      readonly kind: 'set';
      readonly target: Target;
      readonly values: Readonly<Record<string, Computed<Value>>>;
      readonly transition?: Computed<string>;
      readonly for?: Computed<string>;
      readonly onFailure?: FailurePolicy;
    }
  | {
      readonly kind: 'command';
      readonly target: Target;
      readonly command: string;
      readonly args?: Readonly<Record<string, Computed<unknown>>>;
      readonly onFailure?: FailurePolicy;
    }
  | { readonly kind: 'save'; readonly target: Target; readonly as: string }
  | { readonly kind: 'restore'; readonly as: string; readonly transition?: Computed<string> }
  | { readonly kind: 'scene'; readonly scene: string; readonly transition?: Computed<string> }
  | {
      readonly kind: 'notify';
      readonly message: Computed<string>;
      readonly title?: Computed<string>;
      readonly to?: string | readonly string[];
      readonly actions?: readonly { readonly id: string; readonly title: string }[];
      readonly tag?: string;
      readonly critical?: boolean;
    }
  | { readonly kind: 'mode'; readonly mode: Computed<string> }
  | { readonly kind: 'emit'; readonly event: string; readonly data?: Readonly<Record<string, Computed<Value>>> }
  | { readonly kind: 'variable'; readonly name: string; readonly value: Computed<Value> }
  | { readonly kind: 'automation'; readonly automation: string; readonly do: 'run' | 'enable' | 'disable' }
  | { readonly kind: 'delay'; readonly for: Computed<string> }
  | {
      readonly kind: 'wait';
      readonly until?: Condition;
      readonly event?: Trigger;
      readonly timeout?: Computed<string>;
      readonly onTimeout?: 'continue' | 'stop';
    }
  | {
      readonly kind: 'if';
      readonly if: Condition;
      readonly then: readonly Action[];
      readonly else?: readonly Action[];
    }
  | {
      readonly kind: 'choose';
      readonly choices: readonly { readonly if: Condition; readonly then: readonly Action[] }[];
      readonly else?: readonly Action[];
    }
  | {
      readonly kind: 'repeat';
      readonly count?: Computed<number>;
      readonly while?: Condition;
      readonly until?: Condition;
      readonly each?: readonly Computed<Value>[];
      readonly actions: readonly Action[];
    }
  | { readonly kind: 'parallel'; readonly branches: readonly (readonly Action[])[] }
  | { readonly kind: 'stop' };

export type RunMode = 'single' | 'restart' | 'queued' | 'parallel';

/** A rule as written; fields left out have the defaults of {@link RULE_DEFAULTS}. */
export interface Rule {
  readonly id: string;
  readonly name?: string;
  readonly enabled?: boolean;
  readonly mode?: RunMode;
  readonly max?: number;
  readonly onEdit?: 'finish' | 'cancel';
  readonly missed?: 'skip' | 'run';
  readonly triggers: readonly Trigger[];
  readonly conditions?: readonly Condition[];
  readonly actions: readonly Action[];
  /** Set by the hub; ignored on write. */
  readonly author?: string;
  /** Counts the edits of this rule from 1; ignored on write. */
  readonly version?: number;
}

export const RULE_DEFAULTS = {
  enabled: true,
  mode: 'single',
  max: 10,
  onEdit: 'finish',
  missed: 'skip',
  conditions: [],
} as const satisfies Partial<Rule>;

/** Ids that no rule has, since the API has something else at their addresses. */
export const RESERVED_RULE_IDS: readonly string[] = ['forecast'];

/** What may be wrong with rules that are well written; docs/rules.md says what each means. */
export const PROBLEM_CODES = [
  'conflict',
  'loop',
  'never-fires',
  'shadowed',
  'unreachable',
  'unknown-device',
  'unknown-property',
  'unknown-room',
  'unknown-floor',
  'unknown-group',
  'unknown-scene',
  'unknown-person',
  'unknown-schedule',
  'unknown-variable',
  'unknown-automation',
  'guard-bypass',
  'type',
] as const;
export type ProblemCode = (typeof PROBLEM_CODES)[number];

/** Something that is wrong with a rule alone, with others, or with the home. */
export interface RuleProblem {
  /** An error keeps the rule from doing what it says; a warning is for people to judge. */
  readonly severity: 'error' | 'warning';
  readonly code: ProblemCode;
  readonly rule: string;
  /** JSON pointer inside the rule. */
  readonly pointer: string;
  readonly message: string;
  /** The other rule, where two are involved. */
  readonly with?: string;
}
