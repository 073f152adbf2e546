// How a plugin's process is fenced in. Node's permission flags are a seat belt; bubblewrap, where the machine has it, is the
// fence. What this machine leaves open is said, never hidden.

import { spawnSync } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

import { Caches } from './caches.ts';
import type { Manifest } from './manifest.ts';
import { Ports } from './ports.ts';
import { Prepared } from './prepared.ts';

export type Purpose = 'run' | 'describe';

export interface Fence {
  readonly strength: 'full' | 'partial' | 'none';
  readonly layers: readonly string[];
  /** Classes this machine leaves open. */
  readonly open: readonly string[];
}

export interface Launch {
  readonly command: string;
  readonly args: readonly string[];
  /** What the process has of the machine's serial ports. */
  readonly ports: Ports;
}

/** Where Lintel's own code lies that a plugin's process must read. */
interface Places {
  readonly node: string;
  readonly main: string;
  readonly describe: string;
  readonly readable: readonly string[];
  /** Links to Lintel's packages, by where they stand. */
  readonly links: ReadonlyMap<string, string>;
  /** The node_modules folder that the packages of plugins in this repository are hoisted to. */
  readonly modules: string;
}

/** Prebuilt addons are chosen by whether this file is there (node-gyp-build). */
const ALPINE_MARK = '/etc/alpine-release';

/** From here on a plugin may hold young objects for longer, and needs not sort them out so often. */
const LARGE_MIB = 256;
const LARGE_YOUNG_MIB = 16;

const isIn = (folder: string, path: string): boolean => path.startsWith(`${folder}/`);

/** The nearest node_modules that holds Lintel's packages. */
function findModules(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const modules = join(folder, 'node_modules');
    if (existsSync(join(modules, '@lintel', 'sdk'))) return modules;
    if (folder === dirname(folder)) throw new Error('@lintel/sdk is not installed');
  }
}

function findPlaces(): Places {
  const modules = findModules(import.meta.dirname);
  const named = ['sdk', 'model'].map((name) => join(modules, '@lintel', name));
  const links = new Map(named.map((path) => [path, realpathSync(path)]));
  return {
    node: realpathSync(process.execPath),
    main: realpathSync(fileURLToPath(import.meta.resolve('@lintel/sdk/child'))),
    describe: realpathSync(fileURLToPath(import.meta.resolve('@lintel/sdk/describe'))),
    readable: [...links.values(), join(dirname(modules), 'package.json')],
    links,
    modules,
  };
}

/** What stands around Node, from the strongest down. */
export type Layer = 'bubblewrap' | 'namespaces' | 'node';

interface Wrapper {
  readonly layer: Layer;
  readonly command: string;
}

const PROBES: Readonly<Record<Exclude<Layer, 'node'>, readonly string[]>> = {
  bubblewrap: [
    'bwrap',
    '--unshare-all',
    '--die-with-parent',
    '--ro-bind',
    '/',
    '/',
    '--proc',
    '/proc',
    '--dev',
    '/dev',
    'true',
  ],
  namespaces: ['unshare', '--user', '--map-current-user', '--pid', '--net', '--fork', '--kill-child', 'true'],
};

function findCommand(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .map((folder) => join(folder, name))
    .find(existsSync);
}

/** The strongest wrapper, no stronger than `strongest`, that is installed and can make its namespaces here. */
function findWrapper(strongest: Layer): Wrapper | null {
  if (process.platform !== 'linux' || strongest === 'node') return null;
  const layers = strongest === 'bubblewrap' ? (['bubblewrap', 'namespaces'] as const) : (['namespaces'] as const);
  for (const layer of layers) {
    const [name, ...args] = PROBES[layer];
    const command = findCommand(name!);
    if (command === undefined) continue;
    if (spawnSync(command, args, { timeout: 5_000, stdio: 'ignore' }).status === 0) return { layer, command };
  }
  return null;
}

export class Sandbox {
  readonly caches: Caches;
  readonly #places = findPlaces();
  readonly #prepared: Prepared;
  readonly #wrapper: Wrapper | null;
  readonly #firmware: string | undefined;

  /**
   * @param data a folder of the host's own
   * @param firmware the folder of the firmware images, which must be there
   */
  constructor(strongest: Layer, data: string, firmware?: string) {
    this.#firmware = firmware;
    this.caches = new Caches(data, this.#places.modules);
    this.#prepared = new Prepared(this.caches, [...this.#places.links.values()]);
    this.#wrapper = findWrapper(strongest);
  }

  fenceOf({ permissions }: Manifest): Fence {
    const layer = this.#wrapper?.layer ?? 'node';
    const layers = ['process', 'node-permission', ...(layer === 'node' ? [] : [layer])];
    // No layer holds a plugin that may use the network to the hosts it names.
    const isBeyondHosts = permissions.network && permissions.hosts.length > 0;
    if (layer === 'bubblewrap' && !isBeyondHosts) return { strength: 'full', layers, open: [] };
    if (layer === 'bubblewrap') return { strength: 'partial', layers, open: ['network'] };
    // Native code is not bound by Node's permissions; sockets of the file system are no matter of namespaces.
    const byAddons = permissions.addons ? ['files', 'sqlite', 'processes', 'code', 'environment'] : [];
    const signals = layer === 'namespaces' ? [] : ['signals'];
    const network = permissions.network && !isBeyondHosts ? [] : ['network'];
    return { strength: 'partial', layers, open: [...byAddons, ...signals, ...network] };
  }

  /** Resolves when nothing is being made ready for later starts. */
  settled(): Promise<void> {
    return this.#prepared.settled();
  }

  close(): void {
    this.#prepared.close();
  }

  /**
   * The command line that runs a plugin, or describes it. `folder` is the one the plugin may write; of the machine's serial ports
   * it gets those that `settings` name, where its manifest asks for any.
   */
  launch(manifest: Manifest, purpose: Purpose, folder: string, settings: unknown = null): Launch {
    const entry = this.#entryFor(manifest, purpose);
    const readable = [...this.#readable(manifest, purpose), ...entry.readable];
    const ports = new Ports(manifest.permissions.serial && purpose === 'run', settings);
    const args = this.#nodeArguments(manifest, purpose, [folder, ...ports.named], readable, entry.args);
    if (this.#wrapper === null) return { command: this.#places.node, args, ports };
    const { layer, command } = this.#wrapper;
    const isOnline = manifest.permissions.network && purpose === 'run';
    const fence =
      layer === 'namespaces'
        ? namespaceArguments(isOnline)
        : this.#fenceArguments(purpose, folder, readable, ports, isOnline);
    return { command, args: [...fence, '--', this.#places.node, ...args], ports };
  }

  /** What Node is to run, and where that lies. */
  #entryFor(manifest: Manifest, purpose: Purpose): { args: readonly string[]; readable: readonly string[] } {
    if (purpose === 'describe') return { args: [this.#places.describe], readable: [] };
    const [bundle, preload] = [this.#prepared.bundle(), this.#prepared.preloadFor(manifest)];
    const imports = preload === null ? [] : [`--import=${pathToFileURL(join(preload, 'preload.mjs')).href}`];
    const main = bundle === null ? this.#places.main : join(bundle, 'main.mjs');
    return {
      args: ['--conditions=lintel-plugin', ...imports, main],
      readable: [bundle, preload].filter((each) => each !== null),
    };
  }

  #readable(manifest: Manifest, purpose: Purpose): string[] {
    const { readable, modules } = this.#places;
    const hoisted = manifest.hasDependencies && isIn(dirname(modules), manifest.folder);
    const zod = purpose === 'describe' ? [join(modules, 'zod')] : [];
    const addons = manifest.permissions.addons ? [ALPINE_MARK] : [];
    const firmware = manifest.permissions.firmware && purpose === 'run' ? this.#firmware : undefined;
    const images = firmware === undefined ? [] : [firmware];
    return [...readable, manifest.root, ...(hoisted ? [modules] : zod), ...addons, ...images];
  }

  #nodeArguments(
    { permissions, memoryMib }: Manifest,
    purpose: Purpose,
    own: readonly string[],
    paths: readonly string[],
    entry: readonly string[],
  ): string[] {
    const readable = [...paths, ...this.#places.links.keys(), ...own];
    return [
      '--permission',
      ...readable.map((path) => `--allow-fs-read=${path}`),
      ...(purpose === 'run' ? own.map((path) => `--allow-fs-write=${path}`) : []),
      ...(permissions.addons ? ['--allow-addons'] : ['--no-addons']),
      '--no-experimental-sqlite',
      '--disallow-code-generation-from-strings',
      '--disable-sigusr1',
      '--disable-warning=SecurityWarning',
      `--max-old-space-size=${memoryMib}`,
      ...youngSpace(memoryMib),
      '--expose-gc',
      ...entry,
    ];
  }

  #fenceArguments(
    purpose: Purpose,
    folder: string,
    paths: readonly string[],
    ports: Ports,
    isOnline: boolean,
  ): string[] {
    const system = ['/usr', '/lib', '/lib64', '/bin', '/etc/ssl', '/etc/resolv.conf', '/etc/hosts', '/etc/localtime'];
    const readable = [...system, this.#places.node, ...paths].filter((path) => existsSync(path));
    return [
      '--die-with-parent',
      '--unshare-all',
      ...(isOnline ? ['--share-net'] : []),
      '--proc',
      '/proc',
      '--dev',
      '/dev',
      '--tmpfs',
      '/tmp',
      ...readable.flatMap((path) => ['--ro-bind', path, path]),
      ...this.#linkArguments(readable),
      ...ports.paths.flatMap((path) => ['--dev-bind', path, path]),
      ...(purpose === 'run' ? ['--bind', folder, folder] : []),
      '--chdir',
      purpose === 'run' ? folder : '/',
    ];
  }

  /** A link is made again as a link, or modules behind it would have another path than those beside it. */
  #linkArguments(bound: readonly string[]): string[] {
    const { links, modules } = this.#places;
    if (bound.includes(modules)) return [];
    return [...links].flatMap(([path, real]) => (path === real ? [] : ['--symlink', real, path]));
  }
}

/** A large plugin makes much at its start that stays: growing room for it step by step would move it about again and again. */
const youngSpace = (memoryMib: number): string[] =>
  memoryMib >= LARGE_MIB
    ? [`--min-semi-space-size=${LARGE_YOUNG_MIB}`, `--max-semi-space-size=${LARGE_YOUNG_MIB}`]
    : ['--max-semi-space-size=1'];

/** Processes and network of its own, with what every Linux has. */
const namespaceArguments = (isOnline: boolean): string[] =>
  PROBES.namespaces.slice(1, -1).filter((flag) => !(isOnline && flag === '--net'));
