// Sensors that run on batteries.

import type { ClusterModel, DeviceModel, EndpointModel } from '../model.ts';
import {
  basic,
  battery,
  humidity,
  iasZone,
  identify,
  illuminance,
  occupancy,
  onOff,
  pressure,
  temperature,
} from './clusters.ts';
import { attribute } from './clusters.ts';

const PHILIPS = { manufacturer: 'Philips', manufacturerCode: 0x100b };
const LUMI = { manufacturer: 'LUMI', manufacturerCode: 0x115f };
const EWELINK = { manufacturer: 'eWeLink', manufacturerCode: 0x1286 };
/** Its real code is 0x120b, to which herdsman gives ten seconds before it asks anything. */
const HEIMAN = { manufacturer: 'HEIMAN', manufacturerCode: 0x1037 };
const SENSOR = { occupancy: 0x0107, temperature: 0x0302, zone: 0x0402, onOff: 0x0000 } as const;
const ZONE = { motion: 0x000d, contact: 0x0015, fire: 0x0028, water: 0x002a } as const;

type Clusters = Readonly<Record<string, ClusterModel>>;

interface Maker {
  readonly manufacturer: string;
  readonly manufacturerCode: number;
}

function sensor(key: string, maker: Maker, model: string, device: number, extra: Clusters): DeviceModel {
  const server = { ...basic({ manufacturer: maker.manufacturer, model, battery: true }), ...identify, ...extra };
  const main: EndpointModel = { id: 1, device, server };
  return { key, ...maker, model, router: false, sleepy: true, endpoints: [main] };
}

/** Philips's motion sensor has the sensors on endpoint 2 and a client on endpoint 1. */
function philipsMotion(): DeviceModel {
  const model = 'SML001';
  const led = { ledIndication: attribute(0x0033, 'bool', false, { writable: true, manufacturer: 0x100b }) };
  const base = basic({ manufacturer: PHILIPS.manufacturer, model, battery: true, softwareBuild: '6.1.1.27575' });
  const own = { genBasic: { id: 0, attributes: { ...base['genBasic']!.attributes, ...led } } };
  const { pirOToUDelay, ...rest } = occupancy['msOccupancySensing']!.attributes;
  const sensitivity = { writable: true, manufacturer: 0x100b } as const;
  const occupancySensing = {
    msOccupancySensing: {
      id: 0x0406,
      attributes: {
        ...rest,
        pirOToUDelay: { ...pirOToUDelay!, value: 0 },
        motionSensitivity: attribute(0x0030, 'uint8', 2, sensitivity),
        motionSensitivityMax: attribute(0x0031, 'uint8', 2, { manufacturer: 0x100b }),
      },
    },
  };
  const client: EndpointModel = {
    id: 1,
    profile: 0xc05e,
    device: 0x0850,
    server: { ...basic({ manufacturer: PHILIPS.manufacturer, model, battery: true }) },
    client: [0x0000, 0x0003, 0x0004, 0x0005, 0x0006, 0x0008, 0x0300],
  };
  const sensors: EndpointModel = {
    id: 2,
    device: SENSOR.occupancy,
    server: { ...own, ...battery(), ...identify, ...illuminance, ...temperature, ...occupancySensing },
    client: [0x0019],
  };
  return { key: 'philips-motion', ...PHILIPS, model, router: false, sleepy: true, endpoints: [client, sensors] };
}

export const SENSORS: readonly DeviceModel[] = [
  philipsMotion(),
  sensor('aqara-motion', LUMI, 'lumi.sensor_motion.aq2', SENSOR.occupancy, { ...occupancy, ...illuminance }),
  sensor('aqara-contact', LUMI, 'lumi.sensor_magnet.aq2', SENSOR.onOff, onOff()),
  sensor('aqara-climate', LUMI, 'lumi.weather', SENSOR.temperature, { ...temperature, ...humidity, ...pressure }),
  sensor('aqara-leak', LUMI, 'lumi.sensor_wleak.aq1', SENSOR.zone, iasZone(ZONE.water)),
  sensor('sonoff-climate', EWELINK, 'TH01', SENSOR.temperature, { ...battery(), ...temperature, ...humidity }),
  sensor('sonoff-motion', EWELINK, 'MS01', SENSOR.zone, { ...battery(), ...iasZone(ZONE.motion) }),
  sensor('sonoff-contact', EWELINK, 'DS01', SENSOR.zone, { ...battery(), ...iasZone(ZONE.contact) }),
  sensor('heiman-smoke', HEIMAN, 'SmokeSensor-EM', SENSOR.zone, { ...battery(), ...iasZone(ZONE.fire) }),
];
