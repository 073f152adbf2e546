// A service told to devices that are already found.

import type { Action, Computed, Target, Value } from '@lintel/model';
import type { Call } from './calls.ts';
import { durationValue } from './values.ts';

export interface Told {
  readonly target: Target;
  /** The property that the entity was mapped to, where it was said. */
  readonly property: string | null;
  readonly call: Call;
}
export type Service = (told: Told) => Action[];

/** The property of the same endpoint as the mapped one. */
export function named(property: string, { property: mapped }: Told): string {
  const endpoint = mapped?.split('@')[1];
  return endpoint === undefined ? property : `${property}@${endpoint}`;
}

export function set(told: Told, values: Readonly<Record<string, Computed<Value>>>): Action[] {
  const { target, call } = told;
  const transition = call.data.take('transition');
  const entries = Object.entries(values).map(([key, value]) => [named(key, told), value]);
  return [
    {
      kind: 'set',
      target,
      values: Object.fromEntries(entries) as Record<string, Computed<Value>>,
      ...(transition !== undefined && { transition: durationValue(transition, call.scope) }),
    },
  ];
}
