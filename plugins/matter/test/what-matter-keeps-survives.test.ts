// The storage under matter.js, over a store that counts what is written to it.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { toJson } from '@matter/main';

import { HubStorageDriver } from '../src/node/storage.ts';

const test = suite('what Matter keeps survives');

function storeOf(entries: readonly (readonly [string, unknown])[] = []) {
  const values = new Map<string, unknown>(entries);
  const writes: string[] = [];
  return {
    values,
    writes,
    get: async (key: string) => values.get(key) ?? null,
    set: async (key: string, value: unknown) => void (values.set(key, value), writes.push(key)),
    delete: async (key: string) => void values.delete(key),
  };
}

const contextOf = (endpoint: number): string[] => ['nodes', 'peer1', 'endpoints', String(endpoint), '6'];

test('a change is on the disk before matter.js goes on', async () => {
  const store = storeOf();
  const driver = await HubStorageDriver.open(store, 'controller');
  await driver.set(['fabrics'], 'fabric', 7);
  assert.is((await HubStorageDriver.open(store, 'controller')).get(['fabrics'], 'fabric'), 7);
});

test('what a large bridge says is written once for all of it, in several values', async () => {
  const store = storeOf();
  const driver = await HubStorageDriver.open(store, 'controller');
  const batch = driver.begin();
  for (let endpoint = 0; endpoint < 100; endpoint += 1) batch.set(contextOf(endpoint), { onOff: endpoint });
  assert.equal(store.writes, []);
  await batch.commit();
  const written = store.writes.filter((key) => key.includes('peer1'));
  assert.is(written.length, 7);
  assert.is(new Set(written).size, 7);
  const again = await HubStorageDriver.open(store, 'controller');
  for (let endpoint = 0; endpoint < 100; endpoint += 1) assert.is(again.get(contextOf(endpoint), 'onOff'), endpoint);
});

test('a change of one device writes little of a large bridge', async () => {
  const store = storeOf();
  const driver = await HubStorageDriver.open(store, 'controller');
  for (let endpoint = 0; endpoint < 40; endpoint += 1) await driver.set(contextOf(endpoint), 'onOff', endpoint);
  store.writes.length = 0;
  await driver.set(contextOf(35), 'onOff', 1);
  assert.equal(store.writes, ['storage/controller/nodes.peer1/2']);
});

test('what an earlier version kept in one value is kept on', async () => {
  const contents = Object.fromEntries([0, 20].map((endpoint) => [contextOf(endpoint).join('.'), { onOff: endpoint }]));
  const store = storeOf([
    ['storage/controller', ['nodes.peer1']],
    ['storage/controller/nodes.peer1', toJson(contents)],
  ]);
  const driver = await HubStorageDriver.open(store, 'controller');
  await driver.set(contextOf(0), 'onOff', 5);
  const again = await HubStorageDriver.open(store, 'controller');
  assert.equal([again.get(contextOf(0), 'onOff'), again.get(contextOf(20), 'onOff')], [5, 20]);
});

test('a device that is let go leaves nothing behind', async () => {
  const store = storeOf();
  const driver = await HubStorageDriver.open(store, 'controller');
  for (const endpoint of [0, 20]) await driver.set(contextOf(endpoint), 'onOff', endpoint);
  await driver.clearAll(['nodes', 'peer1']);
  assert.equal([...store.values.keys()], ['storage/controller']);
});

test.run();
