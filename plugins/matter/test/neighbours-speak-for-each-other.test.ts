// Clusters of one endpoint that say something of each other: the flow of a valve, the buttons of a thermostat.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';

import { capabilitiesOf, clusterView, rowFor, valuesOf } from '../src/mapping/table.ts';
import type { EndpointView, Fields } from '../src/mapping/types.ts';

const test = suite('neighbours speak for each other');
const NOON = Date.UTC(2027, 0, 1, 12);

const endpointOf = (clusters: Readonly<Record<string, Fields>>): EndpointView => ({
  number: 1,
  deviceTypes: [],
  clusters,
});

test('what flows through a valve is its flow', () => {
  const valve = endpointOf({
    valveConfigurationAndControl: { currentState: 1 },
    flowMeasurement: { measuredValue: 6 },
  });
  assert.equal(valuesOf('flowMeasurement', valve, NOON), { 'valve.flow': 10 });
  assert.equal(
    capabilitiesOf('flowMeasurement', valve)[0]!.properties.map(({ name }) => name),
    ['flow'],
  );
});

test('the buttons of a thermostat are locked', () => {
  const display = { keypadLockout: 2, temperatureDisplayMode: 0 };
  const endpoint = endpointOf({ thermostat: {}, thermostatUserInterfaceConfiguration: display });
  assert.equal(valuesOf('thermostatUserInterfaceConfiguration', endpoint, NOON), {
    'thermostat.childLock': true,
    'generic.thermostatUserInterfaceConfiguration_temperatureDisplayMode': 0,
  });
  const row = rowFor('thermostatUserInterfaceConfiguration', endpoint)!;
  const view = clusterView('thermostatUserInterfaceConfiguration', endpoint);
  const { actions } = row.set!['thermostat.childLock']!(true, view, { values: {} });
  assert.equal(actions[0], { cluster: 'thermostatUserInterfaceConfiguration', write: { keypadLockout: 1 } });
});

test.run();
