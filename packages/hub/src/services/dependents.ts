// What depends on a device: rules, scenes and groups that name it. Asked before it is removed.

import type { Registry } from '../registry/registry.ts';

export interface Dependent {
  readonly kind: 'automation' | 'scene' | 'group';
  readonly id: string;
  readonly name: string;
}

export function dependentsOf(registry: Registry, device: string): readonly Dependent[] {
  const names = (text: unknown): boolean => mentions(text, device);
  const found = (kind: Dependent['kind'], things: readonly { id: string; name?: string }[]): Dependent[] =>
    things.filter(names).map(({ id, name }) => ({ kind, id, name: name ?? id }));
  return [
    ...found('automation', registry.list('automations')),
    ...found('scene', registry.list('scenes')),
    ...found('group', registry.list('groups')),
  ];
}

/** Whether a value, however deep, is the device's id or one of its endpoints'. */
function mentions(value: unknown, device: string): boolean {
  if (typeof value === 'string')
    return value === device || value.startsWith(`${device}/`) || value.includes(`"${device}"`);
  if (typeof value !== 'object' || value === null) return false;
  return Object.values(value).some((each) => mentions(each, device));
}
