// Plugs, switches and the like.

import type { DeviceModel } from '../model.ts';
import { attribute, basic, electrical, groups, identify, metering, onOff } from './clusters.ts';

const SMART_PLUG = 0x0051;
const ON_OFF_SWITCH = 0x0100;
const OTA = 0x0019;

/** What Tuya adds to the on/off cluster of its switches. */
const tuyaOnOff = () => {
  const { genOnOff } = onOff();
  const attributes = {
    ...genOnOff!.attributes,
    tuyaBacklightSwitch: attribute(0x5000, 'enum8', 0, { writable: true }),
    tuyaBacklightMode: attribute(0x8001, 'enum8', 1, { writable: true }),
    moesStartUpOnOff: attribute(0x8002, 'enum8', 2, { writable: true }),
  };
  return { genOnOff: { id: 0x0006, attributes } };
};

const innrPlug: DeviceModel = {
  key: 'innr-plug',
  manufacturer: 'innr',
  model: 'SP 120',
  manufacturerCode: 0x1166,
  router: true,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: SMART_PLUG,
      server: {
        ...basic({ manufacturer: 'innr', model: 'SP 120' }),
        ...identify,
        ...groups,
        ...onOff(),
        ...metering,
        ...electrical({ power: 1, voltage: 1, current: 1000 }),
      },
      client: [OTA],
    },
  ],
};

const tuyaPlug: DeviceModel = {
  key: 'tuya-plug',
  manufacturer: '_TZ3000_g5xawfcq',
  model: 'TS011F',
  manufacturerCode: 0x1141,
  router: true,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: SMART_PLUG,
      server: {
        ...basic({ manufacturer: '_TZ3000_g5xawfcq', model: 'TS011F' }),
        ...identify,
        ...groups,
        ...tuyaOnOff(),
        ...metering,
        ...electrical({ power: 1, voltage: 1, current: 1000 }),
      },
      client: [OTA],
    },
  ],
};

const tuyaTwoGang: DeviceModel = {
  key: 'tuya-two-gang',
  manufacturer: '_TZ3000_18ejxno0',
  model: 'TS0002',
  manufacturerCode: 0x1141,
  router: true,
  sleepy: false,
  endpoints: [
    {
      id: 1,
      device: ON_OFF_SWITCH,
      server: {
        ...basic({ manufacturer: '_TZ3000_18ejxno0', model: 'TS0002' }),
        ...identify,
        ...groups,
        ...tuyaOnOff(),
      },
      client: [OTA],
    },
    { id: 2, device: ON_OFF_SWITCH, server: { ...groups, ...tuyaOnOff() } },
  ],
};

export const MAINS: readonly DeviceModel[] = [innrPlug, tuyaPlug, tuyaTwoGang];
