// The lamps that a person gave by their addresses: each is looked at before it is taken over, and what is wrong is said at its
// own field.

import { PluginError, type PluginContext } from '@lintel/sdk';

import { addressOf, inWords, sameAddress, type Address, type Settings } from './settings.ts';
import { lookAt } from './wled/reach.ts';
import type { LampInfo } from './wled/messages.ts';

const fault = (at: number, detail: string): PluginError =>
  new PluginError('BAD_SETTINGS', detail, `/devices/${at}/host`);

/** Throws `BAD_SETTINGS` where one address stands twice. */
export function addressesOf({ devices }: Settings): readonly Address[] {
  const addresses = devices.map(addressOf);
  addresses.forEach((address, at) => {
    const first = addresses.findIndex((each) => sameAddress(each, address));
    if (first < at) throw fault(at, `${inWords(address)} stands here twice.`);
  });
  return addresses;
}

/** Who is at each address. Throws `BAD_SETTINGS` where there is no lamp, or one that another address leads to as well. */
export async function lookAtAll(
  ctx: Pick<PluginContext, 'clock' | 'signal'>,
  addresses: readonly Address[],
  isWanted: (address: Address) => boolean = () => true,
): Promise<readonly (LampInfo | null)[]> {
  const look = async (address: Address, at: number): Promise<LampInfo | null> => {
    if (!isWanted(address)) return null;
    return lookAt(ctx, address).catch((error: Error) => {
      throw fault(at, error.message);
    });
  };
  const found = await Promise.all(addresses.map(look));
  found.forEach((info, at) => {
    const first = info === null ? at : found.findIndex((each) => each?.mac === info.mac);
    if (first < at) throw fault(at, `${inWords(addresses[at]!)} is the same lamp as ${inWords(addresses[first]!)}.`);
  });
  return found;
}
