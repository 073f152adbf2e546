// Whether a value is one that a property can be set to. Values of people are checked as they come in, those of rules, which may
// be worked out, before they go out.

import { describeProperty, HubError, splitDeviceRef, type PropertyDescription, type Value } from '@lintel/model';
import type { Delivery } from '../journal/records.ts';
import type { Registry } from '../registry/registry.ts';

/** @throws HubError BAD_VALUE that says what was expected */
export function checkValue(description: PropertyDescription, property: string, value: Value, pointer: string): void {
  const fail = (expected: string): never => {
    throw new HubError('BAD_VALUE', `${property}: expected ${expected}, not ${JSON.stringify(value)}`, { pointer });
  };
  if (!description.settable) throw new HubError('BAD_VALUE', `${property} can only be read`, { pointer });
  if (typeof value !== description.type) return fail(NOUN[description.type]);
  const { min, max, values, unit } = description;
  const range = `a number from ${min ?? '−∞'} to ${max ?? '∞'}${unit === null || unit === '' ? '' : ` ${unit}`}`;
  if (typeof value === 'number' && ((min !== null && value < min) || (max !== null && value > max))) fail(range);
  if (typeof value === 'string' && values !== null && !values.includes(value)) fail(`one of ${values.join(', ')}`);
}

const NOUN = { boolean: 'true or false', number: 'a number', string: 'text' } as const;

/**
 * Checks what a rule's command would set by the capability table, and what is a device's own by that device. Each takes of it
 * what it can: a lamp that is asked for a warmer white than it has comes on in its warmest.
 * @throws HubError BAD_VALUE
 */
export function checkDeliveries(registry: Registry, deliveries: readonly Delivery[]): void {
  for (const { device, command } of deliveries) {
    if (!('set' in command)) continue;
    for (const [property, value] of Object.entries(command.set)) {
      const described = describeProperty(property) ?? propertyOf(registry, device, command.endpoint, property);
      if (described !== null) checkValue(described, property, value, '');
    }
  }
}

function propertyOf(registry: Registry, id: string, part: string | undefined, key: string): PropertyDescription | null {
  const [capability, name] = key.split('.');
  const endpoints = registry.get('devices', splitDeviceRef(id).device)?.description.endpoints ?? [];
  const found = endpoints.find((each) => each.id === part)?.capabilities.find((each) => each.name === capability);
  return found?.properties.find((each) => each.name === name) ?? null;
}
