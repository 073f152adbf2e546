// Groups (0x0004) and scenes (0x0005).

import { Writer } from '../bytes.ts';
import type { VirtualEndpoint } from '../device.ts';
import type { Reply } from '../foundation.ts';
import { STATUS, type AttributeValue } from '../zcl.ts';
import type { Behaviour, Command } from './command.ts';
import { fade } from './motion.ts';

const GROUPS_MAX = 16;
const SCENES_MAX = 16;

function addGroup({ endpoint, reader }: Command): Reply {
  const group = reader.u16();
  const isFull = endpoint.groups.size >= GROUPS_MAX && !endpoint.groups.has(group);
  const status = endpoint.groups.has(group) ? STATUS.duplicate : isFull ? STATUS.insufficientSpace : STATUS.success;
  if (!isFull) endpoint.groups.add(group);
  // A device that already is a member says so with success in practice.
  const said = status === STATUS.duplicate ? STATUS.success : status;
  return { command: 0x00, payload: new Writer().u8(said).u16(group).build() };
}

function viewGroup({ endpoint, reader }: Command): Reply {
  const group = reader.u16();
  const status = endpoint.groups.has(group) ? STATUS.success : STATUS.notFound;
  return { command: 0x01, payload: new Writer().u8(status).u16(group).u8(0).build() };
}

function groupMembership({ endpoint, reader }: Command): Reply {
  const asked = Array.from({ length: reader.u8() }, () => reader.u16());
  const found = [...endpoint.groups].filter((group) => asked.length === 0 || asked.includes(group));
  const room = GROUPS_MAX - endpoint.groups.size;
  return {
    command: 0x02,
    payload: new Writer()
      .u8(room, found.length)
      .u16(...found)
      .build(),
  };
}

function removeGroup({ endpoint, reader }: Command): Reply {
  const group = reader.u16();
  const status = endpoint.groups.delete(group) ? STATUS.success : STATUS.notFound;
  return { command: 0x03, payload: new Writer().u8(status).u16(group).build() };
}

export const groups: Behaviour = {
  0x00: addGroup,
  0x01: viewGroup,
  0x02: groupMembership,
  0x03: removeGroup,
  0x04: ({ endpoint }) => {
    endpoint.groups.clear();
    return STATUS.success;
  },
  0x05: ({ endpoint, reader }) => {
    const group = reader.u16();
    if (Number(endpoint.get('genIdentify.identifyTime') ?? 0) > 0) endpoint.groups.add(group);
    return STATUS.success;
  },
};

/** What a scene brings back, by cluster and attribute. */
const RECALLED = [
  'genOnOff.onOff',
  'genLevelCtrl.currentLevel',
  'lightingColorCtrl.currentX',
  'lightingColorCtrl.currentY',
  'lightingColorCtrl.colorTemperature',
  'lightingColorCtrl.colorMode',
];

function snapshot(endpoint: VirtualEndpoint): Map<string, AttributeValue> {
  const values = RECALLED.map((path) => [path, endpoint.get(path)] as const);
  return new Map(values.filter((entry): entry is [string, AttributeValue] => entry[1] !== undefined));
}

const sceneReply = (command: number, status: number, group: number, scene: number): Reply => ({
  command,
  payload: new Writer().u8(status).u16(group).u8(scene).build(),
});

const refusal = (endpoint: VirtualEndpoint, group: number): number | null =>
  group === 0 || endpoint.groups.has(group) ? null : STATUS.invalidField;

function storeScene({ endpoint, reader }: Command): Reply {
  const [group, scene] = [reader.u16(), reader.u8()];
  const refused = refusal(endpoint, group);
  if (refused !== null) return sceneReply(0x04, refused, group, scene);
  endpoint.scenes.set(`${group}/${scene}`, snapshot(endpoint));
  return sceneReply(0x04, STATUS.success, group, scene);
}

/** Takes over what the extension fields say of on/off and level; the other fields are kept as they are now. */
function addScene({ endpoint, reader }: Command): Reply {
  const [group, scene] = [reader.u16(), reader.u8()];
  reader.u16();
  reader.bytes(reader.u8());
  const values = snapshot(endpoint);
  while (reader.remaining >= 3) {
    const [cluster, length] = [reader.u16(), reader.u8()];
    const fields = reader.bytes(length);
    if (cluster === 0x0006) values.set('genOnOff.onOff', fields[0] === 1);
    if (cluster === 0x0008) values.set('genLevelCtrl.currentLevel', fields[0] ?? 254);
    if (cluster === 0x0300 && length >= 4) {
      values.set('lightingColorCtrl.currentX', fields.readUInt16LE(0));
      values.set('lightingColorCtrl.currentY', fields.readUInt16LE(2));
    }
    if (cluster === 0x0300 && length >= 13) values.set('lightingColorCtrl.colorTemperature', fields.readUInt16LE(11));
  }
  endpoint.scenes.set(`${group}/${scene}`, values);
  return sceneReply(0x00, STATUS.success, group, scene);
}

function viewScene({ endpoint, reader }: Command): Reply {
  const [group, scene] = [reader.u16(), reader.u8()];
  const known = endpoint.scenes.has(`${group}/${scene}`);
  const writer = new Writer()
    .u8(known ? STATUS.success : STATUS.notFound)
    .u16(group)
    .u8(scene);
  return { command: 0x01, payload: known ? writer.u16(0).u8(0).build() : writer.build() };
}

function removeScene({ endpoint, reader }: Command): Reply {
  const [group, scene] = [reader.u16(), reader.u8()];
  const known = endpoint.scenes.delete(`${group}/${scene}`);
  return sceneReply(0x02, known ? STATUS.success : STATUS.notFound, group, scene);
}

function removeAllScenes({ endpoint, reader }: Command): Reply {
  const group = reader.u16();
  for (const key of endpoint.scenes.keys()) if (key.startsWith(`${group}/`)) endpoint.scenes.delete(key);
  return { command: 0x03, payload: new Writer().u8(STATUS.success).u16(group).build() };
}

function recallScene({ endpoint, reader }: Command): number {
  const [group, scene] = [reader.u16(), reader.u8()];
  const ms = reader.remaining >= 2 ? reader.u16() * 100 : 0;
  const values = endpoint.scenes.get(`${group}/${scene}`);
  if (values === undefined) return STATUS.notFound;
  for (const [path, value] of values) {
    if (typeof value === 'number' && !path.endsWith('colorMode')) fade(endpoint, path, value, ms);
    else endpoint.set(path, value);
  }
  return STATUS.success;
}

function sceneMembership({ endpoint, reader }: Command): Reply {
  const group = reader.u16();
  const found = [...endpoint.scenes.keys()].filter((key) => key.startsWith(`${group}/`));
  const numbers = found.map((key) => Number(key.split('/')[1]));
  const writer = new Writer().u8(STATUS.success, SCENES_MAX - endpoint.scenes.size).u16(group);
  return { command: 0x06, payload: writer.u8(numbers.length, ...numbers).build() };
}

export const scenes: Behaviour = {
  0x00: addScene,
  0x01: viewScene,
  0x02: removeScene,
  0x03: removeAllScenes,
  0x04: storeScene,
  0x05: recallScene,
  0x06: sceneMembership,
};
