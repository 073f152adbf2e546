// Lamps.

import type { ClusterModel, DeviceModel, EndpointModel } from '../model.ts';
import { basic, color, groups, identify, level, onOff } from './clusters.ts';

const IKEA = { manufacturer: 'IKEA of Sweden', manufacturerCode: 0x117c };
const SIGNIFY = { manufacturer: 'Signify Netherlands B.V.', manufacturerCode: 0x100b };
const DEVICE = { dimmable: 0x0101, colorTemperature: 0x010c, color: 0x010d } as const;
const GREEN_POWER: EndpointModel = { id: 242, profile: 0xa1e0, device: 0x0061, server: {}, client: [0x0021] };
const OTA = 0x0019;

type Clusters = Readonly<Record<string, ClusterModel>>;

interface Maker {
  readonly manufacturer: string;
  readonly manufacturerCode: number;
}

function lamp(
  key: string,
  maker: Maker,
  model: string,
  endpoint: number,
  device: number,
  extra: Clusters,
): DeviceModel {
  const server = {
    ...basic({ manufacturer: maker.manufacturer, model }),
    ...identify,
    ...groups,
    ...onOff(),
    ...level,
  };
  const main: EndpointModel = { id: endpoint, device, server: { ...server, ...extra }, client: [OTA] };
  return { key, ...maker, model, router: true, sleepy: false, endpoints: [main, GREEN_POWER] };
}

export const LIGHTS: readonly DeviceModel[] = [
  lamp('ikea-dimmable-lamp', IKEA, 'TRADFRI bulb E27 W opal 1000lm', 1, DEVICE.dimmable, {}),
  lamp('ikea-white-lamp', IKEA, 'TRADFRI bulb E27 WS opal 980lm', 1, DEVICE.colorTemperature, color(false, [250, 454])),
  lamp('ikea-color-lamp', IKEA, 'TRADFRI bulb E27 CWS 806lm', 1, DEVICE.color, color(true, [153, 500])),
  lamp('hue-color-lamp', SIGNIFY, 'LCA001', 11, DEVICE.color, color(true, [153, 500])),
];
