// The devices of one plugin as the host must know them to check what the plugin says.

import { DEVICES_PER_PLUGIN_MAX, shapeOf, unknownDevice } from '@lintel/sdk/host';
import type { KnownDevice, Shape } from '@lintel/sdk/host';
import type { DeviceDescription } from '@lintel/sdk';
import { PluginError } from '@lintel/sdk';

interface Entry {
  readonly shape: Shape;
  readonly events: ReadonlySet<string>;
}

const eventsOf = (endpoints: KnownDevice['endpoints']): Set<string> =>
  new Set(
    endpoints.flatMap((each) => each.capabilities).flatMap((each) => (each.events ?? []).map(({ event }) => event)),
  );

export class PluginDevices {
  readonly #entries = new Map<string, Entry>();

  constructor(known: readonly KnownDevice[]) {
    for (const device of known) this.#put(device.id, device.endpoints);
  }

  #put(id: string, endpoints: KnownDevice['endpoints']): void {
    this.#entries.set(id, { shape: shapeOf(endpoints), events: eventsOf(endpoints) });
  }

  /** Throws where there is no room for one more device. */
  admit(id: string): void {
    if (!this.#entries.has(id) && this.#entries.size >= DEVICES_PER_PLUGIN_MAX) {
      throw new PluginError('BAD_VALUE', `a plugin has at most ${DEVICES_PER_PLUGIN_MAX} devices`);
    }
  }

  /** Called once the hub has the device: until then nothing may be reported of it. */
  add(device: DeviceDescription): void {
    this.#put(device.id, device.endpoints);
  }

  remove(id: string): void {
    this.#entries.delete(id);
  }

  has(id: unknown): id is string {
    return typeof id === 'string' && this.#entries.has(id);
  }

  shape(id: unknown): Shape {
    return this.#entry(id).shape;
  }

  hasEvent(id: unknown, event: string): boolean {
    return this.#entry(id).events.has(event);
  }

  #entry(id: unknown): Entry {
    const entry = typeof id === 'string' ? this.#entries.get(id) : undefined;
    if (entry === undefined) throw unknownDevice(String(id));
    return entry;
  }
}
