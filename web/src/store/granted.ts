// A device as far as its reader may use it: what a guest was not given the use of can be read, and not set or commanded.

import type { CapabilityDescription, Device } from '@lintel/model';

/** @param may names such as `"onOff"` or `"lock.lock"`; undefined where nothing is narrowed */
export function asGranted(device: Device, may: readonly string[] | undefined): Device {
  if (may === undefined) return device;
  const granted = new Set(may);
  const endpoints = device.endpoints.map((endpoint) => ({
    ...endpoint,
    capabilities: endpoint.capabilities.map((each) => (granted.has(each.name) ? each : narrowed(each, granted))),
  }));
  return { ...device, endpoints };
}

const narrowed = (capability: CapabilityDescription, granted: ReadonlySet<string>): CapabilityDescription => ({
  ...capability,
  properties: capability.properties.map((each) => ({
    ...each,
    settable: each.settable && granted.has(`${capability.name}.${each.name}`),
  })),
  commands: capability.commands.filter((each) => granted.has(`${capability.name}.${each}`)),
});
