// A device's mapping: how what its converters say and take becomes properties in SI units, and back.

import type {
  CapabilityName,
  DeviceKind,
  EndpointDescription,
  KnownValue,
  PropertyDescription,
  Value,
} from '@lintel/model';

/** What the converters call a thing a device shows or takes; the part of their types that is used here. */
export interface Expose {
  readonly type: string;
  readonly name?: string;
  readonly property?: string;
  readonly label?: string;
  /** Bits: 1 reported, 2 settable, 4 readable. */
  readonly access?: number;
  readonly endpoint?: string;
  readonly unit?: string;
  readonly category?: string;
  readonly value_min?: number;
  readonly value_max?: number;
  readonly value_on?: unknown;
  readonly value_off?: unknown;
  readonly values?: readonly (string | number)[];
  readonly features?: readonly Expose[];
}

/** Keys and values as converters speak them. */
export type Message = Record<string, unknown>;

export interface PropertyMapping {
  readonly capability: CapabilityName | 'generic';
  readonly description: PropertyDescription;
  /** The converters' endpoint label, such as `l1`; null for the device as a whole. */
  readonly label: string | null;
  /** The key of the converters' payload that it is read from. */
  readonly source: string;
  /** The value in our units; undefined where the payload says nothing of it. */
  read(value: unknown, payload: Message, state: Message): Value | undefined;
  /** Adds to the message for the converters what sets this property, given everything that is set with it. */
  write?(message: Message, value: KnownValue, all: Readonly<Record<string, Value>>, state: Message): void;
  /** The converters' key to read the value from the device, where that can be asked. */
  readonly get?: string;
}

/** A named command: answers the message for the converters. */
export type CommandMapping = (args: Readonly<Record<string, unknown>>, state: Message) => Message;

/** A part of a device's mapping, from one expose. */
export interface Part {
  readonly properties: readonly PropertyMapping[];
  readonly commands?: Readonly<Record<string, CommandMapping>>;
  /** Capabilities that have commands or events but perhaps no property. */
  readonly capabilities?: readonly CapabilityName[];
  readonly kind?: DeviceKind;
}

export interface MappedEndpoint {
  readonly id: string;
  readonly label: string | null;
  readonly properties: ReadonlyMap<string, PropertyMapping>;
  readonly commands: ReadonlyMap<string, CommandMapping>;
}

export interface DeviceMapping {
  readonly kind: DeviceKind;
  readonly endpoints: readonly MappedEndpoint[];
  readonly descriptions: readonly EndpointDescription[];
  /** Which properties a key of the converters' payload speaks of. */
  readonly bySource: ReadonlyMap<
    string,
    readonly { readonly endpoint: MappedEndpoint; readonly key: string; readonly property: PropertyMapping }[]
  >;
  /** Whether `action` is a button's event here. */
  readonly hasActions: boolean;
}

export const ACCESS = { reported: 1, settable: 2, readable: 4 } as const;

export const isSettable = (expose: Expose): boolean => ((expose.access ?? 0) & ACCESS.settable) !== 0;
export const isReadable = (expose: Expose): boolean => ((expose.access ?? 0) & ACCESS.readable) !== 0;
export const sourceOf = (expose: Expose): string => expose.property ?? expose.name ?? '';
