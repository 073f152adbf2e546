// Remotes: nothing to read but a battery, and gestures.

import type { DeviceModel, GestureModel } from '../model.ts';
import { attribute, basic, battery, identify } from './clusters.ts';

const IKEA_CODE = 0x117c;
const PHILIPS_CODE = 0x100b;
const REMOTE = 0x0820;

const pollControl = {
  genPollCtrl: {
    id: 0x0020,
    attributes: {
      checkinInterval: attribute(0x0000, 'uint32', 13_200, { writable: true }),
      longPollInterval: attribute(0x0001, 'uint32', 24),
      shortPollInterval: attribute(0x0002, 'uint16', 2),
      fastPollTimeout: attribute(0x0003, 'uint16', 40, { writable: true }),
    },
  },
};

const onOff = (command: number): GestureModel => ({ endpoint: 1, cluster: 0x0006, command });
const level = (command: number, ...payload: number[]): GestureModel => ({
  endpoint: 1,
  cluster: 0x0008,
  command,
  payload,
});
const arrow = (command: number, ...payload: number[]): GestureModel => ({
  endpoint: 1,
  cluster: 0x0005,
  command,
  payload,
  manufacturer: IKEA_CODE,
});

const ikeaRemote: DeviceModel = {
  key: 'ikea-remote',
  manufacturer: 'IKEA of Sweden',
  model: 'TRADFRI remote control',
  manufacturerCode: IKEA_CODE,
  router: false,
  sleepy: true,
  endpoints: [
    {
      id: 1,
      device: REMOTE,
      server: {
        ...basic({
          manufacturer: 'IKEA of Sweden',
          model: 'TRADFRI remote control',
          battery: true,
          softwareBuild: '24.4.5',
        }),
        ...battery(),
        ...identify,
        ...pollControl,
      },
      client: [0x0003, 0x0004, 0x0005, 0x0006, 0x0008, 0x0019],
    },
  ],
  gestures: {
    toggle: onOff(0x02),
    up: level(0x06, 0, 43, 5, 0),
    down: level(0x02, 1, 43, 5, 0),
    'up-hold': level(0x05, 0, 83),
    'down-hold': level(0x01, 1, 83),
    'up-release': level(0x07),
    'down-release': level(0x03),
    right: arrow(0x07, 0, 1, 13, 0),
    left: arrow(0x07, 1, 1, 13, 0),
  },
};

const BUTTONS = { on: 1, up: 2, down: 3, off: 4 } as const;
const DONE = { press: 0, hold: 1, release: 2, 'hold-release': 3 } as const;

/** Philips sends a notification of its own: the button, what was done, for how long. */
const hueGestures = (): Record<string, GestureModel> => {
  const gestures: Record<string, GestureModel> = {};
  for (const [button, number] of Object.entries(BUTTONS)) {
    for (const [done, type] of Object.entries(DONE)) {
      const payload = [number, 0, 0, 0x30, type, 0x21, 1, 0];
      const to = { endpoint: 2, cluster: 0xfc00, command: 0x00, manufacturer: PHILIPS_CODE, fromServer: true };
      gestures[`${button}-${done}`] = { ...to, payload };
    }
  }
  return gestures;
};

const hueDimmer: DeviceModel = {
  key: 'hue-dimmer',
  manufacturer: 'Philips',
  model: 'RWL021',
  manufacturerCode: PHILIPS_CODE,
  router: false,
  sleepy: true,
  endpoints: [
    {
      id: 1,
      profile: 0xc05e,
      device: REMOTE,
      server: basic({ manufacturer: 'Philips', model: 'RWL021', battery: true }),
      client: [0x0000, 0x0003, 0x0004, 0x0005, 0x0006, 0x0008],
    },
    {
      id: 2,
      device: 0x000c,
      server: {
        ...basic({ manufacturer: 'Philips', model: 'RWL021', battery: true }),
        ...battery(),
        ...identify,
        manuSpecificPhilips: {
          id: 0xfc00,
          attributes: { config: attribute(0x0031, 'map16', 0, { writable: true, manufacturer: PHILIPS_CODE }) },
        },
      },
      client: [0x0019],
    },
  ],
  gestures: hueGestures(),
};

export const REMOTES: readonly DeviceModel[] = [ikeaRemote, hueDimmer];
