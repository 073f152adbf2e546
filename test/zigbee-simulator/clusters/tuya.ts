// Tuya's own cluster (0xEF00): numbered data points in place of attributes. A data point is kept as the attribute `dp<N>`.

import { Writer } from '../bytes.ts';
import type { VirtualEndpoint } from '../device.ts';
import { STATUS } from '../zcl.ts';
import type { Behaviour, Command } from './command.ts';

const DATA_REPORT = 0x02;
const POINT_TYPE = { raw: 0, bool: 1, value: 2, text: 3, choice: 4 } as const;

function pointBytes(type: number, value: number): Buffer {
  if (type !== POINT_TYPE.value) return Buffer.from([value]);
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
}

/** Tells the coordinator a data point's value, as the device does when it changes. */
export function sendDataPoint(endpoint: VirtualEndpoint, point: number): void {
  const type = endpoint.get(`manuSpecificTuya.dp${point}Type`) ?? POINT_TYPE.value;
  const content = pointBytes(Number(type), Number(endpoint.get(`manuSpecificTuya.dp${point}`) ?? 0));
  const payload = new Writer()
    .u8(0, endpoint.device.nextSequence(), point, Number(type), 0, content.length)
    .bytes(content);
  const header = { specific: true, fromServer: true, disableDefaultResponse: false, manufacturer: null };
  const to = { ieee: null, endpoint: 1 };
  endpoint.device.send(endpoint.id, 0xef00, to, { ...header, command: DATA_REPORT }, payload.build());
}

function setDataPoints({ endpoint, reader }: Command): number {
  reader.u16();
  while (reader.remaining >= 4) {
    const [point, type] = [reader.u8(), reader.u8()];
    const content = reader.bytes(reader.bytes(2).readUInt16BE(0));
    const value = type === POINT_TYPE.value ? content.readInt32BE(0) : (content[0] ?? 0);
    endpoint.set(`manuSpecificTuya.dp${point}`, value);
    queueMicrotask(() => sendDataPoint(endpoint, point));
  }
  return STATUS.success;
}

function queryAll({ endpoint, cluster }: Command): number {
  for (const name of cluster.values.keys()) {
    const point = /^dp(\d+)$/.exec(name)?.[1];
    if (point !== undefined) queueMicrotask(() => sendDataPoint(endpoint, Number(point)));
  }
  return STATUS.success;
}

export const tuya: Behaviour = {
  0x00: setDataPoints,
  0x03: queryAll,
  0x04: setDataPoints,
  0x10: () => STATUS.success,
  0x24: () => STATUS.success,
};
