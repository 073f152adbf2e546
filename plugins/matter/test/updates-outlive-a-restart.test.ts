// What a device was to get when the plugin was last stopped: offered again, done meanwhile, or told to have failed.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Updates } from '../src/firmware/updates.ts';
import { stubPeer } from './stub-peer.ts';

const test = suite('updates outlive a restart');

const IDLE = { updateState: 1, updateStateProgress: null };
const KEY = 'firmware/intentions';

/** A lamp of version 1, for which an image of this version was under way. */
async function restarted(version: number) {
  const kept = new Map<string, unknown>([[KEY, { 1: { version, label: `${version}.0` } }]]);
  const stub = stubPeer({ currentLevel: 254 }, { otaSoftwareUpdateRequestor: IDLE });
  const errors: string[] = [];
  const ctx = Object.assign(stub.ctx as object, {
    firmware: '/nowhere',
    store: {
      get: async (key: string) => kept.get(key) ?? null,
      set: async (key: string, value: unknown) => void kept.set(key, value),
    },
    log: { warn() {}, error: (text: string) => void errors.push(text) },
  });
  await stub.peer.describe();
  stub.peer.back();
  const node = { env: { get: () => null } };
  const updates = new Updates({ ctx: ctx as never, node: node as never, peers: () => [stub.peer] });
  const state = (): unknown => Object.assign({}, ...stub.reports)['update.state'];
  return { updates, peer: stub.peer, errors, state, intentions: () => kept.get(KEY) };
}
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

test('without its image it has failed, and people see that, once', async () => {
  const { updates, peer, errors, state, intentions } = await restarted(2);
  await updates.resume(peer);
  await soon();
  assert.is(state(), 'failed');
  assert.match(errors.join(), 'no image of version 2.0');
  assert.equal(intentions(), {});
  await updates.resume(peer);
  assert.is(errors.length, 1);
});

test('what the device runs by now is done', async () => {
  const { updates, peer, errors, state, intentions } = await restarted(0);
  await updates.resume(peer);
  assert.is(state(), 'idle');
  assert.equal([errors, intentions()], [[], {}]);
});

test('what people were told to have failed is not tried again by itself', async () => {
  const { updates, peer, errors, intentions } = await restarted(2);
  peer.setFirmware({ hasFailed: true });
  await updates.resume(peer);
  assert.equal([errors, intentions()], [[], {}]);
});

test.run();
