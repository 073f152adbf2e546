// What the hub and a plugin's process say to each other: JSON, one message a line, over a socket of their own. Both sides
// use these shapes. The version is the first thing the hub says; a process that does not speak it ends.

import type { DeviceCommand, EndpointDescription, Outcome, Values } from '@lintel/model';

import type { HomeChange, HomeDevice } from './home.ts';
import type { PairingRequest, PairingStep } from './pairing.ts';

export const WIRE_VERSION = 1;
/**
 * The version of `@lintel/sdk`'s API that a manifest's `"api"` range is matched with.
 * @example console.log(`written for ^${SDK_API}`);
 */
export const SDK_API = '1.0.0';

export interface WireError {
  readonly code: string;
  readonly detail: string;
  readonly pointer?: string;
}

/** What the journal takes in. Each costs one credit until the hub acknowledges it. */
export type Input =
  | { readonly type: 'report'; readonly device: string; readonly values: Values; readonly endpoint?: string }
  | {
      readonly type: 'event';
      readonly device: string;
      readonly event: string;
      readonly data?: Readonly<Record<string, unknown>>;
      readonly endpoint?: string;
    }
  | { readonly type: 'online'; readonly device: string; readonly online: boolean }
  | { readonly type: 'stale'; readonly device: string }
  | { readonly type: 'presence'; readonly source: string; readonly presence: 'home' | 'away' };

/** What a plugin may ask of the hub. */
export interface HubCalls {
  'devices.add': unknown;
  'devices.remove': { readonly id: string };
  'store.get': { readonly key: string };
  'store.set': { readonly key: string; readonly value: unknown };
  'store.delete': { readonly key: string };
  'secrets.get': { readonly key: string };
  'secrets.set': { readonly key: string; readonly value: unknown };
  'secrets.delete': { readonly key: string };
  'home.command': { readonly device: string; readonly command: DeviceCommand; readonly by: string };
}
export type HubCall = keyof HubCalls;

/** What the hub may ask of a plugin, apart from commands. */
export interface PluginCalls {
  checkPairing: PairingRequest;
  pair: PairingRequest;
  share: { readonly id: string };
  remove: { readonly id: string };
  test: unknown;
  settingsChanged: { readonly id: string; readonly settings: Readonly<Record<string, unknown>> };
  map: null;
  request: { readonly name: string; readonly body: unknown };
  stop: null;
}
export type PluginCall = keyof PluginCalls;

export const LOG_LEVELS = ['info', 'warn', 'error'] as const;
export type LogLevel = (typeof LOG_LEVELS)[number];
export const HEALTH_STATES = ['running', 'reconnecting', 'failed'] as const;
export type HealthState = (typeof HEALTH_STATES)[number];

export type Answer =
  | { readonly type: 'answer'; readonly call: number; readonly value?: unknown }
  | { readonly type: 'answer'; readonly call: number; readonly error: WireError };

export type ToHub =
  | Input
  | Answer
  /** The process is up and wants its start message. */
  | { readonly type: 'hello'; readonly version: number }
  /** `setup` is through; the names of what the plugin answers to. */
  | { readonly type: 'started'; readonly answers: readonly string[] }
  | { readonly type: 'failed'; readonly error: WireError }
  | { readonly type: 'call'; readonly call: number; readonly name: HubCall; readonly body: unknown }
  /** What became of one command of a batch. */
  | { readonly type: 'outcome'; readonly batch: number; readonly at: number; readonly outcome: Outcome }
  /** One step of a pairing that the hub called for. */
  | { readonly type: 'step'; readonly call: number; readonly step: PairingStep }
  | { readonly type: 'log'; readonly level: LogLevel; readonly text: string }
  | { readonly type: 'health'; readonly state: HealthState; readonly message?: string }
  | { readonly type: 'pong'; readonly beat: number };

/** A device of the plugin's that the hub knows from earlier. */
export interface KnownDevice {
  readonly id: string;
  readonly endpoints: readonly EndpointDescription[];
  /** What people set, without the description's defaults. */
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface StartMessage {
  readonly type: 'start';
  readonly version: number;
  readonly plugin: string;
  /** An absolute path. */
  readonly entry: string;
  readonly folder: string;
  /** The folder of the firmware images, where the manifest asks for it. */
  readonly firmware?: string;
  readonly settings: unknown;
  readonly devices: readonly KnownDevice[];
  /** Settings are only to be tried: a plugin whose definition has a `test` of its own is not set up. */
  readonly isTrial?: boolean;
  /** The devices of the home that were chosen for it; none where the manifest does not ask for them. */
  readonly home?: readonly HomeDevice[];
  /** Where the home is, by its IANA name. */
  readonly timeZone: string;
}

export type ToPlugin =
  | StartMessage
  | Answer
  | { readonly type: 'ping'; readonly beat: number }
  /** How many inputs the hub has made durable since the start. */
  | { readonly type: 'acknowledged'; readonly count: number }
  | {
      readonly type: 'commands';
      readonly batch: number;
      readonly commands: readonly { readonly id: string; readonly command: DeviceCommand; readonly deadline: number }[];
    }
  | { readonly type: 'call'; readonly call: number; readonly name: PluginCall; readonly body: unknown }
  /** The hub no longer waits for a call: a pairing that was stopped. */
  | { readonly type: 'abort'; readonly call: number }
  /** What changed of the devices that were chosen for the plugin. */
  | { readonly type: 'home'; readonly changes: readonly HomeChange[] }
  /** The home has moved, or people have said where it is. */
  | { readonly type: 'timeZone'; readonly timeZone: string }
  /** What people set of a device, or null when the hub has forgotten the device. */
  | { readonly type: 'device'; readonly id: string; readonly settings: Readonly<Record<string, unknown>> | null };
