// Where a player is in what it plays. The home says so on a jump alone, and so does Matter: the rest is counted on by the clock.

import { MediaPlayback } from '@matter/main/clusters/media-playback';

import type { Values } from '@lintel/sdk';

import { refusalOf } from './asking.ts';
import { BridgedPlayback } from './player.ts';

const SECOND_MS = 1000;
const MS_US = 1000;

const milliseconds = (seconds: unknown): number | null =>
  typeof seconds === 'number' && seconds >= 0 ? Math.round(seconds * SECOND_MS) : null;

interface Sample {
  /** Milliseconds since 1970. */
  readonly at: number;
  /** Milliseconds from the beginning. */
  readonly position: number;
}

interface Told {
  readonly sampledPosition: { readonly updatedAt: number; readonly position: number } | null;
  readonly playbackSpeed: number;
  readonly startTime: null;
  readonly duration: number | null;
  readonly seekRangeStart: number | null;
  readonly seekRangeEnd: number | null;
}

export class Playhead {
  #said: string | null = null;
  #isPlaying = false;
  #sample: Sample | null = null;

  /** The attributes of Media Playback for the home's values as they are now. */
  told(values: Values, now: number): Told {
    const isPlaying = values['media.playback'] === 'playing';
    const duration = milliseconds(values['media.duration']);
    this.#hear(values, isPlaying, now);
    const sample = this.#sample;
    return {
      sampledPosition: sample && { updatedAt: sample.at * MS_US, position: sample.position },
      playbackSpeed: isPlaying ? 1 : 0,
      startTime: null,
      duration,
      seekRangeStart: duration === null ? null : 0,
      seekRangeEnd: duration,
    };
  }

  #hear(values: Values, isPlaying: boolean, now: number): void {
    const position = milliseconds(values['media.position']);
    const said = JSON.stringify([position, values['media.title'], values['media.duration']]);
    // Of what was playing already, nobody knows how long ago it was there.
    const isFresh = said !== this.#said && !(this.#said === null && isPlaying);
    if (position === null) this.#sample = null;
    else if (isFresh) this.#sample = { at: now, position };
    else if (isPlaying !== this.#isPlaying) this.#turn(now);
    this.#said = said;
    this.#isPlaying = isPlaying;
  }

  #turn(now: number): void {
    if (this.#sample === null) return;
    const { at, position } = this.#sample;
    this.#sample = { at: now, position: this.#isPlaying ? position + Math.max(0, now - at) : position };
  }
}

const { Success, InvalidStateForCommand, NotAllowed, SeekOutOfRange } = MediaPlayback.Status;

export class BridgedSeeking extends BridgedPlayback.with('AdvancedSeek') {
  override async seek({ position }: MediaPlayback.SeekRequest): Promise<MediaPlayback.PlaybackResponse> {
    const { duration } = this.state;
    if (duration !== null && position > duration) return { status: SeekOutOfRange };
    const data = await refusalOf(this, 'media.seek', { position: Number(position) / SECOND_MS });
    return data === null ? { status: Success } : { status: NotAllowed, data };
  }
  override skipForward({ deltaPositionMilliseconds }: MediaPlayback.SkipForwardRequest) {
    return this.#skip(Number(deltaPositionMilliseconds));
  }
  override skipBackward({ deltaPositionMilliseconds }: MediaPlayback.SkipBackwardRequest) {
    return this.#skip(-Number(deltaPositionMilliseconds));
  }
  /** No further than its beginning and its end. */
  async #skip(milliseconds: number): Promise<MediaPlayback.PlaybackResponse> {
    const { sampledPosition, playbackSpeed, duration } = this.state;
    if (sampledPosition === null || sampledPosition.position === null) return { status: InvalidStateForCommand };
    const passed = (Date.now() - Number(sampledPosition.updatedAt) / MS_US) * playbackSpeed;
    const position = Number(sampledPosition.position) + passed + milliseconds;
    return this.seek({ position: Math.round(Math.min(Math.max(0, position), Number(duration ?? Infinity))) });
  }
}
