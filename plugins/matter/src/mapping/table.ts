// All rows together, and what an endpoint says by them.

import type { CapabilityDescription, Values } from '@lintel/sdk';

import { AIR } from './air.ts';
import { APPLIANCES, SAID_ELSEWHERE } from './appliances.ts';
import { CLIMATE } from './climate.ts';
import { CLOSURES } from './closures.ts';
import { SPEAKER } from './device-types.ts';
import { ENERGY } from './energy.ts';
import { GENERAL } from './general.ts';
import { genericCapability, genericValues, isGeneric } from './generic.ts';
import { LIGHTING } from './lighting.ts';
import { LOCKS } from './locks.ts';
import { MEDIA, SPEAKER_ROWS } from './media.ts';
import { CHOICES } from './modes.ts';
import { SENSORS } from './sensors.ts';
import { fieldsOf, type ClusterMapping, type ClusterView, type EndpointView } from './types.ts';

const ROWS = [
  ...LIGHTING,
  ...SENSORS,
  ...AIR,
  ...ENERGY,
  ...CLOSURES,
  ...LOCKS,
  ...CLIMATE,
  ...APPLIANCES,
  ...MEDIA,
  ...CHOICES,
  ...GENERAL,
];

const byCluster = (rows: readonly ClusterMapping[]): ReadonlyMap<string, ClusterMapping> =>
  new Map(rows.map((row) => [row.cluster, row]));
const PLAIN = byCluster(ROWS);
const ON_SPEAKERS = new Map([...PLAIN, ...byCluster(SPEAKER_ROWS)]);

export function rowFor(cluster: string, endpoint: EndpointView): ClusterMapping | undefined {
  return (endpoint.deviceTypes.includes(SPEAKER) ? ON_SPEAKERS : PLAIN).get(cluster);
}

export function clusterView(cluster: string, endpoint: EndpointView): ClusterView {
  const attributes = fieldsOf(endpoint.clusters[cluster]);
  return { attributes, features: fieldsOf(attributes['featureMap']) as Record<string, boolean>, endpoint };
}

/** Clusters whose capabilities say something of the whole device, not of a part of it. */
const OF_THE_DEVICE = new Set([
  'powerSource',
  'identify',
  'wiFiNetworkDiagnostics',
  'threadNetworkDiagnostics',
  'otaSoftwareUpdateRequestor',
]);
export const isOfTheDevice = (cluster: string): boolean => OF_THE_DEVICE.has(cluster);

/** Whether no row knows the cluster, which is shown as it is. */
export const isUnknown = (cluster: string, endpoint: EndpointView): boolean =>
  rowFor(cluster, endpoint) === undefined && isGeneric(cluster);

/** What one cluster adds; null where it adds nothing, not even generic properties. */
export function capabilitiesOf(cluster: string, endpoint: EndpointView): readonly CapabilityDescription[] {
  const row = rowFor(cluster, endpoint);
  if (row !== undefined) return row.capabilities(clusterView(cluster, endpoint));
  const other = isGeneric(cluster) ? genericCapability(cluster, fieldsOf(endpoint.clusters[cluster])) : null;
  return other === null ? [] : [other];
}

export function valuesOf(cluster: string, endpoint: EndpointView, now: number): Values {
  const row = rowFor(cluster, endpoint);
  if (row !== undefined) return row.values?.(clusterView(cluster, endpoint), now) ?? {};
  return isGeneric(cluster) ? genericValues(cluster, fieldsOf(endpoint.clusters[cluster])) : {};
}

/** The clusters to say anew when one has changed. */
export function toldBy(cluster: string, endpoint: EndpointView): string[] {
  const others = SAID_ELSEWHERE[cluster] ?? [];
  return [cluster, ...others.filter((each) => each in endpoint.clusters)];
}

/** Two of one name become one with the properties of both. */
export function merged(capabilities: readonly CapabilityDescription[]): CapabilityDescription[] {
  const byName = new Map<string, CapabilityDescription>();
  for (const each of capabilities) {
    const known = byName.get(each.name);
    if (known === undefined) byName.set(each.name, each);
    else {
      const names = new Set(known.properties.map(({ name }) => name));
      const properties = [...known.properties, ...each.properties.filter(({ name }) => !names.has(name))];
      byName.set(each.name, { ...known, properties, commands: [...new Set([...known.commands, ...each.commands])] });
    }
  }
  return [...byName.values()];
}
