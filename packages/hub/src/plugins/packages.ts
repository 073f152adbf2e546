// Plugins that people brought: folders they linked, and packages from npm, each version in a folder of its own so that an
// update can be taken back. Install scripts never run.

import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { isAbsolute, join } from 'node:path';

import { HubError } from '@lintel/model';
import { isObject } from '@lintel/sdk/host';

import { apiFault } from './api-range.ts';
import { INSTALL_MAX_MS } from './limits.ts';
import { readManifest } from './manifest.ts';
import type { Manifest } from './manifest.ts';

const PACKAGE_NAME = /^(?:@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]*$/;
const VERSION = /^[A-Za-z0-9.^~+-]{1,64}$/;

/** One plugin that people brought. */
interface Brought {
  /** `file:/FOLDER` or `npm:NAME`. */
  readonly source: string;
  readonly folder: string;
  /** What may be read besides the folder: the packages it needs, beside it. */
  readonly root: string;
  /** The version before the last update. */
  readonly previous?: { readonly folder: string; readonly root: string; readonly version: string };
}

/** Runs npm in `folder`; rejects with what it printed. */
export type RunNpm = (args: readonly string[], folder: string) => Promise<void>;

export const systemNpm: RunNpm = (args, folder) =>
  new Promise((resolve, reject) => {
    const child = spawn('npm', args, { cwd: folder, stdio: ['ignore', 'ignore', 'pipe'], timeout: INSTALL_MAX_MS });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk).slice(-4_096)));
    child.once('error', reject);
    child.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(said.trim() || `npm ended with ${code}`))));
  });

export class Packages {
  readonly #folder: string;
  readonly #file: string;
  readonly #npm: RunNpm;
  readonly #brought: Map<string, Brought>;

  constructor(data: string, npm: RunNpm = systemNpm) {
    this.#folder = join(data, 'packages');
    this.#file = join(data, 'brought.json');
    this.#npm = npm;
    mkdirSync(this.#folder, { recursive: true });
    this.#brought = new Map(Object.entries(read(this.#file)));
  }

  /** The folders to read plugins from, in the order in which they were brought. */
  list(): readonly { readonly id: string; readonly folder: string; readonly root: string }[] {
    return [...this.#brought].map(([id, { folder, root }]) => ({ id, folder, root }));
  }

  has(id: string): boolean {
    return this.#brought.has(id);
  }

  /** `file:/FOLDER` or `npm:NAME`; null for a plugin that people did not bring. */
  sourceOf(id: string): string | null {
    return this.#brought.get(id)?.source ?? null;
  }

  /** The version that an update left, while it is kept. */
  previousVersionOf(id: string): string | null {
    return this.#brought.get(id)?.previous?.version ?? null;
  }

  /**
   * Fetches what `source` names and reads its manifest; nothing of it runs. Throws BAD_VALUE with the pointer `/source`, also
   * where it was written for another SDK, and what `admit` throws.
   */
  async bring(source: string, admit: (manifest: Manifest) => void): Promise<Manifest> {
    if (source.startsWith('file:')) return this.#link(source.slice('file:'.length), admit);
    if (!source.startsWith('npm:')) throw badSource('expected "npm:NAME" or "file:/FOLDER"');
    const [name, version] = splitVersion(source.slice('npm:'.length));
    const { manifest, staging } = await this.#fetch(name, version);
    try {
      admit(manifest);
      refuseMisfit(manifest);
      return this.#keep(manifest, staging, name);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }

  /**
   * Fetches the newest version beside the present one; throws PLUGIN_FAILED where it does not fit this hub, or where `tryOn`
   * does, and then nothing has changed.
   */
  async update(id: string, tryOn: (manifest: Manifest) => Promise<void>): Promise<Manifest> {
    const before = this.#get(id);
    if (!before.source.startsWith('npm:')) return readManifest(before.folder, before.root);
    const name = before.source.slice('npm:'.length);
    const { manifest, staging } = await this.#fetch(name, 'latest');
    try {
      const fault = manifest.id === id ? apiFault(manifest.api) : `it calls itself ${manifest.id} now`;
      if (fault !== null) throw new HubError('PLUGIN_FAILED', `the new version of ${id} does not fit: ${fault}`);
      await tryOn(manifest);
      return this.#keep(manifest, staging, name, before);
    } finally {
      rmSync(staging, { recursive: true, force: true });
    }
  }

  /** Takes the last update back. */
  rollBack(id: string): Manifest {
    const { previous, source } = this.#get(id);
    if (previous === undefined) throw new HubError('NOT_FOUND', `no earlier version of ${id} is kept`);
    const { folder, root } = previous;
    this.#set(id, { source, folder, root });
    return readManifest(folder, root);
  }

  forget(id: string): void {
    this.#get(id);
    this.#brought.delete(id);
    this.#write();
    rmSync(join(this.#folder, id), { recursive: true, force: true });
  }

  #link(folder: string, admit: (manifest: Manifest) => void): Manifest {
    if (!isAbsolute(folder)) throw badSource('expected the whole path of a folder, such as "file:/home/me/plugin"');
    const manifest = readManifest(folder);
    admit(manifest);
    refuseMisfit(manifest);
    this.#set(manifest.id, { source: `file:${manifest.folder}`, folder: manifest.folder, root: manifest.folder });
    return manifest;
  }

  async #fetch(name: string, version: string): Promise<{ manifest: Manifest; staging: string }> {
    const staging = mkdtempSync(join(this.#folder, '.staging-'));
    writeFileSync(join(staging, 'package.json'), '{"private":true}');
    const flags = ['--ignore-scripts', '--omit=dev', '--legacy-peer-deps', '--no-audit', '--no-fund'];
    try {
      await this.#npm(['install', ...flags, '--', `${name}@${version}`], staging);
      return { manifest: readManifest(join(staging, 'node_modules', name), staging), staging };
    } catch (error) {
      rmSync(staging, { recursive: true, force: true });
      if (error instanceof HubError) throw error;
      throw npmFault(`${name}@${version}`, (error as Error).message);
    }
  }

  /** Moves what was fetched to its place, and remembers the version before. */
  #keep({ id, version }: Manifest, staging: string, name: string, before?: Brought): Manifest {
    const root = join(this.#folder, id, version.replaceAll(/[^A-Za-z0-9.+-]/g, '-'));
    if (before?.root === root) return readManifest(before.folder, before.root);
    mkdirSync(join(this.#folder, id), { recursive: true });
    rmSync(root, { recursive: true, force: true });
    renameSync(staging, root);
    const folder = join(root, 'node_modules', name);
    const previous = before && {
      folder: before.folder,
      root: before.root,
      version: readManifest(before.folder, before.root).version,
    };
    this.#set(id, { source: `npm:${name}`, folder, root, ...(previous && { previous }) });
    this.#dropVersionsBut(id, [root, ...(previous === undefined ? [] : [previous.root])]);
    return readManifest(folder, root);
  }

  #dropVersionsBut(id: string, kept: readonly string[]): void {
    for (const each of readdirSync(join(this.#folder, id)).map((name) => join(this.#folder, id, name))) {
      if (!kept.includes(each)) rmSync(each, { recursive: true, force: true });
    }
  }

  #get(id: string): Brought {
    const brought = this.#brought.get(id);
    if (brought === undefined)
      throw new HubError('FORBIDDEN', `the plugin ${id} comes with Lintel: disable it instead`);
    return brought;
  }

  #set(id: string, brought: Brought): void {
    this.#brought.set(id, brought);
    this.#write();
  }

  #write(): void {
    writeFileSync(`${this.#file}.next`, JSON.stringify(Object.fromEntries(this.#brought)));
    renameSync(`${this.#file}.next`, this.#file);
  }
}

const badSource = (detail: string): HubError => new HubError('BAD_VALUE', detail, { pointer: '/source' });

/** What npm said, without what it says beside it; a package or version that it does not know is a wrong source. */
function npmFault(spec: string, said: string): HubError {
  const pointer = { pointer: '/source' };
  if (/\b(?:E404|ETARGET)\b/.test(said)) return new HubError('BAD_VALUE', `npm knows no package ${spec}`, pointer);
  const errors = [...said.matchAll(/^npm error (?!code |A complete log)(.+)$/gm)].map(([, text]) => text!);
  const why = errors.length === 0 ? said : errors.join(' ');
  return new HubError('PLUGIN_FAILED', `npm could not fetch ${spec}: ${why}`.slice(0, 1_000), pointer);
}

function refuseMisfit({ id, api }: Manifest): void {
  const fault = apiFault(api);
  if (fault !== null) throw badSource(`the plugin ${id} does not fit: ${fault}`);
}

function splitVersion(text: string): [name: string, version: string] {
  const at = text.indexOf('@', 1);
  const [name, version] = at === -1 ? [text, 'latest'] : [text.slice(0, at), text.slice(at + 1)];
  if (!PACKAGE_NAME.test(name) || !VERSION.test(version))
    throw badSource(`not the name of a package: ${text.slice(0, 100)}`);
  return [name, version];
}

function read(file: string): Record<string, Brought> {
  if (!existsSync(file)) return {};
  try {
    const raw: unknown = JSON.parse(readFileSync(file, 'utf8'));
    return isObject(raw) ? (raw as Record<string, Brought>) : {};
  } catch {
    return {};
  }
}
