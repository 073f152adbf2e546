// What plugins ask the hub to remember, each apart from the others; secrets are sealed.

import type { PluginStore } from '../plugins/types.ts';
import type { Store } from '../store/store.ts';
import type { Vault } from './vault.ts';

type Kind = 'store' | 'secret';

export function pluginStore(store: Store, kind: Kind, vault: Vault): PluginStore {
  const purpose = (plugin: string, key: string): string => `${kind}/${plugin}/${key}`;
  const encode = (plugin: string, key: string, value: unknown): Uint8Array => {
    const text = JSON.stringify(value ?? null);
    return kind === 'secret' ? vault.seal(text, purpose(plugin, key)) : Buffer.from(text);
  };
  const decode = (plugin: string, key: string, bytes: Uint8Array): unknown =>
    JSON.parse(kind === 'secret' ? vault.open(bytes, purpose(plugin, key)) : Buffer.from(bytes).toString('utf8'));
  return {
    get: async (plugin, key) => {
      const sql = 'SELECT value FROM plugin_values WHERE plugin = ? AND kind = ? AND key = ?';
      const [row] = await store.all(sql, [plugin, kind, key]);
      return row === undefined ? undefined : decode(plugin, key, row['value'] as Uint8Array);
    },
    set: async (plugin, key, value) => {
      const sql = `INSERT INTO plugin_values (plugin, kind, key, value) VALUES (?, ?, ?, ?)
                   ON CONFLICT DO UPDATE SET value = excluded.value`;
      await store.transaction([{ sql, parameters: [plugin, kind, key, encode(plugin, key, value)] }]);
    },
    delete: async (plugin, key) => {
      const sql = 'DELETE FROM plugin_values WHERE plugin = ? AND kind = ? AND key = ?';
      await store.transaction([{ sql, parameters: [plugin, kind, key] }]);
    },
  };
}
