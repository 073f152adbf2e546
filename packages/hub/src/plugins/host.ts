// The plugin host: finds plugins, keeps the enabled ones running, and is the one door between them and the hub.

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

import { HubError } from '@lintel/model';
import type { Outcome } from '@lintel/model';
import type { CommandRequest, PairingRequest, PairingStep } from '@lintel/sdk';
import { isObject } from '@lintel/sdk/host';
import type { PluginCall } from '@lintel/sdk/host';

import { apiFault } from './api-range.ts';
import { Descriptions } from './descriptions.ts';
import type { Description } from './descriptions.ts';
import { hubError, notRunning } from './errors.ts';
import { Leftovers } from './leftovers.ts';
import { CALL_MAX_MS, PAIRING_SECONDS_MAX } from './limits.ts';
import { findPlugins, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { PluginLog } from './plugin-log.ts';
import { Sandbox } from './sandbox.ts';
import { readSettings } from './schema.ts';
import { maskSecrets, unmaskSecrets } from './secrets.ts';
import { Supervisor } from './supervisor.ts';
import { settingsError, tryOut } from './trial.ts';
import type { PairingHandle, PluginHost, PluginHostOptions, PluginInfo, PluginLogLine } from './types.ts';

type Data = Readonly<Record<string, unknown>>;

interface Entry {
  manifest: Manifest;
  description: Description | null;
  readonly log: PluginLog;
  readonly supervisor: Supervisor;
  readonly isLinked: boolean;
}

const NOT_THERE: Outcome = {
  status: 'offline',
  error: { code: 'CONNECTION_FAILED', detail: 'the plugin of this device is not running: see its page' },
};

/** Creates the host: ends what an earlier hub left behind, finds the plugins, and starts none. */
export function createPluginHost(options: PluginHostOptions): PluginHost {
  return new Host(options);
}

class Host implements PluginHost {
  readonly #options: PluginHostOptions;
  readonly #sandbox: Sandbox;
  readonly #leftovers: Leftovers;
  readonly #descriptions: Descriptions;
  readonly #entries = new Map<string, Entry>();
  #describing: Promise<void>;

  constructor(options: PluginHostOptions) {
    this.#options = options;
    mkdirSync(options.data, { recursive: true });
    this.#leftovers = new Leftovers(join(options.data, 'processes.json'));
    this.#leftovers.endAll();
    this.#sandbox = new Sandbox(options.bubblewrap ?? true, options.data);
    this.#descriptions = new Descriptions(this.#sandbox, options.scheduler, join(options.data, 'descriptions'));
    for (const folder of options.folders.flatMap(findPlugins)) this.#discover(folder, false);
    for (const folder of options.linked ?? []) this.#discover(folder, true);
    this.#describing = this.#describeAll();
  }

  /** A plugin that cannot be read is named in the log and leaves the rest alone. */
  #discover(folder: string, isLinked: boolean): void {
    try {
      const manifest = readManifest(folder);
      if (this.#entries.has(manifest.id)) throw new HubError('ID_TAKEN', `the id ${manifest.id} is taken already`);
      this.#enter(manifest, isLinked);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const { scheduler, log } = this.#options;
      log({ at: scheduler.now(), plugin: '', level: 'error', text: `${folder}: ${error.message}` });
    }
  }

  #enter(manifest: Manifest, isLinked: boolean): Entry {
    const { options, sandbox, leftovers } = {
      options: this.#options,
      sandbox: this.#sandbox,
      leftovers: this.#leftovers,
    };
    const { id } = manifest;
    const log = new PluginLog(id, options.log, options.scheduler.now());
    const folder = join(options.data, 'folders', id);
    const changed = (): void => options.sink.status(id, this.get(id));
    const supervisor = new Supervisor({
      manifest: () => this.#entry(id).manifest,
      options,
      sandbox,
      leftovers,
      log,
      folder,
      changed,
    });
    const entry: Entry = { manifest, description: this.#descriptions.kept(manifest), log, supervisor, isLinked };
    this.#entries.set(id, entry);
    return entry;
  }

  async #describeAll(): Promise<void> {
    for (const entry of this.#entries.values()) {
      if (entry.description === null) await this.#describe(entry).catch(() => undefined);
    }
  }

  async #describe(entry: Entry): Promise<Description> {
    try {
      const fault = apiFault(entry.manifest.api);
      if (fault !== null) throw new HubError('PLUGIN_FAILED', fault);
      const description = await this.#descriptions.of(entry.manifest);
      const isNews = entry.description !== description;
      entry.description = description;
      if (isNews) this.#options.sink.status(entry.manifest.id, this.get(entry.manifest.id));
      return description;
    } catch (error) {
      entry.supervisor.refuse((error as Error).message);
      throw error;
    }
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new HubError('NOT_FOUND', `there is no plugin ${id}`);
    return entry;
  }

  described(): Promise<void> {
    return this.#describing;
  }

  list(): readonly PluginInfo[] {
    return [...this.#entries.keys()].map((id) => this.get(id));
  }

  get(id: string): PluginInfo {
    const { manifest, description, supervisor } = this.#entry(id);
    const { network, hosts, serial, addons } = manifest.permissions;
    return {
      id,
      name: description?.name ?? id,
      version: manifest.version,
      status: supervisor.status,
      sandbox: this.#sandbox.fenceOf(manifest),
      permissions: { network, hosts, serial, addons },
      settingsSchema: description?.schema ?? {},
      health: supervisor.health(),
      pairing: manifest.pairing,
    };
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  ready(id: string): boolean {
    return this.#entries.get(id)?.supervisor.status === 'running';
  }

  async start(id: string, settings: unknown): Promise<PluginInfo> {
    const entry = this.#entry(id);
    entry.manifest = readManifest(entry.manifest.folder);
    const normal = await this.validate(id, settings).catch((error: HubError) => {
      entry.supervisor.refuse(error.message);
      return null;
    });
    if (normal !== null) await entry.supervisor.start(normal);
    return this.get(id);
  }

  async stop(id: string): Promise<void> {
    await this.#entry(id).supervisor.stop();
  }

  async restart(id: string): Promise<PluginInfo> {
    const { supervisor } = this.#entry(id);
    return this.start(id, supervisor.settings);
  }

  async validate(id: string, settings: unknown): Promise<Data> {
    const entry = this.#entry(id);
    const { schema, custom } = await this.#describe(entry);
    const read = readSettings(schema, settings);
    if (!custom) return read;
    const judged = await this.#descriptions.judge(entry.manifest, read);
    return isObject(judged) ? judged : read;
  }

  async test(id: string, settings: unknown): Promise<void> {
    const entry = this.#entry(id);
    const normal = await this.validate(id, settings);
    const { session } = entry.supervisor;
    const { manifest, log } = entry;
    if (session === null) return tryOut({ manifest, options: this.#options, sandbox: this.#sandbox, log }, normal);
    if (!entry.supervisor.answers('test')) return;
    await session.call('test', normal, CALL_MAX_MS).catch((error) => {
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
    const session = this.#entries.get(id)?.supervisor.session;
    if (session) return session.send(batch, decided);
    batch.forEach((_, at) => decided(at, NOT_THERE));
    return batch.map(() => NOT_THERE);
  }

  pair(id: string, request: PairingRequest, onStep: (step: PairingStep) => void): PairingHandle {
    const { supervisor, manifest } = this.#entry(id);
    const maximum = manifest.pairing?.maximumSeconds ?? PAIRING_SECONDS_MAX;
    if (supervisor.session === null) throw notRunning(id);
    if (!supervisor.answers('pair')) throw new HubError('UNSUPPORTED', `the plugin ${id} finds no devices by pairing`);
    if (request.seconds > maximum) {
      throw new HubError('BAD_VALUE', `expected at most ${maximum} seconds`, { pointer: '/seconds' });
    }
    const { done, stop } = supervisor.session.pair(request, onStep);
    return { done: done.catch((error) => Promise.reject(hubError(error))), stop };
  }

  async removeDevice(id: string, device: string): Promise<void> {
    const { supervisor } = this.#entry(id);
    if (supervisor.session === null) throw notRunning(id);
    await this.#call(id, 'remove', { id: device });
    supervisor.session?.setDevice(device, null);
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
    if (this.#entry(id).supervisor.session === null) throw notRunning(id);
    if (!this.#entry(id).supervisor.answers('request')) throw new HubError('NOT_FOUND', `${id} answers to no ${name}`);
    return (await this.#call(id, 'request', { name, body })) ?? null;
  }

  async #call(id: string, name: PluginCall, body: unknown): Promise<unknown> {
    const { session } = this.#entry(id).supervisor;
    if (session === null) throw notRunning(id);
    try {
      return await session.call(name, body, CALL_MAX_MS);
    } catch (error) {
      throw hubError(error);
    }
  }

  log(id: string): readonly PluginLogLine[] {
    return this.#entry(id).log.lines();
  }

  async link(folder: string): Promise<string> {
    const manifest = readManifest(folder);
    if (this.#entries.has(manifest.id)) {
      throw new HubError('ID_TAKEN', `a plugin with the id ${manifest.id} is there already`, { pointer: '/source' });
    }
    const entry = this.#enter(manifest, true);
    this.#describing = this.#describe(entry).then(
      () => undefined,
      () => undefined,
    );
    await this.#describing;
    return manifest.id;
  }

  async unlink(id: string): Promise<void> {
    const { supervisor, isLinked } = this.#entry(id);
    if (!isLinked) throw new HubError('FORBIDDEN', `the plugin ${id} comes with Lintel: disable it instead`);
    await supervisor.stop();
    this.#entries.delete(id);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#entries.values()].map(({ supervisor }) => supervisor.stop()));
    await this.#sandbox.settled();
  }
}
