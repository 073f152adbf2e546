// Players and their speakers.

import { media, type Value, type Values } from '@lintel/sdk';

import { SPEAKER } from './device-types.ts';
import { clamp, fieldsOf, flagOf, invoke, listOf, MappingError, named, numberOf, round, scaled } from './types.ts';
import type { ClusterMapping, ClusterView, Fields } from './types.ts';

const PLAYBACK = ['playing', 'paused', 'idle', 'playing'];
const SECOND_MS = 1000;

const sampled = ({ attributes }: ClusterView): number | null =>
  scaled(fieldsOf(attributes['sampledPosition'])['position'], SECOND_MS, 1);
const hasPosition = ({ features }: ClusterView): boolean => features['advancedSeek'] === true;

const mediaPlayback: ClusterMapping = {
  cluster: 'mediaPlayback',
  capabilities: (view) => [
    media({
      properties: ['playback', ...(hasPosition(view) ? (['position', 'duration'] as const) : []), ...sourceOf(view)],
      commands: ['play', 'pause', 'next', 'previous', ...(hasPosition(view) ? ['seek'] : [])],
      values: { source: inputsOf(fieldsOf(view.endpoint.clusters['mediaInput'])).map(({ name }) => name) },
    }),
  ],
  values: (view): Values => ({
    'media.playback': named(PLAYBACK, view.attributes['currentState']),
    ...(hasPosition(view) && {
      'media.position': sampled(view),
      'media.duration': scaled(view.attributes['duration'], SECOND_MS, 1),
    }),
  }),
  commands: {
    'media.play': () => invoke('mediaPlayback', 'play'),
    'media.pause': () => invoke('mediaPlayback', 'pause'),
    'media.next': () => invoke('mediaPlayback', 'next'),
    'media.previous': () => invoke('mediaPlayback', 'previous'),
    'media.seek': (args) => {
      const position = numberOf(args['position']);
      if (position === null || position < 0) throw new MappingError('BAD_VALUE', 'expected a position in seconds');
      return invoke('mediaPlayback', 'seek', { position: Math.round(position * SECOND_MS) });
    },
  },
};

function inputsOf(attributes: Fields): { readonly index: number; readonly name: string }[] {
  return listOf(attributes['inputList']).map(({ index, name }) => ({
    index: numberOf(index) ?? -1,
    name: String(name),
  }));
}

const sourceOf = ({ endpoint }: ClusterView): 'source'[] => ('mediaInput' in endpoint.clusters ? ['source'] : []);

const mediaInput: ClusterMapping = {
  cluster: 'mediaInput',
  capabilities: (view) =>
    'mediaPlayback' in view.endpoint.clusters
      ? []
      : [
          media({
            properties: ['source'],
            commands: [],
            values: { source: inputsOf(view.attributes).map(({ name }) => name) },
          }),
        ],
  values: ({ attributes }) => ({
    'media.source': inputsOf(attributes).find(({ index }) => index === attributes['currentInput'])?.name ?? null,
  }),
  set: {
    'media.source': (value: Value, { endpoint }) => {
      const input = inputsOf(fieldsOf(endpoint.clusters['mediaInput'])).find(({ name }) => name === value);
      if (input === undefined) throw new MappingError('BAD_VALUE', `this player has no source ${String(value)}`);
      return invoke('mediaInput', 'selectInput', { index: input.index }, { 'media.source': value });
    },
  },
};

const LEVEL_MAX = 254;
const NOW = { optionsMask: { executeIfOff: true }, optionsOverride: { executeIfOff: true } };
const isSpeaker = ({ endpoint }: ClusterView): boolean => endpoint.deviceTypes.includes(SPEAKER);

/** A speaker's level is its volume, and off is muted. */
export const SPEAKER_ROWS: readonly ClusterMapping[] = [
  {
    cluster: 'levelControl',
    capabilities: (view) => (isSpeaker(view) ? [media({ properties: ['volume', 'muted'], commands: [] })] : []),
    values: ({ attributes }) => {
      const value = numberOf(attributes['currentLevel']);
      return { 'media.volume': value === null ? null : round(clamp(value / LEVEL_MAX, 0, 1), 3) };
    },
    set: {
      'media.volume': (value) => {
        const level = clamp(Math.round(Number(value) * LEVEL_MAX), 0, LEVEL_MAX);
        return invoke('levelControl', 'moveToLevel', { level, transitionTime: 0, ...NOW });
      },
    },
  },
  {
    cluster: 'onOff',
    capabilities: () => [],
    values: ({ attributes }) => {
      const on = flagOf(attributes['onOff']);
      return { 'media.muted': on === null ? null : !on };
    },
    set: {
      'media.muted': (value) => invoke('onOff', value === true ? 'off' : 'on', undefined, { 'media.muted': value }),
    },
  },
];

export const MEDIA: readonly ClusterMapping[] = [mediaPlayback, mediaInput];
