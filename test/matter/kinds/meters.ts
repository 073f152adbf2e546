// The electrical meter that several device types carry. Power in mW, energy in mWh, as the cluster counts.

import { ElectricalEnergyMeasurementServer } from '@matter/main/behaviors/electrical-energy-measurement';
import { ElectricalPowerMeasurementServer } from '@matter/main/behaviors/electrical-power-measurement';
import { PowerTopologyServer } from '@matter/main/behaviors/power-topology';
import { MeasurementType } from '@matter/main/types';

const range = (type: MeasurementType, max: number) => ({
  measurementType: type,
  measured: true,
  minMeasuredValue: -max,
  maxMeasuredValue: max,
  accuracyRanges: [{ rangeMin: -max, rangeMax: max, fixedMax: 100 }],
});

const powerAccuracy = [
  range(MeasurementType.ActivePower, 10_000_000),
  range(MeasurementType.Voltage, 500_000),
  range(MeasurementType.ActiveCurrent, 50_000),
];
const energyAccuracy = range(MeasurementType.ElectricalEnergy, 1_000_000_000);

const Power = ElectricalPowerMeasurementServer.with('AlternatingCurrent');
const Topology = PowerTopologyServer.with('NodeTopology');

export const ImportMeter = [
  Topology,
  Power,
  ElectricalEnergyMeasurementServer.with('ImportedEnergy', 'CumulativeEnergy'),
] as const;
export const ExportMeter = [
  Topology,
  Power,
  ElectricalEnergyMeasurementServer.with('ImportedEnergy', 'ExportedEnergy', 'CumulativeEnergy'),
] as const;

const power = (activePower: number) => ({
  powerMode: 2,
  numberOfMeasurementTypes: 3,
  accuracy: powerAccuracy,
  activePower,
  voltage: 230_000,
  activeCurrent: Math.round((Math.abs(activePower) / 230_000) * 1000),
});

export const importing = (activePower: number) => ({
  electricalPowerMeasurement: power(activePower),
  electricalEnergyMeasurement: { accuracy: energyAccuracy, cumulativeEnergyImported: { energy: 0 } },
});

export const exporting = (activePower: number) => ({
  electricalPowerMeasurement: power(activePower),
  electricalEnergyMeasurement: {
    accuracy: energyAccuracy,
    cumulativeEnergyImported: { energy: 0 },
    cumulativeEnergyExported: { energy: 5_000_000 },
  },
});
