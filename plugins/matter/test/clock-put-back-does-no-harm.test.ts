// The hub's clock is put back, as by a time server after a start without one: what waits must not wait for as long.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Availability } from '../src/controller/availability.ts';
import { stubPeer } from './stub-peer.ts';

const test = suite('a clock that is put back');

const DAY = 86_400_000;

test('a device that falls silent is asked all the same', async () => {
  const { clock, stop, ctx, peer, asked } = stubPeer({ currentLevel: 254 });
  new Availability(ctx, () => [peer]).start();
  clock.jump(clock.now() - DAY);
  await clock.advance(10_000);
  stop.abort();
  assert.ok(asked() > 0);
});

test('a lamp is not held to a fade that was under way', async () => {
  const level = { currentLevel: 254 };
  const { clock, lamp, peer, reports } = stubPeer(level);
  await peer.describe();
  peer.confirmed(1, { 'level.level': 0.5 }, 10_000);
  level.currentLevel = 200;
  peer.changed(lamp, 'levelControl');
  assert.equal(reports.at(-1), { 'level.level': 0.5 });
  clock.jump(clock.now() - DAY);
  peer.settle(clock.now());
  assert.equal(reports.at(-1), { 'level.level': 0.7874 });
});

test.run();
