// What is in the air: each concentration in the capability's unit where the device's can be told in it, else as it is; and
// what is left of filters.

import { co2, filter, formaldehyde, generic, pm1, pm10, pm25, voc, type CapabilityDescription } from '@lintel/sdk';

import { named, numberOf, round, scaled, type ClusterMapping, type ClusterView } from './types.ts';

const UNITS = ['ppm', 'ppb', 'ppt', 'mg/m³', 'µg/m³', 'ng/m³', '/m³', 'Bq/m³'];
/** One part per million, and one µg/m³, in these units. */
const VOLUME: Readonly<Record<string, number>> = { ppm: 1, ppb: 1e3, ppt: 1e6 };
const MASS: Readonly<Record<string, number>> = { 'mg/m³': 1e-3, 'µg/m³': 1, 'ng/m³': 1e3 };
/** Litres of one mole of gas at 25 °C and 1013 hPa. */
const MOLAR_LITRES = 24.45;

interface Substance {
  readonly cluster: string;
  readonly property?: string;
  readonly capability?: () => CapabilityDescription;
  readonly unit: 'ppm' | 'µg/m³';
  readonly label: string;
  /** g/mol, where a share of the volume can be told as a mass. */
  readonly molar?: number;
}

const SUBSTANCES: readonly Substance[] = [
  {
    cluster: 'carbonDioxide',
    property: 'co2.co2',
    capability: co2,
    unit: 'ppm',
    label: 'Carbon dioxide',
    molar: 44.01,
  },
  { cluster: 'pm1', property: 'pm1.pm1', capability: pm1, unit: 'µg/m³', label: 'Particles to 1 µm' },
  { cluster: 'pm25', property: 'pm25.pm25', capability: pm25, unit: 'µg/m³', label: 'Particles to 2.5 µm' },
  { cluster: 'pm10', property: 'pm10.pm10', capability: pm10, unit: 'µg/m³', label: 'Particles to 10 µm' },
  {
    cluster: 'totalVolatileOrganicCompounds',
    property: 'voc.voc',
    capability: voc,
    unit: 'µg/m³',
    label: 'Volatile organic compounds',
  },
  {
    cluster: 'formaldehyde',
    property: 'formaldehyde.formaldehyde',
    capability: formaldehyde,
    unit: 'µg/m³',
    label: 'Formaldehyde',
    molar: 30.026,
  },
  { cluster: 'carbonMonoxide', unit: 'ppm', label: 'Carbon monoxide' },
  { cluster: 'nitrogenDioxide', unit: 'ppm', label: 'Nitrogen dioxide' },
  { cluster: 'ozone', unit: 'ppm', label: 'Ozone' },
  { cluster: 'radon', unit: 'ppm', label: 'Radon' },
];

/** What a value in the device's unit is multiplied by to be one in the capability's; null where it cannot be. */
function factorTo({ unit, molar }: Substance, from: string): number | null {
  const [wanted, other] = unit === 'ppm' ? [VOLUME, MASS] : [MASS, VOLUME];
  if (from in wanted) return 1 / wanted[from]!;
  if (!(from in other) || molar === undefined) return null;
  const microgramsPerPart = (molar * 1000) / MOLAR_LITRES;
  return (unit === 'ppm' ? 1 / microgramsPerPart : microgramsPerPart) / other[from]!;
}

const unitOf = ({ attributes }: ClusterView): string => named(UNITS, attributes['measurementUnit']) ?? '';
const LEVELS = ['unknown', 'low', 'medium', 'high', 'critical'];

function concentration(substance: Substance): ClusterMapping {
  const { property, capability, label } = substance;
  const factor = (view: ClusterView): number | null =>
    property === undefined || view.features['numericMeasurement'] !== true ? null : factorTo(substance, unitOf(view));
  const isNumeric = ({ features }: ClusterView): boolean => features['numericMeasurement'] === true;
  const own = substance.cluster;
  return {
    cluster: `${own}ConcentrationMeasurement`,
    capabilities(view) {
      if (factor(view) !== null) return [capability!()];
      if (isNumeric(view)) return [generic({ [own]: { type: 'number', unit: unitOf(view), label } })];
      return [generic({ [`${own}Level`]: { type: 'string', label, values: LEVELS } })];
    },
    values(view) {
      const [value, by] = [numberOf(view.attributes['measuredValue']), factor(view)];
      if (by !== null) return { [property!]: value === null ? null : round(value * by, 3) };
      if (isNumeric(view)) return { [`generic.${own}`]: value };
      return { [`generic.${own}Level`]: named(LEVELS, view.attributes['levelValue']) };
    },
  };
}

const filterLife = (cluster: string): ClusterMapping => ({
  cluster,
  capabilities: ({ features }) => (features['condition'] === true ? [filter()] : []),
  values: ({ attributes, features }) =>
    features['condition'] === true ? { 'filter.life': scaled(attributes['condition'], 100) } : {},
});

export const AIR: readonly ClusterMapping[] = [
  ...SUBSTANCES.map(concentration),
  filterLife('hepaFilterMonitoring'),
  filterLife('activatedCarbonFilterMonitoring'),
];
