// How a lamp is reached in time, and who it is that is reached.

import { PluginError, type PluginContext } from '@lintel/sdk';

import { inTime } from '../in-time.ts';
import { ANSWER_MS } from '../limits.ts';
import { inWords, type Address } from '../settings.ts';
import { ask } from './http.ts';
import { readInfo, type LampInfo } from './messages.ts';

/** Asks who is at an address. Throws `DEVICE_OFFLINE` and `DEVICE_REFUSED`. */
export async function lookAt(ctx: Pick<PluginContext, 'clock' | 'signal'>, address: Address): Promise<LampInfo> {
  const raw = await within(ctx, address, ANSWER_MS, (signal) => ask(address, '/json/info', signal));
  return readInfo(raw);
}

/** Runs `work` with a lamp, which fails with words when the lamp takes longer than `ms`. */
export function within<T>(
  { clock, signal }: Pick<PluginContext, 'clock' | 'signal'>,
  address: Address,
  ms: number,
  work: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = (): PluginError =>
    new PluginError(
      'TIMEOUT',
      `The lamp at ${inWords(address)} did not answer in time. Check that it has power and is on your network.`,
    );
  return inTime({ clock, signal, ms, late }, work);
}
