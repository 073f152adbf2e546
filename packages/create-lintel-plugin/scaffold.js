// Writes the files of a new plugin from the template.

import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const HERE = dirname(fileURLToPath(import.meta.url));
const TEMPLATE = join(HERE, 'template');

/** What a device of each kind can do in the template, and what it shows at first. */
const DEVICES = {
  light: { builders: ['onOff', 'level'], state: { 'onOff.on': false, 'level.level': 1 } },
  switch: { builders: ['onOff'], state: { 'onOff.on': false } },
  plug: { builders: ['onOff'], state: { 'onOff.on': false } },
  fan: { builders: ['fan'], options: { fan: "{ properties: ['speed'] }" }, state: { 'fan.speed': 0 } },
  valve: { builders: ['valve'], options: { valve: "{ properties: ['open'] }" }, state: { 'valve.open': false } },
  siren: { builders: ['siren'], options: { siren: "{ properties: ['on'] }" }, state: { 'siren.on': false } },
  other: { builders: ['onOff'], state: { 'onOff.on': false } },
};

export const KINDS = Object.keys(DEVICES);

/** `My Plugin` and `lintel-plugin-my-plugin` are both `my-plugin`. */
export const idFrom = (text) =>
  text
    .toLowerCase()
    .replace(/^lintel-plugin-/, '')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-+|-+$/g, '')
    .slice(0, 32) || 'my-plugin';

export const nameFrom = (id) => {
  const words = id.replaceAll('-', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** In a clone of Lintel the SDK beside this package; elsewhere the published one of the same version. */
export function defaultSdk() {
  const beside = join(HERE, '..', 'sdk');
  const { version } = JSON.parse(readFileSync(join(HERE, 'package.json'), 'utf8'));
  return existsSync(join(beside, 'src')) ? `file:${resolve(beside)}` : `^${version}`;
}

/** What is wrong with a plan, a sentence each. */
export function readFaults({ folder, id, name, kind }) {
  const faults = [];
  if (!/^[a-z0-9-]{1,32}$/.test(id)) faults.push(`The id may have a-z, 0-9 and -, at most 32 of them, not "${id}".`);
  if (name.trim() === '') faults.push('The name must not be empty.');
  if (!Object.hasOwn(DEVICES, kind)) faults.push(`The kind must be one of ${KINDS.join(', ')}, not "${kind}".`);
  if (existsSync(folder) && readdirSync(folder).length > 0)
    faults.push(`${folder} is not empty: choose another folder.`);
  return faults;
}

/** A folder or tarball by its absolute path, so that npm finds it from the new folder. */
function sdkSpec(sdk) {
  if (/^(?:file:|https?:|npm:|git)/.test(sdk)) return sdk.startsWith('file:') ? `file:${resolve(sdk.slice(5))}` : sdk;
  return existsSync(sdk) ? `file:${resolve(sdk)}` : sdk;
}

function wordsFor({ id, name, kind, sdk }) {
  const { builders, options = {}, state } = DEVICES[kind];
  const text = (value) =>
    value
      .replaceAll('\\', '\\\\')
      .replaceAll("'", "\\'")
      .replaceAll(/[\r\n]/g, ' ');
  return {
    ID: id,
    NAME: name,
    NAME_TEXT: text(name),
    NAME_JSON: JSON.stringify(name).slice(1, -1),
    KIND: kind,
    BUILDERS: builders.join(', '),
    CAPABILITIES: builders.map((each) => `${each}(${options[each] ?? ''})`).join(', '),
    IMPORTS: ['definePlugin', 'endpoint', ...builders, 'PluginError', 'z']
      .toSorted((a, b) => a.localeCompare(b))
      .join(', '),
    STATE: Object.entries(state)
      .map(([property, value]) => `'${property}': ${value}`)
      .join(', '),
    PROPERTY: Object.keys(state)[0],
    VALUE: String(Object.values(state)[0] === false ? true : 0.5),
    SDK: JSON.stringify(sdkSpec(sdk)).slice(1, -1),
  };
}

function* filesIn(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) yield* filesIn(join(folder, entry.name));
    else yield join(folder, entry.name);
  }
}

/** npm leaves `.gitignore` out of packages, and would read a package.json inside one: both carry another name here. */
const RENAMED = { gitignore: '.gitignore', 'package.template.json': 'package.json' };

/** Writes the plugin's files. */
export function scaffold(plan) {
  const words = wordsFor(plan);
  for (const file of filesIn(TEMPLATE)) {
    const path = relative(TEMPLATE, file);
    const target = join(plan.folder, RENAMED[path] ?? path);
    const text = readFileSync(file, 'utf8').replaceAll(/__([A-Z_]+?)__/g, (whole, word) => words[word] ?? whole);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}
