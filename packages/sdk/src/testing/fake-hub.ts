// A hub in memory for one plugin: the plugin gets the same `ctx` and the same checks as at home, time is turned by hand,
// and everything it said can be read.

import { propertyKey } from '@lintel/model';
import type { DeviceCommand, Outcome, Value, Values } from '@lintel/model';

import { DeviceBook } from '../book.ts';
import { createContext } from '../context.ts';
import type { ContextParts } from '../context.ts';
import type { PluginDefinition } from '../define.ts';
import { HomeBook } from '../home.ts';
import type { PairingRequest } from '../pairing.ts';
import { perform } from '../perform.ts';
import type { After } from '../perform.ts';
import type { CommandRequest, DeviceDescription, PluginContext, RunningPlugin } from '../plugin.ts';
import { COMMAND_DEADLINE_DEFAULT_MS } from '../limits.ts';
import type { HealthState, HubCall, HubCalls, Input, LogLevel } from '../wire.ts';
import { fakeClock, settle } from './clock.ts';
import type { FakeClock } from './clock.ts';
import type { FakeHubOptions } from './fake-hub-options.ts';
import { copy, openPairing } from './pairing.ts';
import type { FakePairing } from './pairing.ts';
import { SILENCE } from './records.ts';
import type { EventRecord, ReportRecord } from './records.ts';

type Data = Readonly<Record<string, unknown>>;

/**
 * A hub in memory with one plugin.
 * @example
 * const hub = new FakeHub();
 * await hub.start(plugin);
 */
export class FakeHub {
  readonly clock: FakeClock;
  readonly devices = new Map<string, DeviceDescription>();
  readonly reports: ReportRecord[] = [];
  readonly events: EventRecord[] = [];
  readonly presence: { readonly source: string; readonly presence: 'home' | 'away' }[] = [];
  readonly log: { readonly level: LogLevel; readonly text: string }[] = [];
  readonly store: Map<string, unknown>;
  readonly secrets: Map<string, unknown>;
  /** What the plugin sees of the home; `home.take(changes)` changes it. */
  readonly home: HomeBook | null;
  /** What the plugin takes for the home's time zone from now on. */
  timeZone: string;
  /** What the plugin asked of the home's devices. */
  readonly asked: HubCalls['home.command'][] = [];
  /** What the plugin tried to say and the hub would not take. */
  readonly refused: Error[] = [];
  /** How the plugin says it fares. */
  health: { state: HealthState; message: string | undefined } = { state: 'running', message: undefined };
  readonly #options: FakeHubOptions;
  readonly #values = new Map<string, Record<string, Value>>();
  readonly #online = new Map<string, boolean>();
  readonly #stale = new Set<string>();
  readonly #settings = new Map<string, Data>();
  #plugin: PluginDefinition | null = null;
  #running: RunningPlugin | null = null;
  #stopped: RunningPlugin | null = null;
  #book = new DeviceBook([]);
  #stop = new AbortController();
  #context: PluginContext | null = null;
  readonly #after: After = (ms, run) => this.clock.after(ms, run);

  constructor(options: FakeHubOptions = {}) {
    this.#options = options;
    this.clock = options.clock ?? fakeClock();
    this.timeZone = options.timeZone ?? 'UTC';
    this.store = new Map(Object.entries(options.store ?? {}));
    this.secrets = new Map(Object.entries(options.secrets ?? {}));
    this.home = options.home === undefined ? null : new HomeBook(options.home);
  }

  /** The last value of a property (`"onOff.on"`, `"onOff.on@2"`); undefined when never reported. */
  value(id: string, property: string): Value | undefined {
    return this.#values.get(id)?.[property];
  }

  /** Everything the device last reported. */
  values(id: string): Values {
    return { ...this.#values.get(id) };
  }

  /** Whether the device can be reached, as far as the plugin said; undefined when it never said. */
  online(id: string): boolean | undefined {
    return this.#online.get(id);
  }

  /** Whether the plugin said that the device did not answer lately, and has not heard it since. */
  stale(id: string): boolean {
    return this.#stale.has(id);
  }

  /** Runs the plugin's `setup`; rejects with what it throws. */
  async start(plugin: PluginDefinition, settings: unknown = this.#options.settings ?? {}): Promise<PluginContext> {
    const parsed = plugin.settings.parse(settings);
    const known = [...this.devices.values()].map(({ id, endpoints }) => ({
      id,
      endpoints,
      settings: this.#settings.get(id) ?? {},
    }));
    this.#plugin = plugin;
    this.#stopped = null;
    this.#stop = new AbortController();
    this.#book = new DeviceBook(known);
    this.#context = this.#createContext();
    this.#running = await plugin.setup(this.#context, copy(parsed));
    return this.#context;
  }

  #createContext(): PluginContext {
    return this.#watched({
      port: {
        input: (input) => this.#take(copy(input)),
        call: (name, body) => this.#answer(name, copy(body) as Data),
        log: (level, text) => void this.log.push({ level, text }),
        health: (state, message) => void (this.health = { state, message }),
      },
      book: this.#book,
      clock: this.clock,
      discover: this.#options.discover ?? SILENCE,
      signal: this.#stop.signal,
      folder: this.#options.folder ?? '/nowhere',
      firmware: this.#options.firmware ?? null,
      home: this.home,
      timeZone: () => this.timeZone,
    });
  }

  /** The plugin's `ctx`, whose refusals are kept, since a plugin may pass over them. */
  #watched(parts: ContextParts): PluginContext {
    const ctx = createContext(parts);
    const watch = <Given extends readonly unknown[]>(say: (...given: Given) => Promise<void>) => {
      return (...given: Given): Promise<void> =>
        say(...given).catch((error: Error) => {
          this.refused.push(error);
          throw error;
        });
    };
    return {
      ...ctx,
      report: watch(ctx.report),
      event: watch(ctx.event),
      online: watch(ctx.online),
      stale: watch(ctx.stale),
      presence: watch(ctx.presence),
      devices: { ...ctx.devices, add: watch(ctx.devices.add) },
    };
  }

  async #take(input: Input): Promise<void> {
    const at = this.clock.now();
    if (input.type === 'presence') this.presence.push({ source: input.source, presence: input.presence });
    else if (input.type === 'online') this.#takeOnline(input.device, input.online);
    else if (input.type === 'stale') this.#stale.add(input.device);
    else if (input.type === 'event') {
      const { device: id, event, data = {}, endpoint } = input;
      this.events.push({ at, id, event, data, endpoint });
    } else this.#takeReport(input.device, input.values, input.endpoint, at);
  }

  #takeOnline(id: string, online: boolean): void {
    this.#online.set(id, online);
    if (online) this.#stale.delete(id);
  }

  #takeReport(id: string, values: Values, endpoint: string | undefined, at: number): void {
    this.reports.push({ at, id, values, endpoint });
    this.#takeOnline(id, true);
    const held = this.#values.get(id) ?? {};
    const endpoints = this.devices.get(id)?.endpoints ?? [];
    for (const [key, value] of Object.entries(values)) {
      held[endpoint === undefined ? key : propertyKey(endpoints, endpoint, key)] = value;
    }
    this.#values.set(id, held);
  }

  async #answer(name: HubCall, body: Data): Promise<unknown> {
    if (name === 'devices.add') return void this.devices.set(body['id'] as string, body as never);
    if (name === 'devices.remove') return this.#forget(body['id'] as string);
    if (name === 'home.command') return void this.asked.push(body as never);
    const store = name.startsWith('store.') ? this.store : this.secrets;
    const key = body['key'] as string;
    if (name.endsWith('.get')) return store.has(key) ? store.get(key) : null;
    if (name.endsWith('.set')) return void store.set(key, body['value']);
    return void store.delete(key);
  }

  #forget(id: string): void {
    this.devices.delete(id);
    this.#values.delete(id);
    this.#online.delete(id);
    this.#settings.delete(id);
    this.#book.remove(id);
  }

  #live(): RunningPlugin {
    if (this.#running === null) throw new Error('start the plugin first');
    return this.#running;
  }

  /** Sends one command, and answers what became of it. Time does not pass by itself: advance the clock where it must. */
  async send(id: string, command: DeviceCommand, deadline = COMMAND_DEADLINE_DEFAULT_MS): Promise<Outcome> {
    const [outcome] = await this.sendAll([{ id, command, deadline }]);
    return outcome!;
  }

  /** Sends commands of one instant together. */
  async sendAll(batch: readonly CommandRequest[]): Promise<Outcome[]> {
    const outcomes: Outcome[] = [];
    await perform(this.#live(), copy(batch), this.#after, (at, outcome) => (outcomes[at] = copy(outcome)));
    return outcomes;
  }

  /** Opens the plugin for new devices until `stop()` or the end of `seconds` (default 60). */
  pair(request: Partial<PairingRequest> = {}): FakePairing {
    return openPairing(this.#live(), this.clock, request);
  }

  /** Takes a device out of its network, as a person does by deleting it. */
  async remove(id: string): Promise<void> {
    await this.#live().remove?.(id);
    this.#forget(id);
  }

  /** Sets what a person may set of a device. */
  async setSettings(id: string, settings: Data): Promise<void> {
    this.#settings.set(id, settings);
    this.#book.setSettings(id, settings);
    await this.#live().settingsChanged?.(id, this.#book.settings(id));
  }

  /** Tries settings, before a start or after; rejects with what the plugin finds wrong. */
  async test(settings: unknown, plugin: PluginDefinition = this.#plugin!): Promise<void> {
    const parsed = copy(plugin.settings.parse(settings));
    if (this.#running?.test !== undefined) return this.#running.test(parsed);
    await plugin.test?.(parsed, this.#context ?? this.#createContext());
  }

  async map(): ReturnType<NonNullable<RunningPlugin['map']>> {
    const { map } = this.#live();
    return map === undefined ? { nodes: [], links: [] } : copy(await map.call(this.#running));
  }

  /** Asks what the plugin answers to at `/api/plugins/<id>/<name>`. */
  async request(name: string, body?: unknown): Promise<unknown> {
    const { request } = this.#live();
    if (request === undefined) throw new Error('the plugin answers no requests');
    return copy(await request.call(this.#running, name, copy(body ?? null)));
  }

  /** Stops the plugin as the hub does: the signal aborts, then `stop` runs. Stopping again asks it again, which it must bear. */
  async stop(): Promise<void> {
    this.#stopped = this.#running ?? this.#stopped;
    this.#running = null;
    this.#stop.abort();
    await this.#stopped?.stop?.();
    await settle();
  }

  /** Stops the plugin and starts it anew; what it stored and its devices stay. */
  async restart(settings?: unknown): Promise<PluginContext> {
    if (this.#plugin === null) throw new Error('start the plugin first');
    await this.stop();
    return this.start(this.#plugin, settings ?? this.#options.settings ?? {});
  }
}

/**
 * A hub in memory with a clock turned by hand.
 * @example
 * const hub = fakeHub({ settings: { lamps: 1 } });
 * await hub.start(plugin);
 * assert.equal((await hub.send('lamp-1', { set: { 'onOff.on': true } })).status, 'done');
 * assert.is(hub.value('lamp-1', 'onOff.on'), true);
 */
export const fakeHub = (options: FakeHubOptions = {}): FakeHub => new FakeHub(options);
