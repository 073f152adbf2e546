// The home tells of a player's position on a jump alone: in between it is counted on, and what was never told stays unknown.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { endpoint, media, type Values } from '@lintel/sdk';

import { Playhead } from '../src/bridge/seeking.ts';
import { BridgedHome, deviceOf } from './bridged-home.ts';

const test = suite('players know where they are');

const at = (position: number, title = 'A piece'): Values => ({
  'media.playback': 'playing',
  'media.position': position,
  'media.title': title,
  'media.duration': 200,
});
const paused = (position: number): Values => ({ ...at(position), 'media.playback': 'paused' });

test('the position is as of when it was told, and goes on from there', () => {
  const playhead = new Playhead();
  playhead.told(paused(0), 1000);
  assert.equal(playhead.told(at(30), 5000).sampledPosition, { updatedAt: 5_000_000, position: 30_000 });
  assert.equal(playhead.told({ ...at(30), 'media.volume': 0.2 }, 9000).sampledPosition, {
    updatedAt: 5_000_000,
    position: 30_000,
  });
  const { sampledPosition, playbackSpeed } = playhead.told(paused(30), 15_000);
  assert.equal([sampledPosition, playbackSpeed], [{ updatedAt: 15_000_000, position: 40_000 }, 0]);
  assert.equal(playhead.told(at(30), 20_000).sampledPosition, { updatedAt: 20_000_000, position: 40_000 });
});

test('the next piece begins anew, also where the last one began', () => {
  const playhead = new Playhead();
  playhead.told(paused(0), 1000);
  playhead.told(at(0), 2000);
  assert.equal(playhead.told(at(0, 'Another'), 9000).sampledPosition, { updatedAt: 9_000_000, position: 0 });
});

test('where it is in what it was playing already is not known until it jumps', () => {
  const playhead = new Playhead();
  assert.is(playhead.told(at(30), 1000).sampledPosition, null);
  assert.is(playhead.told(paused(30), 2000).sampledPosition, null);
  assert.equal(playhead.told(paused(50), 3000).sampledPosition, { updatedAt: 3_000_000, position: 50_000 });
  assert.is(playhead.told({ 'media.playback': 'paused', 'media.position': null }, 4000).sampledPosition, null);
});

const open = (values: Values, commands?: readonly string[]): Promise<BridgedHome> =>
  BridgedHome.open([deviceOf('device', 'media', [endpoint(media(commands ? { commands } : {}))], values)]);
const asked = (home: BridgedHome): unknown[] =>
  home.asked
    .splice(0)
    .map(({ command }) => [(command as { command: string }).command, (command as { args?: object }).args]);

test('a player is sent to a place in what it plays, and a little on or back', async () => {
  const home = await open(paused(30));
  const to = (command: string, args: object): Promise<unknown> => home.invoke('device', 'mediaPlayback', command, args);
  assert.equal(await to('seek', { position: 12_500 }), { status: 0 });
  assert.equal(await to('seek', { position: 200_001 }), { status: 5 });
  assert.equal(await to('skipForward', { deltaPositionMilliseconds: 15_000 }), { status: 0 });
  assert.equal(await to('skipForward', { deltaPositionMilliseconds: 500_000 }), { status: 0 });
  assert.equal(await to('skipBackward', { deltaPositionMilliseconds: 500_000 }), { status: 0 });
  assert.equal(
    asked(home),
    [12.5, 45, 200, 0].map((position) => ['media.seek', { position }]),
  );
  home.refuses = true;
  assert.is(((await to('seek', { position: 1 })) as { status: number }).status, 2);
  await home.hear({ type: 'values', id: 'device', endpoint: '1', values: { 'media.position': null } });
  assert.equal(await to('skipForward', { deltaPositionMilliseconds: 1 }), { status: 1 });
  assert.equal(home.failures, []);
  await home.close();
});

test('a player that cannot seek does not say that it can', async () => {
  const home = await open(paused(30), ['play', 'pause']);
  const { featureMap } = home.state('device', 'mediaPlayback') as { featureMap: Readonly<Record<string, boolean>> };
  assert.is(featureMap['advancedSeek'], false);
  await home.close();
});

test.run();
