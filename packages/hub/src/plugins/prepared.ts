// Plugins start faster and smaller when the types of their sources, and of the SDK's, were stripped before. The first start of
// an edition does without, and has it done beside for the next one. The SDK's are the same for every plugin.

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
const PREPARE = join(import.meta.dirname, 'prepare.ts');

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

  /** Folders that hold what is to be preloaded for this plugin as it stands on the disk, as far as there are any yet. */
  preloadsFor(manifest: Manifest): string[] {
    const own = manifest.entry.endsWith('.ts') ? sourcesOf(manifest.folder, 'ts') : [];
    const sdk = this.#ready(this.#caches.ownFolder('prepared'), SDK, this.#sources);
    const plugin = this.#ready(this.#caches.folderFor(manifest, 'prepared'), manifest.id, own);
    return [sdk, plugin].filter((each) => each !== null);
  }

  #ready(folder: string, name: string, files: readonly string[]): string | null {
    if (files.length === 0) return null;
    const out = join(folder, `${name}.${stampOf(files)}`);
    if (existsSync(out)) return out;
    if (!this.#underWay.has(out)) this.#underWay.set(out, prepare(name, out, files));
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

function prepare(name: string, out: string, files: readonly string[]): { child: ChildProcess; done: Promise<void> } {
  const folder = dirname(out);
  mkdirSync(folder, { recursive: true });
  for (const old of readdirSync(folder).filter((each) => each.startsWith(`${name}.`))) {
    rmSync(join(folder, old), { recursive: true, force: true });
  }
  const flags = ['--disable-warning=ExperimentalWarning'];
  const child = spawn(process.execPath, [...flags, PREPARE, out, ...files], { stdio: 'ignore', env: {} });
  child.unref();
  const done = new Promise<void>((resolve) => {
    child.once('exit', () => resolve());
    child.once('error', () => resolve());
  });
  return { child, done };
}
