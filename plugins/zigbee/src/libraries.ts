// The two big libraries, loaded when a radio is first needed: they take a quarter of a second and sixty megabytes.

import { createRequire } from 'node:module';

import type * as HerdsmanModule from 'zigbee-herdsman';
import type * as ConvertersModule from 'zigbee-herdsman-converters';
import type { Definition, Fz, Tz } from 'zigbee-herdsman-converters/lib/types';

import type { PluginLog } from '@lintel/sdk';

import { libraryLogger } from './log.ts';
import { standInForSync } from './sync-stand-in.ts';

export type Herdsman = typeof HerdsmanModule;
export type Converters = typeof ConvertersModule;
export type { Definition, Fz, Tz };

export interface Libraries {
  readonly herdsman: Herdsman;
  readonly converters: Converters;
}

/** In parts, so that a slow machine has a turn of its event loop between them and is not taken for hung. */
const STEPS = [
  'zigbee-herdsman/dist/adapter/transport.js',
  'zigbee-herdsman/dist/zspec/zcl/index.js',
  'zigbee-herdsman/dist/zspec/zdo/index.js',
  'zigbee-herdsman/dist/controller/model/index.js',
  'zigbee-herdsman',
  'zigbee-herdsman-converters/lib/exposes',
  'zigbee-herdsman-converters/converters/fromZigbee',
  'zigbee-herdsman-converters/converters/toZigbee',
  'zigbee-herdsman-converters/lib/modernExtend',
];

// Both are CommonJS: asked for as such they need not be searched for exports, which takes longer than to run them.
const require = createRequire(import.meta.url);

let loaded: Promise<Libraries> | null = null;

/** Loads both once; what they say goes to `log`. */
export async function loadLibraries(log: PluginLog): Promise<Libraries> {
  standInForSync();
  loaded ??= load();
  const libraries = await loaded;
  libraries.herdsman.setLogger(libraryLogger(log));
  libraries.converters.setLogger(libraryLogger(log));
  return libraries;
}

async function load(): Promise<Libraries> {
  for (const step of STEPS) {
    require(step);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return {
    herdsman: require('zigbee-herdsman') as Herdsman,
    converters: require('zigbee-herdsman-converters') as Converters,
  };
}
