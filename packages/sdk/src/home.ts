// The part of the home that people chose to show to a plugin which stands for other ecosystems, such as a bridge. The hub
// makes the choice, from the plugin's settings: what was not chosen never reaches the plugin's process.

import type { DeviceCommand, DeviceKind, EndpointDescription, Values } from '@lintel/model';

/**
 * A device of the home's as far as it was chosen.
 * @example const lit = (device: HomeDevice) => device.values['1']?.['onOff.on'] === true;
 */
export interface HomeDevice {
  /** The hub's id, such as `"zigbee:0x00158d0001a2b3c4"`. */
  readonly id: string;
  readonly name: string;
  /** The name of its room. */
  readonly room: string | null;
  readonly kind: DeviceKind;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly firmware: string | null;
  readonly online: boolean;
  /** The endpoints that were chosen, each with its own kind and room where it has one. */
  readonly endpoints: readonly EndpointDescription[];
  /** The last known values by endpoint and property: `{ "1": { "onOff.on": true } }`; what is unknown is null. */
  readonly values: Readonly<Record<string, Values>>;
}

/**
 * Something happened at a device, such as a press of a button.
 * @example
 * const press: HomeEvent = {
 *   type: 'event', id: 'zigbee:0x00158d0001a2b3c4', endpoint: '1', event: 'button.pressed', data: { action: 'double' },
 * };
 */
export interface HomeEvent {
  readonly type: 'event';
  readonly id: string;
  readonly endpoint: string;
  /** Such as `"button.pressed"`. */
  readonly event: string;
  /** What it says of itself: `{ button: "1", action: "double" }`. */
  readonly data: Readonly<Record<string, unknown>>;
}

/**
 * What changed of what was chosen.
 * @example const gone: HomeChange = { type: 'gone', id: 'zigbee:0x00158d0001a2b3c4' };
 */
export type HomeChange =
  /** A device is there, or is not what it was: its name, its reachability, what was chosen of it. */
  | { readonly type: 'device'; readonly device: HomeDevice }
  | { readonly type: 'values'; readonly id: string; readonly endpoint: string; readonly values: Values }
  | HomeEvent
  /** It left the home, or is no longer chosen. */
  | { readonly type: 'gone'; readonly id: string };

/**
 * The chosen part of the home, to see and to command.
 * @example const end = ctx.home?.subscribe((change) => ctx.log.info(change.type));
 */
export interface HomeAccess {
  /** The devices as they are now. */
  devices(): readonly HomeDevice[];
  /** Hears of every change from now on, in order; the answer ends it. */
  subscribe(listener: (change: HomeChange) => void): () => void;
  /**
   * Commands a device in the name of `by`, such as "Apple Home", which the journal keeps. Resolves when the device has
   * confirmed; throws a `PluginError` otherwise, `FORBIDDEN` for what was not chosen.
   */
  command(id: string, command: DeviceCommand, by: string): Promise<void>;
}

/** Keeps the devices up to the changes that the hub sends. */
export class HomeBook {
  readonly #devices = new Map<string, HomeDevice>();
  readonly #listeners = new Set<(change: HomeChange) => void>();

  constructor(devices: readonly HomeDevice[]) {
    for (const device of devices) this.#devices.set(device.id, device);
  }

  devices(): readonly HomeDevice[] {
    return [...this.#devices.values()];
  }

  subscribe(listener: (change: HomeChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  take(changes: readonly HomeChange[]): void {
    for (const change of changes) {
      this.#apply(change);
      for (const listener of this.#listeners) listener(change);
    }
  }

  #apply(change: HomeChange): void {
    if (change.type === 'device') this.#devices.set(change.device.id, change.device);
    else if (change.type === 'gone') this.#devices.delete(change.id);
    else if (change.type === 'values') {
      const device = this.#devices.get(change.id);
      if (device === undefined) return;
      const values = { ...device.values, [change.endpoint]: { ...device.values[change.endpoint], ...change.values } };
      this.#devices.set(change.id, { ...device, values });
    }
  }
}
