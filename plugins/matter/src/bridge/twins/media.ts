// Players: what plays, and the speaker that it plays through.

import { BasicVideoPlayerDevice } from '@matter/main/devices/basic-video-player';
import { SpeakerDevice } from '@matter/main/devices/speaker';

import { cut } from '../about.ts';
import { measured, numberOr, telling, type Facet, type Source, type Twin } from '../facet.ts';
import { BridgedInput, BridgedKeys, BridgedPlayback, BridgedPlaying } from '../player.ts';
import { BridgedSeeking, Playhead } from '../seeking.ts';
import { switching } from './lights.ts';

const LEVEL_MAX = 254;
const PLAYBACK: Readonly<Record<string, number>> = { playing: 0, paused: 1, stopped: 2, idle: 2 };
const NOT_PLAYING = 2;
const INPUTS_MAX = 255;
const INPUT_NAME_BYTES_MAX = 64;

function playing(source: Source): Facet {
  const seeks = source.capability('media')?.commands.includes('seek') === true;
  const playhead = new Playhead();
  return telling([seeks ? BridgedSeeking : BridgedPlayback, BridgedKeys], (values) => ({
    mediaPlayback: {
      currentState: PLAYBACK[String(values['media.playback'])] ?? NOT_PLAYING,
      ...(seeks && playhead.told(values, Date.now())),
    },
  }));
}

const onWhilePlaying = telling([BridgedPlaying], (values) => ({
  onOff: { onOff: values['media.playback'] === 'playing' },
}));

const selecting = (sources: readonly string[]): Facet => ({
  behaviors: [BridgedInput],
  watched: ['mediaInput.currentInput'],
  toMatter: (values) => ({
    mediaInput: {
      inputList: sources.map((source, index) => ({
        index,
        inputType: 0,
        name: cut(source, INPUT_NAME_BYTES_MAX),
        description: '',
      })),
      currentInput: Math.max(0, sources.indexOf(String(values['media.source']))),
    },
  }),
  toHome: ({ mediaInput = {} }) => {
    const source = sources[numberOr(mediaInput['currentInput'], -1)];
    return source === undefined ? {} : { 'media.source': source };
  },
});

/** A speaker's level is its volume, and off is muted. */
const speaking = (source: Source): Facet => ({
  behaviors: [],
  watched: ['levelControl.currentLevel', 'onOff.onOff'],
  toMatter: (values) => ({
    onOff: { onOff: values['media.muted'] !== true },
    levelControl: { currentLevel: measured(values['media.volume'], (volume) => volume * LEVEL_MAX, 0, LEVEL_MAX) },
  }),
  toHome: ({ levelControl = {}, onOff = {} }, changed) => ({
    ...(changed.has('levelControl.currentLevel') && {
      'media.volume': numberOr(levelControl['currentLevel'], 0) / LEVEL_MAX,
    }),
    ...(changed.has('onOff.onOff') &&
      source.property('media', 'muted') !== undefined && { 'media.muted': onOff['onOff'] !== true }),
  }),
});

function playerFacets(source: Source): Facet[] {
  const sources = (source.property('media', 'source')?.values ?? []).slice(0, INPUTS_MAX);
  return [
    playing(source),
    source.has('onOff') ? switching('onOff') : onWhilePlaying,
    ...(sources.length > 0 ? [selecting(sources)] : []),
  ];
}

export function mediaTwins(source: Source): Twin[] {
  const endpoint = source.endpoint.id;
  const has = (name: string): boolean => source.property('media', name) !== undefined;
  return [
    ...(has('playback')
      ? [{ name: 'player', endpoint, type: BasicVideoPlayerDevice, facets: playerFacets(source) }]
      : []),
    ...(has('volume') ? [{ name: 'speaker', endpoint, type: SpeakerDevice, facets: [speaking(source)] }] : []),
  ];
}
