// Sharing: a device opens a window for another ecosystem, under a code made for it alone.

import { randomInt } from 'node:crypto';

import { Bytes, Crypto, Spake2p, VendorId } from '@matter/main';
import {
  CommissioningFlowType,
  DiscoveryCapabilitiesSchema,
  ManualPairingCodeCodec,
  QrPairingCodeCodec,
} from '@matter/main/types';

import type { PluginContext } from '@lintel/sdk';

import { COMMAND_MS, SHARE_SECONDS } from '../limits.ts';
import { fieldsOf, numberOf } from '../mapping/types.ts';
import { explainCommand } from './errors.ts';
import type { Peer } from './peer.ts';
import { within } from './within.ts';

const ITERATIONS = 1000;
const SALT_BYTES = 32;
const WINDOW_CLOSED = 0;
const PASSCODE_MAX = 99_999_998;
const DISCRIMINATOR_MAX = 4095;

export interface Share {
  readonly qr: string;
  readonly manual: string;
  /** ISO 8601, UTC. */
  readonly until: string;
}

const TRIVIAL = new Set([12_345_678, 87_654_321, ...Array.from({ length: 10 }, (_, digit) => digit * 11_111_111)]);

function newPasscode(): number {
  const passcode = randomInt(1, PASSCODE_MAX + 1);
  return TRIVIAL.has(passcode) ? newPasscode() : passcode;
}

/** Opens the window. Throws a `PluginError` where the device cannot or does not answer. */
export async function share(ctx: PluginContext, peer: Peer): Promise<Share> {
  const { node } = peer;
  const admin = fieldsOf(node.maybeStateOf('administratorCommissioning'));
  const commands = node.commandsOf('administratorCommissioning');
  const [passcode, discriminator] = [newPasscode(), randomInt(0, DISCRIMINATOR_MAX + 1)];
  const salt = node.env.get(Crypto).randomBytes(SALT_BYTES);
  const { w0, L } = await Spake2p.computeW0L(node.env.get(Crypto), { iterations: ITERATIONS, salt }, passcode);
  const verifier = Bytes.concat(numberBytes(w0), L);
  try {
    if (numberOf(admin['windowStatus']) !== WINDOW_CLOSED)
      await inTime(commands['revokeCommissioning']!(undefined)).catch(() => undefined);
    const request = {
      commissioningTimeout: SHARE_SECONDS,
      pakePasscodeVerifier: verifier,
      discriminator,
      iterations: ITERATIONS,
      salt,
    };
    await inTime(commands['openCommissioningWindow']!(request));
  } catch (error) {
    throw explainCommand(error, peer.name);
  }
  return codesOf(
    node.maybeStateOf('basicInformation'),
    passcode,
    discriminator,
    ctx.clock.now() + SHARE_SECONDS * 1000,
  );
}

const numberBytes = (value: bigint): Uint8Array => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');

function codesOf(basic: unknown, passcode: number, discriminator: number, until: number): Share {
  const { vendorId, productId } = fieldsOf(basic);
  const qr = QrPairingCodeCodec.encode([
    {
      version: 0,
      vendorId: VendorId(numberOf(vendorId) ?? 0),
      productId: numberOf(productId) ?? 0,
      flowType: CommissioningFlowType.Standard,
      discriminator,
      passcode,
      discoveryCapabilities: DiscoveryCapabilitiesSchema.encode({ onIpNetwork: true }),
    },
  ]);
  return {
    qr,
    manual: ManualPairingCodeCodec.encode({ discriminator, passcode }),
    until: new Date(until).toISOString(),
  };
}

const inTime = <T>(work: Promise<T> | T): Promise<T> => within(Promise.resolve(work), AbortSignal.timeout(COMMAND_MS));
