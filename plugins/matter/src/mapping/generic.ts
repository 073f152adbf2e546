// What no row says: the attributes of any other cluster as `generic.<cluster>_<attribute>`, so that nothing is hidden.

import { generic, type CapabilityDescription, type GenericProperty, type Value, type Values } from '@lintel/sdk';

import { numberOf, type ClusterView } from './types.ts';

/** Of use to the network and its makers, not to people. */
const INFRASTRUCTURE = new Set([
  'accessControl',
  'actions',
  'administratorCommissioning',
  'basicInformation',
  'binding',
  'bridgedDeviceBasicInformation',
  'commissionerControl',
  'descriptor',
  'diagnosticLogs',
  'ecosystemInformation',
  'ethernetNetworkDiagnostics',
  'fixedLabel',
  'generalCommissioning',
  'generalDiagnostics',
  'groupKeyManagement',
  'groupcast',
  'groups',
  'icdManagement',
  'identify',
  'jointFabricAdministrator',
  'jointFabricDatastore',
  'localizationConfiguration',
  'networkCommissioning',
  'operationalCredentials',
  'otaSoftwareUpdateProvider',
  'powerSourceConfiguration',
  'powerTopology',
  'rvcCleanMode',
  'rvcRunMode',
  'scenesManagement',
  'serviceArea',
  'softwareDiagnostics',
  'timeFormatLocalization',
  'timeSynchronization',
  'tlsCertificateManagement',
  'tlsClientManagement',
  'unitLocalization',
  'userLabel',
]);
const GLOBAL = new Set([
  'acceptedCommandList',
  'attributeList',
  'clusterRevision',
  'eventList',
  'featureMap',
  'generatedCommandList',
]);
const TEXT_MAX = 1000;
const NAME_MAX = 64;

const nameOf = (cluster: string, attribute: string): string =>
  `${cluster}_${attribute}`.replaceAll(/[^A-Za-z0-9_]/g, '_').slice(0, NAME_MAX);

const labelOf = (attribute: string): string => {
  const name = attribute.startsWith('state_') ? attribute.slice('state_'.length) : attribute.replace('_', ', ');
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const plain = (_key: string, value: unknown): unknown => {
  if (typeof value === 'bigint') return Number(value);
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value;
};

/** Numbers, texts and flags as they are, what is made of parts as JSON; null where it says nothing. */
function valueOf(raw: unknown): Value {
  if (typeof raw === 'boolean' || typeof raw === 'string')
    return typeof raw === 'string' ? raw.slice(0, TEXT_MAX) : raw;
  const number = numberOf(raw);
  if (number !== null) return number;
  if (raw === null || raw === undefined) return null;
  const text = JSON.stringify(raw, plain);
  return text === undefined || text.length > TEXT_MAX ? null : text;
}

export const isGeneric = (cluster: string): boolean => !INFRASTRUCTURE.has(cluster);

/** A bitmap, as matter.js gives it. */
const isBitmap = (raw: unknown): raw is Readonly<Record<string, boolean>> =>
  typeof raw === 'object' &&
  raw !== null &&
  Object.keys(raw).length > 0 &&
  Object.values(raw).every((flag) => typeof flag === 'boolean');

/** How the alarms of a machine (Alarm Base cluster) are set up, beside the alarms themselves. */
const isSetUp = (cluster: string, attribute: string): boolean =>
  cluster.endsWith('Alarm') && ['mask', 'latch', 'supported'].includes(attribute);

/** What people may see of a cluster, with each flag of a bitmap by itself. */
function attributesOf(cluster: string, attributes: ClusterView['attributes']): [string, Value][] {
  return Object.entries(attributes)
    .filter(([name, raw]) => !GLOBAL.has(name) && raw !== undefined && !isSetUp(cluster, name))
    .flatMap(([name, raw]): [string, Value][] =>
      isBitmap(raw) ? Object.entries(raw).map(([flag, on]) => [`${name}_${flag}`, on]) : [[name, valueOf(raw)]],
    );
}

const typeOf = (value: Value): GenericProperty['type'] =>
  typeof value === 'boolean' ? 'boolean' : typeof value === 'number' ? 'number' : 'string';

export function genericCapability(
  cluster: string,
  attributes: ClusterView['attributes'],
): CapabilityDescription | null {
  const known = attributesOf(cluster, attributes).filter(([, value]) => value !== null);
  if (known.length === 0) return null;
  const property = ([name, value]: [string, Value]): [string, GenericProperty] => [
    nameOf(cluster, name),
    { type: typeOf(value), label: labelOf(name) },
  ];
  return generic(Object.fromEntries(known.map(property)));
}

export const genericValues = (cluster: string, attributes: ClusterView['attributes']): Values =>
  Object.fromEntries(
    attributesOf(cluster, attributes).map(([name, value]) => [`generic.${nameOf(cluster, name)}`, value]),
  );
