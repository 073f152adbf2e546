// A plugin's troubles as errors the API knows.

import { ERROR_STATUS, HubError } from '@lintel/model';
import type { ErrorCode, Outcome } from '@lintel/model';

/** What becomes of a command for a plugin that does not run. */
export const NOT_THERE: Outcome = {
  status: 'offline',
  error: { code: 'CONNECTION_FAILED', detail: 'the plugin of this device is not running: see its page' },
};

export const notRunning = (id: string): HubError =>
  new HubError('PLUGIN_NOT_RUNNING', `the plugin ${id} is not running: enable it, or see on its page why it failed`);

/** What a plugin answered, as an error the API knows. */
export function hubError(error: unknown): HubError {
  const { code, message, pointer } = error as { code?: string; message: string; pointer?: string };
  const known = code !== undefined && Object.hasOwn(ERROR_STATUS, code) ? (code as ErrorCode) : 'PLUGIN_FAILED';
  return new HubError(known, message, pointer === undefined ? {} : { pointer });
}
