// What measures and watches.

import { AirQualityServer } from '@matter/main/behaviors/air-quality';
import { CarbonDioxideConcentrationMeasurementServer } from '@matter/main/behaviors/carbon-dioxide-concentration-measurement';
import { IcdManagementServer } from '@matter/main/behaviors/icd-management';
import { OccupancySensingServer } from '@matter/main/behaviors/occupancy-sensing';
import { Pm25ConcentrationMeasurementServer } from '@matter/main/behaviors/pm25-concentration-measurement';
import { PowerSourceServer } from '@matter/main/behaviors/power-source';
import { RelativeHumidityMeasurementServer } from '@matter/main/behaviors/relative-humidity-measurement';
import { SmokeCoAlarmServer } from '@matter/main/behaviors/smoke-co-alarm';
import { TemperatureMeasurementServer } from '@matter/main/behaviors/temperature-measurement';
import { TotalVolatileOrganicCompoundsConcentrationMeasurementServer } from '@matter/main/behaviors/total-volatile-organic-compounds-concentration-measurement';
import { AirQualitySensorDevice } from '@matter/main/devices/air-quality-sensor';
import { ContactSensorDevice } from '@matter/main/devices/contact-sensor';
import { FlowSensorDevice } from '@matter/main/devices/flow-sensor';
import { HumiditySensorDevice } from '@matter/main/devices/humidity-sensor';
import { LightSensorDevice } from '@matter/main/devices/light-sensor';
import { OccupancySensorDevice } from '@matter/main/devices/occupancy-sensor';
import { PressureSensorDevice } from '@matter/main/devices/pressure-sensor';
import { RainSensorDevice } from '@matter/main/devices/rain-sensor';
import { SmokeCoAlarmDevice } from '@matter/main/devices/smoke-co-alarm';
import { TemperatureSensorDevice } from '@matter/main/devices/temperature-sensor';
import { WaterFreezeDetectorDevice } from '@matter/main/devices/water-freeze-detector';
import { WaterLeakDetectorDevice } from '@matter/main/devices/water-leak-detector';
import { PowerSourceEndpoint } from '@matter/main/endpoints/power-source';

import { single, type Kind, type Part } from '../kind.ts';

const Occupancy = OccupancySensingServer.with('PassiveInfrared');
const SmokeAndCo = SmokeCoAlarmServer.with('SmokeAlarm', 'CoAlarm');
const Air = AirQualityServer.with('Fair', 'Moderate', 'VeryPoor', 'ExtremelyPoor');
const Co2 = CarbonDioxideConcentrationMeasurementServer.with('NumericMeasurement');
const Pm25 = Pm25ConcentrationMeasurementServer.with('NumericMeasurement');
const Voc = TotalVolatileOrganicCompoundsConcentrationMeasurementServer.with('NumericMeasurement');

const PPM = 0;
const MICROGRAMS = 4;
const concentration = (measuredValue: number, measurementUnit: number) => ({
  measuredValue,
  minMeasuredValue: 0,
  maxMeasuredValue: 10_000,
  measurementUnit,
  measurementMedium: 0,
});

/** Two AA cells; 200 is 100 %. */
const battery: Part = {
  id: 'battery',
  type: PowerSourceEndpoint.with(PowerSourceServer.with('Battery', 'Replaceable')),
  state: {
    powerSource: {
      status: 1,
      order: 0,
      description: 'Two AA cells',
      batPercentRemaining: 200,
      batVoltage: 3000,
      batChargeLevel: 0,
      batReplacementNeeded: false,
      batReplaceability: 2,
      batReplacementDescription: 'AA',
      batCommonDesignation: 1,
      batQuantity: 2,
      endpointList: [],
    },
  },
};

const Sleeping = IcdManagementServer.with('CheckInProtocolSupport', 'LongIdleTimeSupport');

/** It is heard no more often than this, in seconds, unless something happens at it. */
const IDLE_S = 20;

/** Sleeps for long as soon as someone has asked to be called by it. */
const sleeping = (kind: Kind): Kind => ({
  ...kind,
  root: {
    with: [Sleeping],
    state: {
      icdManagement: {
        idleModeDuration: IDLE_S,
        activeModeDuration: 300,
        activeModeThreshold: 5000,
        maximumCheckInBackoff: IDLE_S,
        operatingMode: 0,
      },
    },
  },
});

const withBattery = (kind: Kind): Kind => ({ ...kind, parts: [...kind.parts, battery] });

const alarm = {
  expressedState: 0,
  smokeState: 0,
  coState: 0,
  batteryAlert: 0,
  testInProgress: false,
  hardwareFaultAlert: false,
  endOfServiceAlert: 0,
};

export const SENSORS: Readonly<Record<string, Kind>> = {
  temperature: single('Thermometer', TemperatureSensorDevice, {
    temperatureMeasurement: { measuredValue: 2150, minMeasuredValue: -4000, maxMeasuredValue: 12_500 },
  }),
  humidity: single('Hygrometer', HumiditySensorDevice, {
    relativeHumidityMeasurement: { measuredValue: 4500, minMeasuredValue: 0, maxMeasuredValue: 10_000 },
  }),
  illuminance: single('Light sensor', LightSensorDevice, {
    illuminanceMeasurement: { measuredValue: 20_001, minMeasuredValue: 1, maxMeasuredValue: 65_534 },
  }),
  pressure: single('Barometer', PressureSensorDevice, {
    pressureMeasurement: { measuredValue: 1013, minMeasuredValue: 300, maxMeasuredValue: 1100 },
  }),
  flow: single('Flow sensor', FlowSensorDevice, {
    flowMeasurement: { measuredValue: 12, minMeasuredValue: 0, maxMeasuredValue: 1000 },
  }),
  occupancy: single('Motion sensor', OccupancySensorDevice.with(Occupancy), {
    occupancySensing: { occupancy: { occupied: false } },
  }),
  /** `booleanState.stateValue` of a contact sensor is true while closed. */
  contact: withBattery(single('Contact sensor', ContactSensorDevice, { booleanState: { stateValue: true } })),
  'sleepy-contact': sleeping(
    withBattery(single('Sleepy contact sensor', ContactSensorDevice, { booleanState: { stateValue: true } })),
  ),
  leak: single('Leak detector', WaterLeakDetectorDevice, { booleanState: { stateValue: false } }),
  freeze: single('Freeze detector', WaterFreezeDetectorDevice, { booleanState: { stateValue: false } }),
  rain: single('Rain sensor', RainSensorDevice, { booleanState: { stateValue: false } }),
  'smoke-co': single('Smoke and CO alarm', SmokeCoAlarmDevice.with(SmokeAndCo), { smokeCoAlarm: alarm }),
  'air-quality': single(
    'Air monitor',
    AirQualitySensorDevice.with(Air, Co2, Pm25, Voc, TemperatureMeasurementServer, RelativeHumidityMeasurementServer),
    {
      airQuality: { airQuality: 1 },
      carbonDioxideConcentrationMeasurement: concentration(620, PPM),
      pm25ConcentrationMeasurement: concentration(8, MICROGRAMS),
      totalVolatileOrganicCompoundsConcentrationMeasurement: concentration(120, MICROGRAMS),
      temperatureMeasurement: { measuredValue: 2100 },
      relativeHumidityMeasurement: { measuredValue: 4000 },
    },
  ),
  /** Temperature and humidity in one case, on endpoints of their own. */
  climate: withBattery({
    product: 'Climate sensor',
    parts: [
      { id: 'temperature', type: TemperatureSensorDevice, state: { temperatureMeasurement: { measuredValue: 2010 } } },
      { id: 'humidity', type: HumiditySensorDevice, state: { relativeHumidityMeasurement: { measuredValue: 5200 } } },
    ],
  }),
};
