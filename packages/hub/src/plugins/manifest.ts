// A plugin's manifest: what its package.json says under "lintel". It counts, whatever the plugin's code says later.

import { existsSync, readdirSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';

import { HubError, parsePluginId } from '@lintel/model';
import { isObject } from '@lintel/sdk/host';
import type { JsonObject } from '@lintel/sdk/host';
import type { Permissions } from '@lintel/sdk';

import { sourcesOf, stampOf } from './sources.ts';
import { MEMORY_DEFAULT_MIB, MEMORY_MAX_MIB, PAIRING_SECONDS_MAX } from './limits.ts';

const PAIRING_CODES = ['code', 'installCode'] as const;

export interface PairingAbility {
  readonly maximumSeconds: number;
  /** What a person may be asked for: the pairing code of a device, or the install code on its box. */
  readonly takes: readonly (typeof PAIRING_CODES)[number][];
}

export interface Manifest {
  readonly id: string;
  /** A range such as `"^1"`. */
  readonly api: string;
  readonly version: string;
  /** As npm knows it. */
  readonly packageName: string;
  /** Absolute, with links resolved. */
  readonly folder: string;
  /** What its process may read: the folder, or one around it that holds the packages it needs. */
  readonly root: string;
  readonly entry: string;
  readonly permissions: Required<Permissions>;
  readonly memoryMib: number;
  readonly pairing: PairingAbility | null;
  /** Whether it needs packages other than Lintel's own. */
  readonly hasDependencies: boolean;
  /** Whether it and these packages may be gathered in a few files, to start faster. */
  readonly isBundled: boolean;
}

const bad = (folder: string, why: string): HubError =>
  new HubError('BAD_VALUE', `the plugin in ${folder} cannot be used: ${why}`, { pointer: '/source' });

function readJson(folder: string): JsonObject {
  const file = join(folder, 'package.json');
  let raw: unknown;
  try {
    raw = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw bad(folder, `its package.json cannot be read (${(error as Error).message})`);
  }
  return isObject(raw) ? raw : bad(folder, 'its package.json is no object') && {};
}

function readHosts(raw: unknown): string[] {
  return Array.isArray(raw) ? raw.filter((host) => typeof host === 'string').slice(0, 64) : [];
}

/** A pointer to one setting. */
const SETTING = /^\/[A-Za-z0-9_-]{1,64}$/;

function readPermissions(raw: unknown): Required<Permissions> {
  const given = isObject(raw) ? raw : {};
  return {
    network: given['network'] === true,
    hosts: readHosts(given['hosts']),
    serial: given['serial'] === true,
    addons: given['addons'] === true,
    firmware: given['firmware'] === true,
    home: typeof given['home'] === 'string' && SETTING.test(given['home']) ? given['home'] : '',
  };
}

function readMemory(raw: unknown): number {
  return typeof raw === 'number' && raw >= 16 && raw <= MEMORY_MAX_MIB ? Math.floor(raw) : MEMORY_DEFAULT_MIB;
}

function readPairing(raw: unknown): Manifest['pairing'] {
  const { maximumSeconds: seconds, takes } = isObject(raw) ? raw : {};
  if (typeof seconds !== 'number' || seconds <= 0) return null;
  const codes = PAIRING_CODES.filter((code) => Array.isArray(takes) && takes.includes(code));
  return { maximumSeconds: Math.min(Math.floor(seconds), PAIRING_SECONDS_MAX), takes: codes };
}

/** The entry's real path; one that leads out of the folder is refused. */
function readEntry(folder: string, raw: unknown): string {
  if (typeof raw !== 'string') throw bad(folder, 'its manifest names no entry');
  const entry = resolve(folder, raw);
  if (!existsSync(entry)) throw bad(folder, `its entry ${raw} is not there`);
  const real = realpathSync(entry);
  if (relative(folder, real).startsWith('..')) throw bad(folder, `its entry ${raw} lies outside of its folder`);
  return real;
}

const readShort = (raw: unknown, otherwise: string): string =>
  typeof raw === 'string' ? raw.slice(0, 214) : otherwise;

function hasDependencies(json: JsonObject): boolean {
  const names = isObject(json['dependencies']) ? Object.keys(json['dependencies']) : [];
  return names.some((name) => !name.startsWith('@lintel/'));
}

/** Reads the manifest of the plugin in `folder`. Throws `BAD_VALUE` that says what is missing, `BAD_ID` for a bad id. */
export function readManifest(folder: string, root = folder): Manifest {
  const real = existsSync(folder) ? realpathSync(folder) : folder;
  const json = readJson(real);
  const manifest = json['lintel'];
  if (!isObject(manifest)) throw bad(real, 'its package.json has no "lintel"');
  return {
    id: parsePluginId(manifest['id'], '/source'),
    api: typeof manifest['api'] === 'string' ? manifest['api'] : '',
    version: readShort(json['version'], '0.0.0'),
    packageName: readShort(json['name'], ''),
    folder: real,
    root: existsSync(root) ? realpathSync(root) : real,
    entry: readEntry(real, manifest['entry']),
    permissions: readPermissions(manifest['permissions']),
    memoryMib: readMemory(manifest['memory']),
    pairing: readPairing(manifest['pairing']),
    hasDependencies: hasDependencies(json),
    isBundled: manifest['bundle'] === true,
  };
}

/** Stands for the manifest of a plugin whose folder cannot be read now. It may do nothing. */
export const unreadable = (id: string, folder: string, root: string): Manifest => ({
  id,
  folder,
  root,
  api: '',
  version: '',
  packageName: '',
  entry: '',
  permissions: readPermissions(null),
  memoryMib: MEMORY_DEFAULT_MIB,
  pairing: null,
  hasDependencies: false,
  isBundled: false,
});

/** The sub-folders of `folder` that say they are plugins. */
export function findPlugins(folder: string): string[] {
  if (!existsSync(folder)) return [];
  const isPlugin = (each: string): boolean => {
    const file = join(folder, each, 'package.json');
    return existsSync(file) && statSync(file).isFile() && readFileSync(file, 'utf8').includes('"lintel"');
  };
  return readdirSync(folder)
    .filter(isPlugin)
    .toSorted()
    .map((each) => join(folder, each));
}

/** A text that changes whenever the plugin's settings may have: its version, and what its files are. */
export const editionOf = (manifest: Manifest): string =>
  `${manifest.version} ${stampOf([manifest.entry, ...sourcesOf(manifest.folder, '{ts,js,mjs,json}')])}`;
