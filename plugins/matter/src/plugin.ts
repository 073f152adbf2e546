// The running plugin: puts the controller and the bridge together and answers to the hub.

import type { PluginContext, RunningPlugin } from '@lintel/sdk';

import { createControllerNode } from './node/controller-node.ts';
import { checkInterface, openEnvironment } from './node/environment.ts';
import type { Settings } from './settings.ts';

export async function setup(ctx: PluginContext, settings: Settings): Promise<RunningPlugin> {
  checkInterface(settings.interface);
  const environment = openEnvironment(ctx, settings.interface);
  const node = await createControllerNode(environment);
  await node.start();
  return {
    async stop() {
      await node.close();
    },
  };
}
