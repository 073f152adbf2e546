// The Zigbee Cluster Library's frame header and attribute values, as far as homes use them.

import { ieeeFromBytes, ieeeToBytes, Reader, Writer, type Ieee } from './bytes.ts';

export const STATUS = {
  success: 0x00,
  failure: 0x01,
  malformed: 0x80,
  unsupportedCommand: 0x81,
  unsupportedGeneralCommand: 0x82,
  invalidField: 0x85,
  unsupportedAttribute: 0x86,
  invalidValue: 0x87,
  readOnly: 0x88,
  insufficientSpace: 0x89,
  duplicate: 0x8a,
  notFound: 0x8b,
  unreportable: 0x8c,
  invalidType: 0x8d,
  unsupportedCluster: 0xc3,
} as const;

/** Foundation commands, which every cluster understands. */
export const GENERAL = {
  read: 0x00,
  readResponse: 0x01,
  write: 0x02,
  writeUndivided: 0x03,
  writeResponse: 0x04,
  writeNoResponse: 0x05,
  configureReporting: 0x06,
  configureReportingResponse: 0x07,
  readReporting: 0x08,
  readReportingResponse: 0x09,
  report: 0x0a,
  defaultResponse: 0x0b,
  discover: 0x0c,
  discoverResponse: 0x0d,
} as const;

export interface ZclHeader {
  /** True for a cluster's own command, false for a foundation command. */
  readonly specific: boolean;
  readonly fromServer: boolean;
  readonly disableDefaultResponse: boolean;
  readonly manufacturer: number | null;
  readonly sequence: number;
  readonly command: number;
}

export interface ZclFrame extends ZclHeader {
  readonly payload: Buffer;
}

export function decodeZcl(bytes: Buffer): ZclFrame {
  const reader = new Reader(bytes);
  const control = reader.u8();
  const manufacturer = control & 0x04 ? reader.u16() : null;
  return {
    specific: (control & 0x03) === 1,
    fromServer: (control & 0x08) !== 0,
    disableDefaultResponse: (control & 0x10) !== 0,
    manufacturer,
    sequence: reader.u8(),
    command: reader.u8(),
    payload: reader.rest(),
  };
}

export function encodeZcl(header: ZclHeader, payload: Uint8Array): Buffer {
  const control =
    (header.specific ? 1 : 0) |
    (header.manufacturer === null ? 0 : 0x04) |
    (header.fromServer ? 0x08 : 0) |
    (header.disableDefaultResponse ? 0x10 : 0);
  const writer = new Writer().u8(control);
  if (header.manufacturer !== null) writer.u16(header.manufacturer);
  return writer.u8(header.sequence, header.command).bytes(payload).build();
}

/** Attribute data types by their names in the specification. */
export const TYPE = {
  data8: 0x08,
  bool: 0x10,
  map8: 0x18,
  map16: 0x19,
  map32: 0x1b,
  uint8: 0x20,
  uint16: 0x21,
  uint24: 0x22,
  uint32: 0x23,
  uint48: 0x25,
  int8: 0x28,
  int16: 0x29,
  int24: 0x2a,
  int32: 0x2b,
  enum8: 0x30,
  enum16: 0x31,
  single: 0x39,
  octets: 0x41,
  text: 0x42,
  utc: 0xe2,
  ieee: 0xf0,
} as const;
export type TypeName = keyof typeof TYPE;

export type AttributeValue = number | string | boolean | Buffer;

const NAME_OF = new Map<number, TypeName>(Object.entries(TYPE).map(([name, id]) => [id, name as TypeName]));
const INTEGER_BYTES: Partial<Record<TypeName, number>> = {
  data8: 1,
  map8: 1,
  map16: 2,
  map32: 4,
  uint8: 1,
  uint16: 2,
  uint24: 3,
  uint32: 4,
  uint48: 6,
  int8: 1,
  int16: 2,
  int24: 3,
  int32: 4,
  enum8: 1,
  enum16: 2,
  utc: 4,
};

export const typeName = (id: number): TypeName | null => NAME_OF.get(id) ?? null;

/** Analog types report on a change of a given size; the others on any change. */
export const isAnalog = (type: TypeName): boolean => /^(u?int|single|utc)/.test(type);

export function writeValue(writer: Writer, type: TypeName, value: AttributeValue): void {
  const bytes = INTEGER_BYTES[type];
  if (bytes !== undefined) writer.integer(Math.trunc(Number(value)), bytes);
  else if (type === 'bool') writer.u8(value === true || value === 1 ? 1 : 0);
  else if (type === 'ieee') writer.bytes(ieeeToBytes(value as Ieee));
  else if (type === 'single') writer.bytes(single(Number(value)));
  else {
    const content = Buffer.isBuffer(value) ? value : Buffer.from(String(value), 'utf8');
    writer.u8(content.length).bytes(content);
  }
}

export function readValue(reader: Reader, type: TypeName): AttributeValue {
  const bytes = INTEGER_BYTES[type];
  if (bytes !== undefined) return reader.integer(bytes, type.startsWith('int'));
  if (type === 'bool') return reader.u8() === 1;
  if (type === 'ieee') return ieeeFromBytes(reader.bytes(8));
  if (type === 'single') return reader.bytes(4).readFloatLE(0);
  const content = reader.bytes(reader.u8());
  return type === 'octets' ? Buffer.from(content) : content.toString('utf8');
}

function single(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeFloatLE(value, 0);
  return bytes;
}
