// A lock, a blind, a thermostat, a siren, and a sensor that speaks Tuya's own cluster.

import type { DeviceModel } from '../model.ts';
import { attribute, basic, battery, groups, iasZone, identify } from './clusters.ts';

const WRITABLE = { writable: true } as const;

const yaleLock: DeviceModel = {
  key: 'yale-lock',
  manufacturer: 'Yale',
  model: 'YRD226/246 TSDB',
  manufacturerCode: 0x101d,
  router: false,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: 0x000a,
      server: {
        ...basic({ manufacturer: 'Yale', model: 'YRD226/246 TSDB', battery: true }),
        ...battery(90, 5.8),
        ...identify,
        closuresDoorLock: {
          id: 0x0101,
          attributes: {
            lockState: attribute(0x0000, 'enum8', 1),
            lockType: attribute(0x0001, 'enum8', 0),
            actuatorEnabled: attribute(0x0002, 'bool', true),
            autoRelockTime: attribute(0x0023, 'uint32', 0, WRITABLE),
            soundVolume: attribute(0x0024, 'uint8', 1, WRITABLE),
          },
        },
      },
      client: [0x000a, 0x0019],
    },
  ],
};

const ikeaBlind: DeviceModel = {
  key: 'ikea-blind',
  manufacturer: 'IKEA of Sweden',
  model: 'FYRTUR block-out roller blind',
  manufacturerCode: 0x117c,
  router: false,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: 0x0202,
      server: {
        ...basic({
          manufacturer: 'IKEA of Sweden',
          model: 'FYRTUR block-out roller blind',
          battery: true,
          softwareBuild: '24.4.12',
        }),
        ...battery(80),
        ...identify,
        ...groups,
        closuresWindowCovering: {
          id: 0x0102,
          attributes: {
            windowCoveringType: attribute(0x0000, 'enum8', 0),
            configStatus: attribute(0x0007, 'map8', 3),
            currentPositionLiftPercentage: attribute(0x0008, 'uint8', 0),
            windowCoveringMode: attribute(0x0017, 'map8', 0, WRITABLE),
          },
        },
      },
      client: [0x0019],
    },
  ],
};

const zenThermostat: DeviceModel = {
  key: 'zen-thermostat',
  manufacturer: 'Zen Within',
  model: 'Zen-01',
  manufacturerCode: 0x1158,
  router: true,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: 0x0301,
      server: {
        ...basic({ manufacturer: 'Zen Within', model: 'Zen-01' }),
        ...battery(100, 6),
        ...identify,
        ...groups,
        hvacThermostat: {
          id: 0x0201,
          attributes: {
            localTemp: attribute(0x0000, 'int16', 2050),
            occupiedCoolingSetpoint: attribute(0x0011, 'int16', 2600, WRITABLE),
            occupiedHeatingSetpoint: attribute(0x0012, 'int16', 2000, WRITABLE),
            ctrlSeqeOfOper: attribute(0x001b, 'enum8', 4, WRITABLE),
            systemMode: attribute(0x001c, 'enum8', 4, WRITABLE),
            runningState: attribute(0x0029, 'map16', 0),
          },
        },
        hvacFanCtrl: { id: 0x0202, attributes: { fanMode: attribute(0x0000, 'enum8', 5, WRITABLE) } },
      },
    },
  ],
};

const heimanSiren: DeviceModel = {
  key: 'heiman-siren',
  manufacturer: 'HEIMAN',
  model: 'WarningDevice',
  manufacturerCode: 0x120b,
  router: true,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: 0x0403,
      server: {
        ...basic({ manufacturer: 'HEIMAN', model: 'WarningDevice' }),
        ...battery(),
        ...identify,
        ...iasZone(0x0225),
        ssIasWd: {
          id: 0x0502,
          attributes: {
            maxDuration: attribute(0x0000, 'uint16', 1800, WRITABLE),
            // Not of the protocol: what the siren does, for a test to read.
            sounding: attribute(0xfff0, 'bool', false),
          },
        },
      },
    },
  ],
};

const tuyaClimate: DeviceModel = {
  key: 'tuya-climate',
  manufacturer: '_TZE200_bjawzodf',
  model: 'TS0601',
  manufacturerCode: 0x1002,
  router: false,
  sleepy: true,
  endpoints: [
    {
      id: 1,
      device: 0x0051,
      server: {
        ...basic({ manufacturer: '_TZE200_bjawzodf', model: 'TS0601', battery: true }),
        ...groups,
        manuSpecificTuya: {
          id: 0xef00,
          attributes: {
            dp1: attribute(0x0001, 'int32', 215),
            dp2: attribute(0x0002, 'int32', 480),
            dp4: attribute(0x0004, 'int32', 90),
          },
        },
      },
      client: [0x000a, 0x0019],
    },
  ],
};

export const OTHERS: readonly DeviceModel[] = [yaleLock, ikeaBlind, zenThermostat, heimanSiren, tuyaClimate];
