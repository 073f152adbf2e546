// What a device does with a cluster frame it received: carry it out, and answer as the specification has it.

import { Reader } from './bytes.ts';
import { BEHAVIOURS } from './clusters/index.ts';
import type { Destination, VirtualCluster, VirtualDevice, VirtualEndpoint } from './device.ts';
import { handleGeneral, type Reply } from './foundation.ts';
import { decodeZcl, GENERAL, STATUS, type ZclFrame } from './zcl.ts';

export interface Incoming {
  /** Whom to answer. */
  readonly from: Destination;
  /** 255 is every endpoint. */
  readonly endpoint: number;
  readonly cluster: number;
  readonly bytes: Buffer;
  /** Set for a group cast. */
  readonly group?: number;
  /** Group casts and broadcasts are not answered. */
  readonly unanswered: boolean;
}

export function receive(device: VirtualDevice, incoming: Incoming): void {
  const frame = decodeZcl(incoming.bytes);
  for (const endpoint of device.endpoints.values()) {
    if (!isMeant(endpoint, incoming)) continue;
    const cluster = endpoint.clusters.get(incoming.cluster);
    const outcome = cluster === undefined ? withoutCluster(frame) : carryOut(endpoint, cluster, frame);
    if (outcome !== null && !incoming.unanswered) answer(endpoint, incoming, frame, outcome);
  }
}

function isMeant(endpoint: VirtualEndpoint, incoming: Incoming): boolean {
  if (incoming.group !== undefined) return endpoint.groups.has(incoming.group);
  if (incoming.endpoint === 0xff) return endpoint.clusters.has(incoming.cluster);
  return endpoint.id === incoming.endpoint;
}

/** A cluster the endpoint does not serve: answers to its own requests are fine, all else is refused. */
function withoutCluster(frame: ZclFrame): number | null {
  const isAnswer = !frame.specific && frame.command !== GENERAL.read && frame.command !== GENERAL.write;
  return isAnswer || frame.fromServer ? null : STATUS.unsupportedCluster;
}

function carryOut(endpoint: VirtualEndpoint, cluster: VirtualCluster, frame: ZclFrame): Reply | number | null {
  try {
    if (!frame.specific) return handleGeneral(endpoint, cluster, frame);
    const handler = BEHAVIOURS[cluster.id]?.[frame.command];
    if (handler === undefined) return STATUS.unsupportedCommand;
    return handler({ endpoint, cluster, frame, reader: new Reader(frame.payload) });
  } catch (error) {
    if (error instanceof RangeError) return STATUS.malformed;
    throw error;
  }
}

function answer(endpoint: VirtualEndpoint, incoming: Incoming, frame: ZclFrame, outcome: Reply | number): void {
  const isDefault = typeof outcome === 'number';
  if (isDefault && outcome === STATUS.success && frame.disableDefaultResponse) return;
  const reply = isDefault
    ? { command: GENERAL.defaultResponse, payload: Buffer.from([frame.command, outcome]) }
    : outcome;
  const header = {
    specific: frame.specific && !isDefault,
    fromServer: !frame.fromServer,
    disableDefaultResponse: true,
    manufacturer: frame.manufacturer,
    sequence: frame.sequence,
    command: reply.command,
  };
  endpoint.device.answer(endpoint.id, incoming.cluster, incoming.from, header, reply.payload);
}
