// What measures and watches, as the sensors that ecosystems know.

import { OccupancySensingServer } from '@matter/main/behaviors/occupancy-sensing';
import { SmokeCoAlarmServer } from '@matter/main/behaviors/smoke-co-alarm';
import { ContactSensorDevice } from '@matter/main/devices/contact-sensor';
import { HumiditySensorDevice } from '@matter/main/devices/humidity-sensor';
import { LightSensorDevice } from '@matter/main/devices/light-sensor';
import { OccupancySensorDevice } from '@matter/main/devices/occupancy-sensor';
import { PressureSensorDevice } from '@matter/main/devices/pressure-sensor';
import { SmokeCoAlarmDevice } from '@matter/main/devices/smoke-co-alarm';
import { TemperatureSensorDevice } from '@matter/main/devices/temperature-sensor';
import { WaterLeakDetectorDevice } from '@matter/main/devices/water-leak-detector';
import type { EndpointType } from '@matter/main';

import type { Values } from '@lintel/sdk';

import { CELSIUS_MIN, INT16_MAX, measured, telling, within } from '../facet.ts';
import type { Facet, Source, State, Twin } from '../facet.ts';

const LUX_MAX = 3_000_000;

/** Matter says lux in steps of a logarithm: 10,000 × log10(lux) + 1. */
const illuminance = (lux: number): number => (lux < 1 ? 0 : 10_000 * Math.log10(within(lux, 1, LUX_MAX)) + 1);

const alarmState = (on: unknown): number => (on === true ? 2 : 0);
const expressed = (smoke: unknown, co: unknown): number => (smoke === true ? 1 : co === true ? 2 : 0);

export const measuredTemperature = (values: Values): State => ({
  temperatureMeasurement: {
    measuredValue: measured(values['temperature.temperature'], (c) => c * 100, CELSIUS_MIN, INT16_MAX),
  },
});

interface Sensor {
  readonly name: string;
  readonly needs: readonly string[];
  readonly type: EndpointType;
  readonly facet: Facet;
}

const SENSORS: readonly Sensor[] = [
  {
    name: 'temperature',
    needs: ['temperature'],
    type: TemperatureSensorDevice,
    facet: telling([], measuredTemperature),
  },
  {
    name: 'humidity',
    needs: ['humidity'],
    type: HumiditySensorDevice,
    facet: telling([], (values) => ({
      relativeHumidityMeasurement: {
        measuredValue: measured(values['humidity.humidity'], (each) => each * 100, 0, 10_000),
      },
    })),
  },
  {
    name: 'pressure',
    needs: ['pressure'],
    type: PressureSensorDevice,
    facet: telling([], (values) => ({
      pressureMeasurement: { measuredValue: measured(values['pressure.pressure'], (hPa) => hPa, 0, INT16_MAX) },
    })),
  },
  {
    name: 'illuminance',
    needs: ['illuminance'],
    type: LightSensorDevice,
    facet: telling([], (values) => ({
      illuminanceMeasurement: { measuredValue: measured(values['illuminance.illuminance'], illuminance, 0, 65_534) },
    })),
  },
  {
    name: 'occupancy',
    needs: ['occupancy'],
    type: OccupancySensorDevice,
    facet: telling([OccupancySensingServer.with('PassiveInfrared')], (values) => ({
      occupancySensing: { occupancy: { occupied: values['occupancy.occupied'] === true } },
    })),
  },
  {
    name: 'contact',
    needs: ['contact'],
    type: ContactSensorDevice,
    facet: telling([], (values) => ({ booleanState: { stateValue: values['contact.open'] !== true } })),
  },
  {
    name: 'leak',
    needs: ['waterLeak'],
    type: WaterLeakDetectorDevice,
    facet: telling([], (values) => ({ booleanState: { stateValue: values['waterLeak.leaking'] === true } })),
  },
];

const smokeFacet = (source: Source): Facet => {
  const features = [source.has('smoke') && 'SmokeAlarm', source.has('carbonMonoxide') && 'CoAlarm'];
  const given = features.filter((each) => each !== false) as ('SmokeAlarm' | 'CoAlarm')[];
  return telling([SmokeCoAlarmServer.with(...given)], (values) => {
    const [smoke, co] = [values['smoke.alarm'], values['carbonMonoxide.alarm']];
    return {
      smokeCoAlarm: {
        expressedState: expressed(smoke, co),
        ...(source.has('smoke') && { smokeState: alarmState(smoke) }),
        ...(source.has('carbonMonoxide') && { coState: alarmState(co) }),
        batteryAlert: 0,
        testInProgress: false,
        hardwareFaultAlert: false,
        endOfServiceAlert: 0,
      },
    };
  });
};

/** `isTold`: a thermostat and a cabinet tell their own temperature. */
export function sensorTwins(source: Source, isTold: boolean): Twin[] {
  const endpoint = source.endpoint.id;
  const isShown = ({ name, needs }: Sensor): boolean =>
    needs.every((need) => source.has(need)) && !(isTold && name === 'temperature');
  const twins = SENSORS.filter(isShown).map(({ name, type, facet }) => ({ name, endpoint, type, facets: [facet] }));
  if (!source.has('smoke') && !source.has('carbonMonoxide')) return twins;
  return [...twins, { name: 'smoke', endpoint, type: SmokeCoAlarmDevice, facets: [smokeFacet(source)] }];
}
