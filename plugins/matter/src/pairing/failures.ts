// Why a pairing failed, in words that say what to check.

import { causedBy, NetworkError, NoResponseTimeoutError, UnexpectedDataError } from '@matter/main';
import {
  CommissioningError,
  DeviceAlreadyCommissionedToThisFabricError,
  DeviceAttestationError,
  MaximumCommissionedFabricsReachedError,
  OperativeConnectionFailedError,
  PeerCommunicationError,
  WifiOrThreadNetworkCredentialsNotConfiguredError,
} from '@matter/main/protocol';

import { shortly } from '../controller/errors.ts';

export interface Failure {
  readonly code: string;
  readonly detail: string;
}

const NO_RADIO =
  'Lintel has no Bluetooth and no Thread border router here: put the device on your network with the app of its maker, or with a hub that has them, and add it here by the share code that it shows.';

export const notFound = (seconds: number): Failure => ({
  code: 'PAIRING_NOT_FOUND',
  detail:
    `No device with this code answered within ${seconds} seconds. Check that it has power, is ready to be paired (its maker says how; many are for 15 minutes after they were switched on) and is on the same network as the hub, with IPv6 and multicast let through. ` +
    `If it is in another app already, share it from there and enter the code that the app shows. ${NO_RADIO}`,
});

export const NO_MULTICAST: Failure = {
  code: 'PAIRING_NO_MULTICAST',
  detail:
    'This network lets no multicast through, by which Matter finds devices. Check that the hub has a network connection with IPv6, that the chosen network interface is the right one, and in a container or virtual machine that it shares the network of its host.',
};

export const used = (name: string | null): Failure => ({
  code: 'PAIRING_CODE_USED',
  detail:
    (name === null
      ? 'The device is on the network, but takes this code no more: it was used already, or its time to be paired is over. '
      : `This code was used already, by ${name} which is in this home. `) +
    'To pair the device again reset it first; to use it in two ecosystems share it from the one that it is in, and enter the code shown there.',
});

const WRONG: Failure = {
  code: 'PAIRING_CODE_WRONG',
  detail:
    'The device was found, but the code is not its code. Check that it is the code of this very device; after several wrong codes a device must be restarted before it takes another.',
};

export const uncertified = (why: string): Failure => ({
  code: 'PAIRING_UNCERTIFIED',
  detail: `The device could not prove that it is an officially certified product: ${why} It was not added. Add it without the proof only if you know where it comes from.`,
});

/** Thrown where the proof of origin is refused. As a commissioning error it lets the device go at once, for another try. */
export class UncertifiedError extends CommissioningError {}

const KNOWN: readonly (readonly [new (...given: never[]) => Error, (error: Error) => Failure])[] = [
  [UncertifiedError, ({ message }) => uncertified(message)],
  [DeviceAttestationError, ({ message }) => uncertified(`${message}.`)],
  [DeviceAlreadyCommissionedToThisFabricError, () => used(null)],
  [
    MaximumCommissionedFabricsReachedError,
    () => ({
      code: 'PAIRING_FULL',
      detail: 'The device is in as many ecosystems as it can be. Remove it from one of them first.',
    }),
  ],
  [
    WifiOrThreadNetworkCredentialsNotConfiguredError,
    () => ({ code: 'PAIRING_NO_NETWORK', detail: `The device is not on a network yet. ${NO_RADIO}` }),
  ],
  [
    OperativeConnectionFailedError,
    () => ({
      code: 'PAIRING_LOST',
      detail:
        'The device took the code, but could then not be found on the network. Check that IPv6 and multicast are let through between it and the hub, and pair it again.',
    }),
  ],
  [UnexpectedDataError, () => WRONG],
  [
    NoResponseTimeoutError,
    () => ({
      code: 'PAIRING_LOST',
      detail:
        'The device stopped answering. Check that it has power and is close enough to its access point, and pair it again.',
    }),
  ],
  [PeerCommunicationError, () => used(null)],
  [NetworkError, () => NO_MULTICAST],
];

export function explainPairing(error: unknown): Failure {
  const known = KNOWN.find(([type]) => causedBy(error, type as never));
  const cause = known === undefined ? undefined : findCause(error, known[0]);
  if (known !== undefined && cause !== undefined) return known[1](cause);
  return { code: 'PAIRING_FAILED', detail: `The device was found, but could not be added: ${shortly(error)}` };
}

function findCause(error: unknown, type: new (...given: never[]) => Error): Error | undefined {
  if (error instanceof type) return error;
  if (!(error instanceof Error)) return undefined;
  const inner = [error.cause, ...((error as AggregateError).errors ?? [])];
  return inner
    .map((each) => (each === undefined ? undefined : findCause(each, type)))
    .find((each) => each !== undefined);
}
