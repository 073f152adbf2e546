// The network's map: who hears whom, as the routers' own tables say.

import type { Models } from 'zigbee-herdsman';

import type { MapLink, MapNode } from '@lintel/sdk';

import type { Session } from './session.ts';

interface Neighbour {
  readonly eui64: string;
  readonly lqi: number;
  readonly relationship: number;
}

const RELATIONSHIP = ['parent', 'child', 'sibling', 'none', 'previousChild'] as const;
const ROLES: Readonly<Record<string, string>> = {
  Coordinator: 'coordinator',
  Router: 'router',
  EndDevice: 'endDevice',
};

/** Asks the coordinator and each router in turn; one that does not answer has no links. */
export async function networkMap(
  session: Session,
  isKnown: (id: string) => boolean,
): Promise<{ nodes: MapNode[]; links: MapLink[] }> {
  const devices = [...session.controller.getDevicesIterator(() => true)];
  const links: MapLink[] = [];
  for (const device of devices) {
    if (device.type === 'EndDevice' || !session.isUp) continue;
    links.push(...(await neighboursOf(device)).map((each) => linkOf(device, each)));
  }
  const nodes = devices.map((device) => ({
    ...(isKnown(device.ieeeAddr) && { device: device.ieeeAddr }),
    address: device.ieeeAddr,
    role: ROLES[device.type] ?? 'other',
    lqi: device.linkquality ?? null,
  }));
  return { nodes, links };
}

async function neighboursOf(device: Models.Device): Promise<readonly Neighbour[]> {
  try {
    return (await device.lqi()) as unknown as readonly Neighbour[];
  } catch {
    return [];
  }
}

const linkOf = (device: Models.Device, { eui64, lqi, relationship }: Neighbour): MapLink => ({
  from: eui64,
  to: device.ieeeAddr,
  lqi,
  kind: RELATIONSHIP[relationship] ?? 'none',
});
