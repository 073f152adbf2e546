// What `save` kept for `restore`: by rule and name. A rule that saved nothing under a name restores what another did.

import type { Values } from '@lintel/model';

export interface SavedDevice {
  readonly device: string;
  readonly values: Values;
}

export type ExportedSaves = readonly (readonly [string, readonly SavedDevice[]])[];

export interface Saves {
  save(rule: string, as: string, devices: readonly SavedDevice[]): void;
  find(rule: string, as: string): readonly SavedDevice[];
  /** What this very rule saved. */
  own(rule: string, as: string): readonly SavedDevice[];
  export(): ExportedSaves;
}

const SAVES_MAX = 1_000;

export function createSaves(from: ExportedSaves = []): Saves {
  const byKey = new Map(from);
  return {
    save: (rule, as, devices) => {
      const key = `${rule}\0${as}`;
      byKey.delete(key);
      byKey.set(key, devices);
      if (byKey.size > SAVES_MAX) byKey.delete(byKey.keys().next().value!);
    },
    find: (rule, as) => {
      const own = byKey.get(`${rule}\0${as}`);
      return own ?? [...byKey].findLast(([key]) => key.endsWith(`\0${as}`))?.[1] ?? [];
    },
    own: (rule, as) => byKey.get(`${rule}\0${as}`) ?? [],
    export: () => [...byKey],
  };
}
