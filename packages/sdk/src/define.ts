// How a plugin introduces itself.

import type { z } from 'zod';

import type { Permissions, PluginContext, RunningPlugin, TrialContext } from './plugin.ts';

/**
 * A plugin as its entry exports it; `Settings` is its zod schema.
 * @example
 * const plugin: PluginDefinition = {
 *   id: 'acme', name: 'Acme lamps', settings: z.object({}),
 *   setup: async () => ({}),
 * };
 */
export interface PluginDefinition<Settings extends z.ZodType = z.ZodType> {
  /** Letters a-z, digits and `-`, at most 32; must equal the manifest's. */
  readonly id: string;
  /** As people read it: "Acme lamps". */
  readonly name: string;
  /** What the plugin needs of the machine. The manifest's counts; this one is for the reader. */
  readonly permissions?: Permissions;
  /**
   * The settings' schema, from which the form, the validation and the docs come. Titles, descriptions and secrets are
   * said with `.meta({ title, description, writeOnly: true })`. A text with `.meta({ format: 'device' })` or `'room'` is the id
   * of one, and people choose it by its name.
   */
  readonly settings: Settings;
  /**
   * Brings the plugin up and answers what the hub may ask of it. A throw is a failed start: a `PluginError` is shown to
   * the homeowner as it is. `ctx.signal` aborts when the plugin is to stop.
   */
  setup(ctx: PluginContext, settings: z.output<Settings>): Promise<RunningPlugin>;
  /**
   * Tries settings before anyone has taken them over: without it `setup` is run for that, which may form a network or claim
   * an adapter that was only to be looked at. Throws `PluginError` (`BAD_SETTINGS` with a pointer, `CONNECTION_FAILED`). A
   * running plugin is asked its own `test`, if it has one.
   */
  test?(settings: z.output<Settings>, ctx: TrialContext): Promise<void>;
}

/**
 * Types `setup` by the settings' schema, and nothing more.
 * @example
 * export default definePlugin({
 *   id: 'acme', name: 'Acme lamps',
 *   settings: z.object({ lamps: z.number().int().min(0).max(500).default(2) }),
 *   async setup(ctx, settings) {
 *     await ctx.devices.add({ id: 'lamp-1', name: 'Lamp', kind: 'light', endpoints: [endpoint(onOff(), level())] });
 *     return { async command(id, command) { if ('set' in command) await ctx.report(id, command.set); } };
 *   },
 * });
 */
export function definePlugin<Settings extends z.ZodType>(
  definition: PluginDefinition<Settings>,
): PluginDefinition<Settings> {
  return definition;
}
