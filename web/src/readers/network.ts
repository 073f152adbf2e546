// A radio network in a form to show: who is heard best by whom, and where each node stands in the picture.

import type { MapLink, MapNode, NetworkMap } from '@lintel/protocol';

const LQI_MAX = 255;
const ROUTERS_RADIUS = 0.24;
const ENDS_RADIUS = 0.43;

export interface Heard {
  readonly node: MapNode;
  /** The neighbour that hears it best, by address; null where nobody told. */
  readonly by: string | null;
  /** 0 to 1; null where it is not known. */
  readonly quality: number | null;
}

/** Each node with the neighbour that hears it best, the weakest first and what is not known last. */
export function heardBest({ nodes, links }: NetworkMap): readonly Heard[] {
  const best = new Map<string, MapLink>();
  for (const link of links) if ((best.get(link.from)?.lqi ?? -1) < link.lqi) best.set(link.from, link);
  return nodes
    .map((node): Heard => {
      const link = best.get(node.address);
      const lqi = link?.lqi ?? node.lqi ?? null;
      return { node, by: link?.to ?? null, quality: lqi === null ? null : Math.min(1, Math.max(0, lqi / LQI_MAX)) };
    })
    .toSorted((a, b) => (a.quality ?? 2) - (b.quality ?? 2));
}

export interface Place {
  readonly x: number;
  readonly y: number;
}

/** Places from 0 to 1: the coordinator in the middle, routers around it, end devices at the rim; the same map always looks the same. */
export function placesOf({ nodes }: NetworkMap): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  const ring = (inside: readonly MapNode[], radius: number, turn: number): void => {
    for (const [at, { address }] of inside.entries()) {
      const angle = ((at + turn) / inside.length) * 2 * Math.PI - Math.PI / 2;
      places.set(address, { x: 0.5 + radius * Math.cos(angle), y: 0.5 + radius * Math.sin(angle) });
    }
  };
  const sorted = nodes.toSorted((a, b) => a.address.localeCompare(b.address));
  for (const { address } of sorted.filter(({ role }) => role === 'coordinator'))
    places.set(address, { x: 0.5, y: 0.5 });
  ring(
    sorted.filter(({ role }) => role === 'router'),
    ROUTERS_RADIUS,
    0,
  );
  ring(
    sorted.filter(({ role }) => role !== 'router' && role !== 'coordinator'),
    ENDS_RADIUS,
    0.5,
  );
  return places;
}
