// The plugins there are: found in their folders, or linked by a person; what each is, and what its settings are.

import { HubError } from '@lintel/model';

import { apiFault } from './api-range.ts';
import type { Description, Descriptions } from './descriptions.ts';
import { findOutwardLink } from './links.ts';
import { findPlugins, readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import { PluginLog } from './plugin-log.ts';
import type { Supervisor } from './supervisor.ts';
import type { PluginHostOptions } from './types.ts';

export interface Entry {
  manifest: Manifest;
  description: Description | null;
  readonly log: PluginLog;
  readonly supervisor: Supervisor;
  readonly isLinked: boolean;
}

export interface CatalogueParts {
  readonly options: PluginHostOptions;
  readonly descriptions: Descriptions;
  readonly supervise: (id: string, log: PluginLog) => Supervisor;
  readonly changed: (id: string) => void;
}

export class Catalogue {
  readonly #parts: CatalogueParts;
  readonly #entries = new Map<string, Entry>();
  #describing: Promise<void> = Promise.resolve();

  constructor(parts: CatalogueParts) {
    this.#parts = parts;
  }

  /** Reads every plugin's manifest, and begins to describe those that are not described yet. */
  open(): void {
    const { folders, linked = [] } = this.#parts.options;
    for (const folder of folders.flatMap(findPlugins)) this.#discover(folder, false);
    for (const folder of linked) this.#discover(folder, true);
    this.#describing = this.#describeAll();
  }

  ids(): string[] {
    return [...this.#entries.keys()];
  }

  all(): Entry[] {
    return [...this.#entries.values()];
  }

  find(id: string): Entry | undefined {
    return this.#entries.get(id);
  }

  /** Throws NOT_FOUND. */
  get(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw new HubError('NOT_FOUND', `there is no plugin ${id}`);
    return entry;
  }

  described(): Promise<void> {
    return this.#describing;
  }

  /** What the plugin's settings are, as it stands on the disk. Throws PLUGIN_FAILED that says what to do. */
  async describe(entry: Entry): Promise<Description> {
    const { descriptions, changed } = this.#parts;
    try {
      const fault = apiFault(entry.manifest.api);
      if (fault !== null) throw new HubError('PLUGIN_FAILED', `the plugin ${entry.manifest.id} does not fit: ${fault}`);
      if (entry.isLinked) refuseOutwardLinks(entry.manifest);
      const description = await descriptions.of(entry.manifest);
      const isNews = entry.description !== description;
      entry.description = description;
      if (isNews) changed(entry.manifest.id);
      return description;
    } catch (error) {
      entry.supervisor.refuse((error as Error).message);
      throw error;
    }
  }

  async link(folder: string): Promise<string> {
    const manifest = readManifest(folder);
    if (this.#entries.has(manifest.id)) {
      throw new HubError('ID_TAKEN', `a plugin with the id ${manifest.id} is there already`, { pointer: '/source' });
    }
    await this.describe(this.#enter(manifest, true)).catch(() => undefined);
    return manifest.id;
  }

  async unlink(id: string): Promise<void> {
    const { supervisor, isLinked } = this.get(id);
    if (!isLinked) throw new HubError('FORBIDDEN', `the plugin ${id} comes with Lintel: disable it instead`);
    await supervisor.stop();
    this.#entries.delete(id);
  }

  /** A plugin that cannot be read is named in the log and leaves the rest alone. */
  #discover(folder: string, isLinked: boolean): void {
    try {
      const manifest = readManifest(folder);
      if (this.#entries.has(manifest.id)) throw new HubError('ID_TAKEN', `the id ${manifest.id} is taken already`);
      this.#enter(manifest, isLinked);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      const { scheduler, log } = this.#parts.options;
      log({ at: scheduler.now(), plugin: '', level: 'error', text: `${folder}: ${error.message}` });
    }
  }

  #enter(manifest: Manifest, isLinked: boolean): Entry {
    const { options, descriptions, supervise } = this.#parts;
    const log = new PluginLog(manifest.id, options.log, options.scheduler.now());
    const supervisor = supervise(manifest.id, log);
    const entry: Entry = { manifest, description: descriptions.kept(manifest), log, supervisor, isLinked };
    this.#entries.set(manifest.id, entry);
    return entry;
  }

  async #describeAll(): Promise<void> {
    for (const entry of this.all()) if (entry.description === null) await this.describe(entry).catch(() => undefined);
  }
}

function refuseOutwardLinks({ id, folder }: Manifest): void {
  const link = findOutwardLink(folder);
  if (link === null) return;
  throw new HubError('PLUGIN_FAILED', `the plugin ${id} holds a link that leads out of its folder: remove ${link}`);
}
