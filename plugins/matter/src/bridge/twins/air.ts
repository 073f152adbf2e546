// The air: what is in it, and how good it is to breathe.

import { AirQualityServer } from '@matter/main/behaviors/air-quality';
import { CarbonDioxideConcentrationMeasurementServer } from '@matter/main/behaviors/carbon-dioxide-concentration-measurement';
import { FormaldehydeConcentrationMeasurementServer } from '@matter/main/behaviors/formaldehyde-concentration-measurement';
import { Pm1ConcentrationMeasurementServer } from '@matter/main/behaviors/pm1-concentration-measurement';
import { Pm10ConcentrationMeasurementServer } from '@matter/main/behaviors/pm10-concentration-measurement';
import { Pm25ConcentrationMeasurementServer } from '@matter/main/behaviors/pm25-concentration-measurement';
import { TotalVolatileOrganicCompoundsConcentrationMeasurementServer as Voc } from '@matter/main/behaviors/total-volatile-organic-compounds-concentration-measurement';
import { AirQualitySensorDevice } from '@matter/main/devices/air-quality-sensor';

import type { Value } from '@lintel/sdk';

import { telling, type Facet, type Source, type Twin } from '../facet.ts';

const PPM = 0;
const MICROGRAMS = 4;

interface Substance {
  readonly behavior: unknown;
  readonly cluster: string;
  readonly unit: number;
  /** Above each of these the air is one step worse: fair, moderate, poor, very poor, extremely poor. */
  readonly steps?: readonly number[];
}

/**
 * By capability. Steps: carbon dioxide as indoor air is usually judged; dust by the European Air Quality Index; volatile organic
 * compounds by the German Environment Agency.
 */
const SUBSTANCES: Readonly<Record<string, Substance>> = {
  co2: {
    behavior: CarbonDioxideConcentrationMeasurementServer.with('NumericMeasurement'),
    cluster: 'carbonDioxideConcentrationMeasurement',
    unit: PPM,
    steps: [800, 1000, 1400, 2000, 5000],
  },
  pm25: {
    behavior: Pm25ConcentrationMeasurementServer.with('NumericMeasurement'),
    cluster: 'pm25ConcentrationMeasurement',
    unit: MICROGRAMS,
    steps: [10, 20, 25, 50, 75],
  },
  pm1: {
    behavior: Pm1ConcentrationMeasurementServer.with('NumericMeasurement'),
    cluster: 'pm1ConcentrationMeasurement',
    unit: MICROGRAMS,
  },
  pm10: {
    behavior: Pm10ConcentrationMeasurementServer.with('NumericMeasurement'),
    cluster: 'pm10ConcentrationMeasurement',
    unit: MICROGRAMS,
    steps: [20, 40, 50, 100, 150],
  },
  voc: {
    behavior: Voc.with('NumericMeasurement'),
    cluster: 'totalVolatileOrganicCompoundsConcentrationMeasurement',
    unit: MICROGRAMS,
    steps: [300, 1000, 3000, 10_000, 25_000],
  },
  formaldehyde: {
    behavior: FormaldehydeConcentrationMeasurementServer.with('NumericMeasurement'),
    cluster: 'formaldehydeConcentrationMeasurement',
    unit: MICROGRAMS,
  },
};

const contentOf = (name: string, { behavior, cluster, unit }: Substance): Facet =>
  telling([behavior], (values) => {
    const value = values[`${name}.${name}`];
    return {
      [cluster]: {
        measuredValue: typeof value === 'number' ? value : null,
        minMeasuredValue: 0,
        maxMeasuredValue: null,
        measurementUnit: unit,
        measurementMedium: 0,
      },
    };
  });

/** From good, 1, to extremely poor, 6; 0 is unknown. */
const qualityBy = (value: Value | undefined, steps: readonly number[]): number =>
  typeof value === 'number' ? 1 + steps.filter((step) => value > step).length : 0;

/** The air is as good as the worst that is in it. */
const quality = telling([AirQualityServer.with('Fair', 'Moderate', 'VeryPoor', 'ExtremelyPoor')], (values) => {
  const each = Object.entries(SUBSTANCES).map(([name, { steps }]) =>
    steps === undefined ? 0 : qualityBy(values[`${name}.${name}`], steps),
  );
  return { airQuality: { airQuality: Math.max(...each) } };
});

/** The name is what its number is kept by: a sensor of fine dust alone has always been called so. */
const nameOf = (names: readonly string[]): string =>
  names.includes('pm25') && !names.includes('co2') ? 'dust' : 'air';

export function airTwins(source: Source): Twin[] {
  const names = Object.keys(SUBSTANCES).filter((name) => source.has(name));
  if (names.length === 0) return [];
  const facets = [quality, ...names.map((name) => contentOf(name, SUBSTANCES[name]!))];
  return [{ name: nameOf(names), endpoint: source.endpoint.id, type: AirQualitySensorDevice, facets }];
}
