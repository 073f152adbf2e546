// The devices a plugin has at the hub, as far as its own side must know them.

import type { EndpointDescription } from '@lintel/model';

import type { DeviceDescription } from './plugin.ts';
import { shapeOf, unknownDevice } from './shape.ts';
import type { Shape } from './shape.ts';
import type { KnownDevice } from './wire.ts';

type Settings = Readonly<Record<string, unknown>>;

interface Entry {
  readonly shape: Shape;
  readonly defaults: Settings;
  readonly settings: Settings;
}

export class DeviceBook {
  readonly #entries = new Map<string, Entry>();

  constructor(known: readonly KnownDevice[]) {
    for (const { id, endpoints, settings } of known) this.#put(id, endpoints, {}, settings);
  }

  #put(id: string, endpoints: readonly EndpointDescription[], defaults: Settings, settings: Settings): void {
    this.#entries.set(id, { shape: shapeOf(endpoints), defaults, settings });
  }

  /** Takes a description in; what people set stays. */
  add(device: DeviceDescription): void {
    this.#put(device.id, device.endpoints, device.settings ?? {}, this.#entries.get(device.id)?.settings ?? {});
  }

  remove(id: string): void {
    this.#entries.delete(id);
  }

  setSettings(id: string, settings: Settings): void {
    const entry = this.#entries.get(id);
    if (entry !== undefined) this.#entries.set(id, { ...entry, settings });
  }

  ids(): readonly string[] {
    return [...this.#entries.keys()];
  }

  has(id: string): boolean {
    return this.#entries.has(id);
  }

  settings(id: string): Settings {
    const { defaults, settings } = this.#entry(id);
    return { ...defaults, ...settings };
  }

  shape(id: string): Shape {
    return this.#entry(id).shape;
  }

  #entry(id: string): Entry {
    const entry = this.#entries.get(id);
    if (entry === undefined) throw unknownDevice(String(id));
    return entry;
  }
}
