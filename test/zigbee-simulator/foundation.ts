// Foundation commands, the same for every cluster: read, write, configure and discover attributes.

import { Reader, Writer } from './bytes.ts';
import type { VirtualCluster, VirtualEndpoint } from './device.ts';
import { GENERAL, isAnalog, readValue, STATUS, TYPE, typeName, writeValue, type ZclFrame } from './zcl.ts';

export interface Reply {
  readonly command: number;
  readonly payload: Buffer;
}

type Handler = (endpoint: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame) => Reply | number | null;

const HANDLERS: Readonly<Record<number, Handler>> = {
  [GENERAL.read]: read,
  [GENERAL.write]: write,
  [GENERAL.writeUndivided]: write,
  [GENERAL.writeNoResponse]: (endpoint, cluster, frame) => (write(endpoint, cluster, frame), null),
  [GENERAL.configureReporting]: configureReporting,
  [GENERAL.readReporting]: readReporting,
  [GENERAL.discover]: discover,
  [GENERAL.defaultResponse]: () => null,
  [GENERAL.readResponse]: () => null,
  [GENERAL.writeResponse]: () => null,
  [GENERAL.report]: () => null,
};

/** The reply, the status of a default response, or null where nothing is to be said. */
export function handleGeneral(
  endpoint: VirtualEndpoint,
  cluster: VirtualCluster,
  frame: ZclFrame,
): Reply | number | null {
  const handler = HANDLERS[frame.command];
  return handler === undefined ? STATUS.unsupportedGeneralCommand : handler(endpoint, cluster, frame);
}

function read(_: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame): Reply {
  const reader = new Reader(frame.payload);
  const writer = new Writer();
  while (reader.remaining >= 2) {
    const id = reader.u16();
    const name = cluster.nameOf(id, frame.manufacturer);
    writer.u16(id);
    if (name === null) {
      writer.u8(STATUS.unsupportedAttribute);
      continue;
    }
    const { type } = cluster.attributes[name]!;
    writer.u8(STATUS.success, TYPE[type]);
    writeValue(writer, type, cluster.values.get(name)!);
  }
  return { command: GENERAL.readResponse, payload: writer.build() };
}

function write(endpoint: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame): Reply | number {
  const reader = new Reader(frame.payload);
  const failures = new Writer();
  let failed = false;
  while (reader.remaining >= 3) {
    const id = reader.u16();
    const type = typeName(reader.u8());
    if (type === null) return STATUS.malformed;
    const value = readValue(reader, type);
    const name = cluster.nameOf(id, frame.manufacturer);
    const model = name === null ? undefined : cluster.attributes[name];
    const refusal = refusalOf(model, type);
    if (refusal === null) endpoint.set(`${cluster.name}.${name}`, value);
    else failures.u8(refusal).u16(id);
    failed ||= refusal !== null;
  }
  return { command: GENERAL.writeResponse, payload: failed ? failures.build() : Buffer.from([STATUS.success]) };
}

function refusalOf(model: { type: string; writable?: true } | undefined, type: string): number | null {
  if (model === undefined) return STATUS.unsupportedAttribute;
  if (model.writable !== true) return STATUS.readOnly;
  return model.type === type ? null : STATUS.invalidType;
}

function configureReporting(endpoint: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame): Reply | number {
  const reader = new Reader(frame.payload);
  const failures = new Writer();
  let failed = false;
  while (reader.remaining >= 3) {
    const direction = reader.u8();
    const id = reader.u16();
    if (direction === 1) {
      reader.u16();
      continue;
    }
    const type = typeName(reader.u8());
    if (type === null) return STATUS.malformed;
    const [minimum, maximum] = [reader.u16(), reader.u16()];
    const change = isAnalog(type) ? Number(readValue(reader, type)) : 0;
    const name = cluster.nameOf(id, frame.manufacturer);
    const refusal = reportingRefusal(cluster, name, type);
    if (refusal === null) endpoint.device.reporter.configure(endpoint, cluster, name!, { minimum, maximum, change });
    else failures.u8(refusal, direction).u16(id);
    failed ||= refusal !== null;
  }
  return { command: GENERAL.configureReportingResponse, payload: failed ? failures.build() : Buffer.from([0]) };
}

function reportingRefusal(cluster: VirtualCluster, name: string | null, type: string): number | null {
  const model = name === null ? undefined : cluster.attributes[name];
  if (model === undefined) return STATUS.unsupportedAttribute;
  if (model.reportable === false) return STATUS.unreportable;
  return model.type === type ? null : STATUS.invalidType;
}

function readReporting(endpoint: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame): Reply {
  const reader = new Reader(frame.payload);
  const writer = new Writer();
  while (reader.remaining >= 3) {
    const direction = reader.u8();
    const id = reader.u16();
    const name = cluster.nameOf(id, frame.manufacturer);
    const found = name === null ? null : endpoint.device.reporter.configuration(endpoint, cluster, name);
    writer.u8(found === null ? STATUS.notFound : STATUS.success, direction).u16(id);
    if (found === null) continue;
    const { type } = cluster.attributes[name!]!;
    writer.u8(TYPE[type]).u16(found.minimum, found.maximum);
    if (isAnalog(type)) writeValue(writer, type, found.change);
  }
  return { command: GENERAL.readReportingResponse, payload: writer.build() };
}

function discover(_: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame): Reply {
  const reader = new Reader(frame.payload);
  const [from, most] = [reader.u16(), reader.u8()];
  const models = Object.values(cluster.attributes).filter(
    (model) => (model.manufacturer ?? null) === frame.manufacturer,
  );
  const found = models.filter((model) => model.id >= from).toSorted((a, b) => a.id - b.id);
  const writer = new Writer().u8(found.length <= most ? 1 : 0);
  for (const model of found.slice(0, most)) writer.u16(model.id).u8(TYPE[model.type]);
  return { command: GENERAL.discoverResponse, payload: writer.build() };
}
