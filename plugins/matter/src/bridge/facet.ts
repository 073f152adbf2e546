// What a bridged endpoint is made of: facets, each of which turns a capability of the home's into clusters of Matter's and
// what an ecosystem changes back into values of the home's.

import type { Endpoint, EndpointType } from '@matter/main';

import type {
  CapabilityDescription,
  EndpointDescription,
  HomeDevice,
  HomeEvent,
  PropertyDescription,
  Values,
} from '@lintel/sdk';

/** Attributes by behaviour, as matter.js names them. */
export type State = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Facet {
  /** Clusters beyond those that the device type brings. */
  readonly behaviors: readonly unknown[];
  /** What ecosystems may change: `"onOff.onOff"`. */
  readonly watched: readonly string[];
  /** The whole state by the home's last known values; unknown ones take a value that Matter allows. */
  toMatter(values: Values): State;
  /** The home's values for what was changed; empty where nothing is to be done. */
  toHome(state: State, changed: ReadonlySet<string>): Values;
  /** The command to the home, by name, for what was changed, in place of values; null where nothing is to be done. */
  asks?(state: State, changed: ReadonlySet<string>): string | null;
  /** What an event of the home's does here, such as a press of a button. */
  happened?(endpoint: Endpoint, event: HomeEvent): Promise<void>;
}

/** One Matter endpoint to be: a device type with its facets. */
export interface Twin {
  /** Unique within a device, and stable: part of what its endpoint number is kept by. */
  readonly name: string;
  /** The endpoint of the home's device it stands for. */
  readonly endpoint: string;
  readonly type: EndpointType;
  readonly facets: readonly Facet[];
  /** What it is made of, where Matter wants that on endpoints of its own. */
  readonly parts?: readonly Twin[];
}

/** A home's endpoint as the makers of twins look at it. */
export class Source {
  readonly device: HomeDevice;
  readonly endpoint: EndpointDescription;

  constructor(device: HomeDevice, endpoint: EndpointDescription) {
    this.device = device;
    this.endpoint = endpoint;
  }

  get kind(): string {
    return this.endpoint.kind ?? this.device.kind;
  }

  capability(name: string): CapabilityDescription | undefined {
    return this.endpoint.capabilities.find((each) => each.name === name);
  }

  has(name: string): boolean {
    return this.capability(name) !== undefined;
  }

  property(capability: string, name: string): PropertyDescription | undefined {
    return this.capability(capability)?.properties.find((each) => each.name === name);
  }
}

export const numberOr = (value: unknown, otherwise: number): number =>
  typeof value === 'number' && Number.isFinite(value) ? value : otherwise;

export const within = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value));

/** Absolute zero, in hundredths of a degree Celsius. */
export const CELSIUS_MIN = -27_315;
export const INT16_MAX = 32_767;

/** For measurements: unknown is null in Matter too; what no attribute can hold is held at its limit. */
export const measured = (value: unknown, convert: (value: number) => number, min: number, max: number): number | null =>
  typeof value === 'number' && !Number.isNaN(value) ? within(Math.round(convert(value)), min, max) : null;

/** A facet that only tells. */
export const telling = (behaviors: readonly unknown[], toMatter: Facet['toMatter']): Facet => ({
  behaviors,
  watched: [],
  toMatter,
  toHome: () => ({}),
});
