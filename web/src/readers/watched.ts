// What a rule reads of the home: the properties of devices that its triggers, conditions and waits name.

import type { Rule } from '@lintel/model';

export interface WatchedProperty {
  readonly device: string;
  readonly property: string;
}

/** Each property of a single device once, in the order of the rule; sets of devices are not unfolded. */
export function watchedBy({ triggers, conditions = [], actions }: Rule): readonly WatchedProperty[] {
  const found = new Map<string, WatchedProperty>();
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const each of value) walk(each);
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return;
    const { kind, device, property } = value as Readonly<Record<string, unknown>>;
    if (kind === 'property' && typeof device === 'string' && device !== '' && typeof property === 'string')
      found.set(`${device} ${property}`, { device, property });
    for (const each of Object.values(value)) walk(each);
  };
  walk([triggers, conditions, actions]);
  return [...found.values()];
}
