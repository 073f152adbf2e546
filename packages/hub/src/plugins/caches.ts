// Where what is worked out about plugins is kept. What belongs to the plugins beside Lintel's own code is the same for every
// data folder, so that a new home starts as fast as an old one.

import { accessSync, constants, mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { Manifest } from './manifest.ts';

type Kind = 'descriptions' | 'prepared';

export class Caches {
  readonly #data: string;
  /** The folder that holds Lintel and what comes with it. */
  readonly #home: string;
  readonly #shared: string | null;
  /** The node_modules folder that Lintel's packages are linked in. */
  readonly modules: string;

  constructor(data: string, modules: string) {
    this.#data = data;
    this.modules = modules;
    this.#home = dirname(modules);
    this.#shared = makeWritable(join(modules, '.cache', 'lintel'));
  }

  /** Whether the plugin lies beside Lintel's own code. */
  isOurs({ folder }: Manifest): boolean {
    return folder.startsWith(`${this.#home}/`) && !folder.startsWith(`${this.#data}/`);
  }

  folderFor(manifest: Manifest, kind: Kind): string {
    return this.isOurs(manifest) ? this.ownFolder(kind) : make(join(this.#data, kind));
  }

  /** For what belongs to Lintel itself. */
  ownFolder(kind: Kind): string {
    return make(join(this.#shared ?? this.#data, kind));
  }

  isShared(path: string): boolean {
    return this.#shared !== null && path.startsWith(`${this.#shared}/`);
  }
}

function make(folder: string): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

function makeWritable(folder: string): string | null {
  try {
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
    return folder;
  } catch {
    return null;
  }
}
