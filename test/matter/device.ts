// A process of Matter devices, one or many, each a node of its own with storage, address and codes:
//
//   node test/matter/device.ts '{"folder": "/tmp/lamp", "interface": "lo", "devices": [{"id": "lamp", "kind": "color-light"}]}'
//
// It prints the port of its control (control.ts) and of nothing else. Killing it is the power plug; what it kept on the disk
// is what a device keeps. SIGSTOP freezes it on the air.

import { Environment, Logger } from '@matter/main';
import { PaseServer } from '@matter/main/protocol';

import { serveDevices } from './control.ts';
import { createDevice, type DeviceNode, type DeviceOptions } from './node.ts';

export interface ProcessOptions {
  readonly folder: string;
  /** The network interface to speak on. */
  readonly interface: string;
  readonly devices: readonly DeviceOptions[];
}

const { folder, interface: network, devices } = JSON.parse(process.argv[2] ?? '{}') as ProcessOptions;

const { vars } = Environment.default;
vars.set('storage.path', folder);
vars.set('mdns.networkInterface', network);
vars.set('runtime.exitcode', false);
Logger.level = process.env['MATTER_LOG'] ?? 'error';

/** How often anyone tried a code on any device of this process. */
let tries = 0;
const { onNewExchange } = PaseServer.prototype;
PaseServer.prototype.onNewExchange = function (exchange) {
  tries += 1;
  return onNewExchange.call(this, exchange);
};

const nodes = new Map<string, DeviceNode>();
for (const options of devices) {
  const device = await createDevice(options);
  await device.node.start();
  nodes.set(options.id, device);
}
console.log(`control ${await serveDevices(nodes, () => tries)}`);
