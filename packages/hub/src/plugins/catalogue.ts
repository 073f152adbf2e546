// The plugins there are: found in their folders, or linked by a person; what each is, and what its settings are.

import { HubError } from '@lintel/model';
import { readQuality } from '@lintel/sdk/host';
import type { QualityLevel } from '@lintel/sdk/host';

import { apiFault, deprecationOf } from './api-range.ts';
import type { Description, Descriptions } from './descriptions.ts';
import { addedGrants } from './grants.ts';
import { findOutwardLink } from './links.ts';
import { findPlugins, readManifest, unreadable } from './manifest.ts';
import type { Manifest } from './manifest.ts';
import type { Packages } from './packages.ts';
import { PluginLog } from './plugin-log.ts';
import type { Supervisor } from './supervisor.ts';
import type { PluginHostOptions } from './types.ts';

export interface Entry {
  manifest: Manifest;
  description: Description | null;
  /** What the conformance suite found, on the plugin's present code. */
  quality: QualityLevel | null;
  readonly log: PluginLog;
  readonly supervisor: Supervisor;
  /** Whether people brought it; the others come with Lintel. */
  readonly isBrought: boolean;
}

export interface CatalogueParts {
  readonly options: PluginHostOptions;
  readonly descriptions: Descriptions;
  readonly packages: Packages;
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
    const { options, packages } = this.#parts;
    for (const folder of options.folders.flatMap(findPlugins)) this.#discover(folder, folder, false);
    for (const folder of options.linked ?? []) this.#discover(folder, folder, true);
    for (const { id, folder, root } of packages.list()) this.#discover(folder, root, true, id);
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
    try {
      const fault = this.reread(entry);
      if (fault !== null) throw new HubError('PLUGIN_FAILED', fault);
      const description = await this.#read(entry.manifest, entry.isBrought);
      const quality = this.#qualityOf(entry.manifest, entry.isBrought);
      const isNews = entry.description !== description || entry.quality !== quality;
      entry.description = description;
      entry.quality = quality;
      if (isNews) this.#parts.changed(entry.manifest.id);
      return description;
    } catch (error) {
      entry.supervisor.refuse((error as Error).message);
      throw error;
    }
  }

  /** Takes the manifest as it stands on the disk now; answers what is wrong with it, or null. */
  reread(entry: Entry): string | null {
    const { id, folder, root } = entry.manifest;
    try {
      const manifest = readManifest(folder, root);
      if (manifest.id !== id) return `the plugin in ${folder} calls itself ${manifest.id} now: make it ${id} again`;
      entry.manifest = manifest;
      return null;
    } catch (error) {
      if (error instanceof HubError) return error.message;
      throw error;
    }
  }

  /** What is on its way out is said in the log at each start, and nowhere that homeowners look. */
  tellAuthor({ manifest, log }: Entry): void {
    const said = deprecationOf(manifest.api);
    if (said !== null) log.add(this.#parts.options.scheduler.now(), 'deprecation', said);
  }

  #qualityOf({ id, folder }: Manifest, isBrought: boolean): QualityLevel | null {
    return isBrought ? readQuality(folder) : this.#parts.options.listing.qualityOf(id);
  }

  #read(manifest: Manifest, isBrought: boolean): Promise<Description> {
    const fault = apiFault(manifest.api);
    if (fault !== null) throw new HubError('PLUGIN_FAILED', `the plugin ${manifest.id} does not fit: ${fault}`);
    if (isBrought) refuseOutwardLinks(manifest);
    return this.#parts.descriptions.of(manifest);
  }

  /**
   * Fetches the newest version, which must load; answers it and what it asks for beyond the present one. `ask` is awaited where
   * that is something, before anything changes.
   */
  async renew(id: string, ask: () => Promise<void>): Promise<{ manifest: Manifest; added: readonly string[] }> {
    const before = this.get(id).manifest;
    let added: readonly string[] = [];
    const manifest = await this.#parts.packages.update(id, async (next) => {
      await this.#tryOn(next);
      added = addedGrants(before, next);
      if (added.length > 0) await ask();
    });
    return { manifest, added };
  }

  /** Throws PLUGIN_FAILED where a version that was fetched cannot be loaded. */
  async #tryOn(manifest: Manifest): Promise<void> {
    const reason = this.#revocationOf(manifest);
    if (reason !== null) throw new HubError('PLUGIN_FAILED', `the version ${manifest.version} was revoked: ${reason}`);
    await this.#read(manifest, true);
  }

  #revocationOf(manifest: Manifest): string | null {
    const { listing } = this.#parts.options;
    return listing.of({ ...manifest, source: this.#parts.packages.sourceOf(manifest.id) }).reason;
  }

  #admit(manifest: Manifest): void {
    const { id, version } = manifest;
    const pointer = { pointer: '/source' };
    if (this.#entries.has(id)) throw new HubError('ID_TAKEN', `a plugin with the id ${id} is there already`, pointer);
    const reason = this.#revocationOf(manifest);
    if (reason !== null) throw new HubError('BAD_VALUE', `${id} ${version} was revoked: ${reason}`, pointer);
  }

  /** Brings a plugin, not yet enabled; answers its id. */
  async install(source: string): Promise<string> {
    const manifest = await this.#parts.packages.bring(source, (each) => this.#admit(each));
    await this.describe(this.#enter(manifest, true)).catch(() => undefined);
    return manifest.id;
  }

  /** Another version of a plugin takes its place; it is for the caller to start it. */
  async replace(id: string, manifest: Manifest): Promise<void> {
    const entry = this.get(id);
    entry.manifest = manifest;
    await this.describe(entry);
  }

  async uninstall(id: string): Promise<void> {
    const { supervisor } = this.get(id);
    if (!this.#parts.packages.has(id)) {
      throw new HubError('FORBIDDEN', `the plugin ${id} comes with Lintel: disable it instead`);
    }
    await supervisor.stop();
    this.#entries.delete(id);
    this.#parts.packages.forget(id);
  }

  /** A plugin that cannot be read is named in the log and leaves the rest alone; one that people brought stays listed by its id. */
  #discover(folder: string, root: string, isBrought: boolean, id?: string): void {
    try {
      const manifest = readManifest(folder, root);
      if (this.#entries.has(id ?? manifest.id))
        throw new HubError('ID_TAKEN', `the id ${manifest.id} is taken already`);
      this.#enter(id === undefined || id === manifest.id ? manifest : unreadable(id, folder, root), isBrought);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      if (id !== undefined && !this.#entries.has(id)) this.#enter(unreadable(id, folder, root), isBrought);
      const { scheduler, log } = this.#parts.options;
      log({ number: 0, at: scheduler.now(), plugin: '', level: 'error', text: `${folder}: ${error.message}` });
    }
  }

  #enter(manifest: Manifest, isBrought: boolean): Entry {
    const { options, descriptions, supervise } = this.#parts;
    const log = new PluginLog(manifest.id, options.log, options.scheduler.now());
    const supervisor = supervise(manifest.id, log);
    const isReadable = manifest.entry !== '';
    const description = isReadable ? descriptions.kept(manifest) : null;
    const quality = isReadable ? this.#qualityOf(manifest, isBrought) : null;
    const entry: Entry = { manifest, description, quality, log, supervisor, isBrought };
    this.#entries.set(manifest.id, entry);
    return entry;
  }

  async #describeAll(): Promise<void> {
    for (const entry of this.all()) if (entry.description === null) await this.describe(entry).catch(() => undefined);
  }
}

function refuseOutwardLinks({ id, root }: Manifest): void {
  const link = findOutwardLink(root);
  if (link === null) return;
  throw new HubError('PLUGIN_FAILED', `the plugin ${id} holds a link that leads out of its folder: remove ${link}`);
}
