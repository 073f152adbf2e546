// The level that a plugin's own test run found, kept as a file in its package. It names the code that was measured, by a digest: on
// any other code it counts for nothing, so that no rating outlives what it was given for.

import { createHash } from 'node:crypto';
import { globSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

import { isObject } from './json.ts';
import { SDK_API } from './wire.ts';

/**
 * What the conformance suite can find, the least first.
 * @example QUALITY_LEVELS.indexOf('gold') // 2
 */
export const QUALITY_LEVELS = ['bronze', 'silver', 'gold'] as const;
/**
 * One of {@link QUALITY_LEVELS}.
 * @example const wanted: QualityLevel = 'silver';
 */
export type QualityLevel = (typeof QUALITY_LEVELS)[number];

export const QUALITY_FILE = 'lintel.quality.json';
/** Names the file that each run of the conformance suite adds its level to, a line each, while `lintel-plugin test` runs. */
export const FOUND_VARIABLE = 'LINTEL_QUALITY_FOUND';
const LEFT_OUT = new Set(['node_modules', 'test', '.git']);

/** Every source file beside a plugin's entry and below, and what its manifest says; null for a folder that holds no plugin. */
function digestOf(folder: string): string | null {
  const { lintel } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { lintel?: unknown };
  if (!isObject(lintel) || typeof lintel['entry'] !== 'string') return null;
  const cwd = join(folder, dirname(lintel['entry']));
  if (relative(folder, cwd).startsWith('..')) return null;
  const hash = createHash('sha256').update(JSON.stringify(lintel));
  for (const file of globSync('**/*.{js,mjs,cjs,ts,mts,cts}', {
    cwd,
    exclude: (name) => LEFT_OUT.has(name),
  }).toSorted())
    hash.update(`\n${file}\n`).update(readFileSync(join(cwd, file)));
  return hash.digest('hex');
}

/** The level that the plugin in `folder` was found to have as it is now; null where it was not measured, or changed since. */
export function readQuality(folder: string): QualityLevel | null {
  try {
    const { api, level, code } = JSON.parse(readFileSync(join(folder, QUALITY_FILE), 'utf8')) as Record<
      string,
      unknown
    >;
    const known = QUALITY_LEVELS.find((each) => each === level);
    return api === SDK_API && known !== undefined && code === digestOf(folder) ? known : null;
  } catch {
    return null;
  }
}

/** Keeps what was found, in the folder of the plugin; null takes away what was kept. */
export function keepQuality(folder: string, level: QualityLevel | null): void {
  const file = join(folder, QUALITY_FILE);
  const code = level === null ? null : digestOf(folder);
  if (code === null) rmSync(file, { force: true });
  else writeFileSync(file, `${JSON.stringify({ api: SDK_API, level, code }, null, 2)}\n`);
}

/** The lowest of several levels, where null is below all; null of none. */
export function lowestOf(levels: readonly (QualityLevel | null)[]): QualityLevel | null {
  const ranks = levels.map((level) => (level === null ? -1 : QUALITY_LEVELS.indexOf(level)));
  return QUALITY_LEVELS[Math.min(...ranks)] ?? null;
}
