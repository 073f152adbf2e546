// A device that was given new firmware and falls silent over it: people hear of it, and can try again.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { stubPeer } from './stub-peer.ts';

const test = suite('a silent update');

const MINUTE = 60_000;
const IDLE = { updateState: 1, updateStateProgress: null as number | null };

async function updating() {
  const own = { ...IDLE };
  const stub = stubPeer({ currentLevel: 254 }, { otaSoftwareUpdateRequestor: own });
  await stub.peer.describe();
  stub.peer.back();
  stub.peer.setFirmware({ available: '2.0', underWay: 'downloading', hasFailed: false });
  const state = (): unknown => Object.assign({}, ...stub.reports)['update.state'];
  const pass = async (ms: number): Promise<void> => {
    await stub.clock.advance(ms);
    stub.peer.settle(stub.clock.now());
  };
  return { ...stub, own, state, pass };
}

test('is waited for as long as a device may take to ask', async () => {
  const { state, pass } = await updating();
  await pass(10 * MINUTE);
  assert.is(state(), 'downloading');
  await pass(6 * MINUTE);
  assert.is(state(), 'failed');
});

test('is not given up while the device goes on with it', async () => {
  const { peer, lamp, own, state, pass } = await updating();
  for (const share of [10, 50, 90]) {
    own.updateState = 4;
    own.updateStateProgress = share;
    peer.changed(lamp, 'otaSoftwareUpdateRequestor');
    await pass(10 * MINUTE);
    assert.is(state(), 'downloading');
  }
  peer.setFirmware({ underWay: null, available: null });
  Object.assign(own, IDLE);
  peer.changed(lamp, 'otaSoftwareUpdateRequestor');
  assert.is(state(), 'idle');
});

test('is given up also when the clock was put back', async () => {
  const { clock, peer, state } = await updating();
  clock.jump(clock.now() - 24 * 60 * MINUTE);
  peer.settle(clock.now());
  assert.is(state(), 'failed');
});

test.run();
