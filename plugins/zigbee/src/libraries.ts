// The two big libraries, loaded when a radio is first needed: they take a quarter of a second and sixty megabytes.

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

let loaded: Promise<Libraries> | null = null;

/** Loads both once; what they say goes to `log`. */
export async function loadLibraries(log: PluginLog): Promise<Libraries> {
  standInForSync();
  loaded ??= Promise.all([import('zigbee-herdsman'), import('zigbee-herdsman-converters')]).then(
    ([herdsman, converters]) => ({ herdsman, converters }),
  );
  const libraries = await loaded;
  libraries.herdsman.setLogger(libraryLogger(log));
  libraries.converters.setLogger(libraryLogger(log));
  return libraries;
}
