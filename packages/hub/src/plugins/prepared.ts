// Plugins start faster and smaller when the SDK was made one module before, the types of their own sources were stripped, and
// those with large libraries were gathered with them in a few files. The first start of an edition does without, and has it done
// beside for the next one. The SDK is the same for every plugin.

import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync, globSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Caches } from './caches.ts';
import type { Manifest } from './manifest.ts';
import { sourcesOf, stampOf } from './sources.ts';

/** Parts of the SDK that no plugin's process loads. */
const NOT_RUN = new Set(['testing', 'dev', 'host.ts', 'describe.ts']);
/** No plugin's id. */
const SDK = '@sdk';

const STRIP = join(import.meta.dirname, 'prepare.ts');
const BUNDLE = join(import.meta.dirname, 'bundle.ts');
const BUNDLE_SDK = join(import.meta.dirname, 'bundle-sdk.ts');

export class Prepared {
  readonly #caches: Caches;
  /** Lintel's own sources that run in every plugin's process. */
  readonly #sources: readonly string[];
  readonly #underWay = new Map<string, { readonly child: ChildProcess; readonly done: Promise<void> }>();

  constructor(caches: Caches, packages: readonly string[]) {
    this.#caches = caches;
    this.#sources = packages.flatMap((each) =>
      globSync('src/**/*.ts', { cwd: each, exclude: (name) => NOT_RUN.has(name) }).map((file) => join(each, file)),
    );
  }

  /** A folder that holds the SDK as one module, with what runs a plugin; null as long as there is none. */
  bundle(): string | null {
    return this.#ready(this.#caches.ownFolder('prepared'), SDK, [BUNDLE_SDK, ...this.#sources], [BUNDLE_SDK]);
  }

  /** A folder that holds what is to be preloaded for this plugin as it stands on the disk; null while there is none. */
  preloadFor(manifest: Manifest): string | null {
    const own = manifest.entry.endsWith('.ts') ? sourcesOf(manifest.folder, 'ts') : [];
    const folder = this.#caches.folderFor(manifest, 'prepared');
    return this.#isGathered(manifest)
      ? this.#ready(folder, manifest.id, [...own, ...this.#installed()], [BUNDLE, manifest.entry])
      : this.#ready(folder, manifest.id, own, [STRIP]);
  }

  /** What people brought is never read but by its own fenced-in process. */
  #isGathered(manifest: Manifest): boolean {
    return manifest.isBundled && this.#caches.isOurs(manifest);
  }

  /** A file that npm writes with every change of what is installed. */
  #installed(): string[] {
    return [join(this.#caches.modules, '.package-lock.json')].filter((file) => existsSync(file));
  }

  /** @param how the program, and what it is told before the files */
  #ready(folder: string, name: string, files: readonly string[], how: readonly [string, ...string[]]): string | null {
    if (files.length === 0) return null;
    const out = join(folder, `${name}.${stampOf(files)}`);
    if (existsSync(out)) return out;
    if (!this.#underWay.has(out)) this.#underWay.set(out, prepare(name, out, files, how));
    return null;
  }

  /** Resolves when nothing is being prepared. */
  async settled(): Promise<void> {
    for (const { child } of this.#underWay.values()) child.ref();
    await Promise.all([...this.#underWay.values()].map(({ done }) => done));
  }

  /** Ends what would write into a folder of the hub's; what others share may finish by itself. */
  close(): void {
    for (const [out, { child }] of this.#underWay) if (!this.#caches.isShared(out)) child.kill('SIGKILL');
  }
}

function prepare(
  name: string,
  out: string,
  files: readonly string[],
  [program, ...args]: readonly [string, ...string[]],
): { child: ChildProcess; done: Promise<void> } {
  const folder = dirname(out);
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((each) => each.startsWith(`${name}.`))) {
    rmSync(join(folder, old), { recursive: true, force: true });
  }
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, program, out, ...args, ...files], { stdio: 'ignore', env: {} });
  child.unref();
  const done = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { child, done };
}
