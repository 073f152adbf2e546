// A thermostat's presets: by the name its owner gave each, else by the occasion it is for.

import type { Value } from '@lintel/sdk';

import { invoke, listOf, MappingError, named, type ClusterView, type Fields, type Plan } from './types.ts';

const OCCASIONS: Readonly<Record<number, string>> = {
  1: 'occupied',
  2: 'unoccupied',
  3: 'sleep',
  4: 'wake',
  5: 'vacation',
  6: 'goingToSleep',
  254: 'own',
};
/** To go by the setpoints alone again. */
const NONE = 'none';

const nameOf = ({ name, presetScenario }: Fields): string =>
  typeof name === 'string' && name !== '' ? name : (named(OCCASIONS, presetScenario) ?? 'preset');

const sameBytes = (a: unknown, b: unknown): boolean =>
  a instanceof Uint8Array && b instanceof Uint8Array && Buffer.compare(a, b) === 0;

const presetsOf = ({ attributes }: ClusterView): readonly Fields[] => listOf(attributes['presets']);

export const hasPresets = ({ features, attributes }: ClusterView): boolean =>
  features['presets'] === true && Array.isArray(attributes['presets']);

export const presetNames = (view: ClusterView): string[] => [...new Set([NONE, ...presetsOf(view).map(nameOf)])];

/** The preset that is in force, null where the device does not say. */
export function presetOf(view: ClusterView): string | null {
  const { activePresetHandle } = view.attributes;
  if (activePresetHandle === null) return NONE;
  const active = presetsOf(view).find(({ presetHandle }) => sameBytes(presetHandle, activePresetHandle));
  return active === undefined ? null : nameOf(active);
}

export function choosePreset(value: Value, view: ClusterView): Plan {
  const preset = presetsOf(view).find((each) => nameOf(each) === value);
  if (preset === undefined && value !== NONE)
    throw new MappingError('BAD_VALUE', `this thermostat has no preset ${String(value)}`);
  const presetHandle = preset?.['presetHandle'] ?? null;
  return invoke('thermostat', 'setActivePresetRequest', { presetHandle }, { 'thermostat.preset': value });
}
