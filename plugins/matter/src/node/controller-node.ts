// The node that the hub is in its own fabric, as the controller of its devices.

import { ControllerBehavior, Seconds, ServerNode, VendorId, type Environment } from '@matter/main';

/** A command to a device that is gone fails within this; matter.js alone would wait for a minute and a half. */
const CONNECTION_SECONDS_MAX = 5;

/** How often what devices last said is kept for the next start. */
const CACHE_SECONDS = 60;

export async function createControllerNode(environment: Environment): Promise<ServerNode> {
  return ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
    environment,
    id: 'controller',
    commissioning: { enabled: false },
    controller: { adminFabricLabel: 'Lintel', ble: false },
    network: {
      port: 0,
      clientCacheFlushInterval: Seconds(CACHE_SECONDS),
      timing: { defaultConnectionTimeout: Seconds(CONNECTION_SECONDS_MAX) },
    },
    basicInformation: {
      vendorName: 'Lintel',
      vendorId: VendorId(0xfff1),
      productName: 'Controller',
      nodeLabel: 'Lintel',
    },
  });
}
