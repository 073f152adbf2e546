// What no row of the tables says is shown all the same, in the words of the cluster itself.

import { test } from 'uvu';
import * as assert from 'uvu/assert';

import { shapeOf } from '../src/mapping/device.ts';
import { capabilitiesOf, valuesOf } from '../src/mapping/table.ts';
import type { EndpointView, Fields } from '../src/mapping/types.ts';

const NOON = Date.UTC(2027, 0, 1, 12);
const endpointOf = (clusters: Readonly<Record<string, Fields>>): EndpointView => ({
  number: 1,
  deviceTypes: [],
  clusters,
});

test('a cluster that no row knows stays visible', () => {
  const endpoint = endpointOf({ cluster$fff1fc01: { attr$fff10000: 7, featureMap: {}, clusterRevision: 1 } });
  const [capability] = capabilitiesOf('cluster$fff1fc01', endpoint);
  assert.is(capability!.name, 'generic');
  assert.equal(valuesOf('cluster$fff1fc01', endpoint, NOON), { 'generic.cluster_fff1fc01_attr_fff10000': 7 });
});

test('flags that no row knows are flags of their own, and how an alarm is set up is not shown', () => {
  const doors = { doorOpen: true };
  const attributes = { mask: doors, supported: doors, state: doors, featureMap: {} };
  assert.equal(valuesOf('refrigeratorAlarm', endpointOf({ refrigeratorAlarm: attributes }), NOON), {
    'generic.refrigeratorAlarm_state_doorOpen': true,
  });
  const [capability] = capabilitiesOf('refrigeratorAlarm', endpointOf({ refrigeratorAlarm: attributes }));
  assert.equal(
    capability!.properties.map(({ name, type, label }) => [name, type, label]),
    [['refrigeratorAlarm_state_doorOpen', 'boolean', 'Door open']],
  );
});

test('a cluster that no row knows stays visible on the node itself, beside what its parts say', () => {
  const lamp = { number: 1, deviceTypes: [0x100], clusters: { onOff: { onOff: true } }, parts: [] };
  const clusters = { basicInformation: { vendorName: 'Acme' }, cluster$fff1fc01: { attr$fff10000: 7 } };
  const { devices, places } = shapeOf('5', { number: 0, deviceTypes: [0x16], clusters, parts: [lamp] });
  const [main] = devices[0]!.endpoints;
  assert.equal(
    main!.capabilities.map(({ name }) => name),
    ['onOff', 'generic'],
  );
  assert.is(places.get(0)!.endpoint, main!.id);
});

test.run();
