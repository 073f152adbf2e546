// matter.js's nodes as the plain data that the mapping reads.

import { Node, type ClientNode, type Endpoint } from '@matter/main';

import type { TreeEndpoint } from '../mapping/device.ts';
import { fieldsOf, listOf, numberOf, type Fields } from '../mapping/types.ts';

/** Behaviours of matter.js's own that are no clusters. */
const NOT_CLUSTERS = new Set(['parts', 'index', 'commissioning', 'network', 'icdClient']);

function clustersOf(endpoint: Endpoint): Record<string, Fields> {
  const names = Object.keys(endpoint.behaviors.supported).filter((name) => !NOT_CLUSTERS.has(name));
  return Object.fromEntries(names.map((name) => [name, fieldsOf(endpoint.maybeStateOf(name))]));
}

export function treeOf(endpoint: Endpoint): TreeEndpoint {
  const clusters = clustersOf(endpoint);
  const types = listOf(clusters['descriptor']?.['deviceTypeList']).map(({ deviceType }) => numberOf(deviceType) ?? -1);
  return { number: endpoint.number, deviceTypes: types, clusters, parts: [...endpoint.parts].map(treeOf) };
}

/** The endpoint alone, without those below it. */
export const viewOf = (endpoint: Endpoint): TreeEndpoint => ({ ...treeOf(endpoint), parts: [] });

/** The node that an endpoint belongs to, if it is a peer. */
export function peerOf(endpoint: Endpoint): ClientNode | null {
  const node = Node.forEndpoint(endpoint) as Node;
  return node.nodeType === 'client' ? (node as ClientNode) : null;
}

export const nodeIdOf = (node: ClientNode): string | null => node.peerAddress?.nodeId.toString() ?? null;
