// How a Matter cluster is said in capabilities: a row of data for each cluster, by matter.js's name of it. Rows see plain
// values, so that they can be tested without a network.

import type { CapabilityDescription, PluginErrorCode, Value, Values } from '@lintel/sdk';

export type Fields = Readonly<Record<string, unknown>>;

/** A cluster of one endpoint as it was last heard. */
export interface ClusterView {
  readonly attributes: Fields;
  readonly features: Readonly<Record<string, boolean>>;
  readonly endpoint: EndpointView;
}

export interface EndpointView {
  readonly number: number;
  /** Of the endpoint's descriptor. */
  readonly deviceTypes: readonly number[];
  readonly clusters: Readonly<Record<string, Fields>>;
  /** The device types of the endpoints that this one is a part of. */
  readonly above?: readonly number[];
}

/** A command of one cluster. */
export interface Invocation {
  readonly cluster: string;
  readonly invoke: string;
  readonly args?: Fields;
}

/** What is sent to one cluster: a command, or attributes to write. */
export type Action = Invocation | { readonly cluster: string; readonly write: Fields };

export interface Plan {
  readonly actions: readonly Action[];
  /** What is so once every action is confirmed, where the device's own report would come later. */
  readonly then?: Values;
}

/** What must be asked of the device before it is known what to send. */
export interface Question {
  readonly ask: Action;
  readonly next: (answer: Fields) => Plan | Question;
}

export interface Wish {
  /** The settable properties asked for, without an endpoint in their keys. */
  readonly values: Values;
  /** Milliseconds. */
  readonly transition?: number;
}

/** What an event of a cluster means: an event of the hub's, or values. */
export type HubEvent = { readonly event: string; readonly data: Fields } | { readonly values: Values };

export interface ClusterMapping {
  /** As matter.js names it, such as `onOff`. */
  readonly cluster: string;
  /** What the cluster adds to its endpoint; nothing where it cannot say anything there. */
  capabilities(cluster: ClusterView): readonly CapabilityDescription[];
  values?(cluster: ClusterView, now: number): Values;
  /** By property, such as `cover.position`. */
  readonly set?: Readonly<Record<string, (value: Value, cluster: ClusterView, wish: Wish) => Plan>>;
  /** By command, such as `cover.open`; the home's time zone is for devices that keep local time. */
  readonly commands?: Readonly<
    Record<string, (args: Fields, cluster: ClusterView, timeZone: string) => Plan | Question>
  >;
  /** By matter.js's name of the event. */
  readonly events?: Readonly<Record<string, (payload: Fields, cluster: ClusterView) => HubEvent | null>>;
}

/** A wish that this device cannot be told. */
export class MappingError extends Error {
  readonly code: PluginErrorCode;
  constructor(code: PluginErrorCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

export const numberOf = (value: unknown): number | null =>
  typeof value === 'number' && Number.isFinite(value) ? value : typeof value === 'bigint' ? Number(value) : null;

/** `value / divisor` to so many digits, null where the device does not know. */
export function scaled(value: unknown, divisor: number, digits = 3): number | null {
  const number = numberOf(value);
  return number === null ? null : round(number / divisor, digits);
}

export const round = (value: number, digits: number): number => Math.round(value * 10 ** digits) / 10 ** digits;

export const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));

export const flagOf = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** The name at an enumeration's number, null for what the list does not know. */
export const named = (names: Readonly<Record<number, string>>, value: unknown): string | null =>
  typeof value === 'number' ? (names[value] ?? null) : null;

export const fieldsOf = (value: unknown): Fields =>
  typeof value === 'object' && value !== null ? (value as Fields) : {};

export const listOf = (value: unknown): readonly Fields[] => (Array.isArray(value) ? value.map(fieldsOf) : []);

export const invoke = (cluster: string, name: string, args?: Fields, then?: Values): Plan => ({
  actions: [{ cluster, invoke: name, ...(args && { args }) }],
  ...(then && { then }),
});

export const write = (cluster: string, attributes: Fields, then?: Values): Plan => ({
  actions: [{ cluster, write: attributes }],
  ...(then && { then }),
});
