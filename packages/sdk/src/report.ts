// What devices say is not always what they can be.

import type { Values } from '@lintel/model';
import { PluginError, type PluginContext } from './plugin.ts';

const VALUES = '/values/';

/**
 * Reports what fits the device's description, where one value that does not would have the whole report refused.
 * @throws PluginError `BAD_VALUE` for the first value that was left out, after the others have gone; other errors at once
 * @example reportWhatFits(ctx, 'lamp-1', lamp.read()).catch((error) => ctx.log.warn(error.message));
 */
export async function reportWhatFits(
  ctx: Pick<PluginContext, 'report'>,
  id: string,
  values: Values,
  endpoint?: string,
): Promise<void> {
  let fault: PluginError | null = null;
  let rest = values;
  do {
    try {
      await ctx.report(id, rest, endpoint);
      break;
    } catch (error) {
      const key = keyAtFault(error);
      if (key === null || !Object.hasOwn(rest, key)) throw error;
      fault ??= error as PluginError;
      rest = Object.fromEntries(Object.entries(rest).filter(([each]) => each !== key));
    }
  } while (Object.keys(rest).length > 0);
  if (fault !== null) throw fault;
}

function keyAtFault(error: unknown): string | null {
  if (!(error instanceof PluginError) || error.code !== 'BAD_VALUE') return null;
  return error.pointer?.startsWith(VALUES) === true ? error.pointer.slice(VALUES.length) : null;
}
