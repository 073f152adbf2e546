// The plugin host: finds plugins, keeps the enabled ones running, and is the one door between them and the hub.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { HubError } from '@lintel/model';
import type { Outcome } from '@lintel/model';
import type { CommandRequest, DeviceShare, PairingRequest, PairingStep } from '@lintel/sdk';
import { isObject } from '@lintel/sdk/host';
import type { PluginCall, WireError } from '@lintel/sdk/host';

import { Catalogue } from './catalogue.ts';
import type { Entry } from './catalogue.ts';
import { Descriptions } from './descriptions.ts';
import { hubError, NOT_THERE, notRunning } from './errors.ts';
import { differOnlyInChoice } from './home-choice.ts';
import { infoOf } from './info.ts';
import { readShare } from './inbound.ts';
import { Leftovers } from './leftovers.ts';
import { CALL_MAX_MS, START_ANSWER_MAX_MS } from './limits.ts';
import type { Manifest } from './manifest.ts';
import { Packages } from './packages.ts';
import { openPairing } from './pairings.ts';
import type { PluginLog } from './plugin-log.ts';
import { Removals } from './removals.ts';
import { Sandbox } from './sandbox.ts';
import { readSettings } from './schema.ts';
import { maskSecrets, unmaskSecrets } from './secrets.ts';
import { Supervisor } from './supervisor.ts';
import { settingsError, tryOut } from './trial.ts';
import { Turns } from './turns.ts';
import type { PairingHandle, PluginHost, PluginHostOptions, PluginInfo, PluginLogLine } from './types.ts';
import { within } from './within.ts';

type Data = Readonly<Record<string, unknown>>;

/** Creates the host: ends what an earlier hub left behind, finds the plugins, and starts none. */
export function createPluginHost(options: PluginHostOptions): PluginHost {
  return new Host(options);
}

class Host implements PluginHost {
  readonly #options: PluginHostOptions;
  readonly #sandbox: Sandbox;
  readonly #leftovers: Leftovers;
  readonly #removals: Removals;
  readonly #packages: Packages;
  readonly #descriptions: Descriptions;
  readonly #catalogue: Catalogue;
  readonly #turns = new Turns();
  #isSafe: boolean;

  constructor(options: PluginHostOptions) {
    this.#options = options;
    this.#isSafe = options.isSafe === true;
    mkdirSync(options.data, { recursive: true });
    this.#leftovers = new Leftovers(join(options.data, 'processes.json'));
    this.#leftovers.endAll();
    this.#removals = new Removals(join(options.data, 'removals.json'));
    this.#packages = new Packages(options.data, options.npm);
    this.#sandbox = new Sandbox(options.strongest ?? 'bubblewrap', options.data, options.firmware);
    this.#descriptions = new Descriptions(this.#sandbox, options.scheduler, join(options.data, 'descriptions'));
    this.#catalogue = new Catalogue({
      options,
      descriptions: this.#descriptions,
      packages: this.#packages,
      supervise: (id, log) => this.#supervise(id, log),
      changed: (id) => this.#changed(id),
    });
    this.#catalogue.open();
  }

  #changed(id: string): void {
    this.#options.sink.status(id, this.get(id));
  }

  #supervise(id: string, log: PluginLog): Supervisor {
    return new Supervisor({
      manifest: () => this.#entry(id).manifest,
      options: this.#options,
      sandbox: this.#sandbox,
      leftovers: this.#leftovers,
      log,
      folder: join(this.#options.data, 'folders', id),
      changed: () => this.#changed(id),
      started: () => void this.#removeLater(id).catch(() => undefined), // What fails is tried again at the next start.
      turns: this.#turns,
    });
  }

  #entry(id: string): Entry {
    return this.#catalogue.get(id);
  }

  described(): Promise<void> {
    return this.#catalogue.described();
  }

  list(): readonly PluginInfo[] {
    return this.#catalogue.ids().map((id) => this.get(id));
  }

  get(id: string): PluginInfo {
    return infoOf(this.#entry(id), this.#sandbox, this.#packages, this.#options.listing);
  }

  has(id: string): boolean {
    return this.#catalogue.find(id) !== undefined;
  }

  ready(id: string): boolean {
    return this.#catalogue.find(id)?.supervisor.status === 'running';
  }

  async start(id: string, settings: unknown): Promise<PluginInfo> {
    const entry = this.#entry(id);
    const objection = this.#catalogue.reread(entry) ?? this.#objectionTo(entry);
    if (objection !== null) {
      await entry.supervisor.stop();
      entry.supervisor.refuse(objection);
      return this.get(id);
    }
    this.#catalogue.tellAuthor(entry);
    const started = entry.supervisor.start(() =>
      this.validate(id, settings).catch((error: HubError) => {
        entry.supervisor.refuse(error.message);
        return null;
      }),
    );
    await within(this.#options.scheduler, START_ANSWER_MAX_MS, started);
    return this.get(id);
  }

  /** Why a plugin is not to be started, whatever its settings. */
  #objectionTo({ manifest, isBrought }: Entry): string | null {
    const { state, reason } = this.#options.listing.of({ ...manifest, source: this.#packages.sourceOf(manifest.id) });
    if (state === 'revoked') return `it was revoked (${reason}): remove it, or update it to a version that was not`;
    return this.#isSafe && isBrought ? 'it stays out while the hub is in safe mode: leave safe mode first' : null;
  }

  leaveSafeMode(): void {
    this.#isSafe = false;
  }

  async stop(id: string): Promise<void> {
    await this.#entry(id).supervisor.stop();
  }

  refused(id: string): WireError | null {
    return this.#entry(id).supervisor.refused;
  }

  rechoose(id: string, settings: unknown): boolean {
    const { manifest, supervisor } = this.#entry(id);
    return differOnlyInChoice(manifest, supervisor.settings, settings) && supervisor.rechoose(settings);
  }

  async restart(id: string): Promise<PluginInfo> {
    const { supervisor } = this.#entry(id);
    return this.start(id, supervisor.settings);
  }

  async validate(id: string, settings: unknown): Promise<Data> {
    const entry = this.#entry(id);
    const { schema, custom } = await this.#catalogue.describe(entry);
    const read = readSettings(schema, settings);
    if (!custom) return read;
    const judged = await this.#descriptions.judge(entry.manifest, read);
    return isObject(judged) ? judged : read;
  }

  async test(id: string, settings: unknown): Promise<void> {
    const normal = await this.validate(id, settings);
    const { manifest, log, supervisor } = this.#entry(id);
    const parts = { manifest, options: this.#options, sandbox: this.#sandbox, log };
    if (supervisor.session === null) return tryOut(parts, normal);
    if (!supervisor.answers('test')) return;
    await supervisor.session.call('test', normal, CALL_MAX_MS).catch((error) => {
      throw settingsError(error);
    });
  }

  masked(id: string, settings: unknown): Data {
    return maskSecrets(this.#entry(id).description?.schema, settings) as Data;
  }

  unmasked(id: string, settings: unknown, stored: unknown): unknown {
    return unmaskSecrets(this.#entry(id).description?.schema, settings, stored);
  }

  async send(
    id: string,
    batch: readonly CommandRequest[],
    decided: (at: number, outcome: Outcome) => void = () => undefined,
  ): Promise<Outcome[]> {
    const session = this.#catalogue.find(id)?.supervisor.session;
    if (session) return session.send(batch, decided);
    batch.forEach((_, at) => decided(at, NOT_THERE));
    return batch.map(() => NOT_THERE);
  }

  async checkPairing(id: string, request: PairingRequest): Promise<void> {
    if (this.#entry(id).supervisor.answers('checkPairing')) await this.#call(id, 'checkPairing', request);
  }

  pair(id: string, request: PairingRequest, onStep: (step: PairingStep) => void): PairingHandle {
    return openPairing(id, this.#entry(id), request, onStep);
  }

  /** A device that a plugin left behind when it was taken away is the hub's alone. */
  async removeDevice(id: string, device: string): Promise<void> {
    if (!this.has(id)) return;
    const { supervisor } = this.#entry(id);
    if (supervisor.session === null) return this.#removals.add(id, device);
    await this.#call(id, 'remove', { id: device });
    supervisor.session?.setDevice(device, null);
  }

  async shareDevice(id: string, device: string): Promise<DeviceShare> {
    if (!this.#running(id).answers('share'))
      throw new HubError('UNSUPPORTED', `devices of the plugin ${id} cannot be shared`);
    return readShare(await this.#call(id, 'share', { id: device }));
  }

  /** What was removed while the plugin was not there; it may have added the device again by now. */
  async #removeLater(id: string): Promise<void> {
    for (const device of this.#removals.of(id)) {
      await this.removeDevice(id, device).catch(() => undefined);
      await this.#options.sink.deviceRemoved(id, device);
      this.#removals.done(id, device);
    }
  }

  async deviceSettings(id: string, device: string, settings: Data): Promise<void> {
    const { supervisor } = this.#entry(id);
    supervisor.session?.setDevice(device, settings);
    if (supervisor.answers('settingsChanged')) await this.#call(id, 'settingsChanged', { id: device, settings });
  }

  async map(id: string): ReturnType<PluginHost['map']> {
    if (!this.#entry(id).supervisor.answers('map')) return { nodes: [], links: [] };
    return (await this.#call(id, 'map', null)) as Awaited<ReturnType<PluginHost['map']>>;
  }

  async request(id: string, name: string, body: unknown): Promise<unknown> {
    if (!this.#running(id).answers('request')) throw new HubError('NOT_FOUND', `${id} answers to no ${name}`);
    return (await this.#call(id, 'request', { name, body })) ?? null;
  }

  #running(id: string): Supervisor {
    const { supervisor } = this.#entry(id);
    if (supervisor.session === null) throw notRunning(id);
    return supervisor;
  }

  async #call(id: string, name: PluginCall, body: unknown): Promise<unknown> {
    const { session } = this.#running(id);
    try {
      return await session!.call(name, body, CALL_MAX_MS);
    } catch (error) {
      throw hubError(error);
    }
  }

  log(id: string): readonly PluginLogLine[] {
    return this.#entry(id).log.lines();
  }

  install(source: string): Promise<string> {
    return this.#catalogue.install(source);
  }

  async update(id: string, settings: Data | null, ask: () => Promise<void>): Promise<PluginInfo> {
    const { manifest, added } = await this.#catalogue.renew(id, ask);
    if (added.length === 0) return this.#take(id, manifest, settings);
    await this.#take(id, manifest, null);
    await this.#entry(id).supervisor.stop(`Version ${manifest.version} asks for more: ${added.join(' ')}`);
    return this.get(id);
  }

  async rollBack(id: string, settings: Data | null): Promise<PluginInfo> {
    return this.#take(this.#entry(id).manifest.id, this.#packages.rollBack(id), settings);
  }

  /** Goes over to another version. */
  async #take(id: string, manifest: Manifest, settings: Data | null): Promise<PluginInfo> {
    await this.#entry(id).supervisor.stop();
    await this.#catalogue.replace(id, manifest);
    return settings === null ? this.get(id) : this.start(id, settings);
  }

  uninstall(id: string): Promise<void> {
    return this.#catalogue.uninstall(id);
  }

  async close(): Promise<void> {
    await Promise.all(this.#catalogue.all().map(({ supervisor }) => supervisor.stop()));
    this.#sandbox.close();
  }
}
