// The node that the hub is in its own fabric, as the controller of its devices.

import { ControllerBehavior, Seconds, ServerNode, VendorId, type Environment } from '@matter/main';
import { SustainedSubscription } from '@matter/main/protocol';

/** A command to a device that is gone fails within this; matter.js alone would wait for a minute and a half. */
const CONNECTION_SECONDS_MAX = 5;
/** A device that is away is called so often until it answers; matter.js alone would call ever more seldom. */
const CALL_SECONDS = 1;

/**
 * A device that answers, but could not be subscribed to, is asked anew so soon, and then within this at the latest. matter.js
 * would come to wait for an hour, in which nothing of the device was heard; it has no other place to say so.
 */
const SUBSCRIBE_AGAIN = { initialInterval: Seconds(2), maximumInterval: Seconds(60) };

/** How often what devices last said is kept for the next start. */
const CACHE_SECONDS = 60;

export async function createControllerNode(environment: Environment): Promise<ServerNode> {
  Object.assign(SustainedSubscription.DefaultRetrySchedule, SUBSCRIBE_AGAIN);
  const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
    environment,
    id: 'controller',
    commissioning: { enabled: false },
    controller: { adminFabricLabel: 'Lintel', ble: false },
    network: {
      port: 0,
      clientCacheFlushInterval: Seconds(CACHE_SECONDS),
      timing: {
        defaultConnectionTimeout: Seconds(CONNECTION_SECONDS_MAX),
        maxDelayBetweenInitialContactRetries: Seconds(CALL_SECONDS),
        delayAfterNetworkError: Seconds(CALL_SECONDS),
        // Its router may have given it another address meanwhile.
        delayBeforeNextAddress: Seconds(CALL_SECONDS),
        addressChangeStabilizationDelay: Seconds(CALL_SECONDS),
      },
    },
    basicInformation: {
      vendorName: 'Lintel',
      vendorId: VendorId(0xfff1),
      productName: 'Controller',
      productId: 0x8000,
      hardwareVersion: 1,
      softwareVersion: 1,
      nodeLabel: 'Lintel',
    },
  });
  // By itself it would only be there from the first pairing on, and nothing would end the subscriptions of a home that has none.
  await node.act((agent) => agent.load(ControllerBehavior));
  return node;
}
