// The running plugin: puts the parts together and answers to the hub.

import type { Events, Models } from 'zigbee-herdsman';

import {
  PluginError,
  type DeviceCommand,
  type PairingRequest,
  type PairingStep,
  type PluginContext,
  type RunningPlugin,
} from '@lintel/sdk';

import { Availability } from './availability.ts';
import { Connection } from './connection.ts';
import type { ZigbeeDevice } from './device.ts';
import { explainCommand, explainConnection, kindOfFailure } from './errors.ts';
import { Incoming } from './incoming.ts';
import { Lane } from './lane.ts';
import { loadLibraries, type Libraries } from './libraries.ts';
import { START_WAIT_MS } from './limits.ts';
import { networkMap } from './map.ts';
import { Mirror } from './mirror.ts';
import { loadNetwork, type NetworkParameters } from './network.ts';
import { Occupancy } from './occupancy.ts';
import { Outgoing } from './outgoing.ts';
import { Pairing } from './pairing.ts';
import { probe } from './probe.ts';
import { Registry } from './registry.ts';
import { Session } from './session.ts';
import { parsePort, settingsSchema, type Settings } from './settings.ts';

/** The port and adapter that worked last: what is away then is waited for rather than doubted. */
const WORKED = 'worked';

export async function setup(ctx: PluginContext, settings: Settings): Promise<RunningPlugin> {
  const port = parsePort(settings.port);
  const worked = await ctx.store.get(WORKED);
  const known = worked as { port?: unknown; adapter?: unknown } | null;
  const isKnown = known?.port === settings.port && typeof known.adapter === 'string';
  const adapter = isKnown && settings.adapter === 'auto' ? String(known.adapter) : settings.adapter;
  const found = isKnown ? adapter : await probe(port, settings.port, adapter);
  const [libraries, network] = [await loadLibraries(ctx.log), await loadNetwork(ctx, settings.channel)];
  const plugin = new ZigbeePlugin(ctx, settings, libraries, network, found);
  await plugin.start(isKnown);
  return plugin.answers();
}

class ZigbeePlugin {
  readonly #ctx: PluginContext;
  readonly #settings: Settings;
  readonly #libraries: Libraries;
  readonly #network: NetworkParameters;
  readonly #adapter: string;
  readonly #mirror: Mirror;
  readonly #registry: Registry;
  readonly #connection: Connection;
  readonly #incoming: Incoming;
  readonly #outgoing: Outgoing;
  readonly #availability: Availability;
  readonly #occupancy: Occupancy;
  readonly #lanes = new WeakMap<ZigbeeDevice, Lane>();
  #pairing: Pairing | null = null;

  constructor(
    ctx: PluginContext,
    settings: Settings,
    libraries: Libraries,
    network: NetworkParameters,
    adapter: string,
  ) {
    this.#ctx = ctx;
    this.#settings = settings;
    this.#libraries = libraries;
    this.#network = network;
    this.#adapter = adapter;
    this.#mirror = new Mirror(ctx);
    this.#registry = new Registry(ctx, libraries);
    const exposesChanged = (device: ZigbeeDevice): void => this.#registry.exposesChanged(device);
    this.#incoming = new Incoming(ctx, {
      understood: (device, payload) => this.#understood(device, payload),
      exposesChanged,
    });
    this.#outgoing = new Outgoing(ctx, (device, payload) => this.#incoming.publish(device, payload), exposesChanged);
    this.#occupancy = new Occupancy(ctx, (device) => this.#incoming.publish(device, { occupancy: false }));
    this.#connection = new Connection({
      ctx,
      port: settings.port,
      open: (signal) => this.#open(signal),
      up: (session) => this.#up(session),
    });
    const isUp = (): boolean => this.#connection.session !== null;
    this.#availability = new Availability({ ctx, devices: () => this.#registry.all(), isUp });
  }

  /** @param isKnown whether this port worked before: then its absence is no fault of the settings */
  async start(isKnown: boolean): Promise<void> {
    await this.#registry.load();
    const first = this.#connection.start();
    if (!isKnown) {
      await first.catch((error: unknown) => {
        throw explainConnection(error, this.#settings.port);
      });
      return;
    }
    const late = first.catch((error: unknown) => {
      this.#ctx.health('reconnecting', explainConnection(error, this.#settings.port).message);
      this.#connection.startLater();
    });
    const waited = new AbortController();
    await Promise.race([late, this.#ctx.clock.sleep(START_WAIT_MS, waited.signal).catch(() => undefined)]);
    waited.abort();
    if (this.#connection.session === null) this.#ctx.health('reconnecting', 'Waiting for the Zigbee adapter.');
  }

  answers(): RunningPlugin {
    return {
      command: (id, command, signal) => this.#command(id, command, signal),
      pair: (request, signal) => this.#pair(request, signal),
      remove: (id) => this.#remove(id),
      settingsChanged: async (id) => this.#settingsChanged(id),
      test: (settings) => this.#test(settings),
      map: async () =>
        networkMap(await this.#connection.whenUp(this.#ctx.signal), (id) => this.#registry.get(id) !== undefined),
      stop: () => this.#stop(),
    };
  }

  async #open(signal: AbortSignal): Promise<Session> {
    await this.#mirror.mend();
    const options = {
      libraries: this.#libraries,
      settings: this.#settings,
      adapter: this.#adapter,
      network: this.#network,
      databasePath: this.#mirror.databasePath,
      backupPath: this.#mirror.backupPath,
      events: this.#events(),
    };
    const session = await Session.start(options, signal);
    if (session.result !== 'reset' || !(await this.#mirror.restoreDatabase())) return session;
    this.#ctx.log.warn('The adapter had lost the network and has formed it anew; its devices were kept.');
    await session.stop();
    await this.#mirror.restoreDatabase();
    return Session.start(options, signal);
  }

  #events() {
    const registry = this.#registry;
    const known = (radio: Models.Device): ZigbeeDevice | undefined => registry.get(radio.ieeeAddr);
    return {
      message: (event: Events.MessagePayload) => this.#message(event),
      heard: ({ device }: Events.LastSeenChangedPayload) => {
        const found = known(device);
        if (found !== undefined) this.#availability.heard(found);
      },
      joined: ({ device }: Events.DeviceJoinedPayload) => this.#joined(device),
      interview: (event: Events.DeviceInterviewPayload) => this.#interview(event),
      announced: ({ device }: Events.DeviceAnnouncePayload) => this.#announced(device),
      addressChanged: ({ device }: Events.DeviceNetworkAddressChangedPayload) => {
        const found = known(device);
        if (found !== undefined) void registry.tell(found, 'deviceNetworkAddressChanged');
        this.#mirror.schedule();
      },
      left: ({ ieeeAddr }: Events.DeviceLeavePayload) => this.#left(ieeeAddr),
    };
  }

  async #up(session: Session): Promise<void> {
    await this.#registry.attachAll(session);
    for (const device of this.#registry.all()) this.#occupancy.arm(device);
    await this.#ctx.store.set(WORKED, { port: this.#settings.port, adapter: this.#adapter });
    this.#mirror.schedule();
    void this.#settle(session);
  }

  /** What need not hold up commands: joining is closed, or still open, and lamps are asked how they are. */
  async #settle(session: Session): Promise<void> {
    try {
      if (this.#pairing === null) await session.controller.permitJoin(0);
      else await this.#pairing.open(session);
      for (const device of [...this.#registry.all()]) {
        if (!session.isUp) return;
        if (!this.#registry.isConfigured(device) && !device.isSleepy) await this.#registry.configure(device, session);
        await this.#refresh(device, session).catch(() => this.#availability.check(device));
      }
    } catch (error) {
      if (session.isUp) this.#ctx.log.warn(`After the start: ${String(error).slice(0, 300)}`);
    }
  }

  /** Reads what a device on mains shows: it may have been switched while nobody listened. */
  async #refresh(device: ZigbeeDevice, session: Session): Promise<void> {
    if (device.isSleepy || device.hasLeft) return;
    for (const endpoint of device.mapping.endpoints) {
      const keys = new Set([...endpoint.properties.values()].filter(isShown).map((property) => property.get!));
      for (const key of keys) {
        if (!session.isUp) return;
        await this.#outgoing
          .read(this.#libraries, device, endpoint, key, this.#guard(device, session.lost))
          .catch((error: unknown) => {
            if (kindOfFailure(error) !== 'refused') throw error;
          });
      }
    }
  }

  #guard(device: ZigbeeDevice, signal: AbortSignal) {
    return { clock: this.#ctx.clock, signal, isSleepy: device.isSleepy };
  }

  #message(event: Events.MessagePayload): void {
    const device = this.#registry.get(event.device.ieeeAddr);
    if (device === undefined) return;
    this.#incoming.handle(device, event);
    const { session } = this.#connection;
    if (session === null || this.#registry.isConfigured(device) || device.configureAttempts === 0) return;
    void this.#registry.configure(device, session);
  }

  #understood(device: ZigbeeDevice, payload: Record<string, unknown>): void {
    this.#outgoing.forgetStaged(device, payload);
    if (payload['occupancy'] === true) this.#occupancy.arm(device);
    else if (payload['occupancy'] === false) this.#occupancy.cancel(device);
  }

  #joined(radio: Models.Device): void {
    this.#pairing?.push({ address: radio.ieeeAddr, step: 'found' });
    this.#pairing?.push({ address: radio.ieeeAddr, step: 'joined' });
    this.#mirror.schedule();
  }

  #interview({ device, status }: Events.DeviceInterviewPayload): void {
    const address = device.ieeeAddr;
    this.#mirror.schedule();
    if (status === 'started') this.#pairing?.push({ address, step: 'interviewing' });
    else if (status === 'successful')
      void this.#admit(device).catch((error: unknown) => this.#failed(address, String(error)));
    else
      this.#failed(
        address,
        'The device joined but did not answer all questions. Keep it awake and close to the hub, and pair again.',
      );
  }

  #failed(address: string, detail: string): void {
    this.#ctx.log.warn(`${address} could not be added: ${detail}`);
    this.#pairing?.push({ address, step: 'failed', error: { code: 'PAIRING_INTERVIEW_FAILED', detail } });
  }

  /** From interviewed to ready, or refused. */
  async #admit(radio: Models.Device): Promise<void> {
    const session = this.#connection.session;
    if (session === null) return;
    const address = radio.ieeeAddr;
    const definition = await this.#libraries.converters.findByDevice(radio, true);
    const message = definition === undefined ? (radio.modelID ?? '') : `${definition.vendor} ${definition.model}`;
    this.#pairing?.push({ address, step: 'recognised', message });
    if (await this.#refuses(radio)) return;
    const device = await this.#registry.attach(radio);
    await this.#registry.tell(device, 'deviceJoined');
    await this.#registry.configure(device, session);
    this.#pairing?.push({ address, step: 'ready', device: device.id, message: device.name });
    this.#mirror.schedule();
    void this.#refresh(device, session).catch(() => undefined);
  }

  /** Locks and alarms are let in with an install code, or by someone who knows what it means without. */
  async #refuses(radio: Models.Device): Promise<boolean> {
    const address = radio.ieeeAddr;
    if (this.#registry.get(address) !== undefined || this.#pairing?.isTrusted(address) === true) return false;
    const kind = await this.#registry.kindOf(radio);
    if (kind !== 'lock' && kind !== 'alarm') return false;
    await radio.removeFromNetwork().catch(() => radio.removeFromDatabase());
    const detail =
      'Locks and alarms join with their install code only, so that nobody can listen to their keys. Enter the code, or allow it without.';
    this.#pairing?.push({ address, step: 'refused', error: { code: 'PAIRING_INSECURE', detail } });
    return true;
  }

  #announced(radio: Models.Device): void {
    const device = this.#registry.get(radio.ieeeAddr);
    if (device === undefined) return;
    this.#mirror.schedule();
    void this.#returned(device).catch((error: unknown) =>
      this.#ctx.log.warn(`${device.id}: ${String(error).slice(0, 300)}`),
    );
  }

  /** A known device is back: after a power cut it shows what it is, after a reset it is set up anew. */
  async #returned(device: ZigbeeDevice): Promise<void> {
    await this.#registry.tell(device, 'deviceAnnounce');
    const { session } = this.#connection;
    if (session === null) return;
    if (this.#pairing !== null) {
      this.#registry.forgetConfiguration(device);
      await this.#registry.configure(device, session);
      this.#pairing?.push({ address: device.id, step: 'ready', device: device.id, message: device.name });
    }
    await this.#refresh(device, session);
  }

  #left(address: string): void {
    const device = this.#registry.get(address);
    if (device === undefined) return;
    device.hasLeft = true;
    this.#occupancy.cancel(device);
    this.#availability.gone(device);
    void this.#registry.tellStop(device);
    this.#mirror.schedule();
  }

  async #command(id: string, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    if (this.#registry.get(id) === undefined) await this.#connection.whenUp(signal);
    const device = this.#registry.get(id);
    if (device === undefined || device.hasLeft) {
      throw new PluginError('DEVICE_OFFLINE', 'The device is not in the Zigbee network any more. Pair it again.');
    }
    try {
      await this.#laneOf(device).submit(command, signal);
    } catch (error) {
      const explained = explainCommand(error, device.name);
      if (explained.code === 'DEVICE_OFFLINE' || explained.code === 'TIMEOUT') void this.#availability.check(device);
      throw explained;
    }
  }

  #laneOf(device: ZigbeeDevice): Lane {
    const known = this.#lanes.get(device);
    if (known !== undefined) return known;
    const lane = new Lane({
      perform: (command, signal) => this.#perform(device, command, signal),
      recover: (error, signal) => this.#recover(device, error, signal),
    });
    this.#lanes.set(device, lane);
    return lane;
  }

  async #perform(device: ZigbeeDevice, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const session = this.#connection.session ?? (await this.#connection.whenUp(signal));
    const guard = this.#guard(device, AbortSignal.any([signal, session.lost]));
    await this.#outgoing.perform(this.#libraries, device, command, guard);
  }

  async #recover(device: ZigbeeDevice, error: unknown, signal: AbortSignal): Promise<void> {
    const kind = kindOfFailure(error);
    if (error instanceof PluginError || kind === 'other' || kind === 'refused') throw error;
    if (kind === 'link') await this.#connection.whenUp(signal);
    else if (device.isSleepy) await this.#availability.nextFrame(device, signal);
    else throw error;
  }

  #pair(request: PairingRequest, signal: AbortSignal): AsyncIterable<PairingStep> {
    const pairing = new Pairing(request, {
      clock: this.#ctx.clock,
      session: (until) => this.#connection.whenUp(until),
      closed: () => {
        if (this.#pairing !== pairing) return;
        this.#pairing = null;
        void this.#connection.session?.controller.permitJoin(0).catch(() => undefined);
      },
    });
    this.#pairing = pairing;
    return pairing.run(signal);
  }

  async #remove(id: string): Promise<void> {
    const device = this.#registry.get(id);
    const { session } = this.#connection;
    if (device === undefined) return;
    this.#occupancy.cancel(device);
    await this.#registry.tellStop(device);
    this.#registry.delete(id);
    if (session === null || device.hasLeft) return;
    await device.radio.removeFromNetwork().catch(() => device.radio.removeFromDatabase());
    await this.#mirror.save();
  }

  #settingsChanged(id: string): void {
    const device = this.#registry.get(id);
    if (device !== undefined && this.#occupancy.isArmed(device)) this.#occupancy.arm(device);
  }

  async #test(given: unknown): Promise<void> {
    const settings = settingsSchema.parse(given);
    const port = parsePort(settings.port);
    if (settings.port === this.#settings.port && this.#connection.session !== null) return;
    await probe(port, settings.port, settings.adapter);
  }

  async #stop(): Promise<void> {
    for (const device of this.#registry.all()) {
      this.#occupancy.cancel(device);
      await this.#registry.tellStop(device);
    }
    await this.#connection.stop();
    await this.#mirror.save().catch(() => undefined);
  }
}

/** What a person sees of a lamp or a plug, and may have changed at the wall. */
const SHOWN = new Set(['onOff', 'level', 'color', 'lock', 'cover', 'power', 'energy']);
const isShown = (property: { capability: string; get?: string }): boolean =>
  property.get !== undefined && SHOWN.has(property.capability);
