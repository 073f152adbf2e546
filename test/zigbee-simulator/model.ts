// What a kind of device is, as data: the models in models/ are values of these types.

import type { Ieee } from './bytes.ts';
import type { AttributeValue, TypeName } from './zcl.ts';

export interface AttributeModel {
  readonly id: number;
  readonly type: TypeName;
  readonly value: AttributeValue;
  readonly writable?: true;
  /** False where the device refuses to report it by configuration. */
  readonly reportable?: false;
  readonly manufacturer?: number;
}

export interface ClusterModel {
  readonly id: number;
  readonly attributes: Readonly<Record<string, AttributeModel>>;
}

export interface EndpointModel {
  readonly id: number;
  /** Home automation unless given. */
  readonly profile?: number;
  /** The device type of the simple descriptor. */
  readonly device: number;
  /** Clusters the device serves, by their names. */
  readonly server: Readonly<Record<string, ClusterModel>>;
  /** Clusters the device uses on others. */
  readonly client?: readonly number[];
}

/** A press, a turn, a knock: a command that the device sends to whom it is bound, and to the coordinator where to no one. */
export interface GestureModel {
  readonly endpoint: number;
  readonly cluster: number;
  readonly command: number;
  readonly payload?: readonly number[];
  readonly fromServer?: boolean;
  readonly manufacturer?: number;
  /** For devices that say it with an attribute rather than with a command. */
  readonly attribute?: { readonly id: number; readonly type: TypeName; readonly value: AttributeValue };
}

export interface DeviceModel {
  /** The name the simulator knows it by, such as `ikea-color-lamp`. */
  readonly key: string;
  readonly manufacturer: string;
  readonly model: string;
  readonly manufacturerCode: number;
  /** Mains-powered devices route for others; the rest are end devices. */
  readonly router: boolean;
  /** Whether it switches its receiver off between polls. */
  readonly sleepy: boolean;
  readonly endpoints: readonly EndpointModel[];
  readonly gestures?: Readonly<Record<string, GestureModel>>;
  /** The install code, with its check sum, that it joins with and no other way. */
  readonly installCode?: string;
}

/** One device to make: a kind, and an address of its own. */
export interface DeviceSpec {
  readonly kind: string | DeviceModel;
  readonly ieee?: Ieee;
}
