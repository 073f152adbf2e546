// Meters: what takes, gives and stores electric power, on the endpoint it belongs to or on one of its own. Power in mW and
// energy in mWh, as Matter counts (Application Cluster Specification, Electrical Power and Electrical Energy Measurement).

import { DescriptorServer } from '@matter/main/behaviors/descriptor';
import { ElectricalEnergyMeasurementServer } from '@matter/main/behaviors/electrical-energy-measurement';
import { ElectricalPowerMeasurementServer } from '@matter/main/behaviors/electrical-power-measurement';
import { PowerSourceServer } from '@matter/main/behaviors/power-source';
import { PowerTopologyServer } from '@matter/main/behaviors/power-topology';
import { BatteryStorageDevice } from '@matter/main/devices/battery-storage';
import { SolarPowerDevice } from '@matter/main/devices/solar-power';
import { ElectricalSensorEndpoint } from '@matter/main/endpoints/electrical-sensor';
import { MeasurementType } from '@matter/main/types';

import { batteryOf } from '../about.ts';
import { measured, telling, type Facet, type Source, type Twin } from '../facet.ts';

/** A gigawatt, and as much for an hour a million times over: beyond, a value is held at the limit. */
const POWER_MAX = 1_000_000_000_000;
const ENERGY_MAX = 1_000_000_000_000_000;
const MILLI = 1000;
const MILLI_PER_KILO = 1_000_000;
const AC = 2;
const HERTZ_MAX = 1000;
const FACTOR_MAX = 10_000;

/** No one told the home how exact a meter is: it promises nothing. */
const accuracyOf = (measurementType: MeasurementType, max: number, min = -max) => ({
  measurementType,
  measured: true,
  minMeasuredValue: min,
  maxMeasuredValue: max,
  accuracyRanges: [{ rangeMin: min, rangeMax: max, percentMax: 10_000 }],
});

interface Quantity {
  readonly attribute: string;
  readonly type: MeasurementType;
  readonly scale: number;
  readonly min?: number;
  readonly max: number;
}

/** By the property of the home's capability. */
const QUANTITIES: Readonly<Record<string, Quantity>> = {
  power: { attribute: 'activePower', type: MeasurementType.ActivePower, scale: MILLI, max: POWER_MAX },
  voltage: { attribute: 'voltage', type: MeasurementType.Voltage, scale: MILLI, max: POWER_MAX },
  current: { attribute: 'activeCurrent', type: MeasurementType.ActiveCurrent, scale: MILLI, max: POWER_MAX },
  frequency: {
    attribute: 'frequency',
    type: MeasurementType.Frequency,
    scale: MILLI,
    min: 0,
    max: HERTZ_MAX * MILLI,
  },
  factor: { attribute: 'powerFactor', type: MeasurementType.PowerFactor, scale: FACTOR_MAX, max: FACTOR_MAX },
};

/** What a solar panel must tell, also where it is never known (Device Library Specification, Solar Power). */
const OF_SOLAR = new Set(['voltage', 'current']);
const isSolar = ({ kind }: Source): boolean => kind === 'solar';

function powerFacet(source: Source): Facet {
  const has = Object.keys(QUANTITIES).filter(
    (name) => name === 'power' || source.property('power', name) || (isSolar(source) && OF_SOLAR.has(name)),
  );
  const accuracy = has.map((name) => accuracyOf(QUANTITIES[name]!.type, QUANTITIES[name]!.max, QUANTITIES[name]!.min));
  const valueOf = (name: string, value: unknown): [string, number | null] => {
    const { attribute, scale, max, min = -max } = QUANTITIES[name]!;
    return [attribute, measured(value, (each) => each * scale, min, max)];
  };
  return telling([ElectricalPowerMeasurementServer.with('AlternatingCurrent')], (values) => ({
    electricalPowerMeasurement: {
      powerMode: AC,
      numberOfMeasurementTypes: has.length,
      accuracy,
      ...Object.fromEntries(has.map((name) => valueOf(name, values[`power.${name}`]))),
    },
  }));
}

type Feature = 'CumulativeEnergy' | 'ImportedEnergy' | 'ExportedEnergy';

const Cumulative = ElectricalEnergyMeasurementServer.with('CumulativeEnergy', 'ImportedEnergy', 'ExportedEnergy');

/** Each new reading is an event too, with every counter there is. */
class BridgedEnergy extends Cumulative {
  override initialize(): void {
    this.maybeReactTo(this.events.cumulativeEnergyImported$Changed, this.#tell);
    this.maybeReactTo(this.events.cumulativeEnergyExported$Changed, this.#tell);
  }
  #tell(): void {
    const { cumulativeEnergyImported: energyImported, cumulativeEnergyExported: energyExported } = this.state;
    if (energyImported === null || energyExported === null) return;
    this.events.cumulativeEnergyMeasured?.emit({ energyImported, energyExported }, this.context);
  }
}

const reading = (value: unknown): { energy: number } | null => {
  const energy = measured(value, (kWh) => kWh * MILLI_PER_KILO, 0, ENERGY_MAX);
  return energy === null ? null : { energy };
};

function energyFacet(source: Source): Facet {
  const imports = source.property('energy', 'imported') !== undefined;
  const exports = isSolar(source) || source.property('energy', 'exported') !== undefined;
  const features = ['CumulativeEnergy', imports && 'ImportedEnergy', exports && 'ExportedEnergy'];
  const behavior = BridgedEnergy.with(...(features.filter((each) => each !== false) as Feature[]));
  return telling([behavior], (values) => ({
    electricalEnergyMeasurement: {
      accuracy: accuracyOf(MeasurementType.ElectricalEnergy, ENERGY_MAX, 0),
      ...(imports && { cumulativeEnergyImported: reading(values['energy.imported']) }),
      ...(exports && { cumulativeEnergyExported: reading(values['energy.exported']) }),
    },
  }));
}

/** What is measured is this endpoint, not the whole bridge. */
const TOPOLOGY = telling([PowerTopologyServer.with('TreeTopology')], () => ({}));

function meterFacets(source: Source): Facet[] {
  const counts = ['imported', 'exported'].some((name) => source.property('energy', name) !== undefined);
  const flows = source.has('power');
  const tellsBoth = isSolar(source) && (flows || counts);
  const facets = [(flows || tellsBoth) && powerFacet(source), (counts || tellsBoth) && energyFacet(source)];
  const given = facets.filter((each) => each !== false);
  return given.length === 0 ? [] : [TOPOLOGY, ...given];
}

/** In the standard's namespace of power sources. */
const SOLAR_TAG = { mfgCode: null, namespaceId: 0x0f, tag: 2 };

const solarFacet = telling([PowerSourceServer.with('Wired'), DescriptorServer.with('TagList')], () => ({
  powerSource: { status: 1, order: 0, description: 'Solar power', wiredCurrentType: 0, endpointList: [] },
  descriptor: { tagList: [SOLAR_TAG] },
}));

/** The home's words for whether a battery charges, as Matter's numbers. */
const CHARGING: Readonly<Record<string, number>> = { charging: 1, discharging: 3, idle: 3 };

const storageFacet = telling([PowerSourceServer.with('Battery', 'Rechargeable')], (values) => ({
  powerSource: {
    status: 1,
    order: 0,
    description: 'Home battery',
    batPercentRemaining: measured(values['storage.charge'], (charge) => charge * 200, 0, 200),
    batChargeLevel: 0,
    batChargeState: CHARGING[String(values['storage.state'])] ?? 0,
    batFunctionalWhileCharging: true,
    batReplacementNeeded: false,
    batReplaceability: 1,
    endpointList: [],
  },
}));

function meterOf(source: Source, facets: readonly Facet[]): Twin[] {
  const endpoint = source.endpoint.id;
  if (source.has('storage')) {
    return [{ name: 'storage', endpoint, type: BatteryStorageDevice, facets: [storageFacet, ...facets] }];
  }
  if (facets.length === 0) return [];
  if (isSolar(source)) {
    // One with a battery of its own tells of that.
    const sources = batteryOf(source.device) === null ? [solarFacet] : [];
    return [{ name: 'meter', endpoint, type: SolarPowerDevice, facets: [...sources, ...facets] }];
  }
  return [{ name: 'meter', endpoint, type: ElectricalSensorEndpoint, facets }];
}

/** Lets the first of an endpoint's twins tell what it takes, or adds one that does nothing else. */
export function metered(source: Source, twins: readonly Twin[]): Twin[] {
  const facets = meterFacets(source);
  const [first, ...rest] = twins;
  if (first === undefined) return meterOf(source, facets);
  return [{ ...first, facets: [...first.facets, ...facets] }, ...rest];
}
