// The serial interface's requests outside ZDO's standard ones: system, memory, application framework, utilities.

import { type Reader, Writer, type Ieee } from './bytes.ts';
import type { Coordinator } from './coordinator.ts';
import { SUBSYSTEM } from './frames.ts';
import type { Incoming } from './receive.ts';

/** Answers a request; `later` runs once the answer is on its way. */
type Handler = (coordinator: Coordinator, reader: Reader, later: (task: () => void) => void) => Buffer;

const OK = Buffer.from([0]);
const FAILURE = Buffer.from([1]);
const ITEM_INITIALIZED = Buffer.from([9]);
const OPERATION_FAILED = Buffer.from([10]);
const READ_BYTES_MAX = 244;
const FIRMWARE = 20_240_710;

const sys = (command: number): number => (SUBSYSTEM.sys << 8) | command;
const af = (command: number): number => (SUBSYSTEM.af << 8) | command;
const zdo = (command: number): number => (SUBSYSTEM.zdo << 8) | command;
const util = (command: number): number => (SUBSYSTEM.util << 8) | command;
const app = (command: number): number => (SUBSYSTEM.appConfig << 8) | command;
const ok: Handler = () => OK;

export const HANDLERS: Readonly<Record<number, Handler>> = {
  [sys(0x01)]: () => new Writer().u16(0x0659).build(),
  [sys(0x02)]: () => new Writer().u8(2, 1, 2, 7, 1).u32(FIRMWARE).build(),
  [sys(0x04)]: ({ ieee }) => new Writer().ieee(ieee).build(),
  [sys(0x07)]: initializeItem,
  [sys(0x08)]: ({ nv }, reader) => readSlice(nv.read(reader.u16()), reader.u8()),
  [sys(0x09)]: ({ nv }, reader) => writeSlice(nv.write.bind(nv), reader.u16(), reader.u8(), reader.bytes(reader.u8())),
  [sys(0x0c)]: () => new Writer().u16(0x5eed).build(),
  [sys(0x0f)]: (_, reader) => (reader.u8(), Buffer.from([reader.u8()])),
  [sys(0x12)]: ({ nv }, reader) => (nv.delete(reader.u16()) ? OK : ITEM_INITIALIZED),
  [sys(0x13)]: ({ nv }, reader) => new Writer().u16(nv.read(reader.u16())?.length ?? 0).build(),
  [sys(0x14)]: (_, reader) => Buffer.from([reader.u8()]),
  [sys(0x1c)]: ({ nv }, reader) => readSlice(nv.read(reader.u16()), reader.u16()),
  [sys(0x1d)]: ({ nv }, reader) =>
    writeSlice(nv.write.bind(nv), reader.u16(), reader.u16(), reader.bytes(reader.u16())),
  [sys(0x30)]: createEntry,
  [sys(0x32)]: ({ nv }, reader) => Buffer.from([nv.readEntry(...entryOf(reader))?.length ?? 0]),
  [sys(0x33)]: readEntry,
  [sys(0x34)]: writeEntry,
  [af(0x00)]: registerEndpoint,
  [af(0x01)]: sendData,
  [af(0x02)]: sendDataExtended,
  [af(0x10)]: ok,
  [zdo(0x40)]: startUp,
  [zdo(0x45)]: ok,
  [zdo(0x4a)]: findGroup,
  [zdo(0x4b)]: addGroup,
  [zdo(0x50)]: networkInformation,
  [util(0x00)]: deviceInformation,
  [util(0x0a)]: ok,
  [util(0x4a)]: association,
  [util(0x63)]: ok,
  [util(0x64)]: ok,
  [app(0x04)]: addInstallCode,
  [app(0x05)]: (coordinator, _, later) => (later(() => coordinator.start(coordinator.channels)), OK),
  [app(0x08)]: setChannels,
  [app(0x09)]: ok,
};

function initializeItem({ nv }: Coordinator, reader: Reader): Buffer {
  const [item, length] = [reader.u16(), reader.u16()];
  if (nv.read(item) !== null) return OK;
  nv.write(item, Buffer.alloc(length));
  nv.write(item, reader.bytes(reader.u8()));
  return ITEM_INITIALIZED;
}

function readSlice(item: Buffer | null, offset: number): Buffer {
  if (item === null || offset > item.length) return new Writer().bytes(OPERATION_FAILED).u8(0).build();
  const part = item.subarray(offset, offset + READ_BYTES_MAX);
  return new Writer().u8(0, part.length).bytes(part).build();
}

function writeSlice(
  write: (item: number, data: Buffer, offset: number) => void,
  item: number,
  offset: number,
  data: Buffer,
): Buffer {
  write(item, data, offset);
  return OK;
}

/** The system, the table and the entry that a request names; all tables here are the stack's own. */
function entryOf(reader: Reader): [table: number, index: number] {
  reader.u8();
  return [reader.u16(), reader.u16()];
}

function createEntry({ nv }: Coordinator, reader: Reader): Buffer {
  const [table, index] = entryOf(reader);
  nv.writeEntry(table, index, Buffer.alloc(reader.u32()));
  return OK;
}

function readEntry({ nv }: Coordinator, reader: Reader): Buffer {
  const entry = nv.readEntry(...entryOf(reader));
  const [offset, length] = [reader.u16(), reader.u8()];
  if (entry === null) return new Writer().bytes(OPERATION_FAILED).u8(0).build();
  const part = entry.subarray(offset, offset + length);
  return new Writer().u8(0, part.length).bytes(part).build();
}

function writeEntry({ nv }: Coordinator, reader: Reader): Buffer {
  const [table, index] = entryOf(reader);
  const offset = reader.u16();
  const data = reader.bytes(reader.u8());
  const entry = Buffer.from(nv.readEntry(table, index) ?? Buffer.alloc(offset + data.length));
  entry.set(data, offset);
  nv.writeEntry(table, index, entry);
  return OK;
}

const clusterList = (reader: Reader): number[] => Array.from({ length: reader.u8() }, () => reader.u16());

function registerEndpoint({ endpoints }: Coordinator, reader: Reader): Buffer {
  const [id, profile, device] = [reader.u8(), reader.u16(), reader.u16()];
  reader.bytes(2);
  const [input, output] = [clusterList(reader), clusterList(reader)];
  if (endpoints.has(id)) return Buffer.from([0xb8]);
  endpoints.set(id, { id, profile, device, input, output });
  return OK;
}

const confirmation = (coordinator: Coordinator, endpoint: number, transaction: number) => (status: number) =>
  coordinator.notify(0x80, Buffer.from([status, endpoint, transaction]), SUBSYSTEM.af);

function sendData(coordinator: Coordinator, reader: Reader, later: (task: () => void) => void): Buffer {
  const address = reader.u16();
  const [endpoint, source, cluster, transaction] = [reader.u8(), reader.u8(), reader.u16(), reader.u8()];
  reader.bytes(2);
  const bytes = reader.bytes(reader.u8());
  const from = { ieee: null, endpoint: source };
  const incoming: Incoming = { from, endpoint, cluster, bytes, unanswered: false };
  later(() => coordinator.network.unicast(address, incoming, confirmation(coordinator, source, transaction)));
  return OK;
}

const ADDRESSED = { group: 1, short: 2, extended: 3 } as const;
const FIRST_BROADCAST = 0xfff8;

function sendDataExtended(coordinator: Coordinator, reader: Reader, later: (task: () => void) => void): Buffer {
  const [mode, address] = [reader.u8(), reader.ieee()];
  const [endpoint, , source, cluster, transaction] = [
    reader.u8(),
    reader.u16(),
    reader.u8(),
    reader.u16(),
    reader.u8(),
  ];
  reader.bytes(2);
  const bytes = reader.bytes(reader.u16());
  const short = Number.parseInt(address.slice(-4), 16);
  const from = { ieee: null, endpoint: source };
  const confirm = confirmation(coordinator, source, transaction);
  const { network } = coordinator;
  later(() => {
    if (mode === ADDRESSED.group) {
      network.flood({ from, endpoint: 0xff, cluster, bytes, group: short, unanswered: true });
      confirm(0);
    } else if (mode === ADDRESSED.short && short >= FIRST_BROADCAST) {
      network.flood({ from, endpoint, cluster, bytes, unanswered: true });
      confirm(0);
    } else {
      const target = mode === ADDRESSED.extended ? network.addressOf(address as Ieee) : short;
      network.unicast(target, { from, endpoint, cluster, bytes, unanswered: false }, confirm);
    }
  });
  return OK;
}

function startUp(coordinator: Coordinator, _: Reader, later: (task: () => void) => void): Buffer {
  const isNew = coordinator.nv.network() === null;
  later(() => coordinator.start(null));
  return isNew ? FAILURE : OK;
}

function findGroup({ groups }: Coordinator, reader: Reader): Buffer {
  const [endpoint, group] = [reader.u8(), reader.u16()];
  const known = groups.has(`${endpoint}/${group}`);
  return new Writer()
    .u8(known ? 0 : 1)
    .u16(group)
    .u8(0)
    .build();
}

function addGroup({ groups }: Coordinator, reader: Reader): Buffer {
  groups.add(`${reader.u8()}/${reader.u16()}`);
  return OK;
}

function networkInformation({ nv, state, ieee }: Coordinator): Buffer {
  const network = nv.network();
  const writer = new Writer()
    .u16(0)
    .u8(state)
    .u16(network?.panId ?? 0xffff, 0xfffe);
  return writer
    .ieee(network?.extendedPanId ?? ieee)
    .ieee('0x0')
    .u8(network?.channel ?? 0)
    .build();
}

function deviceInformation({ ieee, state, network }: Coordinator): Buffer {
  const children = network.members.filter((device) => device.parent === null).slice(0, 60);
  const writer = new Writer().u8(0).ieee(ieee).u16(0).u8(7, state, children.length);
  return writer.u16(...children.map((device) => device.address!)).build();
}

function association({ network }: Coordinator, reader: Reader): Buffer {
  const device = network.devices.get(reader.ieee());
  const isChild = device?.address != null && device.parent === null && !device.model.router;
  if (!isChild) return new Writer().u16(0xfffe, 0xffff).u8(0xff).build();
  return new Writer().u16(device.address!, 1).u8(1).build();
}

function addInstallCode({ network }: Coordinator, reader: Reader): Buffer {
  reader.u8();
  network.addInstallCode(reader.ieee());
  return OK;
}

function setChannels(coordinator: Coordinator, reader: Reader): Buffer {
  const isPrimary = reader.u8() === 1;
  if (isPrimary) coordinator.channels = reader.u32();
  return OK;
}
