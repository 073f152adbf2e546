// What the hub shows of its things: the shapes that its answers and its changes carry.

import type { Origin, Person, Presence, Rule, RuleProblem, Schedule, Value, Variable } from '@lintel/model';
import type { PairingStepName } from '@lintel/sdk';
import type { Point } from './history/points.ts';
import type { PairingAbility } from './plugins/manifest.ts';

export interface RunTrace {
  readonly run: number;
  readonly at: string;
  readonly trigger: string | null;
  readonly outcome: string;
  readonly pointer?: string;
  /** Journal number of the input that started it. */
  readonly cause: number;
  readonly commands: readonly { readonly sequence: number; readonly at: string; readonly text: string }[];
  /** How many more commands it gave than are kept here. */
  readonly omitted?: number;
}

/** A run with what it waits for and what led to it. */
export interface RunDetail extends RunTrace {
  readonly waits: readonly { readonly pointer: string; readonly kind: string; readonly until: string | null }[];
  /** From the input that started it back to what began it. */
  readonly causes: readonly WhyLink[];
}

export interface FiringView {
  readonly at: string;
  readonly cause: number;
  readonly commands: readonly Readonly<Record<string, unknown>>[];
  readonly only?: 'new' | 'old';
}

export interface BacktestAnswer {
  readonly firings: readonly FiringView[];
  readonly divergesAt: string | null;
  /** Set where there were more firings than are told. */
  readonly truncated?: true;
}

export interface CheckAnswer {
  readonly problems: readonly RuleProblem[];
  /** Set where there were more problems than are told. */
  readonly truncated?: true;
}

export interface ImportNote {
  /** Of the text that was imported, from 1. */
  readonly line: number;
  readonly level: 'info' | 'warning' | 'error';
  readonly message: string;
}

export interface ImportAnswer {
  /** Those that lost a trigger, a condition or an action are switched off. */
  readonly rules: readonly Rule[];
  readonly report: readonly ImportNote[];
}

export interface ForecastEntry {
  readonly at: string;
  /** `more` ends a forecast that had more to come than was looked at. */
  readonly kind: 'run' | 'revert' | 'more';
  readonly automation?: string;
  readonly name?: string;
  readonly run?: number;
  /** What will be done, for people. */
  readonly text: string;
}

/** Something that needs a hand. */
export interface Repair {
  readonly id: string;
  readonly device?: string;
  readonly automation?: string;
  readonly plugin?: string;
  readonly severity: 'error' | 'warning';
  /** ISO 8601 UTC; null where it is not known. */
  readonly since: string | null;
  /** What is wrong, and what to do about it, in sentences. */
  readonly diagnosis: string;
  readonly step: string;
  /** What to have at hand, such as `"CR2032"`. */
  readonly part?: string;
  /** What the hub can do itself, as a button says it. */
  readonly fix?: string;
}

export interface PluginView {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly status: 'disabled' | 'starting' | 'running' | 'reconnecting' | 'failed' | 'quarantined';
  readonly sandbox: {
    readonly strength: 'full' | 'partial' | 'none';
    readonly layers: readonly string[];
    readonly open: readonly string[];
  };
  readonly permissions: Readonly<Record<string, unknown>>;
  /** What it may do on this machine, a sentence each. */
  readonly grants: readonly string[];
  /** `"npm:NAME"` or `"file:/FOLDER"`, as people brought it; null for one that comes with Lintel. */
  readonly source: string | null;
  /** The version before the last update, while it is kept. */
  readonly previousVersion: string | null;
  /** Whether it comes with Lintel, stands in its catalogue, or neither; or why it was revoked, and is not started. */
  readonly listing: { readonly state: 'included' | 'listed' | 'unlisted' | 'revoked'; readonly reason: string | null };
  /**
   * What the conformance suite found: Lintel's own run of it for a plugin that comes with Lintel, its author's for any other, on
   * exactly this code; null where it was not run.
   */
  readonly quality: 'bronze' | 'silver' | 'gold' | null;
  readonly settingsSchema: unknown;
  /** Secrets are shown as `"•••"`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly health: {
    readonly state: string;
    readonly message: string | null;
    readonly since: string | null;
    readonly restarts: number;
    readonly lastError: string | null;
    readonly memory: number | null;
    readonly cpu: number | null;
  };
  /** Whether it can pair, and for how long at most. */
  readonly pairing: PairingAbility | null;
}

/** What may be brought by its source. */
export interface CatalogueItem {
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

export interface PluginLogEntry {
  /** Counts the plugin's lines since the hub started. */
  readonly number: number;
  /** ISO 8601 UTC. */
  readonly at: string;
  /** `deprecation` is for the plugin's author alone. */
  readonly level: 'info' | 'warn' | 'error' | 'deprecation';
  readonly text: string;
}

export interface PairingEntry {
  readonly address: string;
  /** The hub's id of the device, once known. */
  readonly device?: string;
  readonly step: PairingStepName;
  readonly message?: string;
  readonly error?: { readonly code: string; readonly detail: string };
}

export interface Pairing {
  readonly id: string;
  readonly plugin: string;
  /** ISO 8601 UTC; past it nothing more joins. */
  readonly until: string;
  readonly open: boolean;
  readonly devices: readonly PairingEntry[];
}

export interface ActivityEntry {
  readonly at: string;
  readonly sequence: number;
  readonly origin: Origin;
  readonly text: string;
  readonly device?: string;
  readonly automation?: string;
}

export interface HistoryQuery {
  /** A device or endpoint. */
  readonly device: string;
  readonly property: string;
  /** ISO 8601; a day before `to` by default. */
  readonly from?: string;
  /** ISO 8601; now by default. */
  readonly to?: string;
  /** How many points at most, 1 to 20,000, which is also the default. */
  readonly points?: number;
}

export interface HistoryAnswer {
  /** From `from` on and before `to`, oldest first. */
  readonly points: readonly Point[];
  /** What was known last before `from`. */
  readonly before: Point | null;
}

export interface PersonView extends Person {
  readonly presence: Presence | null;
  /** ISO 8601 UTC; null while never known. */
  readonly since: string | null;
}

export type VariableView = Variable & { readonly id: string };

export interface ScheduleView extends Schedule {
  /** What it says now; null without any block. */
  readonly value: Value;
}

/** Who reads notifications; admins read `everything`. */
export interface NotificationReader {
  readonly user: string;
  readonly everything: boolean;
}

/** Something that is still to come. */
export interface PendingView {
  readonly id: string;
  readonly kind: 'revert' | 'run' | 'timer';
  /** ISO 8601 UTC: when it comes at the latest by itself; null where no time brings it. */
  readonly at: string | null;
  readonly since: string;
  /** Why it waits, for people. */
  readonly text: string;
  readonly origin: Origin;
  readonly devices?: readonly string[];
  readonly automation?: string;
  readonly run?: number;
  /** The actions at which the run waits. */
  readonly pointers?: readonly string[];
  readonly cancellable: boolean;
}

export interface WhyQuery {
  readonly device?: string;
  readonly property?: string;
  /** With a device and a property: which automations could have made it so. */
  readonly expected?: Value;
  readonly automation?: string;
  /** ISO 8601; now by default. */
  readonly at?: string;
}

export interface WhyLink {
  /** Journal number, 0 where the link is no record. */
  readonly sequence: number;
  readonly at: string;
  readonly kind: string;
  readonly origin: Origin;
  readonly text: string;
}

/** An automation that could have made something so, and what stopped it. */
export interface WhyCandidate {
  readonly automation: string;
  readonly name: string;
  /** When it last began or tried to; null where it never did. */
  readonly at: string | null;
  /** As of a run, or `disabled`, or `not-triggered`. */
  readonly outcome: string;
  readonly text: string;
  readonly condition?: WhyAnswer['condition'];
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

export interface WhyAnswer {
  /** The property's value then, or what became of the automation. */
  readonly value: Value;
  /** From what is asked about back to what began it. */
  readonly chain: readonly WhyLink[];
  /** Where a value was expected: the automations that could have brought it, the nearest to it first. */
  readonly candidates?: readonly WhyCandidate[];
  /** The condition that stopped an automation, with the values it read. */
  readonly condition?: { readonly pointer: string; readonly values: readonly Reading[] };
}
