// Plugins as people run them: enabled with settings, tried, restarted, watched.

import { isDeepStrictEqual } from 'node:util';
import { HubError, type Origin } from '@lintel/model';
import { z } from 'zod';
import type { PluginLogEntry, PluginView } from '../interface.ts';
import type { PluginHost, PluginInfo } from '../plugins/types.ts';
import type { PluginSetting, PluginSettings } from './plugin-settings.ts';
import { parseBody } from './validate.ts';

const settingsSchema = z.record(z.string(), z.json(), 'expected an object of settings');
const configureSchema = z.strictObject({
  enabled: z.boolean('expected true or false').optional(),
  settings: settingsSchema.optional(),
});
const testSchema = z.strictObject({ settings: settingsSchema.optional() });

export interface PluginServiceOptions {
  readonly host: PluginHost;
  readonly settings: PluginSettings;
  readonly onChange: (view: PluginView) => void;
}

export function pluginService({ host, settings, onChange }: PluginServiceOptions) {
  const viewOf = (info: PluginInfo): PluginView => {
    const stored = settings.get(info.id);
    return { ...info, enabled: stored.enabled, settings: host.masked(info.id, stored.settings) };
  };
  const get = (id: string): PluginView => viewOf(host.get(id));

  const configure = async (id: string, body: unknown, _by: Origin): Promise<PluginView> => {
    host.get(id);
    const asked = parseBody(configureSchema, body);
    const before = settings.get(id);
    const enabled = asked.enabled ?? before.enabled;
    const given = asked.settings === undefined ? before.settings : host.unmasked(id, asked.settings, before.settings);
    const next = enabled || asked.settings !== undefined ? await host.validate(id, given) : before.settings;
    const isNew = !isDeepStrictEqual(next, before.settings) || !before.enabled;
    if (enabled && isNew) await startWith(id, next, before);
    if (!enabled) await host.stop(id);
    await settings.put(id, { enabled, settings: next });
    onChange(get(id));
    return get(id);
  };

  /** Settings that the plugin itself refuses are not kept, and what ran before runs again. */
  const startWith = async (id: string, next: PluginView['settings'], before: PluginSetting): Promise<void> => {
    if (before.enabled && host.rechoose(id, next)) return;
    await host.start(id, next);
    const refused = host.refused(id);
    if (refused?.pointer === undefined) return;
    if (before.enabled) await host.start(id, before.settings);
    else await host.stop(id);
    throw new HubError('BAD_SETTINGS', refused.detail, { pointer: `/settings${refused.pointer}` });
  };

  /** Starts what was enabled; a plugin that fails shows why on its page and is tried again. */
  const startEnabled = (isMeant: (id: string) => boolean = () => true): void => {
    for (const [id, { enabled, settings: stored }] of settings.list()) {
      if (enabled && host.has(id) && isMeant(id)) void host.start(id, stored).catch(() => {});
    }
  };

  return {
    list: (): readonly PluginView[] => host.list().map(viewOf),
    get,
    configure,
    restart: async (id: string, _by: Origin): Promise<PluginView> => {
      const { name } = host.get(id);
      const { enabled, settings: stored } = settings.get(id);
      if (!enabled) throw new HubError('PLUGIN_NOT_RUNNING', `${name} is not enabled: enable it instead`);
      await host.start(id, stored);
      return get(id);
    },
    test: async (id: string, body: unknown): Promise<{ ok: true }> => {
      host.get(id);
      const asked = parseBody(testSchema, body);
      const stored = settings.get(id).settings;
      const given = asked.settings === undefined ? stored : host.unmasked(id, asked.settings, stored);
      await host.test(id, await host.validate(id, given));
      return { ok: true };
    },
    log: (id: string): readonly PluginLogEntry[] =>
      host.log(id).map(({ number, at, level, text }) => ({ number, at: new Date(at).toISOString(), level, text })),
    map: (id: string) => host.map(id),
    request: (id: string, name: string, body: unknown) => host.request(id, name, body),
    startEnabled,
    /** Starts what safe mode held back. */
    leaveSafeMode: (): void => {
      host.leaveSafeMode();
      startEnabled((id) => host.get(id).source !== null);
    },
    statusChanged: (id: string): void => onChange(get(id)),
  };
}
