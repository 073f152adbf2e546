// The answers of the routes about people, automations' past and what is to come. Times are ISO 8601 UTC strings.

import type { Origin, Person, Presence, Rule, Schedule, Value } from '@lintel/model';

/** One item of GET /api/tokens; the token itself is never shown again. */
export interface Token {
  readonly id: string;
  readonly name: string;
  /** What it reaches; null is all that its maker reaches. */
  readonly capabilities: readonly string[] | null;
  readonly rooms: readonly string[] | null;
  readonly createdAt: string;
  readonly lastUsed: string | null;
  readonly expiresAt: string | null;
}

/** 201 of POST /api/tokens. */
export interface MadeToken {
  readonly id: string;
  readonly token: string;
}

/** One item of GET /api/pending. */
export interface Pending {
  readonly id: string;
  readonly kind: 'revert' | 'run' | 'timer';
  /** When it comes at the latest by itself; null where no time brings it. */
  readonly at: string | null;
  readonly since: string;
  readonly text: string;
  readonly origin: Origin;
  readonly devices?: readonly string[];
  readonly automation?: string;
  /** The run that waits. */
  readonly run?: number;
  readonly cancellable: boolean;
}

/** One item of GET /api/people. */
export interface PersonView extends Person {
  /** Null while no source knows. */
  readonly presence: Presence | null;
  readonly since: string | null;
}

/** One item of GET /api/schedules. */
export interface ScheduleView extends Schedule {
  /** What it says now. */
  readonly value: Value;
}

/** What a condition read of a device's property, or of what `kind` names. */
export interface Reading {
  /** None for a property. */
  readonly kind?: 'online' | 'mode' | 'presence' | 'schedule' | 'variable';
  readonly device?: string;
  readonly property?: string;
  /** The id of a person or a schedule, the name of a variable. */
  readonly name?: string;
  readonly value: Value;
}

/** GET /api/why. */
export interface Why {
  readonly value: Value;
  /** From what is asked about back to what began it. */
  readonly chain: readonly {
    readonly sequence: number;
    readonly at: string;
    readonly kind: string;
    readonly origin: Origin;
    readonly text: string;
  }[];
  /** What stopped an automation. */
  readonly condition?: { readonly pointer: string; readonly values: readonly Reading[] };
}

/** One item of GET /api/automations/:id/runs, newest first. */
export interface RunTrace {
  readonly run: number;
  readonly at: string;
  readonly trigger: string | null;
  readonly outcome: string;
  readonly pointer?: string;
  readonly commands: readonly { readonly sequence: number; readonly at: string; readonly text: string }[];
}

/** GET /api/automations/:id/runs/:run. */
export interface RunDetail extends RunTrace {
  readonly waits: readonly { readonly pointer: string; readonly kind: string; readonly until: string | null }[];
  /** From the input that started it back to what began it. */
  readonly causes: Why['chain'];
}

/** One item of GET /api/repairs. */
export interface Repair {
  readonly id: string;
  readonly device?: string;
  readonly automation?: string;
  readonly plugin?: string;
  readonly severity: 'error' | 'warning';
  readonly since: string | null;
  readonly diagnosis: string;
  readonly step: string;
  /** What to buy, such as `"CR2032"`. */
  readonly part?: string;
  /** What the hub can do by itself, as a button says it. */
  readonly fix?: string;
}

/** One item of GET /api/backups, newest first. */
export interface Backup {
  readonly id: string;
  readonly at: string;
  readonly bytes: number;
}

/** One item of GET /api/automations/:id/versions, newest first. */
export interface RuleVersion {
  readonly version: number;
  readonly at: string;
  readonly by: Origin;
  readonly rule: Rule;
}

/** POST /api/automations/backtest. */
export interface Backtest {
  readonly firings: readonly {
    readonly at: string;
    readonly cause: number | null;
    readonly commands: readonly { readonly kind: string }[];
    /** Where two rules are compared: which of them alone did it. */
    readonly only?: 'new' | 'old';
  }[];
  readonly divergesAt: string | null;
}

/** One of POST /api/automations/check. */
export interface RuleProblem {
  readonly severity: 'error' | 'warning' | 'info';
  readonly code: string;
  readonly rule: string;
  /** JSON pointer into the rule. */
  readonly pointer: string;
  readonly message: string;
  /** The other rules that it takes. */
  readonly with?: readonly string[] | string;
}

/** One line of the report of POST /api/automations/import. */
export interface ImportNote {
  /** Of the text that was imported, from 1. */
  readonly line: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

/** POST /api/automations/import; nothing of it is saved. */
export interface Import {
  /** Those that lost a trigger, a condition or an action are switched off. */
  readonly rules: readonly Rule[];
  readonly report: readonly ImportNote[];
}

/** One item of GET /api/guests. */
export interface Guest {
  readonly id: string;
  readonly name: string;
  readonly rooms: readonly string[];
  readonly commands: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly weekdays: readonly string[] | null;
  readonly after: string | null;
  readonly before: string | null;
}

/** 201 of POST /api/guests; the code is shown once. */
export interface MadeGuest {
  readonly id: string;
  readonly code: string;
  readonly link: string;
}

/** One item of GET /api/automations/forecast, the next first. */
export interface ForecastEntry {
  readonly at: string;
  readonly kind: 'run' | 'revert' | 'more';
  readonly automation?: string;
  readonly name?: string;
  readonly run?: number;
  readonly text: string;
}
