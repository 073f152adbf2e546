// The two big libraries, loaded when a radio is first needed: they take a quarter of a second and sixty megabytes.

import type { Definition, Fz, Tz } from 'zigbee-herdsman-converters/lib/types';

import type { PluginLog } from '@lintel/sdk';

import { libraryLogger } from './log.ts';

export type Herdsman = typeof import('zigbee-herdsman');
export type Converters = typeof import('zigbee-herdsman-converters');
export type { Definition, Fz, Tz };

export interface Libraries {
  readonly herdsman: Herdsman;
  readonly converters: Converters;
}

let loaded: Promise<Libraries> | null = null;

/** Loads both once; what they say goes to `log`. */
export async function loadLibraries(log: PluginLog): Promise<Libraries> {
  loaded ??= Promise.all([import('zigbee-herdsman'), import('zigbee-herdsman-converters')]).then(
    ([herdsman, converters]) => ({ herdsman, converters }),
  );
  const libraries = await loaded;
  libraries.herdsman.setLogger(libraryLogger(log));
  libraries.converters.setLogger(libraryLogger(log));
  return libraries;
}
