// Opens a plugin for new devices, within what its manifest allows.

import { HubError } from '@lintel/model';
import type { PairingRequest, PairingStep } from '@lintel/sdk';

import type { Entry } from './catalogue.ts';
import { hubError, notRunning } from './errors.ts';
import { PAIRING_SECONDS_MAX } from './limits.ts';
import type { PairingHandle } from './types.ts';

export function openPairing(
  id: string,
  { supervisor, manifest }: Entry,
  request: PairingRequest,
  onStep: (step: PairingStep) => void,
): PairingHandle {
  const maximum = manifest.pairing?.maximumSeconds ?? PAIRING_SECONDS_MAX;
  if (supervisor.session === null) throw notRunning(id);
  if (!supervisor.answers('pair')) throw new HubError('UNSUPPORTED', `the plugin ${id} finds no devices by pairing`);
  if (request.seconds > maximum) {
    throw new HubError('BAD_VALUE', `expected at most ${maximum} seconds`, { pointer: '/seconds' });
  }
  const { done, stop } = supervisor.session.pair(request, onStep);
  return { done: done.catch((error) => Promise.reject(hubError(error))), stop };
}
