// The network's identity: made at random once, kept as a secret, and the same for ever after.

import { randomBytes, randomInt } from 'node:crypto';

import type { PluginContext } from '@lintel/sdk';

export interface NetworkParameters {
  readonly panId: number;
  readonly extendedPanId: readonly number[];
  readonly networkKey: readonly number[];
  readonly channel: number;
}

const KEY = 'network';
/** Beside the channels that most Wi-Fi uses. */
const CHANNELS = [15, 20, 25] as const;

/** The network as it was made once, on the channel that the settings ask for. */
export async function loadNetwork(ctx: PluginContext, channel: number | undefined): Promise<NetworkParameters> {
  const known = await ctx.secrets.get(KEY);
  const network = isNetwork(known) ? known : makeNetwork(channel);
  const wanted = { ...network, channel: channel ?? network.channel };
  if (!isNetwork(known) || wanted.channel !== known.channel) await ctx.secrets.set(KEY, wanted);
  return wanted;
}

/** A network nobody else has: 128 random bits of key, and identifiers that are not reserved. */
function makeNetwork(channel: number | undefined): NetworkParameters {
  return {
    panId: randomInt(0x0001, 0xfff0),
    extendedPanId: [...randomBytes(8)],
    networkKey: [...randomBytes(16)],
    channel: channel ?? CHANNELS[randomInt(CHANNELS.length)]!,
  };
}

const areBytes = (raw: unknown, length: number): boolean =>
  Array.isArray(raw) && raw.length === length && raw.every((each) => Number.isInteger(each) && each >= 0 && each < 256);

function isNetwork(raw: unknown): raw is NetworkParameters {
  const given = raw as Partial<NetworkParameters> | null;
  return (
    typeof given === 'object' &&
    given !== null &&
    Number.isInteger(given.panId) &&
    Number.isInteger(given.channel) &&
    areBytes(given.extendedPanId, 8) &&
    areBytes(given.networkKey, 16)
  );
}
