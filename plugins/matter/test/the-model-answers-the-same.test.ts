// What is remembered of matter.js's model is what the model says.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { ElementTag, Matter, ValueModel, type ClusterModel, type Model } from '@matter/main/model';
import { RootSupervisor } from '@matter/main/node';

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

const valuesIn = (model: object): readonly ValueModel[] =>
  [...(model as Model).children].flatMap((child) => [
    ...(child instanceof ValueModel ? [child] : []),
    ...valuesIn(child),
  ]);

const toldOfValue = (value: ValueModel): string =>
  [
    value.path,
    value.propertyName,
    value.effectiveAccess,
    value.effectiveConformance,
    value.effectiveConstraint,
    value.effectiveMetatype,
    value.effectiveQuality,
    value.metabase?.path,
  ].join(' ');

const MEMBERS = [ElementTag.Attribute, ElementTag.Event, ElementTag.Command];

const toldBySupervisor = (cluster: ClusterModel): readonly string[] => {
  const supervisor = new RootSupervisor(cluster);
  return [
    names(supervisor.membersOf(cluster)),
    names(supervisor.membersOf(cluster, { tags: MEMBERS })),
    names(supervisor.membersOf(cluster, { conformance: 'conformant' })),
    [...supervisor.persistentKeys()].join(),
    [...supervisor.persistentKeys('id')].join(),
  ];
};

const clusters = (): readonly ClusterModel[] => [...Matter.clusters];

/** Supervisors are slow to make. */
const some = (): readonly ClusterModel[] => clusters().filter((_, at) => at % 8 === 0);

test('each cluster tells the same with a memory as without, also a second time and when it is final', () => {
  const before = clusters().map(told);
  const values = clusters()
    .flatMap((cluster) => valuesIn(cluster))
    .map(toldOfValue);
  const supervised = some().map(toldBySupervisor);
  indexModel();
  indexModel();
  for (const cluster of clusters()) cluster.finalize();
  assert.equal(clusters().map(told), before);
  assert.equal(clusters().map(told), before);
  for (const time of ['first', 'second']) {
    assert.equal(
      clusters()
        .flatMap((cluster) => valuesIn(cluster))
        .map(toldOfValue),
      values,
      time,
    );
    assert.equal(some().map(toldBySupervisor), supervised, time);
  }
  assert.ok(before.length > 100);
  assert.ok(values.length > 1_000);
});

test('a cluster that can still change is asked anew', () => {
  const open = (Matter.clusters('OnOff') as unknown as { extend(): ClusterModel }).extend();
  assert.equal([...open.supportedFeatures], []);
  open.supportedFeatures = ['LT'];
  assert.equal([...open.supportedFeatures], ['LT']);
});

test.run();
