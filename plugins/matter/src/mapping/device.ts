// From a Matter node to the devices people know: one, or a bridge and its children. Plain data in and out.

import type { DeviceDescription, DeviceKind, EndpointDescription } from '@lintel/sdk';

import { AGGREGATOR, BRIDGED_NODE, kindOf } from './device-types.ts';
import { capabilitiesOf, isOfTheDevice, isUnknown, merged } from './table.ts';
import { fieldsOf, listOf, type EndpointView, type Fields } from './types.ts';

/** An endpoint with those below it. */
export interface TreeEndpoint extends EndpointView {
  readonly parts: readonly TreeEndpoint[];
}

/** Where the clusters of a Matter endpoint are told. */
export interface Place {
  /** The device's id in the plugin. */
  readonly device: string;
  readonly endpoint: string;
  /** Where those are told that concern the device as a whole. */
  readonly main: string;
}

export interface NodeShape {
  readonly devices: readonly DeviceDescription[];
  /** By the number of the Matter endpoint. */
  readonly places: ReadonlyMap<number, Place>;
  /** By the device's id: the Matter endpoint that says what it is, and whether it is reachable. */
  readonly heads: ReadonlyMap<string, number>;
}

const isType = ({ deviceTypes }: EndpointView, type: number): boolean => deviceTypes.includes(type);
const isChild = (endpoint: EndpointView): boolean =>
  isType(endpoint, BRIDGED_NODE) || 'bridgedDeviceBasicInformation' in endpoint.clusters;

/** The endpoint and all below it that are not devices of their own. */
function own(endpoint: TreeEndpoint): TreeEndpoint[] {
  return [endpoint, ...endpoint.parts.filter((part) => !isChild(part)).flatMap(own)];
}

function childrenBelow(endpoint: TreeEndpoint): TreeEndpoint[] {
  return endpoint.parts.flatMap((part) => [...(isChild(part) ? [part] : []), ...childrenBelow(part)]);
}

const text = (value: unknown): string => (typeof value === 'string' ? value.trim() : '');

/** The name it carries, else maker and model; some makers write themselves into the model's name too. */
function nameOf(info: Fields): string {
  const [label, vendor, product] = [text(info['nodeLabel']), text(info['vendorName']), text(info['productName'])];
  const named = product.toLowerCase().startsWith(vendor.toLowerCase()) ? product : `${vendor} ${product}`.trim();
  return label || named || text(info['productLabel']) || 'Matter device';
}

function about(info: Fields): Pick<DeviceDescription, 'name' | 'manufacturer' | 'model' | 'firmware'> {
  const [manufacturer, model] = [text(info['vendorName']), text(info['productName']) || text(info['productLabel'])];
  const firmware = text(info['softwareVersionString']);
  return {
    name: nameOf(info),
    ...(manufacturer && { manufacturer }),
    ...(model && { model }),
    ...(firmware && { firmware }),
  };
}

/** What a part is called: by its maker's label, or the tag that tells it from its neighbours. */
function labelOf({ clusters }: EndpointView): string | undefined {
  const labels = [
    ...listOf(fieldsOf(clusters['userLabel'])['labelList']),
    ...listOf(fieldsOf(clusters['fixedLabel'])['labelList']),
  ];
  const label = labels.find((each) => text(each['label']).toLowerCase() === 'name')?.['value'];
  const tag = listOf(fieldsOf(clusters['descriptor'])['tagList']).find((each) => text(each['label']) !== '')?.['label'];
  return text(label) || text(tag) || undefined;
}

const clusterNames = (endpoint: EndpointView): string[] => Object.keys(endpoint.clusters);

/** Parts with a purpose of their own; a node without any is one part all the same. */
function partsOf(endpoints: readonly TreeEndpoint[]): TreeEndpoint[] {
  const hasPurpose = (each: TreeEndpoint): boolean =>
    each.number !== 0 &&
    clusterNames(each).some((name) => !isOfTheDevice(name) && capabilitiesOf(name, each).length > 0);
  const found = endpoints.filter(hasPurpose);
  return found.length > 0 ? found : endpoints.slice(0, 1);
}

const says = (endpoint: TreeEndpoint, names: readonly string[]) =>
  names.flatMap((name) => capabilitiesOf(name, endpoint));

function describeParts(endpoints: readonly TreeEndpoint[], parts: readonly TreeEndpoint[]): EndpointDescription[] {
  const isOfAll = (each: TreeEndpoint, name: string): boolean =>
    isOfTheDevice(name) || (each.number === 0 && !parts.includes(each) && isUnknown(name, each));
  const whole = endpoints.flatMap((each) =>
    says(
      each,
      clusterNames(each).filter((name) => isOfAll(each, name)),
    ),
  );
  return parts.map((part, at) => {
    const mine = says(
      part,
      clusterNames(part).filter((name) => !isOfTheDevice(name)),
    );
    return {
      id: String(part.number),
      name: parts.length > 1 ? (labelOf(part) ?? null) : null,
      kind: parts.length > 1 ? kindOf(part.deviceTypes) : null,
      room: null,
      capabilities: merged(at === 0 ? [...mine, ...whole] : mine),
    };
  });
}

interface Head {
  readonly id: string;
  readonly head: TreeEndpoint;
  readonly info: Fields;
  readonly bridge?: string;
  readonly isBridge: boolean;
}

function kindOfDevice({ isBridge }: Head, endpoints: readonly TreeEndpoint[]): DeviceKind {
  if (isBridge) return 'bridge';
  return kindOf(endpoints.flatMap(({ deviceTypes }) => deviceTypes)) ?? 'other';
}

function describe(given: Head, places: Map<number, Place>): DeviceDescription {
  const endpoints = own(given.head);
  const parts = partsOf(endpoints);
  const main = String(parts[0]!.number);
  for (const each of endpoints) {
    const isPart = parts.includes(each);
    places.set(each.number, { device: given.id, endpoint: isPart ? String(each.number) : main, main });
  }
  return {
    id: given.id,
    ...about(given.info),
    kind: kindOfDevice(given, endpoints),
    endpoints: describeParts(endpoints, parts),
    ...(given.bridge !== undefined && { bridge: given.bridge }),
  };
}

/** The same without some of its devices; where they would be told stays known. */
export function without({ devices, places, heads }: NodeShape, isLeftOut: (id: string) => boolean): NodeShape {
  return {
    devices: devices.filter(({ id }) => !isLeftOut(id)),
    places,
    heads: new Map([...heads].filter(([id]) => !isLeftOut(id))),
  };
}

/** The devices of the node whose root endpoint this is. @param id the node's id, in decimal */
export function shapeOf(id: string, root: TreeEndpoint): NodeShape {
  const children = childrenBelow(root);
  const isBridge = children.length > 0 || own(root).some((each) => isType(each, AGGREGATOR));
  const heads: Head[] = [
    { id, head: root, info: fieldsOf(root.clusters['basicInformation']), isBridge },
    ...children.map((head) => ({
      id: `${id}.${head.number}`,
      head,
      info: fieldsOf(head.clusters['bridgedDeviceBasicInformation']),
      bridge: id,
      isBridge: false,
    })),
  ];
  const places = new Map<number, Place>();
  const devices = heads.map((each) => describe(each, places));
  return { devices, places, heads: new Map(heads.map((each) => [each.id, each.head.number])) };
}
