// Plugins start faster and smaller when the types of their sources, and of the SDK's, were stripped before. The first start of
// an edition does without, and has it done beside for the next one.

import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

import type { Manifest } from './manifest.ts';

const PREPARE = join(import.meta.dirname, 'prepare.ts');

export class Prepared {
  readonly #folder: string;
  /** Lintel's own sources that run in every plugin's process. */
  readonly #sources: readonly string[];
  readonly #underWay = new Map<string, Promise<void>>();

  constructor(folder: string, packages: readonly string[]) {
    this.#folder = folder;
    this.#sources = packages.flatMap((each) => globSync('src/**/*.ts', { cwd: each }).map((file) => join(each, file)));
    mkdirSync(folder, { recursive: true });
  }

  /** The module to preload for this plugin as it stands on the disk; null when there is none yet. */
  preloadFor(manifest: Manifest): string | null {
    const own = manifest.entry.endsWith('.ts') ? pluginSources(manifest) : [];
    const files = [...this.#sources, ...own];
    if (files.length === 0) return null;
    const out = join(this.#folder, `${manifest.id}.${stampOf(files)}.mjs`);
    if (existsSync(out)) return out;
    if (!this.#underWay.has(out)) this.#underWay.set(out, this.#prepare(manifest.id, out, files));
    return null;
  }

  /** Resolves when nothing is being prepared. */
  async settled(): Promise<void> {
    await Promise.all(this.#underWay.values());
  }

  async #prepare(id: string, out: string, files: readonly string[]): Promise<void> {
    for (const old of readdirSync(this.#folder).filter((name) => name.startsWith(`${id}.`))) {
      rmSync(join(this.#folder, old), { force: true });
    }
    const flags = ['--disable-warning=ExperimentalWarning'];
    const child = spawn(process.execPath, [...flags, PREPARE, out, ...files], { stdio: 'ignore', env: {} });
    child.unref();
    await new Promise((resolve) => {
      child.once('exit', resolve);
      child.once('error', resolve);
    });
  }
}

function pluginSources({ folder }: Manifest): string[] {
  const exclude = (name: string): boolean => name === 'node_modules' || name === 'test' || name === 'dist';
  return globSync('**/*.ts', { cwd: folder, exclude })
    .filter((file) => !file.endsWith('.d.ts'))
    .map((file) => join(folder, file));
}

/** Changes whenever one of the files does, or Node. */
function stampOf(files: readonly string[]): string {
  const hash = createHash('sha256').update(process.version);
  for (const file of files) {
    const { mtimeMs, size } = statSync(file);
    hash.update(`${file} ${mtimeMs} ${size}\n`);
  }
  return hash.digest('hex').slice(0, 16);
}
