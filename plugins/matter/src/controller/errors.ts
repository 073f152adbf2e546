// matter.js's failures in words for people.

import { StatusResponseError } from '@matter/main/types';
import { PeerCommunicationError } from '@matter/main/protocol';
import { causedBy, CanceledError, NoResponseTimeoutError } from '@matter/main';

import { PluginError } from '@lintel/sdk';

import { MappingError } from '../mapping/types.ts';

const DETAIL_CHARACTERS_MAX = 300;

export const shortly = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).slice(0, DETAIL_CHARACTERS_MAX);

/** What became of a command, as the hub tells it. */
export function explainCommand(error: unknown, name: string): PluginError {
  if (error instanceof PluginError) {
    return error.code === 'TIMEOUT' ? offline(name) : error;
  }
  if (error instanceof MappingError) return new PluginError(error.code, error.message);
  if (error instanceof StatusResponseError)
    return new PluginError('DEVICE_REFUSED', `${name} refused the command: ${shortly(error)}`);
  if (causedBy(error, PeerCommunicationError, NoResponseTimeoutError, CanceledError)) return offline(name);
  return new PluginError('DEVICE_REFUSED', `${name} did not take the command: ${shortly(error)}`);
}

const offline = (name: string): PluginError =>
  new PluginError(
    'DEVICE_OFFLINE',
    `${name} does not answer. Check that it has power and is on the same network as the hub.`,
  );

/** Of a device that hears commands only when it wakes. */
export const asleep = (name: string): PluginError =>
  new PluginError(
    'TIMEOUT',
    `${name} sleeps to spare its battery, and has not woken in time to hear this. Press a button on it, or try again later.`,
  );
