// matter.js's nodes as the plain data that the mapping reads.

import { Node, type ClientNode, type Endpoint } from '@matter/main';

import type { TreeEndpoint } from '../mapping/device.ts';
import { fieldsOf, listOf, numberOf, type EndpointView, type Fields } from '../mapping/types.ts';

/** Behaviours of matter.js's own that are no clusters. */
const NOT_CLUSTERS = new Set(['parts', 'index', 'commissioning', 'network', 'icd']);

/** Most questions are about one or two clusters of an endpoint: each is read when it is asked about. */
function clustersOf(endpoint: Endpoint): Record<string, Fields> {
  const clusters: Record<string, Fields> = {};
  for (const name of Object.keys(endpoint.behaviors.supported))
    if (!NOT_CLUSTERS.has(name)) readLater(clusters, name, () => fieldsOf(endpoint.maybeStateOf(name)));
  return clusters;
}

function readLater<T>(of: Record<string, T>, name: string, read: () => T): void {
  const get = (): T => {
    const value = read();
    Object.defineProperty(of, name, { value, enumerable: true });
    return value;
  };
  Object.defineProperty(of, name, { get, enumerable: true, configurable: true });
}

const typesIn = (descriptor: unknown): number[] =>
  listOf(fieldsOf(descriptor)['deviceTypeList']).map(({ deviceType }) => numberOf(deviceType) ?? -1);

/** The device types of whatever the endpoint is a part of, up to the node itself. */
function typesAbove({ owner }: Endpoint): number[] {
  if (owner === undefined || !('owner' in owner)) return [];
  const parent = owner as Endpoint;
  return [...typesIn(parent.maybeStateOf('descriptor')), ...typesAbove(parent)];
}

/** The endpoint alone, without those below it. */
export function viewOf(endpoint: Endpoint): EndpointView {
  const clusters = clustersOf(endpoint);
  const { number } = endpoint;
  return {
    number,
    deviceTypes: typesIn(clusters['descriptor']),
    clusters,
    get above() {
      return typesAbove(endpoint);
    },
  };
}

export const treeOf = (endpoint: Endpoint): TreeEndpoint => ({
  ...viewOf(endpoint),
  parts: [...endpoint.parts].map(treeOf),
});

/** The node that an endpoint belongs to, if it is a peer. */
export function peerOf(endpoint: Endpoint): ClientNode | null {
  const node = Node.forEndpoint(endpoint) as Node;
  return node.nodeType === 'client' ? (node as ClientNode) : null;
}

export const nodeIdOf = (node: ClientNode): string | null => node.peerAddress?.nodeId.toString() ?? null;
