// Narrows a row of the capability table to what a device really has.

import { describeCapability } from '@lintel/model';
import type { CAPABILITIES, CapabilityDescription, CapabilityName, PropertyDescription } from '@lintel/model';

type PropertyOf<Name extends CapabilityName> = keyof (typeof CAPABILITIES)[Name]['properties'] & string;
export type Limits = readonly [number, number];

/**
 * What a device has of a capability.
 * @example const onlyWatts: CapabilityOptions<'power'> = { properties: ['power'], limits: { power: [0, 3680] } };
 */
export interface CapabilityOptions<Name extends CapabilityName> {
  /** The properties the device has; default all of the table's row. */
  readonly properties?: readonly PropertyOf<Name>[];
  /** The commands the device takes; default all of the row. */
  readonly commands?: readonly string[];
  /** `[min, max]` of a number, in the table's unit. */
  readonly limits?: { readonly [Property in PropertyOf<Name>]?: Limits };
  /** The closed list of a text's values. */
  readonly values?: { readonly [Property in PropertyOf<Name>]?: readonly string[] };
}

interface Narrowing {
  readonly properties?: readonly string[] | undefined;
  readonly commands?: readonly string[] | undefined;
  readonly limits?: Readonly<Record<string, Limits | undefined>> | undefined;
  readonly values?: Readonly<Record<string, readonly string[] | undefined>> | undefined;
}

function narrowProperty(property: PropertyDescription, to: Narrowing): PropertyDescription {
  const limits = to.limits?.[property.name];
  const values = to.values?.[property.name];
  return { ...property, ...(limits && { min: limits[0], max: limits[1] }), ...(values && { values: [...values] }) };
}

/** A row of the table, narrowed. */
export function narrow(name: CapabilityName, to: Narrowing): CapabilityDescription {
  const whole = describeCapability(name, to.properties);
  const properties = whole.properties.map((property) => narrowProperty(property, to));
  return { ...whole, properties, ...(to.commands && { commands: [...to.commands] }) };
}

type Builder<Name extends CapabilityName> = (options?: CapabilityOptions<Name>) => CapabilityDescription;

/** A builder for a row. */
export const row =
  <Name extends CapabilityName>(name: Name): Builder<Name> =>
  (options = {}) =>
    narrow(name, options as Narrowing);
