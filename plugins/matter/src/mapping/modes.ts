// Modes, as many clusters have them: a list of labels with numbers, one of which is current.

import { generic } from '@lintel/sdk';

import { listOf, MappingError, numberOf, type Action, type ClusterMapping } from './types.ts';
import type { ClusterView, Fields } from './types.ts';

interface Mode {
  readonly label: string;
  readonly mode: number;
  readonly tags: readonly number[];
}

function readMode({ label, mode, modeTags }: Fields): Mode {
  const tags = listOf(modeTags).map(({ value }) => numberOf(value) ?? -1);
  return { label: String(label), mode: numberOf(mode) ?? -1, tags };
}

export const modesIn = (attributes: Fields): Mode[] => listOf(attributes['supportedModes']).map(readMode);

export const modeLabels = (attributes: Fields): string[] => modesIn(attributes).map(({ label }) => label);

export function currentMode(attributes: Fields): Mode | null {
  return modesIn(attributes).find(({ mode }) => mode === attributes['currentMode']) ?? null;
}

export const changeMode = (cluster: string, newMode: number): Action => ({
  cluster,
  invoke: 'changeToMode',
  args: { newMode },
});

/** The first mode that the maker tagged so. */
export const tagged = (attributes: Fields, tag: number): Mode | null =>
  modesIn(attributes).find(({ tags }) => tags.includes(tag)) ?? null;

/** The first cluster of the endpoint among these, with its attributes. */
export function firstCluster({ endpoint }: ClusterView, names: readonly string[]): readonly [string, Fields] | null {
  const name = names.find((each) => each in endpoint.clusters);
  return name === undefined ? null : [name, endpoint.clusters[name]!];
}

/** A choice that no capability has a word for. */
const choice = (cluster: string, label: string): ClusterMapping => ({
  cluster,
  capabilities: ({ attributes }) => {
    const values = modeLabels(attributes);
    const named = typeof attributes['description'] === 'string' ? attributes['description'] : label;
    return values.length === 0
      ? []
      : [generic({ [cluster]: { type: 'string', label: named, values, settable: true } })];
  },
  values: ({ attributes }) => ({ [`generic.${cluster}`]: currentMode(attributes)?.label ?? null }),
  set: {
    [`generic.${cluster}`]: (value, { attributes }) => {
      const mode = modesIn(attributes).find((each) => each.label === value);
      if (mode === undefined) throw new MappingError('BAD_VALUE', `there is no mode ${String(value)}`);
      return { actions: [changeMode(cluster, mode.mode)], then: { [`generic.${cluster}`]: value } };
    },
  },
});

export const CHOICES: readonly ClusterMapping[] = [
  choice('modeSelect', 'Mode'),
  choice('energyEvseMode', 'Charging mode'),
  choice('waterHeaterMode', 'Water heater mode'),
  choice('deviceEnergyManagementMode', 'Energy mode'),
];
