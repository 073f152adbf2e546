// The answers of the HTTP routes that the web reads, as far as they are not plain model types.
// Times are ISO 8601 UTC strings, durations are strings such as "5m".

import type { OutcomeStatus, Origin } from '@lintel/model';

export const ROLES = ['guest', 'resident', 'admin', 'owner'] as const;
export type Role = (typeof ROLES)[number];

/** GET /api/me, and `user` in the answers of setup and sign-in. */
export interface User {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Capabilities, and single commands and properties, that a grant lets this account use; absent where none narrows it. */
  readonly may?: readonly string[];
}

/** 201 of POST /api/setup and POST /api/sessions. */
export interface SignedIn {
  readonly token: string;
  readonly user: User;
}

/** One item of GET /api/sessions. */
export interface Session {
  readonly id: string;
  readonly user: string;
  readonly createdAt: string;
  readonly lastUsed: string | null;
  readonly current: boolean;
  /** What the browser called itself, or null. */
  readonly agent?: string | null;
}

/** GET /api/health. */
export interface Health {
  readonly status: 'starting' | 'ok' | 'degraded' | 'safe-mode';
  readonly version: string;
  readonly reasons: readonly (string | { readonly code: string; readonly detail: string })[];
}

export type PluginStatus = 'disabled' | 'starting' | 'running' | 'reconnecting' | 'failed' | 'quarantined';

export interface PluginHealth {
  readonly state: string;
  readonly message: string | null;
  readonly since: string | null;
  readonly restarts: number;
  readonly lastError: string | null;
  /** Bytes of resident memory; null while the plugin does not run. */
  readonly memory: number | null;
  /** Share of one core, 0 and up. */
  readonly cpu: number | null;
}

export interface PluginSandbox {
  readonly strength: 'full' | 'partial' | 'none';
  readonly layers: readonly string[];
  /** The classes this machine leaves open, such as `"files"` or `"network"`. */
  readonly open: readonly string[];
}

/** The part of JSON Schema that settings forms are drawn from. */
export interface SettingsSchema {
  readonly type?: string | readonly string[];
  readonly title?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly writeOnly?: boolean;
  readonly properties?: Readonly<Record<string, SettingsSchema>>;
  readonly required?: readonly string[];
  readonly items?: SettingsSchema;
  readonly anyOf?: readonly SettingsSchema[];
  readonly oneOf?: readonly SettingsSchema[];
}

/** One item of GET /api/plugins. */
export interface PluginView {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly enabled: boolean;
  readonly status: PluginStatus;
  readonly sandbox: PluginSandbox;
  readonly permissions: Readonly<Record<string, unknown>>;
  /** What it may do on this machine, a sentence each. */
  readonly grants: readonly string[];
  /** `"npm:NAME"` or `"file:/FOLDER"`, as it was brought; null for one that comes with Lintel, which cannot be removed. */
  readonly source: string | null;
  /** The version that POST /api/plugins/:id/rollback goes back to, or null. */
  readonly previousVersion: string | null;
  /** What the conformance suite found of the code as it stands; null where it has not been rated, or reached nothing. */
  readonly quality?: 'bronze' | 'silver' | 'gold' | null;
  /** Whether it comes with Lintel, stands in its catalogue, or neither; or why it was revoked, and is not started. */
  readonly listing: { readonly state: 'included' | 'listed' | 'unlisted' | 'revoked'; readonly reason: string | null };
  readonly settingsSchema: SettingsSchema | null;
  /** Write-only members read `"•••"`. */
  readonly settings: Readonly<Record<string, unknown>>;
  readonly health: PluginHealth;
  /** How the plugin looks for new devices; null where it cannot. */
  readonly pairing: PairingAbility | null;
}

export interface PairingAbility {
  readonly maximumSeconds: number;
  /** What a person may give it: a device's pairing code, or the install code on its box. */
  readonly takes: readonly ('code' | 'installCode')[];
}

/** One item of GET /api/plugin-catalogue: what may be brought by its source with one click. */
export interface CatalogueItem {
  /** For POST /api/plugins. */
  readonly source: string;
  readonly id: string;
  readonly name: string;
  readonly description: string;
}

/** One item of GET /api/plugins/:id/log, oldest first. */
export interface PluginLogEntry {
  /** Counts the plugin's lines since the hub started. */
  readonly number: number;
  readonly at: string;
  /** `deprecation` is for the plugin's author alone. */
  readonly level: 'info' | 'warn' | 'error' | 'deprecation';
  readonly text: string;
}

/** One node of GET /api/plugins/:id/map. */
export interface MapNode {
  readonly address: string;
  /** The plugin's own id of it, where it is one of its devices. */
  readonly device?: string;
  /** `"coordinator"`, `"router"`, `"endDevice"` or another. */
  readonly role: string;
  /** 0 to 255, or null where nothing was heard. */
  readonly lqi?: number | null;
}

/** One link of GET /api/plugins/:id/map: `to` hears `from`. */
export interface MapLink {
  readonly from: string;
  readonly to: string;
  readonly lqi: number;
  readonly kind: string;
}

/** GET /api/plugins/:id/map; empty where the plugin keeps no network. */
export interface NetworkMap {
  readonly nodes: readonly MapNode[];
  readonly links: readonly MapLink[];
}

export type PairingStep =
  | 'found'
  | 'joined'
  | 'interviewing'
  | 'recognised'
  | 'commissioning'
  | 'ready'
  | 'failed'
  | 'refused';

export interface PairingEntry {
  readonly address: string;
  /** The device's id, once it has one. */
  readonly device?: string;
  readonly step: PairingStep;
  readonly message?: string;
  readonly error?: ErrorView;
}

/** 201 of POST /api/plugins/:id/pairing, GET of the same, and the `pairing` change. */
export interface Pairing {
  readonly id: string;
  readonly plugin: string;
  /** When the network closes by itself. */
  readonly until: string;
  /** Whether it still looks for devices; one with a code ends with its device. */
  readonly open: boolean;
  readonly devices: readonly PairingEntry[];
}

export interface ErrorView {
  readonly code: string;
  /** A sentence that a homeowner can act on. */
  readonly detail: string;
  /** JSON pointer into what was sent, where one field is at fault. */
  readonly pointer?: string;
  /** With `CONFIRMATION_REQUIRED`: to be sent back with the same command within 30 s. */
  readonly confirm?: string;
}

/** RFC 9457 `application/problem+json`. */
export interface Problem extends ErrorView {
  readonly status: number;
  readonly title?: string;
  readonly type?: string;
}

/** What became of a command to a device, a room or a group. */
export interface CommandOutcome {
  readonly id: string;
  readonly status: OutcomeStatus;
  readonly error?: ErrorView;
  /** By device, for rooms and groups. */
  readonly devices?: Readonly<Record<string, OutcomeStatus>>;
}

/** One item of GET /api/activity, newest first. */
export interface Activity {
  readonly at: string;
  readonly sequence: number;
  readonly origin: Origin | null;
  readonly text: string;
  readonly device?: string;
  readonly automation?: string;
}

/** Every list answers so; `next` goes into `?after`, null at the end. */
export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next: string | null;
}
