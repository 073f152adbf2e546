// What is remembered of matter.js's model is what the model says.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { Matter, type ClusterModel } from '@matter/main/model';

import { indexModel } from '../src/node/model.ts';

const test = suite('the model answers the same');

const names = (of: Iterable<{ readonly name: string }>): string => [...of].map(({ name }) => name).join();

const told = (cluster: ClusterModel): readonly string[] => [
  cluster.name,
  names(cluster.attributes),
  names(cluster.commands),
  names(cluster.events),
  names(cluster.properties),
  names(cluster.features),
  [...cluster.definedFeatures].join(),
  [...cluster.supportedFeatures].join(),
];

const clusters = (): readonly ClusterModel[] => [...Matter.clusters];

test('each cluster tells the same with a memory as without, also a second time and when it is final', () => {
  const before = clusters().map(told);
  indexModel();
  indexModel();
  for (const cluster of clusters()) cluster.finalize();
  assert.equal(clusters().map(told), before);
  assert.equal(clusters().map(told), before);
  assert.ok(before.length > 100);
});

test('a cluster that can still change is asked anew', () => {
  const open = (Matter.clusters('OnOff') as unknown as { extend(): ClusterModel }).extend();
  assert.equal([...open.supportedFeatures], []);
  open.supportedFeatures = ['LT'];
  assert.equal([...open.supportedFeatures], ['LT']);
});

test.run();
