// Who is connected to the bridge.

import type { ServerNode } from '@matter/main';
import { FabricManager } from '@matter/main/protocol';
import { FabricIndex } from '@matter/main/types';

import { PluginError } from '@lintel/sdk';

export interface FabricView {
  readonly index: number;
  readonly label: string;
  readonly vendor: number;
}

/** For fabrics without a label of their own; vendor numbers as the Connectivity Standards Alliance lists them. */
const ECOSYSTEMS: Readonly<Record<number, string>> = {
  0x1349: 'Apple Home',
  0x1384: 'Apple Home',
  0x6006: 'Google Home',
  0x1217: 'Amazon Alexa',
  0x110a: 'SmartThings',
  0x134b: 'Home Assistant',
};

export function fabricsOf(node: ServerNode): FabricView[] {
  return Object.values(node.state.commissioning.fabrics).map(({ fabricIndex, label, rootVendorId }) => ({
    index: fabricIndex,
    label: label || (ECOSYSTEMS[rootVendorId] ?? ''),
    vendor: rootVendorId,
  }));
}

/** What a command of this fabric's is said to come from. */
export function nameOfFabric(node: ServerNode, index: number): string {
  const found = fabricsOf(node).find((each) => each.index === index);
  return found === undefined || found.label === '' ? `Matter fabric ${index}` : found.label;
}

/** Throws NOT_FOUND. */
export async function removeFabric(node: ServerNode, index: unknown): Promise<void> {
  const fabric = Number.isInteger(index)
    ? node.env.get(FabricManager).maybeFor(FabricIndex(index as number))
    : undefined;
  if (fabric === undefined)
    throw new PluginError('NOT_FOUND', `no ecosystem with the index ${String(index)} is connected`);
  await fabric.leave();
}
