// Devices in front of others: a bridge with children that have names, makers and serial numbers of their own.

import { BridgedDeviceBasicInformationServer } from '@matter/main/behaviors/bridged-device-basic-information';
import { OccupancySensingServer } from '@matter/main/behaviors/occupancy-sensing';
import { ContactSensorDevice } from '@matter/main/devices/contact-sensor';
import { DimmableLightDevice } from '@matter/main/devices/dimmable-light';
import { OccupancySensorDevice } from '@matter/main/devices/occupancy-sensor';
import { OnOffPlugInUnitDevice } from '@matter/main/devices/on-off-plug-in-unit';
import { TemperatureSensorDevice } from '@matter/main/devices/temperature-sensor';
import { AggregatorEndpoint } from '@matter/main/endpoints/aggregator';
import { BridgedNodeEndpoint } from '@matter/main/endpoints/bridged-node';

import type { Kind, Part } from '../kind.ts';

const Bridged = BridgedDeviceBasicInformationServer;

const about = (id: string, nodeLabel: string) => ({
  bridgedDeviceBasicInformation: {
    nodeLabel,
    vendorName: 'Brook Lane',
    productName: `${nodeLabel} (bridged)`,
    serialNumber: `child-${id}`,
    uniqueId: `unique-${id}`,
    reachable: true,
  },
});

export const bridgedLamp = (id: string, label: string): Part => ({
  id,
  type: DimmableLightDevice.with(Bridged),
  state: { ...about(id, label), levelControl: { currentLevel: 200, minLevel: 1, maxLevel: 254 } },
});

const children: readonly Part[] = [
  bridgedLamp('lamp', 'Bridged lamp'),
  { id: 'plug', type: OnOffPlugInUnitDevice.with(Bridged), state: about('plug', 'Bridged plug') },
  {
    id: 'contact',
    type: ContactSensorDevice.with(Bridged),
    state: { ...about('contact', 'Bridged contact'), booleanState: { stateValue: true } },
  },
];

/** One case with two sensors in it: a bridged node that holds no application cluster itself. */
const composed: Part = {
  id: 'composed',
  type: BridgedNodeEndpoint,
  state: about('composed', 'Bridged motion sensor'),
  parts: [
    {
      id: 'motion',
      type: OccupancySensorDevice.with(OccupancySensingServer.with('PassiveInfrared')),
      state: { occupancySensing: { occupancy: { occupied: false } } },
    },
    { id: 'warmth', type: TemperatureSensorDevice, state: { temperatureMeasurement: { measuredValue: 1990 } } },
  ],
};

export const BRIDGES: Readonly<Record<string, Kind>> = {
  bridge: {
    product: 'Bridge',
    parts: [{ id: 'main', type: AggregatorEndpoint, parts: [...children, composed] }],
  },
};
