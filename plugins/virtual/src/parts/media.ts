// A speaker with a short list of pieces that it plays by the clock.

import type { VirtualDevice } from '../device.ts';
import { clamp } from '../random.ts';
import { numberOf } from './part.ts';
import type { Part } from './part.ts';

const PIECES = [
  { title: 'Morning in the kitchen', artist: 'The Kettles', seconds: 194 },
  { title: 'Rain on the skylight', artist: 'North Room', seconds: 241 },
  { title: 'Last tram home', artist: 'Ines & the Lamplighters', seconds: 208 },
] as const;

function pieceOf(device: VirtualDevice): number {
  const at = PIECES.findIndex(({ title }) => device.is('media.title', title));
  return at === -1 ? 0 : at;
}

/** Plays on from a position; the position itself is reported on a jump only. */
async function play(device: VirtualDevice, piece: number, position: number): Promise<void> {
  const { title, artist, seconds } = PIECES[piece]!;
  await device.show({
    'media.playback': 'playing',
    'media.title': title,
    'media.artist': artist,
    'media.duration': seconds,
    'media.position': position,
  });
  device.start('media', async (sleep) => {
    await sleep((seconds - position) * 1000);
    await play(device, (piece + 1) % PIECES.length, 0);
  });
}

const skip =
  (by: number) =>
  (device: VirtualDevice): Promise<void> =>
    play(device, (pieceOf(device) + by + PIECES.length) % PIECES.length, 0);

export const media: Part = {
  commands: {
    play: (device) => play(device, pieceOf(device), device.number('media.position')),
    async pause(device) {
      device.stop('media');
      await device.show({ 'media.playback': 'paused' });
    },
    next: skip(1),
    previous: skip(-1),
    async seek(device, args) {
      const position = clamp(numberOf(args, 'position', 0), 0, PIECES[pieceOf(device)]!.seconds);
      if (device.is('media.playback', 'playing')) await play(device, pieceOf(device), position);
      else await device.show({ 'media.position': position });
    },
  },
};
