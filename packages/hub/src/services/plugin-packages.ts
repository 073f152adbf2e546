// Plugins that people bring and take away, with their devices or without.

import { HubError, localIdOf, type DeviceId, type Origin } from '@lintel/model';
import { z } from 'zod';
import type { CatalogueItem, PluginView } from '../interface.ts';
import { SYSTEM, type Kernel } from '../kernel.ts';
import type { Listing } from '../plugins/listing.ts';
import type { PluginHost } from '../plugins/types.ts';
import type { PluginSettings } from './plugin-settings.ts';
import { parseBody } from './validate.ts';

const installSchema = z.strictObject({
  source: z.string('expected "npm:NAME" or "file:/FOLDER"').max(4_096, 'at most 4,096 characters'),
});

export interface PluginPackagesOptions {
  readonly kernel: Kernel;
  readonly host: PluginHost;
  readonly settings: PluginSettings;
  readonly listing: Listing;
  readonly viewOf: (id: string) => PluginView;
}

export function pluginPackages({ kernel, host, settings, listing, viewOf }: PluginPackagesOptions) {
  const tell = (id: string, value: PluginView | null): void =>
    kernel.bus.publish([{ topic: 'plugin', id, value }], kernel.scheduler.now());
  const told = (id: string): PluginView => {
    const view = viewOf(id);
    tell(id, view);
    return view;
  };
  const wanted = (id: string): PluginView['settings'] | null => {
    const { enabled, settings: stored } = settings.get(id);
    return enabled ? stored : null;
  };
  const devicesOf = (plugin: string) =>
    kernel.machine.registry.list('devices').filter((each) => each.plugin === plugin);

  /** Devices leave their network while their plugin can still see to it; one that cannot be reached is forgotten all the same. */
  const removeDevices = async (plugin: string): Promise<void> => {
    if (!host.ready(plugin)) return;
    const leave = devicesOf(plugin).map(({ id }) => host.removeDevice(plugin, localIdOf(id as DeviceId)));
    await Promise.allSettled(leave);
  };

  const forget = async (plugin: string, by: Origin): Promise<void> => {
    const edits = devicesOf(plugin).map(({ id }) => ({ collection: 'devices' as const, id, value: null }));
    if (edits.length > 0) await kernel.commit(edits, by);
    await settings.forget(plugin);
  };

  /** What the plugin was is remembered for the day it is brought again; until then no one can reach its devices. */
  const keep = async (plugin: string): Promise<void> => {
    for (const { id } of devicesOf(plugin))
      kernel.submit({ kind: 'online', body: { device: id, online: false } }, SYSTEM);
    await settings.put(plugin, { ...settings.get(plugin), enabled: false });
  };

  return {
    catalogue: (): readonly CatalogueItem[] => listing.catalogue,
    install: async (body: unknown, _by: Origin): Promise<PluginView> => {
      const { source } = parseBody(installSchema, body);
      return told(await host.install(source));
    },
    remove: async (id: string, devices: 'keep' | 'remove', by: Origin): Promise<void> => {
      const { name, source } = host.get(id);
      if (source === null) throw new HubError('FORBIDDEN', `${name} comes with Lintel: disable it instead`);
      if (devices === 'remove') await removeDevices(id);
      await host.uninstall(id);
      if (devices === 'remove') await forget(id, by);
      else await keep(id);
      tell(id, null);
    },
    update: async (id: string, _by: Origin): Promise<PluginView> => {
      await host.update(id, wanted(id), () => settings.put(id, { ...settings.get(id), enabled: false }));
      return told(id);
    },
    rollBack: async (id: string, _by: Origin): Promise<PluginView> => {
      await host.rollBack(id, wanted(id));
      return told(id);
    },
  };
}
