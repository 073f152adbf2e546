// What makes, stores and takes energy.

import { EnergyEvseServer } from '@matter/main/behaviors/energy-evse';
import { EnergyEvseModeServer } from '@matter/main/behaviors/energy-evse-mode';
import { PowerSourceServer } from '@matter/main/behaviors/power-source';
import { BatteryStorageDevice } from '@matter/main/devices/battery-storage';
import { EnergyEvseDevice } from '@matter/main/devices/energy-evse';
import { HeatPumpDevice } from '@matter/main/devices/heat-pump';
import { SolarPowerDevice } from '@matter/main/devices/solar-power';
import { EnergyEvse } from '@matter/main/clusters/energy-evse';

import { single, type Kind } from '../kind.ts';
import { ExportMeter, ImportMeter, exporting, importing } from './meters.ts';

class Charger extends EnergyEvseServer.with('ChargingPreferences') {
  override disable() {
    this.state.supplyState = EnergyEvse.SupplyState.Disabled;
  }
  override enableCharging({
    minimumChargeCurrent,
    maximumChargeCurrent,
    chargingEnabledUntil,
  }: EnergyEvse.EnableChargingRequest) {
    this.state.supplyState = EnergyEvse.SupplyState.ChargingEnabled;
    this.state.minimumChargeCurrent = minimumChargeCurrent;
    this.state.maximumChargeCurrent = maximumChargeCurrent;
    this.state.chargingEnabledUntil = chargingEnabledUntil;
  }
  override setTargets() {}
  override getTargets() {
    return { chargingTargetSchedules: [] };
  }
  override clearTargets() {}
}

export const ENERGY: Readonly<Record<string, Kind>> = {
  solar: {
    product: 'Solar inverter',
    parts: [{ id: 'main', type: SolarPowerDevice.with(...ExportMeter), state: exporting(-2_400_000) }],
  },
  battery: {
    product: 'Home battery',
    parts: [
      {
        id: 'main',
        type: BatteryStorageDevice.with(...ExportMeter, PowerSourceServer.with('Battery', 'Rechargeable')),
        state: {
          ...exporting(800_000),
          powerSource: {
            status: 1,
            order: 0,
            description: 'Home battery',
            batPercentRemaining: 130,
            batVoltage: 51_200,
            batChargeLevel: 0,
            batChargeState: 1,
            batFunctionalWhileCharging: true,
            batReplacementNeeded: false,
            batReplaceability: 1,
            endpointList: [],
          },
        },
      },
    ],
  },
  'heat-pump': {
    product: 'Heat pump',
    parts: [{ id: 'main', type: HeatPumpDevice.with(...ImportMeter), state: importing(1_200_000) }],
  },
  evse: single('Wall box', EnergyEvseDevice.with(Charger, EnergyEvseModeServer), {
    energyEvse: {
      state: 0,
      supplyState: 1,
      faultState: 0,
      chargingEnabledUntil: null,
      circuitCapacity: 16_000,
      minimumChargeCurrent: 6000,
      maximumChargeCurrent: 16_000,
      nextChargeStartTime: null,
      nextChargeTargetTime: null,
      nextChargeRequiredEnergy: null,
      nextChargeTargetSoC: null,
      sessionId: null,
      sessionDuration: null,
      sessionEnergyCharged: null,
    },
    energyEvseMode: {
      supportedModes: [
        { label: 'Manual', mode: 0, modeTags: [{ value: 16_384 }] },
        { label: 'Timed', mode: 1, modeTags: [{ value: 16_385 }] },
      ],
      currentMode: 0,
    },
  }),
};
