// A rule compiled on its own, before it has a place in memory: code and tables that name slots, texts and other rules by what
// they are called. Linking gives them addresses. A fragment depends on its rule alone, so it is kept across edits of others.

import type { HomeMap } from '../link/members.ts';
import type { RuleForm } from '../link/rule-form.ts';
import type { Device, KnownValue, Rule, Target, Value } from '@lintel/model';

/** A slot by name: a property, the mode, a variable, a person, a schedule, whether a device is online, or a kind of event. */
export type SlotKey = string;
export const propertyKeyOf = (device: string, property: string): SlotKey => `p\0${device}\0${property}`;
export const MODE_KEY: SlotKey = 'm';
export const START_KEY: SlotKey = 'start';
export const variableKey = (name: string): SlotKey => `v\0${name}`;
export const scheduleKey = (id: string): SlotKey => `s\0${id}`;
export const personKey = (id: string): SlotKey => `h\0${id}`;
export const onlineKey = (device: string): SlotKey => `o\0${device}`;
export const eventKey = (event: string): SlotKey => `e\0${event}`;
export const webhookKey = (name: string): SlotKey => `w\0${name}`;

/** A set of devices whose membership is known only when linking. */
export interface DeviceSet {
  readonly over: 'devices' | 'room' | 'floor' | 'home';
  readonly ids: readonly string[];
  readonly kind: Device['kind'] | string | null;
}

/** Which slots something is about. */
export type Members =
  | { readonly type: 'one'; readonly key: SlotKey; readonly device: string | null }
  | { readonly type: 'set'; readonly set: DeviceSet; readonly property: string }
  | { readonly type: 'persons' };

export interface Predicate {
  /** OVER_ONE, OVER_ANY, OVER_ALL or OVER_NONE. */
  readonly over: number;
  readonly members: Members;
  readonly tests: number;
  readonly values: readonly KnownValue[];
  readonly low: number;
  readonly high: number;
  /** Bits by number of origin; 0 takes all. */
  readonly origins: number;
}

/** "Has held since", kept per member where `each` is set. */
export interface Hold {
  readonly predicate: Predicate;
  readonly each: boolean;
}

export interface Clock {
  readonly weekdays: number;
  readonly times: readonly number[];
  readonly dates: readonly number[];
  readonly source: SlotKey | null;
  readonly period: number;
  readonly cron: {
    readonly minutes: bigint;
    readonly hours: number;
    readonly days: number;
    readonly months: number;
    readonly weekdays: number;
    readonly either: boolean;
  } | null;
  readonly sunEvent: number;
  readonly offset: number;
  readonly elevation: number;
  readonly direction: number;
}

export interface CompiledTrigger {
  readonly kind: number;
  readonly index: number;
  readonly id: string;
  readonly flags: number;
  readonly predicate: Predicate | null;
  readonly from: readonly KnownValue[];
  readonly for: number;
  readonly hysteresis: number;
  readonly code: Label | null;
  readonly button: string | null;
  readonly actions: readonly string[];
  readonly clock: Clock | null;
  /** The devices whose events count; null for events of one's own. */
  readonly devices: DeviceSet | string | null;
  readonly channel: SlotKey | null;
  /** What an expression reads. */
  readonly reads: readonly Members[];
  /** It belongs to a wait, not to the rule. */
  readonly waits: boolean;
}

/** A place in the code of a fragment; `at` is set when that place is reached. */
export interface Label {
  at: number;
}

/** An operand that linking turns into a number. */
export type Operand =
  | number
  | { readonly type: 'slot' | 'slotIfNamed'; readonly key: SlotKey }
  | { readonly type: 'text'; readonly text: string }
  | { readonly type: 'code'; readonly label: Label }
  | { readonly type: 'codes'; readonly labels: readonly Label[] }
  | { readonly type: 'predicate'; readonly predicate: Predicate }
  | { readonly type: 'hold' | 'holds'; readonly hold: number }
  | { readonly type: 'trigger'; readonly trigger: number }
  | { readonly type: 'rule'; readonly rule: string }
  | { readonly type: 'values'; readonly values: readonly Value[] }
  | { readonly type: 'marks'; readonly marks: Marks };

/** The slots that a command is about to change. */
export interface Marks {
  readonly target: Target;
  /** Names of properties, or the capability of a command followed by a dot. */
  readonly properties: readonly string[];
}

/** What stands in the 64-bit field: a number, a value of the home, or rows of a plain `set`. */
export type Wide =
  | number
  | { readonly type: 'value'; readonly value: Value }
  | { readonly type: 'words'; readonly low: number }
  | { readonly type: 'rows'; readonly rows: readonly { readonly key: SlotKey; readonly value: boolean | number }[] };

export interface Instruction {
  readonly op: number;
  readonly negated: boolean;
  readonly jumpsOnPass: boolean;
  readonly aux: number;
  readonly target: Label | null;
  readonly a: Operand;
  readonly b: Operand;
  readonly wide: Wide;
}

/** How a command looks, with the places that expressions fill. */
export interface ActionTemplate {
  readonly kind: string;
  readonly fields: Readonly<Record<string, unknown>>;
  readonly holes: readonly { readonly path: readonly (string | number)[]; readonly duration: boolean }[];
  readonly pointer: string;
}

export interface NameSet {
  readonly set: DeviceSet;
  readonly predicate: Predicate;
}

export interface Fragment {
  /** These three change where a rule is switched on or off, which leaves its code as it is. */
  rule: Rule;
  /** How many keys the rule's text has, all in all. */
  keyCount: number;
  /** The rule as JSON, to see quickly whether it is still the same. */
  source: string;
  readonly instructions: readonly Instruction[];
  readonly conditionsAt: number;
  readonly actionsAt: number;
  readonly holds: readonly Hold[];
  readonly triggers: readonly CompiledTrigger[];
  readonly actions: readonly ActionTemplate[];
  /** What its waits depend on. */
  readonly waitReads: readonly Members[];
  /** What its waits listen to one by one: each slot may need a strand of a run. */
  readonly listeners: readonly Members[];
  readonly instant: boolean;
  /** Most strands that one run may have. */
  readonly strands: number;
  /** Pointers of actions by instruction, and of conditions by their number. */
  readonly places: ReadonlyMap<number, string>;
  /** Sets that `names` lists, by instruction. */
  readonly names: ReadonlyMap<number, NameSet>;
  /** Keys of the data of `emit`, by instruction. */
  readonly dataKeys: ReadonlyMap<number, readonly string[]>;
  readonly usesSets: boolean;
  /** The form that it has in a home; null until it was first linked. */
  form: { readonly home: HomeMap; readonly form: RuleForm } | null;
}
