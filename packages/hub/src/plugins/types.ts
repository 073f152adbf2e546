// The plugin host as the hub sees it, and what the hub hands in.

import type { EndpointDescription, Outcome, Values } from '@lintel/model';
import type {
  CommandRequest,
  DeviceDescription,
  HomeChange,
  HomeDevice,
  DeviceShare,
  MapLink,
  MapNode,
  PairingRequest,
  PairingStep,
} from '@lintel/sdk';
import type { KnownDevice, WireError } from '@lintel/sdk/host';

import type { Scheduler } from '../clock.ts';
import type { PluginView } from '../interface.ts';
import type { Listing } from './listing.ts';
import type { RunNpm } from './packages.ts';
import type { Layer } from './sandbox.ts';

type Data = Readonly<Record<string, unknown>>;

/** A plugin as GET /api/plugins shows it, without the settings, which the hub keeps. */
export type PluginInfo = Omit<PluginView, 'settings' | 'enabled'>;

/** Where everything a plugin says arrives. All ids are the plugin's own. */
export interface PluginSink {
  /** A device is there, or is described anew; resolves when that is durable. */
  device(plugin: string, description: DeviceDescription): Promise<void>;
  /** The plugin forgets a device. */
  deviceRemoved(plugin: string, device: string): Promise<void>;
  /** Called in the tick in which the message arrives. `acknowledge` is called once the report is durable. */
  report(plugin: string, device: string, values: Values, endpoint: string | undefined, acknowledge: () => void): void;
  event(
    plugin: string,
    device: string,
    event: string,
    data: Data,
    endpoint: string | undefined,
    acknowledge: () => void,
  ): void;
  online(plugin: string, device: string, online: boolean, acknowledge: () => void): void;
  stale(plugin: string, device: string, acknowledge: () => void): void;
  presence(plugin: string, source: string, presence: 'home' | 'away', acknowledge: () => void): void;
  /** Something of the plugin's page changed: its state, its schema, its last error. */
  status(plugin: string, info: PluginInfo): void;
}

/** Keys and values of plugins, each plugin's apart; `set` resolves when it is on the disk. */
export interface PluginStore {
  get(plugin: string, key: string): Promise<unknown>;
  set(plugin: string, key: string, value: unknown): Promise<void>;
  delete(plugin: string, key: string): Promise<void>;
}

export interface PluginLogLine {
  /** Counts the plugin's lines since the hub started. */
  readonly number: number;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly plugin: string;
  /** `deprecation` is for the plugin's author alone. */
  readonly level: 'info' | 'warn' | 'error' | 'deprecation';
  readonly text: string;
}

/** What one plugin sees of the home and may do in it: what people chose for it, and nothing else. */
export interface HomeShare {
  /** As of now; every later change is sent. */
  devices(): readonly HomeDevice[];
  /** People chose anew. */
  choose(choice: unknown): void;
  /** Throws FORBIDDEN for what was not chosen; rejects with what became of the command. */
  command(device: string, command: unknown, by: string): Promise<void>;
  close(): void;
}

export interface HomePort {
  /** `choice` is what people set in the part of the plugin's settings that its manifest names. */
  open(plugin: string, choice: unknown, send: (changes: readonly HomeChange[]) => void): HomeShare;
}

export interface TimeZonePort {
  /** Its IANA name. */
  now(): string;
  /** Hears of every other one from now on; the answer ends it. */
  subscribe(listener: (timeZone: string) => void): () => void;
}

export interface PluginHostOptions {
  readonly scheduler: Scheduler;
  /** From 0 to 1, for jitter. */
  readonly random: () => number;
  /** Folders whose sub-folders are plugins. */
  readonly folders: readonly string[];
  /** Plugin folders elsewhere. */
  readonly linked?: readonly string[];
  /** A folder of the host's own: plugins' files, descriptions, running processes. */
  readonly data: string;
  readonly sink: PluginSink;
  readonly store: PluginStore;
  readonly secrets: PluginStore;
  /** The plugin's devices that the hub knows, and what people set of them. */
  readonly known: (plugin: string) => readonly KnownDevice[];
  /** Default nothing of the home is shown to any plugin. */
  readonly home?: HomePort;
  /** Where the home is; default UTC. */
  readonly timeZone?: TimeZonePort;
  /** Where people put firmware images, for plugins that hand them on to devices. */
  readonly firmware?: string;
  readonly log: (line: PluginLogLine) => void;
  /** The strongest sandbox to use around Node's own; default the strongest there is. */
  readonly strongest?: Layer;
  /** Default the npm of the machine. */
  readonly npm?: RunNpm;
  /** What is known of plugins beside their own word. */
  readonly listing: Listing;
  /** Whether plugins that people brought stay out. */
  readonly isSafe?: boolean;
}

export interface PairingHandle {
  /** Resolves when the plugin has ended the pairing; rejects with what went wrong. */
  readonly done: Promise<void>;
  stop(): void;
}

export interface PluginHost {
  /** Resolves when every plugin's settings schema is known, or known to be unreadable. */
  described(): Promise<void>;
  list(): readonly PluginInfo[];
  /** Throws NOT_FOUND. */
  get(id: string): PluginInfo;
  has(id: string): boolean;
  /** Whether commands can be handed over now. */
  ready(id: string): boolean;
  /** Starts with settings as stored; resolves when the plugin runs or its first attempt failed. Clears its crash count. */
  start(id: string, settings: unknown): Promise<PluginInfo>;
  /** Why the plugin said that it cannot start as it is set up; null where it runs, or ended without a word. */
  refused(id: string): WireError | null;
  stop(id: string): Promise<void>;
  /** Plugins that people brought may start from now on. */
  leaveSafeMode(): void;
  restart(id: string): Promise<PluginInfo>;
  /** Takes settings over that differ only in what is chosen of the home, which the running plugin need not restart for. */
  rechoose(id: string, settings: unknown): boolean;
  /** Tries settings without taking them over; throws BAD_SETTINGS with a pointer, or PLUGIN_FAILED with what to check. */
  test(id: string, settings: unknown): Promise<void>;
  /** The settings with defaults filled in; throws BAD_SETTINGS with a pointer under `/settings` that names the limit. */
  validate(id: string, settings: unknown): Promise<Data>;
  /** The settings with every secret as `"•••"`. */
  masked(id: string, settings: unknown): Data;
  /** New settings in which `"•••"` stands for the secret already stored. */
  unmasked(id: string, settings: unknown, stored: unknown): unknown;
  /** One outcome each, in order; `decided` hears of each as it comes. Commands for a plugin that is not there are `offline`. */
  send(
    id: string,
    batch: readonly CommandRequest[],
    decided?: (at: number, outcome: Outcome) => void,
  ): Promise<Outcome[]>;
  /** Rejects what the plugin would not take, before anything is sent. */
  checkPairing(id: string, request: PairingRequest): Promise<void>;
  pair(id: string, request: PairingRequest, onStep: (step: PairingStep) => void): PairingHandle;
  /** Lets another ecosystem in to a device; UNSUPPORTED where the plugin has nothing like it. */
  shareDevice(id: string, device: string): Promise<DeviceShare>;
  /** Takes a device out of its network: at once, or when the plugin is back. */
  removeDevice(id: string, device: string): Promise<void>;
  /** Tells the plugin what people set of a device: everything they set, without the description's defaults. */
  deviceSettings(id: string, device: string, settings: Data): Promise<void>;
  map(id: string): Promise<{ nodes: readonly MapNode[]; links: readonly MapLink[] }>;
  /** Whether the plugin answers to more than the host's own questions. */
  request(id: string, name: string, body: unknown): Promise<unknown>;
  /** The plugin's last lines, oldest first. */
  log(id: string): readonly PluginLogLine[];
  /**
   * Brings a plugin from `npm:NAME`, `npm:NAME@VERSION` or `file:/FOLDER`, not enabled; answers its id. A folder is linked, so
   * that each start runs its present code. Throws ID_TAKEN, BAD_ID, BAD_VALUE, PLUGIN_FAILED, with the pointer `/source`.
   */
  install(source: string): Promise<string>;
  /**
   * The newest version from npm, started with these settings unless they are null; the version before is kept. One that asks for
   * more than the present one may is not started: `ask` is awaited before it takes its place.
   */
  update(id: string, settings: Data | null, ask: () => Promise<void>): Promise<PluginInfo>;
  /** Takes the last update back, and starts likewise. */
  rollBack(id: string, settings: Data | null): Promise<PluginInfo>;
  /** Stops and forgets a plugin that people brought; FORBIDDEN for one that comes with Lintel. Its devices are the caller's. */
  uninstall(id: string): Promise<void>;
  close(): Promise<void>;
}

export type { EndpointDescription, KnownDevice };
