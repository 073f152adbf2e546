// A device class as data: what endpoints it has, and what it starts with.

import type { EndpointType } from '@matter/main';

/** Values by behaviour and attribute, as matter.js names them: `{ onOff: { onOff: true } }`. */
export type State = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

export interface Part {
  /** Its name in the control and in the device's own storage. */
  readonly id: string;
  readonly type: EndpointType;
  readonly state?: State;
  /** Endpoints below this one: a composed device, or a bridge's children. */
  readonly parts?: readonly Part[];
}

export interface Kind {
  readonly product: string;
  readonly parts: readonly Part[];
  /** For devices that hold in front of the network: behaviours of the node itself. */
  readonly root?: { readonly with: readonly unknown[]; readonly state: State };
}

/** Most devices are one endpoint. */
export const single = (product: string, type: EndpointType, state: State = {}): Kind => ({
  product,
  parts: [{ id: 'main', type, state }],
});
