// A part of a device: the behaviour of one capability.

import type { Values } from '@lintel/sdk';

import type { VirtualDevice } from '../device.ts';

export type Arguments = Readonly<Record<string, unknown>>;

export interface Part {
  /** Carries out its share of a target, and answers what is left for others and for plain showing. */
  set?(device: VirtualDevice, values: Values, transition: number): Promise<Values> | Values;
  readonly commands?: Readonly<Record<string, (device: VirtualDevice, args: Arguments) => Promise<void>>>;
  /** What it measures at this instant, from the clock and the device's id alone. */
  measure?(device: VirtualDevice): Values;
}

export function numberOf(args: Arguments, name: string, otherwise: number): number {
  const value = args[name];
  return typeof value === 'number' && Number.isFinite(value) ? value : otherwise;
}

export function textOf(args: Arguments, name: string, otherwise: string): string {
  const value = args[name];
  return typeof value === 'string' ? value : otherwise;
}

/** `values` without the properties of one capability. */
export function without(values: Values, capability: string): Values {
  return Object.fromEntries(Object.entries(values).filter(([property]) => !property.startsWith(`${capability}.`)));
}
