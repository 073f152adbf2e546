// The running plugin: puts the controller and the bridge together and answers to the hub.

import type { Environment } from '@matter/main';

import { PluginError } from '@lintel/sdk';
import type { PairingRequest, PluginContext, RunningPlugin } from '@lintel/sdk';

import { answerBridge } from './bridge/answers.ts';
import type { Bridge } from './bridge/bridge.ts';
import { Controller } from './controller/controller.ts';
import { Hidden } from './controller/hidden.ts';
import { createControllerNode } from './node/controller-node.ts';
import { checkInterface, interfaceFor, openEnvironment } from './node/environment.ts';
import { closeAttestation } from './pairing/attestation.ts';
import { Codes } from './pairing/codes-used.ts';
import { readCode } from './pairing/code.ts';
import { MatterPairing } from './pairing/pairing.ts';
import type { Settings } from './settings.ts';

const NO_CODE = 'Enter the code of the device: the text of its QR code, or the digits beside it.';

function codeOf({ code, installCode }: PairingRequest) {
  if (installCode !== undefined)
    throw new PluginError('BAD_VALUE', 'Matter has no install codes: use code', '/installCode');
  if (code === undefined) throw new PluginError('BAD_VALUE', NO_CODE, '/code');
  return readCode(code);
}

/** Most homes have no use for the device types of the bridge, and start faster without. */
async function openBridge(ctx: PluginContext, environment: Environment): Promise<Bridge | null> {
  if (ctx.home === null) return null;
  const { startBridge } = await import('./bridge/bridge.ts');
  return startBridge(ctx, ctx.home, environment);
}

export async function setup(ctx: PluginContext, settings: Settings): Promise<RunningPlugin> {
  checkInterface(settings.interface);
  const interfaceName = interfaceFor(settings.interface);
  const environment = openEnvironment(ctx, interfaceName);
  const node = await createControllerNode(environment);
  const controller = new Controller(ctx, node, await Hidden.open(ctx.store));
  await controller.start();
  const codes = await Codes.open(ctx, (id) => controller.find(id) !== undefined);
  const parts = { ctx, controller, codes, interfaceName };
  const bridge = settings.bridge.enabled ? await openBridge(ctx, environment) : null;
  return {
    command: (id, command, signal) => controller.command(id, command, signal),
    checkPairing: async (request) => void codeOf(request),
    pair: (request, signal) => new MatterPairing(parts, request, codeOf(request)).run(signal),
    share: (id) => controller.share(id),
    remove: (id) => controller.remove(id),
    test: async (given) => checkInterface((given as Settings).interface),
    request: (name, body) => answerBridge(bridge, name, body),
    async stop() {
      bridge?.stop();
      closeAttestation(environment);
      await node.close();
    },
  };
}
