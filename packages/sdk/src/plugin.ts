// What a plugin is to the hub, and what the hub is to a plugin. A plugin runs in a process of its own and sees only this.

import type { DeviceCommand, DeviceKind, EndpointDescription, Outcome, Values } from '@lintel/model';

import type { HomeAccess } from './home.ts';
import type { DeviceShare, PairingRequest, PairingStep } from './pairing.ts';

/**
 * A device as its plugin describes it. `id` is the plugin's own; the hub prefixes it with the plugin's id.
 * @example
 * const lamp: DeviceDescription = {
 *   id: 'lamp-1', name: 'Lamp', kind: 'light', endpoints: [endpoint(onOff(), level())], model: 'A19',
 * };
 */
export interface DeviceDescription {
  /** Letters, digits and `_ . : -`, at most 96; stable for the life of the device. */
  readonly id: string;
  /** The name the device carries; people may rename it, which outlives every later description. */
  readonly name: string;
  readonly kind: DeviceKind;
  readonly endpoints: readonly EndpointDescription[];
  /** The name of the room to suggest for a new device; the hub makes the room where there is none of that name. */
  readonly room?: string;
  readonly manufacturer?: string;
  readonly model?: string;
  readonly firmware?: string;
  /** The hardware's address where it differs from the id. */
  readonly address?: string;
  /** The plugin's id of the bridge this device hangs on. */
  readonly bridge?: string;
  /** Seconds within which the device should be heard of; past them it is shown as stale. */
  readonly expectedWithin?: number;
  /** Defaults of the device's own settings, such as `{occupancyTimeout: "90s"}`. */
  readonly settings?: Readonly<Record<string, unknown>>;
}

/**
 * One command for one device of the plugin's.
 * @example const request: CommandRequest = { id: 'lamp-1', command: { set: { 'onOff.on': true } }, deadline: 5000 };
 */
export interface CommandRequest {
  /** The plugin's own id of the device. */
  readonly id: string;
  readonly command: DeviceCommand;
  /** Milliseconds from now within which an outcome is expected. */
  readonly deadline: number;
}

/**
 * What a plugin says of its devices.
 * @example await ctx.report('lamp-1', { 'onOff.on': true, 'level.level': 0.4 });
 */
export interface CanReport {
  /**
   * Reports values of a device of the plugin's, such as `{ 'onOff.on': true }`, in the units of the capability table; null
   * is unknown. Resolves on credit: a plugin that awaits it is paced by the hub and floods no one.
   * @param endpoint the endpoint's id; default the first that has each capability
   */
  report(id: string, values: Values, endpoint?: string): Promise<void>;
  /** Reports an event such as `"button.pressed"` with `{ action: 'single', button: '1' }`. */
  event(id: string, event: string, data?: Readonly<Record<string, unknown>>, endpoint?: string): Promise<void>;
  /** Says whether the device can be reached. Any report makes it reachable by itself. */
  online(id: string, online: boolean): Promise<void>;
  /**
   * Says that a device which should be heard often has not answered lately: what is known of it is shown as old until it
   * is heard again. For devices that are asked; for others `expectedWithin` says it by itself.
   */
  stale(id: string): Promise<void>;
}

/**
 * Remembered for the plugin alone, durably: `set` resolves once the value is on the disk. Values are JSON.
 * @example await ctx.store.set('token', { issued: ctx.clock.now() });
 */
export interface KeyValueStore {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
}

/**
 * Time as the hub hands it in; tests turn it by hand.
 * @example await ctx.clock.sleep(1_000, ctx.signal);
 */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
  /** Resolves after `ms`; rejects when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/**
 * What the author is told, on the plugin's page and in `npm run dev`.
 * @example ctx.log.warn('the bridge took three seconds to answer');
 */
export interface PluginLog {
  info(text: string): void;
  warn(text: string): void;
  error(text: string): void;
}

/**
 * The plugin's devices at the hub.
 * @example for (const id of ctx.devices.known()) await ctx.online(id, false);
 */
export interface DeviceSet {
  /** Adds a device, or describes a known one anew; resolves when that is durable. */
  add(device: DeviceDescription): Promise<void>;
  /** Forgets a device. One that merely left its network stays: report it `online(id, false)`. */
  remove(id: string): Promise<void>;
  /** The ids of the plugin's devices that the hub knows, from earlier starts too. */
  known(): readonly string[];
  /** The device's settings as people set them, over the description's defaults. */
  settings(id: string): Readonly<Record<string, unknown>>;
}

/**
 * What was heard from the local network.
 * @example for await (const { address, port } of ctx.discover.mdns('_wled._tcp', signal)) ctx.log.info(`${address}:${port}`);
 */
export interface Discovered {
  readonly address: string;
  readonly port: number;
  readonly name: string;
  readonly detail: Readonly<Record<string, string>>;
}

/**
 * Ways to hear what is on the local network, each until `signal` aborts.
 * @example for await (const { address } of ctx.discover.ssdp('urn:schemas-upnp-org:device:basic:1', signal)) ctx.log.info(address);
 */
export interface Discovery {
  mdns(service: string, signal: AbortSignal): AsyncIterable<Discovered>;
  ssdp(target: string, signal: AbortSignal): AsyncIterable<Discovered>;
  udp(port: number, message: Uint8Array, signal: AbortSignal): AsyncIterable<{ address: string; message: Uint8Array }>;
}

/**
 * The hub as a plugin sees it.
 * @example const greet = (ctx: PluginContext) => ctx.log.info(`it is ${new Date(ctx.clock.now()).toISOString()}`);
 */
export interface PluginContext extends CanReport {
  readonly devices: DeviceSet;
  readonly store: KeyValueStore;
  /** As `store`, kept encrypted at rest and never shown. */
  readonly secrets: KeyValueStore;
  readonly log: PluginLog;
  readonly clock: Clock;
  readonly discover: Discovery;
  /** What people chose to show of their home; null for a plugin whose manifest does not ask for it. */
  readonly home: HomeAccess | null;
  /**
   * Where the home is, as an IANA name such as `"Europe/Berlin"`, for devices that keep local time: the process itself does not
   * know. People may change it while the plugin runs.
   */
  timeZone(): string;
  /** Aborts when the plugin is to stop. */
  readonly signal: AbortSignal;
  /** A folder that only this plugin may write, kept over restarts. */
  readonly folder: string;
  /** The folder of the firmware images, read only; null for a plugin whose manifest does not ask for it. */
  readonly firmware: string | null;
  /** Says how the plugin itself fares, shown on its page: `reconnecting` while its radio is away. */
  health(state: 'running' | 'reconnecting' | 'failed', message?: string): void;
  /** Reports that a person came or went, from a source of the plugin's such as a phone. */
  presence(source: string, presence: 'home' | 'away'): Promise<void>;
}

/**
 * What a plugin has while settings are only tried: it adds nothing, and remembers nothing.
 * @example const test = async (_settings: unknown, { clock }: TrialContext) => void (await clock.sleep(10));
 */
export type TrialContext = Pick<PluginContext, 'clock' | 'discover' | 'log' | 'signal'>;

/**
 * What a running plugin answers to. Everything is optional but a way to command its devices.
 * @example
 * const running: RunningPlugin = {
 *   command: async (id, command) => { if ('set' in command) await ctx.report(id, command.set); },
 * };
 */
export interface RunningPlugin {
  /** Resolves when the device itself has confirmed; throws `PluginError` otherwise. */
  command?(id: string, command: DeviceCommand, signal: AbortSignal): Promise<void>;
  /**
   * All commands of one instant at once, for what has native groups; answers an outcome each, in order. `decided` tells of
   * one that is known before the others, so that nobody waits for the slowest.
   */
  commands?(
    batch: readonly CommandRequest[],
    signal: AbortSignal,
    decided: (at: number, outcome: Outcome) => void,
  ): Promise<readonly Outcome[]>;
  /**
   * Looks at a request before anything is sent: throws `PluginError` (`BAD_VALUE` with a pointer) for a code that cannot be
   * one, such as one with a wrong check digit.
   */
  checkPairing?(request: PairingRequest): Promise<void>;
  /** Looks for new devices until `signal` aborts; the hub adds `seconds` as a limit of its own. */
  pair?(request: PairingRequest, signal: AbortSignal): AsyncIterable<PairingStep>;
  /** Lets another ecosystem in to a device, for those that can be in several: answers the codes to enter there. */
  share?(id: string): Promise<DeviceShare>;
  /** Takes a device out of its network. */
  remove?(id: string): Promise<void>;
  /** A person changed a device's settings. */
  settingsChanged?(id: string, settings: Readonly<Record<string, unknown>>): Promise<void>;
  /** Tries settings without taking them over; throws `PluginError` (`BAD_SETTINGS` with a pointer, `CONNECTION_FAILED`). */
  test?(settings: unknown): Promise<void>;
  /** The network's map, for radios that have one. */
  map?(): Promise<{ nodes: readonly MapNode[]; links: readonly MapLink[] }>;
  /** Anything else the plugin answers to, at `/api/plugins/<id>/<name>`. */
  request?(name: string, body: unknown): Promise<unknown>;
  stop?(): Promise<void>;
}

/**
 * A device on the map of a radio's network.
 * @example const coordinator: MapNode = { address: '0x00124b0001020304', role: 'coordinator', lqi: null };
 */
export interface MapNode {
  /** The plugin's id of the device; none for the coordinator. */
  readonly device?: string;
  readonly address: string;
  readonly role: string;
  readonly lqi: number | null;
}

/**
 * Who hears whom, by their addresses.
 * @example const link: MapLink = { from: '0x00124b0001020304', to: '0x00158d0001a2b3c4', lqi: 180, kind: 'child' };
 */
export interface MapLink {
  readonly from: string;
  readonly to: string;
  readonly lqi: number;
  readonly kind: string;
}

/**
 * What a plugin asks of the machine, which people read in words before it starts.
 * @example const needs: Permissions = { network: true, hosts: ['192.168.1.0/24'] };
 */
export interface Permissions {
  readonly network?: boolean;
  readonly hosts?: readonly string[];
  readonly serial?: boolean;
  readonly addons?: boolean;
  /** Whether it reads the firmware images that people put into the home's folder for them. */
  readonly firmware?: boolean;
  /**
   * The pointer to the setting in which people choose the devices that the plugin may see and command, such as `"/bridge"`:
   * `{enabled, include: {devices?, rooms?, all?}, exclude?: {devices?, rooms?}, locks}`. Nothing is shown without it.
   */
  readonly home?: string;
}

/**
 * Codes a plugin may fail a command or its start with.
 * @example const code: PluginErrorCode = 'DEVICE_OFFLINE';
 */
export type PluginErrorCode =
  | 'DEVICE_OFFLINE'
  | 'DEVICE_REFUSED'
  | 'TIMEOUT'
  | 'SUPERSEDED'
  | 'UNSUPPORTED'
  | 'NOT_FOUND'
  | 'BAD_VALUE'
  | 'BAD_SETTINGS'
  | 'CONNECTION_FAILED'
  | 'FORBIDDEN'
  | `PAIRING_${string}`;

/**
 * A failure of the world that people are to read: `detail` names what is wrong and what to check.
 * @example throw new PluginError('BAD_SETTINGS', 'There is no bridge at this address.', '/host');
 */
export class PluginError extends Error {
  readonly code: PluginErrorCode;
  /** Where one setting is at fault: a JSON pointer such as `"/port"`. */
  readonly pointer: string | undefined;

  constructor(code: PluginErrorCode, detail: string, pointer?: string) {
    super(detail);
    this.name = 'PluginError';
    this.code = code;
    this.pointer = pointer;
  }
}
