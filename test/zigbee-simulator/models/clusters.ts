// Clusters as real devices have them: the building blocks of the models.

import type { AttributeModel, ClusterModel } from '../model.ts';
import type { AttributeValue, TypeName } from '../zcl.ts';

type Options = Omit<AttributeModel, 'id' | 'type' | 'value'>;

export const attribute = (
  id: number,
  type: TypeName,
  value: AttributeValue,
  options: Options = {},
): AttributeModel => ({
  id,
  type,
  value,
  ...options,
});

const WRITABLE = { writable: true } as const;
type Clusters = Readonly<Record<string, ClusterModel>>;

export interface BasicOptions {
  readonly manufacturer: string;
  readonly model: string;
  readonly battery?: boolean;
  readonly softwareBuild?: string;
  readonly dateCode?: string;
}

export const basic = (options: BasicOptions): Clusters => ({
  genBasic: {
    id: 0x0000,
    attributes: {
      zclVersion: attribute(0x0000, 'uint8', 3),
      appVersion: attribute(0x0001, 'uint8', 1),
      stackVersion: attribute(0x0002, 'uint8', 2),
      hwVersion: attribute(0x0003, 'uint8', 1),
      manufacturerName: attribute(0x0004, 'text', options.manufacturer),
      modelId: attribute(0x0005, 'text', options.model),
      dateCode: attribute(0x0006, 'text', options.dateCode ?? '20240101'),
      powerSource: attribute(0x0007, 'enum8', options.battery === true ? 3 : 1),
      swBuildId: attribute(0x4000, 'text', options.softwareBuild ?? '1.0.0'),
    },
  },
});

export const identify: Clusters = {
  genIdentify: { id: 0x0003, attributes: { identifyTime: attribute(0x0000, 'uint16', 0, WRITABLE) } },
};

export const groups: Clusters = {
  genGroups: { id: 0x0004, attributes: { nameSupport: attribute(0x0000, 'map8', 0) } },
  genScenes: {
    id: 0x0005,
    attributes: { count: attribute(0x0000, 'uint8', 0), currentScene: attribute(0x0001, 'uint8', 0) },
  },
};

export const onOff = (on = false): Clusters => ({
  genOnOff: {
    id: 0x0006,
    attributes: {
      onOff: attribute(0x0000, 'bool', on),
      globalSceneCtrl: attribute(0x4000, 'bool', true),
      onTime: attribute(0x4001, 'uint16', 0, WRITABLE),
      offWaitTime: attribute(0x4002, 'uint16', 0, WRITABLE),
      startUpOnOff: attribute(0x4003, 'enum8', 0xff, WRITABLE),
    },
  },
});

export const level: Clusters = {
  genLevelCtrl: {
    id: 0x0008,
    attributes: {
      currentLevel: attribute(0x0000, 'uint8', 254),
      remainingTime: attribute(0x0001, 'uint16', 0),
      options: attribute(0x000f, 'map8', 0, WRITABLE),
      onOffTransitionTime: attribute(0x0010, 'uint16', 0, WRITABLE),
      onLevel: attribute(0x0011, 'uint8', 0xff, WRITABLE),
      startUpCurrentLevel: attribute(0x4000, 'uint8', 0xff, WRITABLE),
    },
  },
};

const COLOR_CAPABILITY = { hueSaturation: 0x01, enhancedHue: 0x02, loop: 0x04, xy: 0x08, temperature: 0x10 } as const;

const hueAttributes = {
  currentHue: attribute(0x0000, 'uint8', 0),
  currentSaturation: attribute(0x0001, 'uint8', 0),
  currentX: attribute(0x0003, 'uint16', 24_930),
  currentY: attribute(0x0004, 'uint16', 24_694),
  enhancedCurrentHue: attribute(0x4000, 'uint16', 0),
  colorLoopActive: attribute(0x4002, 'uint8', 0),
};

/** `full` has colors, the others white of a temperature in mireds. */
export const color = (full: boolean, mireds: readonly [number, number]): Clusters => ({
  lightingColorCtrl: {
    id: 0x0300,
    attributes: {
      ...(full ? hueAttributes : {}),
      remainingTime: attribute(0x0002, 'uint16', 0),
      colorTemperature: attribute(0x0007, 'uint16', 370),
      colorMode: attribute(0x0008, 'enum8', 2),
      options: attribute(0x000f, 'map8', 0, WRITABLE),
      enhancedColorMode: attribute(0x4001, 'enum8', 2),
      colorCapabilities: attribute(
        0x400a,
        'map16',
        COLOR_CAPABILITY.temperature |
          (full
            ? COLOR_CAPABILITY.xy |
              COLOR_CAPABILITY.hueSaturation |
              COLOR_CAPABILITY.enhancedHue |
              COLOR_CAPABILITY.loop
            : 0),
      ),
      colorTempPhysicalMin: attribute(0x400b, 'uint16', mireds[0]),
      colorTempPhysicalMax: attribute(0x400c, 'uint16', mireds[1]),
      startUpColorTemperature: attribute(0x4010, 'uint16', 0xffff, WRITABLE),
    },
  },
});

export const battery = (percent = 100, volts = 3): Clusters => ({
  genPowerCfg: {
    id: 0x0001,
    attributes: {
      batteryVoltage: attribute(0x0020, 'uint8', Math.round(volts * 10)),
      batteryPercentageRemaining: attribute(0x0021, 'uint8', percent * 2),
    },
  },
});

const measured = (name: string, id: number, value: AttributeModel): Clusters => ({
  [name]: { id, attributes: { measuredValue: value } },
});

export const temperature = measured('msTemperatureMeasurement', 0x0402, attribute(0x0000, 'int16', 2100));
export const humidity = measured('msRelativeHumidity', 0x0405, attribute(0x0000, 'uint16', 4500));
export const illuminance = measured('msIlluminanceMeasurement', 0x0400, attribute(0x0000, 'uint16', 20_000));
export const pressure = measured('msPressureMeasurement', 0x0403, attribute(0x0000, 'int16', 1013));

export const occupancy: Clusters = {
  msOccupancySensing: {
    id: 0x0406,
    attributes: {
      occupancy: attribute(0x0000, 'map8', 0),
      sensorType: attribute(0x0001, 'enum8', 0),
      pirOToUDelay: attribute(0x0010, 'uint16', 0, WRITABLE),
    },
  },
};

/** `type` is the zone type: 0x0d motion, 0x15 contact, 0x28 fire, 0x2a water, 0x225 warning device. */
export const iasZone = (type: number): Clusters => ({
  ssIasZone: {
    id: 0x0500,
    attributes: {
      zoneState: attribute(0x0000, 'enum8', 0),
      zoneType: attribute(0x0001, 'enum16', type),
      zoneStatus: attribute(0x0002, 'map16', 0),
      iasCieAddr: attribute(0x0010, 'ieee', '0xffffffffffffffff', WRITABLE),
      zoneId: attribute(0x0011, 'uint8', 0xff),
    },
  },
});

export const metering: Clusters = {
  seMetering: {
    id: 0x0702,
    attributes: {
      currentSummDelivered: attribute(0x0000, 'uint48', 0),
      multiplier: attribute(0x0301, 'uint24', 1),
      divisor: attribute(0x0302, 'uint24', 100),
      instantaneousDemand: attribute(0x0400, 'int24', 0),
    },
  },
};

export const electrical = (divisors: { power: number; voltage: number; current: number }): Clusters => ({
  haElectricalMeasurement: {
    id: 0x0b04,
    attributes: {
      rmsVoltage: attribute(0x0505, 'uint16', 230 * divisors.voltage),
      rmsCurrent: attribute(0x0508, 'uint16', 0),
      activePower: attribute(0x050b, 'int16', 0),
      acVoltageMultiplier: attribute(0x0600, 'uint16', 1),
      acVoltageDivisor: attribute(0x0601, 'uint16', divisors.voltage),
      acCurrentMultiplier: attribute(0x0602, 'uint16', 1),
      acCurrentDivisor: attribute(0x0603, 'uint16', divisors.current),
      acPowerMultiplier: attribute(0x0604, 'uint16', 1),
      acPowerDivisor: attribute(0x0605, 'uint16', divisors.power),
    },
  },
});
