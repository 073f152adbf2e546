// Loads a plugin's entry. A plugin's folder needs no node_modules for `@lintel/sdk`: it is given the hub's.

import { registerHooks } from 'node:module';
import { pathToFileURL } from 'node:url';

import type { PluginDefinition } from '../define.ts';

/** Makes `@lintel/sdk` and what else is given the hub's own wherever the plugin lies: addresses by specifier. */
export function giveModules(given: Readonly<Record<string, string>>): void {
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const url = given[specifier];
      return url === undefined ? nextResolve(specifier, context) : { url, shortCircuit: true };
    },
  });
}

/** The definition that the file at `entry` exports by default; throws where it is none, or not the manifest's. */
export async function loadPlugin(entry: string, id: string): Promise<PluginDefinition> {
  const module = (await import(pathToFileURL(entry).href)) as { default?: Partial<PluginDefinition> };
  const definition = module.default;
  if (typeof definition?.setup !== 'function') {
    throw new Error('the entry must export what definePlugin answers as its default');
  }
  if (definition.settings === undefined) {
    throw new Error('definePlugin is given no settings: say "settings: z.object({})" for a plugin that has none');
  }
  if (definition.id !== id) {
    throw new Error(
      `the manifest says the id is "${id}", but definePlugin says "${String(definition.id)}": make them equal`,
    );
  }
  return definition as PluginDefinition;
}
