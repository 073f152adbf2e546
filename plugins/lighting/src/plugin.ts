// The running plugin: which lamps there are, how they come, and how they go.

import {
  PairingSteps,
  PluginError,
  type DeviceCommand,
  type PairingRequest,
  type PairingStep,
  type PluginContext,
  type RunningPlugin,
  type TrialContext,
} from '@lintel/sdk';

import { addressesOf, lookAtAll } from './configured.ts';
import { FOUND_LAMPS_MAX, START_WAIT_MS } from './limits.ts';
import { Memory, type Origin } from './memory.ts';
import { lookInto, search, type SearchOptions, type Sighting } from './search.ts';
import { inWords, sameAddress, type Address, type Settings } from './settings.ts';
import { WledLamp } from './wled/lamp.ts';
import { idOf } from './wled/view.ts';

export async function setup(ctx: PluginContext, settings: Settings): Promise<RunningPlugin> {
  const lighting = new Lighting(ctx, settings, await Memory.open(ctx.store));
  await lighting.open();
  return lighting.answers();
}

/** Looks whether there is a lamp at each address. */
export async function tryLamps(settings: Settings, ctx: TrialContext): Promise<void> {
  await lookAtAll(ctx, addressesOf(settings));
}

class Lighting {
  readonly #ctx: PluginContext;
  readonly #settings: Settings;
  readonly #memory: Memory;
  readonly #addresses: readonly Address[];
  /** By mac. */
  readonly #lamps = new Map<string, WledLamp>();
  readonly #pairings = new Set<PairingSteps>();

  constructor(ctx: PluginContext, settings: Settings, memory: Memory) {
    this.#ctx = ctx;
    this.#settings = settings;
    this.#memory = memory;
    this.#addresses = addressesOf(settings);
  }

  answers(): RunningPlugin {
    return {
      command: (id, command, signal) => this.#command(id, command, signal),
      pair: (request, signal) => this.#pair(request, signal),
      remove: (id) => this.#remove(id),
      test: (settings) => tryLamps(settings as Settings, this.#ctx),
    };
  }

  async open(): Promise<void> {
    const isNew = (address: Address): boolean => this.#rememberedAt(address) === undefined;
    const looked = await lookAtAll(this.#ctx, this.#addresses, isNew);
    for (const [at, info] of looked.entries()) {
      if (info !== null) await this.#remember(info.mac, this.#addresses[at]!, 'settings');
    }
    const wanted = this.#memory
      .all()
      .filter(([, { isRemoved, by, ...address }]) => !isRemoved && this.#isWanted(by, address));
    const opened = wanted.map(([mac, { host, port }]) => this.#start(mac, { host, port }));
    await this.#nobodyWaitsForTheOthers();
    await this.#waitFor(Promise.all(opened));
    if (this.#settings.discover) void search(this.#searching(this.#ctx.signal, false)).catch(() => undefined);
  }

  #rememberedAt(address: Address) {
    return this.#memory.all().find(([, lamp]) => sameAddress(lamp, address));
  }

  /** A lamp whose address was taken out of the settings stays only where it may announce itself. */
  #isWanted(by: Origin, address: Address): boolean {
    return by === 'network' || this.#addresses.some((each) => sameAddress(each, address));
  }

  async #nobodyWaitsForTheOthers(): Promise<void> {
    const own = new Set([...this.#lamps.keys()].map(idOf));
    const others = this.#ctx.devices.known().filter((id) => !own.has(id));
    await Promise.all(others.map((id) => this.#ctx.online(id, false)));
  }

  async #waitFor(opened: Promise<unknown>): Promise<void> {
    const waited = new AbortController();
    const limit = this.#ctx.clock.sleep(START_WAIT_MS, waited.signal).catch(() => undefined);
    await Promise.race([opened, limit]);
    waited.abort();
  }

  async #remember(mac: string, address: Address, by: Origin): Promise<void> {
    const isRemoved = this.#memory.get(mac)?.isRemoved === true;
    await this.#memory.set(mac, { ...address, by, isRemoved });
  }

  #start(mac: string, address: Address): Promise<void> {
    const replaced = (other: string): void => void this.#replaced(mac, other).catch(() => undefined);
    const lamp = new WledLamp({ ctx: this.#ctx, mac, address, replaced });
    this.#lamps.set(mac, lamp);
    return lamp.open();
  }

  /** Someone has put another lamp in the place of this one. */
  async #replaced(mac: string, other: string): Promise<void> {
    const known = this.#memory.get(mac);
    if (known?.by !== 'settings' || this.#lamps.has(other)) return;
    this.#lamps.get(mac)?.close();
    this.#lamps.delete(mac);
    await this.#memory.forget(mac);
    if (this.#ctx.devices.known().includes(idOf(mac))) await this.#ctx.online(idOf(mac), false);
    await this.#remember(other, known, 'settings');
    if (this.#memory.get(other)?.isRemoved !== true) await this.#start(other, { host: known.host, port: known.port });
  }

  async #command(id: string, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const lamp = [...this.#lamps.values()].find((each) => each.id === id);
    if (lamp !== undefined) return lamp.command(command, signal);
    throw new PluginError(
      'DEVICE_OFFLINE',
      'Nobody knows where this lamp is: give its address in the settings of the plugin, or pair it again.',
    );
  }

  /** It comes back only by pairing. */
  async #remove(id: string): Promise<void> {
    const [mac, lamp] = [...this.#lamps].find(([, each]) => each.id === id) ?? [];
    if (mac === undefined) return;
    lamp!.close();
    this.#lamps.delete(mac);
    await this.#memory.remove(mac);
  }

  #searching(signal: AbortSignal, isPairing: boolean): SearchOptions {
    return {
      ctx: this.#ctx,
      signal,
      isKnown: (address, mac) => this.#isKnown(address, mac, isPairing),
      seen: (sighting) => this.#seen(sighting, isPairing),
      failed: (address, error) => {
        if (isPairing) this.#tell({ address: inWords(address), step: 'failed', ...failure(error) });
      },
    };
  }

  /** A lamp that is where it was, or that a person does not want, is not asked again. */
  #isKnown(address: Address, mac: string | undefined, isPairing: boolean): boolean {
    const known = mac === undefined ? undefined : this.#memory.get(mac);
    if (known?.isRemoved === true) return !isPairing;
    const lamp = mac === undefined ? undefined : this.#lamps.get(mac);
    return lamp !== undefined && (lamp.isUp || sameAddress(lamp.address, address));
  }

  async #seen({ address, info: { mac, name } }: Sighting, isPairing: boolean): Promise<void> {
    const lamp = this.#lamps.get(mac);
    if (lamp !== undefined) return this.#moved(lamp, address);
    const known = this.#memory.get(mac);
    if (known?.isRemoved === true && !isPairing) return;
    if (this.#lamps.size >= FOUND_LAMPS_MAX)
      return this.#ctx.log.warn(`${FOUND_LAMPS_MAX} lamps are enough: ${name} is left out`);
    const at = inWords(address);
    for (const step of ['found', 'interviewing', 'recognised'] as const)
      this.#tell({ address: at, step, message: name });
    const by = this.#addresses.some((each) => sameAddress(each, address)) ? 'settings' : 'network';
    const opened = this.#start(mac, address);
    await this.#memory.set(mac, { ...address, by, isRemoved: false });
    await opened;
    this.#tell({ address: at, step: 'ready', device: idOf(mac) });
  }

  async #moved(lamp: WledLamp, address: Address): Promise<void> {
    if (lamp.isUp || sameAddress(lamp.address, address)) return;
    lamp.moveTo(address);
    if (this.#memory.get(lamp.mac)?.by === 'network') await this.#remember(lamp.mac, address, 'network');
  }

  #tell(step: PairingStep): void {
    for (const steps of this.#pairings) steps.push(step);
  }

  /** Finds lamps that are not in the home, those that were taken out of it among them. */
  async *#pair(_request: PairingRequest, signal: AbortSignal): AsyncGenerator<PairingStep> {
    const [steps, end] = [new PairingSteps(), new AbortController()];
    const limit = AbortSignal.any([signal, this.#ctx.signal, end.signal]);
    const searching = this.#searching(limit, true);
    this.#pairings.add(steps);
    limit.addEventListener('abort', () => steps.end(), { once: true });
    void search(searching).catch((error: Error) =>
      this.#ctx.log.warn(`The network cannot be searched: ${error.message}`),
    );
    const quietly = { ...searching, failed: () => undefined };
    for (const address of this.#missing()) void lookInto(quietly, address);
    try {
      yield* steps.take();
    } finally {
      end.abort();
      this.#pairings.delete(steps);
    }
  }

  /** Where lamps are that the home does not have, though it knows their address. */
  #missing(): readonly Address[] {
    const removed = this.#memory.all().flatMap(([, { isRemoved, host, port }]) => (isRemoved ? [{ host, port }] : []));
    const taken = [...this.#lamps.values()].map(({ address }) => address);
    const all = [...removed, ...this.#addresses];
    return all.filter(
      (address, at) =>
        !taken.some((each) => sameAddress(each, address)) && all.findIndex((each) => sameAddress(each, address)) === at,
    );
  }
}

const failure = (error: Error): Pick<PairingStep, 'error'> => ({
  error: { code: error instanceof PluginError ? error.code : 'PAIRING_NOT_FOUND', detail: error.message },
});
