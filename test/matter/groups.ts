// Groups as an ecosystem makes them: a key that it shares with the devices, the right to use it, the members, and then one
// message to all of them, which none of them answers.

import type { Endpoint, ServerNode } from '@matter/main';
import { ColorControl } from '@matter/main/clusters/color-control';
import { LevelControl } from '@matter/main/clusters/level-control';
import { OnOff } from '@matter/main/clusters/on-off';
import { ScenesManagement } from '@matter/main/clusters/scenes-management';
import type { ClientNode } from '@matter/main/node';
import { FabricManager, Invoke, type Fabric } from '@matter/main/protocol';
import { GroupId } from '@matter/main/types';

const CLUSTERS = {
  onOff: OnOff,
  levelControl: LevelControl,
  colorControl: ColorControl,
  scenesManagement: ScenesManagement,
};
const KEY_SET = 42;
const EPOCH_KEY = new Uint8Array(16).fill(7);
/** In the past, in microseconds since 1970. */
const BEGAN = Date.UTC(2026, 0) * 1000;
const OPERATE = 3;
const BY_GROUP = 3;

type Body = Readonly<Record<string, unknown>>;
type Run = (args: unknown) => Promise<unknown>;

const keySet = () => ({
  groupKeySetId: KEY_SET,
  groupKeySecurityPolicy: 0,
  epochKey0: EPOCH_KEY,
  epochStartTime0: BEGAN,
  epochKey1: null,
  epochStartTime1: null,
  epochKey2: null,
  epochStartTime2: null,
});

function fabricOf(node: ServerNode): Fabric {
  const [fabric] = node.env.get(FabricManager);
  if (fabric === undefined) throw new Error('this ecosystem has no fabric yet');
  return fabric;
}

const commandsOf = (endpoint: Endpoint, cluster: string): Record<string, Run> =>
  (endpoint as unknown as { commands: Record<string, Record<string, Run>> }).commands[cluster]!;

/** Lets a peer hear messages to this group. */
export async function prepareGroup(node: ServerNode, peer: ClientNode, { group }: Body): Promise<void> {
  const fabric = fabricOf(node);
  const groupId = GroupId(Number(group));
  await fabric.groups.setFromGroupKeySet(keySet() as Parameters<Fabric['groups']['setFromGroupKeySet']>[0]);
  fabric.groups.groupKeyIdMap.set(groupId, KEY_SET);
  const root = peer as unknown as Endpoint;
  await commandsOf(root, 'groupKeyManagement')['keySetWrite']!({ groupKeySet: keySet() });
  const { fabricIndex } = fabric;
  const { acl } = (root.state as unknown as { accessControl: { acl: readonly object[] } }).accessControl;
  const allowed = { privilege: OPERATE, authMode: BY_GROUP, subjects: [BigInt(groupId)], targets: null, fabricIndex };
  await root.setStateOf('groupKeyManagement', { groupKeyMap: [{ groupId, groupKeySetId: KEY_SET, fabricIndex }] });
  await root.setStateOf('accessControl', { acl: [...acl, allowed] });
}

/** One command to every member, wherever it is. */
export async function groupcast(node: ServerNode, { group, cluster, command, args }: Body): Promise<void> {
  const address = fabricOf(node).groupAddressOf(GroupId(Number(group)));
  const members = await node.peers.forAddress(address);
  const request = {
    cluster: CLUSTERS[cluster as keyof typeof CLUSTERS],
    command,
    ...(args !== undefined && { fields: args }),
  };
  const answers = members.interaction.invoke(Invoke({ commands: [request as never] }));
  for await (const _ of answers);
}
