// After a start the plugin knows what each device last said. The hub knows that too, and takes whatever it is told for a sign
// of life: a lamp without power would be back for a moment at every start.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Availability } from '../src/controller/availability.ts';
import { stubPeer } from './stub-peer.ts';

const test = suite('what was long ago');

test('is told once the device is heard, and not before', async () => {
  const { ctx, peer, reports, online } = stubPeer({ currentLevel: 127 });
  await peer.describe();
  assert.equal([reports, online], [[], []]);
  new Availability(ctx, () => [peer]).heard(peer);
  assert.equal(online, [true]);
  assert.equal(Object.assign({}, ...reports), { 'onOff.on': true, 'level.level': 0.5 });
});

test('is not told of a device that never answers', async () => {
  const { peer, reports, online } = stubPeer({ currentLevel: 127 });
  await peer.describe();
  peer.stale();
  peer.away();
  assert.equal([reports, online], [[], [false]]);
});

test('is told before what a command has made so', async () => {
  const { peer, reports } = stubPeer({ currentLevel: 127 });
  await peer.describe();
  peer.confirmed(1, { 'level.level': 1 }, 0);
  assert.equal(
    reports.filter((each) => 'level.level' in (each as object)),
    [{ 'level.level': 0.5 }, { 'level.level': 1 }],
  );
});

test('a device that is heard while it is being added is online once it is, and not told of before', async () => {
  const { peer, online, reports } = stubPeer({ currentLevel: 127 });
  const added = peer.describe();
  peer.back();
  assert.equal([online, reports], [[], []]);
  await added;
  assert.equal(online, [true]);
  assert.ok(reports.length > 0);
});

test.run();
