// Sensors: what is measured, and what is there or not.

import {
  airQuality,
  battery,
  carbonMonoxide,
  contact,
  generic,
  humidity,
  illuminance,
  occupancy,
  pressure,
  smoke,
  soilMoisture,
  temperature,
  waterLeak,
  type CapabilityDescription,
  type Values,
} from '@lintel/sdk';

import { CONTACT_SENSOR, WATER_LEAK_DETECTOR } from './device-types.ts';
import { fieldsOf, flagOf, numberOf, round, scaled, type ClusterMapping, type ClusterView } from './types.ts';

const measured = (
  cluster: string,
  property: string,
  capability: () => CapabilityDescription,
  read: (value: unknown, view: ClusterView) => number | null,
): ClusterMapping => ({
  cluster,
  capabilities: () => [capability()],
  values: (view) => ({ [property]: read(view.attributes['measuredValue'], view) }),
});

/** Matter writes 10,000 × log10(lx) + 1; 0 is too dark to tell. */
function luxOf(value: unknown): number | null {
  const number = numberOf(value);
  if (number === null) return null;
  return number === 0 ? 0 : round(10 ** ((number - 1) / 10_000), 1);
}

/** Tenths of a kPa, or with the extended feature a value and its scale. */
function hectopascalOf(value: unknown, { attributes, features }: ClusterView): number | null {
  const [fine, scale] = [numberOf(attributes['scaledValue']), numberOf(attributes['scale'])];
  if (features['extended'] === true && fine !== null && scale !== null) return round(fine / 10 ** scale / 100, 3);
  return scaled(value, 1);
}

const isKind = ({ endpoint }: ClusterView, type: number): boolean => endpoint.deviceTypes.includes(type);

/** A contact sensor says true when closed, a leak detector when wet; of others only the value is known. */
const booleanState: ClusterMapping = {
  cluster: 'booleanState',
  capabilities(view) {
    if (isKind(view, CONTACT_SENSOR)) return [contact()];
    if (isKind(view, WATER_LEAK_DETECTOR)) return [waterLeak()];
    return [generic({ booleanState_stateValue: { type: 'boolean', label: 'State' } })];
  },
  values(view): Values {
    const value = flagOf(view.attributes['stateValue']);
    if (isKind(view, CONTACT_SENSOR)) return { 'contact.open': value === null ? null : !value };
    if (isKind(view, WATER_LEAK_DETECTOR)) return { 'waterLeak.leaking': value };
    return { 'generic.booleanState_stateValue': value };
  },
};

const occupancySensing: ClusterMapping = {
  cluster: 'occupancySensing',
  capabilities: () => [occupancy()],
  values: ({ attributes }) => ({ 'occupancy.occupied': flagOf(fieldsOf(attributes['occupancy'])['occupied']) }),
};

const alarmed = (state: unknown): boolean | null => (typeof state === 'number' ? state > 0 : null);
const BATTERY_LOW = 1;

const smokeCoAlarm: ClusterMapping = {
  cluster: 'smokeCoAlarm',
  capabilities: ({ features, endpoint }) => [
    ...(features['smokeAlarm'] === true ? [smoke()] : []),
    ...(features['coAlarm'] === true ? [carbonMonoxide()] : []),
    ...('powerSource' in endpoint.clusters ? [] : [battery({ properties: ['low'] })]),
  ],
  values: ({ attributes, features, endpoint }) => ({
    ...(features['smokeAlarm'] === true && { 'smoke.alarm': alarmed(attributes['smokeState']) }),
    ...(features['coAlarm'] === true && { 'carbonMonoxide.alarm': alarmed(attributes['coState']) }),
    ...(!('powerSource' in endpoint.clusters) && {
      'battery.low': typeof attributes['batteryAlert'] === 'number' ? attributes['batteryAlert'] >= BATTERY_LOW : null,
    }),
  }),
};

/** 0 unknown, then from 1 good to 6 extremely poor. */
const airQualityIndex: ClusterMapping = {
  cluster: 'airQuality',
  capabilities: () => [airQuality()],
  values: ({ attributes }) => {
    const value = numberOf(attributes['airQuality']);
    return { 'airQuality.airQuality': value === 0 ? null : value };
  },
};

/** Degrees and percent come in hundredths. */
export const SENSORS: readonly ClusterMapping[] = [
  measured('temperatureMeasurement', 'temperature.temperature', temperature, (value) => scaled(value, 100)),
  measured('relativeHumidityMeasurement', 'humidity.humidity', humidity, (value) => scaled(value, 100)),
  measured('soilMeasurement', 'soilMoisture.soilMoisture', soilMoisture, (value) => scaled(value, 1)),
  measured('pressureMeasurement', 'pressure.pressure', pressure, hectopascalOf),
  measured('illuminanceMeasurement', 'illuminance.illuminance', illuminance, luxOf),
  booleanState,
  occupancySensing,
  smokeCoAlarm,
  airQualityIndex,
];
