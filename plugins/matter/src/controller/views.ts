// matter.js's nodes as the plain data that the mapping reads.

import { Node, type ClientNode, type Endpoint } from '@matter/main';

import type { TreeEndpoint } from '../mapping/device.ts';
import { fieldsOf, listOf, numberOf, type EndpointView, type Fields } from '../mapping/types.ts';

/** Behaviours of matter.js's own that are no clusters. */
const NOT_CLUSTERS = new Set(['parts', 'index', 'commissioning', 'network', 'icdClient']);

function clustersOf(endpoint: Endpoint): Record<string, Fields> {
  const names = Object.keys(endpoint.behaviors.supported).filter((name) => !NOT_CLUSTERS.has(name));
  return Object.fromEntries(names.map((name) => [name, fieldsOf(endpoint.maybeStateOf(name))]));
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
  return { number, deviceTypes: typesIn(clusters['descriptor']), clusters, above: typesAbove(endpoint) };
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
