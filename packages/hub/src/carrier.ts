// Between the outbox and the plugin host: the hub's ids on one side, the plugin's own on the other.

import { localIdOf, type DeviceId } from '@lintel/model';
import type { Carrier } from './dispatch/courier.ts';
import type { KnownDevice, PluginHost } from './plugins/types.ts';
import type { Registry } from './registry/registry.ts';

export function carrierOf(host: () => PluginHost): Carrier {
  return {
    ready: (plugin) => host().ready(plugin),
    send: (plugin, parcels, decided) => {
      const batch = parcels.map(({ device, body, deadlineMs }) => ({
        id: localIdOf(device as DeviceId),
        command: body,
        deadline: deadlineMs,
      }));
      void host().send(plugin, batch, (index, outcome) => decided(parcels[index]!, outcome));
    },
  };
}

/** A plugin's devices as the hub knows them, for its start. */
export const knownDevices = (registry: Registry, plugin: string): KnownDevice[] =>
  registry
    .list('devices')
    .filter((each) => each.plugin === plugin)
    .map(({ description, settings }) => ({ id: description.id, endpoints: description.endpoints, settings }));
