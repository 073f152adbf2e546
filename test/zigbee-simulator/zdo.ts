// The Zigbee Device Objects of the coordinator and of the devices: descriptors, bindings, tables, leaving.

import { Reader, Writer, type Ieee } from './bytes.ts';
import type { Destination, VirtualDevice } from './device.ts';
import type { EndpointModel } from './model.ts';
import type { Network } from './network.ts';
import type { NvMemory } from './nv.ts';

const SUCCESS = 0x00;
const DEVICE_NOT_FOUND = 0x81;
const INVALID_ENDPOINT = 0x82;
/** What a parent answers for a child that does not. */
const TIMED_OUT = 0x85;
const NO_ENTRY = 0x88;

const HOME_AUTOMATION = 0x0104;
const TABLE_ROWS_MAX = 3;
const QUALITY = 180;

/** An endpoint the host has registered on the coordinator. */
export interface CoordinatorEndpoint {
  readonly id: number;
  readonly profile: number;
  readonly device: number;
  readonly input: readonly number[];
  readonly output: readonly number[];
}

export interface ZdoHost {
  readonly ieee: Ieee;
  readonly network: Network;
  readonly nv: NvMemory;
  readonly endpoints: Map<number, CoordinatorEndpoint>;
  /** Sends a notification of the ZDO subsystem to the host. */
  notify(command: number, data: Buffer): void;
}

/** Answers `null` where the asked device says nothing. */
type Answer = (host: ZdoHost, asked: VirtualDevice | null, reader: Reader) => Buffer | null;

interface Request {
  readonly response: number;
  readonly answer: Answer;
}

/** Requests whose first field is the short address they go to. */
const ADDRESSED: Readonly<Record<number, Request>> = {
  0x02: { response: 0x82, answer: nodeDescriptor },
  0x03: { response: 0x83, answer: powerDescriptor },
  0x04: { response: 0x84, answer: simpleDescriptor },
  0x05: { response: 0x85, answer: activeEndpoints },
  0x21: { response: 0xa1, answer: bind },
  0x22: { response: 0xa2, answer: unbind },
  0x31: { response: 0xb1, answer: neighbours },
  0x32: { response: 0xb2, answer: routes },
  0x33: { response: 0xb3, answer: bindings },
  0x34: { response: 0xb4, answer: leave },
};

/** Handles one request; false where it is none of these. */
export function handleZdo(host: ZdoHost, command: number, data: Buffer): boolean {
  const reader = new Reader(data);
  if (command === 0x00 || command === 0x01) findAddress(host, command, reader);
  else if (command === 0x36) permitJoining(host, reader);
  else if (command === 0x37) updateNetwork(host, reader);
  else if (ADDRESSED[command] !== undefined) ask(host, ADDRESSED[command], reader);
  else return false;
  return true;
}

function ask(host: ZdoHost, request: Request, reader: Reader): void {
  const address = reader.u16();
  const device = address === 0 ? null : host.network.at(address);
  const reply = (): void => {
    const body = request.answer(host, device, reader);
    if (body !== null) host.notify(request.response, new Writer().u16(address).bytes(body).build());
  };
  if (address === 0) return reply();
  if (device?.muted === 'lost')
    return host.notify(request.response, new Writer().u16(address).u8(TIMED_OUT).u16(address).build());
  if (device === null || device.muted !== null) return;
  host.network.whenAwake(device, reply, () => undefined);
}

/** Everyone hears these two; the one in question answers. */
function findAddress(host: ZdoHost, command: number, reader: Reader): void {
  const device = command === 0x00 ? host.network.devices.get(reader.ieee()) : host.network.at(reader.u16());
  if (device?.address == null || device.muted !== null || !device.awake) return;
  const writer = new Writer().u8(SUCCESS).ieee(device.ieee).u16(device.address).u8(0, 0);
  host.notify(command + 0x80, writer.build());
}

function permitJoining(host: ZdoHost, reader: Reader): void {
  const [mode, address, seconds] = [reader.u8(), reader.u16(), reader.u8()];
  const isBroadcast = mode === 0x0f || address >= 0xfff8;
  host.network.permitJoining(seconds, isBroadcast ? null : address);
  if (!isBroadcast) host.notify(0xb6, new Writer().u16(address).u8(SUCCESS).build());
  if (isBroadcast || address === 0) host.notify(0xcb, Buffer.from([seconds]));
}

/** Duration 0xfe asks for another channel; a scan is answered with quiet channels. */
function updateNetwork(host: ZdoHost, reader: Reader): void {
  const [address, , channels, duration] = [reader.u16(), reader.u8(), reader.u32(), reader.u8()];
  if (duration === 0xfe) {
    for (let channel = 11; channel <= 26; channel++) if (channels & (1 << channel)) host.nv.changeChannel(channel);
    return;
  }
  const count = Array.from({ length: 16 }, (_, at) => at + 11).filter((channel) => channels & (1 << channel)).length;
  const energies = Array.from({ length: count }, (_, at) => 20 + at * 3);
  const writer = new Writer()
    .u16(address)
    .u8(SUCCESS)
    .u32(channels)
    .u16(100, 1)
    .u8(count, ...energies);
  host.notify(0xb8, writer.build());
}

const hasReceiverOn = (device: VirtualDevice): boolean => !device.model.sleepy;

/** The capability bits that a device announces itself with. */
export const capabilitiesOf = (device: VirtualDevice): number =>
  0x80 | (device.model.router ? 0x02 | 0x04 : 0) | (hasReceiverOn(device) ? 0x08 : 0);

function nodeDescriptor(_: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const address = reader.u16();
  const type = device === null ? 0 : device.model.router ? 1 : 2;
  const writer = new Writer().u8(SUCCESS).u16(address).u8(type, 0x40);
  writer.u8(device === null ? 0x8f : capabilitiesOf(device)).u16(device?.model.manufacturerCode ?? 0);
  return writer.u8(82).u16(255, 0x2c00, 255).u8(0).build();
}

function powerDescriptor(_: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const source = device === null || device.model.router ? 1 : 4;
  return new Writer()
    .u8(SUCCESS)
    .u16(reader.u16())
    .u8(source << 4, 0xc0 | source)
    .build();
}

function activeEndpoints(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const ids = [...(device?.endpoints.keys() ?? host.endpoints.keys())];
  return new Writer()
    .u8(SUCCESS)
    .u16(reader.u16())
    .u8(ids.length, ...ids)
    .build();
}

const describe = (model: EndpointModel): CoordinatorEndpoint => ({
  id: model.id,
  profile: model.profile ?? HOME_AUTOMATION,
  device: model.device,
  input: Object.values(model.server).map((cluster) => cluster.id),
  output: model.client ?? [],
});

function simpleDescriptor(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const [address, id] = [reader.u16(), reader.u8()];
  const model = device?.endpoints.get(id)?.model;
  const found = device === null ? host.endpoints.get(id) : model && describe(model);
  if (found === undefined) return new Writer().u8(INVALID_ENDPOINT).u16(address).u8(0).build();
  const body = new Writer().u8(found.id).u16(found.profile, found.device).u8(1);
  body
    .u8(found.input.length)
    .u16(...found.input)
    .u8(found.output.length)
    .u16(...found.output);
  const bytes = body.build();
  return new Writer().u8(SUCCESS).u16(address).u8(bytes.length).bytes(bytes).build();
}

interface BindRequest {
  readonly endpoint: number;
  readonly cluster: number;
  readonly to: Destination;
}

function readBinding(host: ZdoHost, reader: Reader): BindRequest {
  reader.ieee();
  const [endpoint, cluster, mode] = [reader.u8(), reader.u16(), reader.u8()];
  if (mode === 0x01) return { endpoint, cluster, to: { ieee: null, group: reader.u16(), endpoint: 0xff } };
  const ieee = reader.ieee();
  return { endpoint, cluster, to: { ieee: ieee === host.ieee ? null : ieee, endpoint: reader.u8() } };
}

const isSame = (a: BindRequest, b: BindRequest): boolean =>
  a.endpoint === b.endpoint &&
  a.cluster === b.cluster &&
  a.to.ieee === b.to.ieee &&
  a.to.group === b.to.group &&
  a.to.endpoint === b.to.endpoint;

function bind(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const wanted = readBinding(host, reader);
  if (device === null) return Buffer.from([SUCCESS]);
  if (!device.endpoints.has(wanted.endpoint)) return Buffer.from([INVALID_ENDPOINT]);
  if (!device.bindings.some((each) => isSame(each, wanted))) device.bindings.push(wanted);
  return Buffer.from([SUCCESS]);
}

function unbind(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const wanted = readBinding(host, reader);
  const index = device?.bindings.findIndex((each) => isSame(each, wanted)) ?? -1;
  if (index === -1) return Buffer.from([NO_ENTRY]);
  device!.bindings.splice(index, 1);
  return Buffer.from([SUCCESS]);
}

/** One page of a table: total, where it starts, how many follow, the rows. */
function page(rows: readonly Buffer[], start: number): Buffer {
  const shown = rows.slice(start, start + TABLE_ROWS_MAX);
  return new Writer().u8(SUCCESS, rows.length, start, shown.length).bytes(Buffer.concat(shown)).build();
}

function neighbours(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const isNear = (each: VirtualDevice): boolean =>
    each !== device &&
    (each.parent === (device?.ieee ?? null) || (each.model.router && device?.model.router !== false));
  const near = host.network.members.filter(isNear);
  const extended = host.nv.network()?.extendedPanId ?? '0x0';
  const rows = near.map((each) => {
    const kind =
      (each.model.router ? 1 : 2) | ((hasReceiverOn(each) ? 1 : 0) << 2) | ((each.model.router ? 2 : 1) << 4);
    const row = new Writer()
      .ieee(extended)
      .ieee(each.ieee)
      .u16(each.address ?? 0);
    return row.u8(kind, 2, each.parent === null ? 1 : 2, QUALITY).build();
  });
  return page(rows, reader.u8());
}

function routes(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const others = host.network.members.filter((each) => each !== device);
  const rows = others.map((each) => {
    const hop = each.parent === null ? each.address! : host.network.addressOf(each.parent);
    return new Writer().u16(each.address!).u8(0).u16(hop).build();
  });
  return page(rows, reader.u8());
}

function bindings(host: ZdoHost, device: VirtualDevice | null, reader: Reader): Buffer {
  const rows = (device?.bindings ?? []).map(({ endpoint, cluster, to }) => {
    const row = new Writer().ieee(device!.ieee).u8(endpoint).u16(cluster);
    if (to.group !== undefined) return row.u8(0x01).u16(to.group).build();
    return row
      .u8(0x03)
      .ieee(to.ieee ?? host.ieee)
      .u8(to.endpoint)
      .build();
  });
  return page(rows, reader.u8());
}

function leave(host: ZdoHost, device: VirtualDevice | null): Buffer {
  if (device === null) return Buffer.from([DEVICE_NOT_FOUND]);
  queueMicrotask(() => host.network.leave(device));
  return Buffer.from([SUCCESS]);
}
