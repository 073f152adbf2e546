// The running plugin: puts the parts together and answers to the hub.

import type { Events, Models } from 'zigbee-herdsman';

import type { PluginContext, RunningPlugin } from '@lintel/sdk';

import { Availability } from './availability.ts';
import { Commander } from './commander.ts';
import { Connection } from './connection.ts';
import type { ZigbeeDevice } from './device.ts';
import { explainConnection } from './errors.ts';
import { asksForFirmware, refuseFirmware } from './firmware.ts';
import { Incoming } from './incoming.ts';
import { readInstallCode } from './install-code.ts';
import { Joining } from './joining.ts';
import { loadLibraries, type Libraries } from './libraries.ts';
import { SECOND_TRY_MS, START_WAIT_MS } from './limits.ts';
import { networkMap } from './map.ts';
import type { Message } from './mapping/types.ts';
import { Mirror } from './mirror.ts';
import { loadNetwork, type NetworkParameters } from './network.ts';
import { Occupancy } from './occupancy.ts';
import { Outgoing } from './outgoing.ts';
import { probe } from './probe.ts';
import { Registry } from './registry.ts';
import { Session, type SessionEvents } from './session.ts';
import { parsePort, type Settings } from './settings.ts';

/** The port and adapter that worked last: what is away then is waited for rather than doubted. */
const WORKED = 'worked';

export async function setup(ctx: PluginContext, settings: Settings): Promise<RunningPlugin> {
  const port = parsePort(settings.port);
  const worked = (await ctx.store.get(WORKED)) as { port?: unknown; adapter?: unknown } | null;
  const isKnown = worked?.port === settings.port && typeof worked.adapter === 'string';
  const wanted = isKnown && settings.adapter === 'auto' ? String(worked.adapter) : settings.adapter;
  const adapter = isKnown ? wanted : await probe(port, settings.port, wanted);
  const [libraries, network] = [await loadLibraries(ctx.log), await loadNetwork(ctx, settings.channel)];
  const plugin = new ZigbeePlugin({ ctx, settings, libraries, network, adapter });
  await plugin.start(isKnown);
  return plugin.answers();
}

/** Looks who answers at the port, and forms no network: nobody has asked for one yet. */
export async function tryPort(settings: Settings): Promise<void> {
  await probe(parsePort(settings.port), settings.port, settings.adapter);
}

interface Given {
  readonly ctx: PluginContext;
  readonly settings: Settings;
  readonly libraries: Libraries;
  readonly network: NetworkParameters;
  readonly adapter: string;
}

class ZigbeePlugin {
  readonly #given: Given;
  readonly #ctx: PluginContext;
  readonly #mirror: Mirror;
  readonly #registry: Registry;
  readonly #connection: Connection;
  readonly #incoming: Incoming;
  readonly #outgoing: Outgoing;
  readonly #availability: Availability;
  readonly #occupancy: Occupancy;
  readonly #commander: Commander;
  readonly #joining: Joining;

  constructor(given: Given) {
    const { ctx, settings, libraries } = given;
    this.#given = given;
    this.#ctx = ctx;
    this.#mirror = new Mirror(ctx);
    this.#registry = new Registry(ctx, libraries);
    const exposesChanged = (device: ZigbeeDevice): void => this.#registry.exposesChanged(device);
    const understood = (device: ZigbeeDevice, payload: Message): void => this.#understood(device, payload);
    this.#incoming = new Incoming(ctx, { understood, exposesChanged });
    const publish = (device: ZigbeeDevice, payload: Message): void => this.#incoming.publish(device, payload);
    this.#outgoing = new Outgoing(ctx, publish, exposesChanged);
    this.#occupancy = new Occupancy(ctx, (device) => this.#incoming.publish(device, { occupancy: false }));
    this.#connection = new Connection({
      ctx,
      port: settings.port,
      open: (signal) => this.#open(signal),
      up: (session) => this.#up(session),
    });
    const isUp = (): boolean => this.#connection.session !== null;
    this.#availability = new Availability({ ctx, devices: () => this.#registry.all(), isUp });
    const parts = { ctx, libraries, registry: this.#registry, connection: this.#connection };
    const [outgoing, availability] = [this.#outgoing, this.#availability];
    this.#commander = new Commander({ ...parts, outgoing, availability, publish });
    const more = { commander: this.#commander, incoming: this.#incoming, mirror: this.#mirror };
    this.#joining = new Joining({ ...parts, ...more });
  }

  /** @param isKnown whether this port worked before: then its absence is no fault of the settings */
  async start(isKnown: boolean): Promise<void> {
    const { port } = this.#given.settings;
    await this.#registry.load();
    const first = this.#startOnce().catch((error: unknown) => {
      throw explainConnection(error, port);
    });
    if (!isKnown) return first;
    const late = first.catch((error: Error) => {
      this.#ctx.health('reconnecting', error.message);
      this.#connection.startLater();
    });
    const waited = new AbortController();
    const limit = this.#ctx.clock.sleep(START_WAIT_MS, waited.signal).catch(() => undefined);
    await Promise.race([late, limit]);
    waited.abort();
  }

  /** A serial server that was just tried may not yet take another connection. */
  async #startOnce(): Promise<void> {
    try {
      await this.#connection.start();
    } catch (error) {
      if (!/ECONN|closed/.test(String(error))) throw error;
      await this.#ctx.clock.sleep(SECOND_TRY_MS, this.#ctx.signal);
      await this.#connection.start();
    }
  }

  answers(): RunningPlugin {
    return {
      commands: (batch, signal, decided) => this.#commander.commands(batch, signal, decided),
      checkPairing: async ({ installCode }) => void (installCode !== undefined && readInstallCode(installCode)),
      pair: (request, signal) => this.#joining.pair(request, signal),
      remove: (id) => this.#remove(id),
      settingsChanged: async (id) => this.#settingsChanged(id),
      test: (settings) => this.#test(settings as Settings),
      map: () => this.#map(),
      stop: () => this.#stop(),
    };
  }

  async #open(signal: AbortSignal): Promise<Session> {
    const { libraries, settings, adapter, network } = this.#given;
    await this.#mirror.mend();
    const { databasePath, backupPath } = this.#mirror;
    const options = { libraries, settings, adapter, network, databasePath, backupPath, events: this.#events() };
    const session = await Session.start(options, signal);
    if (session.result !== 'reset' || !(await this.#mirror.hasDevices())) return session;
    this.#ctx.log.warn('The adapter had lost the network and has formed it anew; its devices were kept.');
    await session.stop();
    await this.#mirror.restoreDatabase();
    return Session.start(options, signal);
  }

  #events(): SessionEvents {
    const known = (radio: Models.Device): ZigbeeDevice | undefined => this.#registry.get(radio.ieeeAddr);
    return {
      message: (event) => this.#message(event),
      heard: ({ device }) => {
        const found = known(device);
        if (found !== undefined) this.#availability.heard(found);
      },
      joined: ({ device }) => this.#joining.joined(device),
      interview: (event) => this.#joining.interview(event),
      announced: ({ device }) => this.#joining.announced(device),
      addressChanged: ({ device }) => {
        const found = known(device);
        if (found !== undefined) void this.#registry.tell(found, 'deviceNetworkAddressChanged');
        this.#mirror.schedule();
      },
      left: ({ ieeeAddr }) => this.#left(ieeeAddr),
    };
  }

  async #up(session: Session): Promise<void> {
    const { settings, adapter } = this.#given;
    await this.#registry.attachAll(session);
    for (const device of this.#registry.all()) this.#occupancy.arm(device);
    await this.#ctx.store.set(WORKED, { port: settings.port, adapter });
    this.#mirror.schedule();
    void this.#settle(session);
  }

  /** What need not hold up commands: who may join, and how the devices are. */
  async #settle(session: Session): Promise<void> {
    try {
      await this.#joining.settle(session);
      for (const device of this.#registry.all()) {
        if (!session.isUp) return;
        if (device.isSleepy || device.hasLeft) continue;
        if (!this.#registry.isConfigured(device)) await this.#registry.configure(device, session);
        await this.#commander.refresh(device, session).catch(() => this.#availability.check(device));
      }
    } catch (error) {
      if (session.isUp) this.#ctx.log.warn(`After the start: ${String(error).slice(0, 300)}`);
    }
  }

  #message(event: Events.MessagePayload): void {
    const device = this.#registry.get(event.device.ieeeAddr);
    if (device === undefined) return;
    this.#incoming.handle(device, event);
    if (asksForFirmware(event)) void refuseFirmware(this.#given.libraries.herdsman, event).catch(() => undefined);
    const { session } = this.#connection;
    const isPending = !device.isBeingSetUp && !this.#registry.isConfigured(device);
    if (session !== null && isPending) void this.#registry.configure(device, session);
  }

  #understood(device: ZigbeeDevice, payload: Message): void {
    this.#commander.heard(device, payload);
    if (payload['occupancy'] === true) this.#occupancy.arm(device);
    else if (payload['occupancy'] === false) this.#occupancy.cancel(device);
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

  /** The port in use is known to answer, and is not to be disturbed. */
  async #test(settings: Settings): Promise<void> {
    const isOwn = settings.port === this.#given.settings.port && this.#connection.session !== null;
    if (!isOwn) await tryPort(settings);
  }

  async #map(): ReturnType<NonNullable<RunningPlugin['map']>> {
    const session = await this.#connection.whenUp(this.#ctx.signal);
    return networkMap(session, (id) => this.#registry.get(id) !== undefined);
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
