// Which plugins are enabled and with what settings. They may hold secrets, so they live in SQLite alone, sealed.

import type { Vault } from '../vault/vault.ts';
import type { Store } from '../store/store.ts';

export interface PluginSetting {
  readonly enabled: boolean;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface PluginSettings {
  get(plugin: string): PluginSetting;
  list(): readonly (readonly [string, PluginSetting])[];
  put(plugin: string, setting: PluginSetting): Promise<void>;
  /** Everything that was kept of a plugin: its settings, and what it stored itself. */
  forget(plugin: string): Promise<void>;
}

const KIND = 'settings';
const PURPOSE = 'plugin-settings/';

export async function openPluginSettings(store: Store, vault: Vault): Promise<PluginSettings> {
  const rows = await store.all('SELECT plugin, value FROM plugin_values WHERE kind = ?', [KIND]);
  const known = new Map<string, PluginSetting>(
    rows.map((row) => {
      const plugin = String(row['plugin']);
      return [plugin, JSON.parse(vault.open(row['value'] as Uint8Array, PURPOSE + plugin)) as PluginSetting];
    }),
  );
  return {
    get: (plugin) => known.get(plugin) ?? { enabled: false, settings: {} },
    list: () => [...known],
    put: async (plugin, setting) => {
      const sql = `INSERT INTO plugin_values (plugin, kind, key, value) VALUES (?, ?, '', ?)
                   ON CONFLICT DO UPDATE SET value = excluded.value`;
      const sealed = vault.seal(JSON.stringify(setting), PURPOSE + plugin);
      await store.transaction([{ sql, parameters: [plugin, KIND, sealed] }]);
      known.set(plugin, setting);
    },
    forget: async (plugin) => {
      await store.transaction([{ sql: 'DELETE FROM plugin_values WHERE plugin = ?', parameters: [plugin] }]);
      known.delete(plugin);
    },
  };
}
