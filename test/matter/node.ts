// A device of a kind as a real Matter node, with its codes and its own state.

import { Endpoint, ServerNode, VendorId, type EndpointType } from '@matter/main';
import { DeviceCommissioner, SessionManager } from '@matter/main/protocol';
import { DeviceTypeId } from '@matter/main/types';

import type { Part, State } from './kind.ts';
import { KINDS } from './kinds/index.ts';

export interface DeviceOptions {
  /** Its name in the control, and of its storage. */
  readonly id: string;
  readonly kind: string;
  readonly passcode: number;
  readonly discriminator: number;
  /** UDP; a free one of the machine's by default, and then the same again at every start. */
  readonly port: number;
  /** The name the device itself carries. */
  readonly label?: string;
}

export interface DeviceNode {
  readonly options: DeviceOptions;
  readonly node: ServerNode;
  /** The device's endpoint of this name; "root" is the node itself. */
  part(id: string): Endpoint;
  add(part: Part, under: string): Promise<void>;
  remove(id: string): Promise<void>;
}

const VENDOR = VendorId(0xfff1);
const PRODUCT = 0x8000;

const endpointOf = (part: Part): Endpoint =>
  new Endpoint(part.type, { id: part.id, ...part.state } as unknown as Endpoint.Options<EndpointType>);

/** Adds a part and everything below it. */
async function grow(parent: Endpoint, part: Part, found: Map<string, Endpoint>): Promise<void> {
  const endpoint = endpointOf(part);
  await parent.add(endpoint);
  found.set(part.id, endpoint);
  for (const child of part.parts ?? []) await grow(endpoint, child, found);
}

export async function createDevice(options: DeviceOptions): Promise<DeviceNode> {
  const kind = KINDS[options.kind];
  if (kind === undefined) throw new Error(`no such kind: ${options.kind}; there are ${Object.keys(KINDS).join(', ')}`);
  const { passcode, discriminator, port, id, label } = options;
  const root = ServerNode.RootEndpoint.with(...((kind.root?.with ?? []) as []));
  const node = await ServerNode.create(root, {
    id,
    ...(kind.root?.state as object),
    network: { port },
    commissioning: { passcode, discriminator },
    productDescription: { name: kind.product, deviceType: DeviceTypeId(kind.parts[0]!.type.deviceType ?? 0x100) },
    basicInformation: {
      vendorName: 'Brook Lane',
      vendorId: VENDOR,
      productName: kind.product,
      productId: PRODUCT,
      nodeLabel: label ?? '',
      serialNumber: `serial-${id}`,
      uniqueId: `unique-${id}`,
      softwareVersion: 1,
      softwareVersionString: '1.0',
    },
  });
  const found = new Map<string, Endpoint>([['root', node]]);
  for (const part of kind.parts) await grow(node, part, found);
  return { options, node, ...partsOf(found) };
}

function partsOf(found: Map<string, Endpoint>): Pick<DeviceNode, 'part' | 'add' | 'remove'> {
  const part = (id: string): Endpoint => {
    const endpoint = found.get(id);
    if (endpoint === undefined) throw new Error(`no endpoint ${id}; there are ${[...found.keys()].join(', ')}`);
    return endpoint;
  };
  return {
    part,
    add: (added, under) => grow(part(under), added, found),
    remove: async (id) => {
      await part(id).delete();
      found.delete(id);
    },
  };
}

export interface DeviceView {
  readonly id: string;
  readonly kind: string;
  readonly commissioned: boolean;
  readonly fabrics: readonly { readonly index: number; readonly label: string; readonly vendor: number }[];
  readonly endpoints: Readonly<Record<string, { readonly number: number; readonly state: State }>>;
}

/** A device as another ecosystem sees it, by endpoint number. */
export interface PeerView {
  readonly endpoints: Readonly<
    Record<number, { readonly parent: number | null; readonly deviceTypes: readonly number[]; readonly state: State }>
  >;
}

/** The truth: everything the device itself holds, by endpoint and behaviour. */
export function viewOf({ options, node }: DeviceNode): DeviceView {
  const { fabrics, commissioned } = node.state.commissioning;
  const endpoints: Record<string, { number: number; state: State }> = {};
  node.visit((endpoint) => {
    const isRoot = (endpoint as Endpoint) === (node as Endpoint);
    endpoints[isRoot ? 'root' : endpoint.id] = {
      number: endpoint.number,
      state: isRoot ? rootStateOf(options, node) : stateOf(endpoint as Endpoint),
    };
  });
  return {
    id: options.id,
    kind: options.kind,
    commissioned,
    fabrics: Object.values(fabrics).map(({ fabricIndex, label, rootVendorId }) => ({
      index: fabricIndex,
      label,
      vendor: rootVendorId,
    })),
    endpoints,
  };
}

/** Of the node itself only what its kind adds: the rest is keys and codes. */
const rootStateOf = ({ kind }: DeviceOptions, node: ServerNode): State =>
  Object.fromEntries(
    Object.keys(KINDS[kind]?.root?.state ?? {}).map((id) => [id, node.maybeStateOf(id) as State[string]]),
  );

const stateOf = (endpoint: Endpoint): State => endpoint.state as unknown as State;

/** Sets attributes from the device's own side, as its firmware would. */
export const setState = (endpoint: Endpoint, values: State): Promise<void> =>
  endpoint.set(values as unknown as Parameters<typeof endpoint.set>[0]);

/** Opens pairing again, as a press on the device's own button does; the code on the box holds. */
export async function openWindow(node: ServerNode): Promise<void> {
  await node.env.get(DeviceCommissioner).allowBasicCommissioning();
}

/** The numbers of the subscriptions that it serves. */
export const subscriptionsOf = (node: ServerNode): number[] =>
  [...node.env.get(SessionManager).sessions].flatMap(({ subscriptions }) =>
    [...subscriptions].map(({ subscriptionId }) => subscriptionId),
  );
