// Heating, cooling, air and water.

import { HepaFilterMonitoringServer } from '@matter/main/behaviors/hepa-filter-monitoring';
import { ThermostatServer } from '@matter/main/behaviors/thermostat';
import { WaterHeaterManagementServer } from '@matter/main/behaviors/water-heater-management';
import { WaterHeaterModeServer } from '@matter/main/behaviors/water-heater-mode';
import { AirPurifierDevice } from '@matter/main/devices/air-purifier';
import { FanDevice } from '@matter/main/devices/fan';
import { PumpDevice } from '@matter/main/devices/pump';
import { RoomAirConditionerDevice } from '@matter/main/devices/room-air-conditioner';
import { ThermostatDevice } from '@matter/main/devices/thermostat';
import { WaterHeaterDevice } from '@matter/main/devices/water-heater';
import { WaterValveDevice } from '@matter/main/devices/water-valve';

import { Fan, Valve } from '../behaviors.ts';
import { single, type Kind } from '../kind.ts';

const Both = ThermostatServer.with('Heating', 'Cooling', 'AutoMode');
const Heating = ThermostatServer.with('Heating');
const Presets = ThermostatServer.with('Heating', 'Occupancy', 'Presets');
const Conditioner = ThermostatServer.with('Cooling');

const heating = {
  localTemperature: 2050,
  occupiedHeatingSetpoint: 2000,
  minHeatSetpointLimit: 700,
  maxHeatSetpointLimit: 3000,
  absMinHeatSetpointLimit: 700,
  absMaxHeatSetpointLimit: 3000,
};
const cooling = {
  occupiedCoolingSetpoint: 2600,
  minCoolSetpointLimit: 1600,
  maxCoolSetpointLimit: 3200,
  absMinCoolSetpointLimit: 1600,
  absMaxCoolSetpointLimit: 3200,
};
const fan = {
  fanMode: 0,
  fanModeSequence: 2,
  percentSetting: 0,
  percentCurrent: 0,
  speedMax: 10,
  speedSetting: 0,
  speedCurrent: 0,
};

export const CLIMATE: Readonly<Record<string, Kind>> = {
  thermostat: single('Thermostat', ThermostatDevice.with(Both), {
    thermostat: { ...heating, ...cooling, minSetpointDeadBand: 20, controlSequenceOfOperation: 4, systemMode: 4 },
  }),
  radiator: single('Radiator valve', ThermostatDevice.with(Heating), {
    thermostat: { ...heating, controlSequenceOfOperation: 2, systemMode: 4 },
  }),
  'preset-thermostat': single('Thermostat with presets', ThermostatDevice.with(Presets), {
    thermostat: {
      ...heating,
      unoccupiedHeatingSetpoint: 1600,
      occupancy: { occupied: true },
      controlSequenceOfOperation: 2,
      systemMode: 4,
      numberOfPresets: 5,
      presetTypes: [1, 3].map((presetScenario) => ({ presetScenario, numberOfPresets: 2, presetTypeFeatures: {} })),
      presets: [
        { presetHandle: Uint8Array.of(1), presetScenario: 1, builtIn: true, heatingSetpoint: 2100 },
        { presetHandle: Uint8Array.of(2), presetScenario: 3, builtIn: true, heatingSetpoint: 1700 },
      ],
      activePresetHandle: null,
    },
  }),
  'air-conditioner': single('Air conditioner', RoomAirConditionerDevice.with(Conditioner), {
    thermostat: { localTemperature: 2400, ...cooling, controlSequenceOfOperation: 0, systemMode: 3 },
    onOff: { onOff: true },
  }),
  fan: single('Fan', FanDevice.with(Fan), { fanControl: fan }),
  'air-purifier': single('Air purifier', AirPurifierDevice.with(Fan, HepaFilterMonitoringServer.with('Condition')), {
    fanControl: fan,
    hepaFilterMonitoring: { condition: 80, degradationDirection: 1, changeIndication: 0 },
  }),
  valve: single('Water valve', WaterValveDevice.with(Valve), {
    valveConfigurationAndControl: {
      openDuration: null,
      defaultOpenDuration: null,
      remainingDuration: null,
      currentState: 0,
      targetState: null,
      valveFault: {},
    },
  }),
  pump: single('Pump', PumpDevice, {
    pumpConfigurationAndControl: {
      maxPressure: null,
      maxSpeed: null,
      maxFlow: null,
      effectiveOperationMode: 0,
      effectiveControlMode: 0,
      capacity: null,
      operationMode: 0,
    },
  }),
  'water-heater': single(
    'Water heater',
    WaterHeaterDevice.with(Heating, WaterHeaterManagementServer, WaterHeaterModeServer),
    {
      thermostat: { ...heating, controlSequenceOfOperation: 2, systemMode: 4 },
      waterHeaterManagement: { heaterTypes: { immersionElement1: true }, heatDemand: {}, boostState: 0 },
      waterHeaterMode: {
        supportedModes: [
          { label: 'Off', mode: 0, modeTags: [{ value: 16_384 }] },
          { label: 'Manual', mode: 1, modeTags: [{ value: 16_385 }] },
        ],
        currentMode: 1,
      },
    },
  ),
};
