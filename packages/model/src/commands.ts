// What people, rules and the API ask of devices, and what became of it.

import type { Values } from './values.ts';

/**
 * One atomic target for a device's properties, or one named command. Times are milliseconds.
 * @example const dim: DeviceCommand = { set: { 'level.level': 0.2 }, transition: 1_000 };
 */
export type DeviceCommand =
  | { readonly set: Values; readonly endpoint?: string; readonly transition?: number }
  | { readonly command: string; readonly args?: Readonly<Record<string, unknown>>; readonly endpoint?: string };

/**
 * How a command ended.
 * @example const ended: OutcomeStatus = 'done';
 */
export type OutcomeStatus = 'done' | 'failed' | 'timeout' | 'offline' | 'superseded';

/**
 * What became of a command, and why where it did not end well.
 * @example const refused: Outcome = { status: 'failed', error: { code: 'DEVICE_REFUSED', detail: 'The lock is jammed.' } };
 */
export interface Outcome {
  readonly status: OutcomeStatus;
  readonly error?: { readonly code: string; readonly detail: string };
}

/** Where a command goes. Room, floor and home without `kind` reach lights only. */
export type Target = (
  | { readonly device: string }
  | { readonly devices: readonly string[] }
  | { readonly room: string }
  | { readonly floor: string }
  | { readonly group: string }
  | { readonly home: true }
  | { readonly trigger: true }
) & { readonly kind?: string; readonly except?: readonly string[] };

/**
 * The command that takes another back, where a command that holds for a while can be taken back by one. A lock locks again; it never
 * unlocks by itself.
 */
export const TAKEN_BACK_BY: Readonly<Record<string, string>> = {
  'lock.unlock': 'lock.lock',
  'lock.unlatch': 'lock.lock',
  'cover.open': 'cover.close',
  'cover.close': 'cover.open',
  'media.play': 'media.pause',
  'media.pause': 'media.play',
};
