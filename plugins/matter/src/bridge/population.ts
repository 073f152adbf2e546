// Keeps the bridge's endpoints to what people chose: they appear, follow and vanish while it runs, one after the other.

import type { HomeChange, HomeDevice } from '@lintel/sdk';

import { BridgedDevice, type BridgeParts } from './bridged-device.ts';
import type { Twin } from './facet.ts';
import { twinsOf } from './twins/index.ts';

/** Another shape needs other endpoints; names and values do not. */
const shapeOf = (device: HomeDevice, twins: readonly Twin[]): string =>
  JSON.stringify([
    twins.map(({ name, endpoint, type }) => [name, endpoint, type.deviceType]),
    device.endpoints.map(({ id, capabilities }) => [id, capabilities]),
    device.manufacturer,
    device.model,
    device.firmware,
  ]);

interface Resident {
  readonly shape: string;
  readonly bridged: BridgedDevice;
}

export class Population {
  readonly #parts: BridgeParts;
  readonly #residents = new Map<string, Resident>();
  #turn: Promise<void> = Promise.resolve();

  constructor(parts: BridgeParts) {
    this.#parts = parts;
  }

  /** Resolves when all of these are on the bridge. */
  settle(devices: readonly HomeDevice[]): Promise<void> {
    for (const device of devices) this.hear({ type: 'device', device });
    return this.#turn;
  }

  hear(change: HomeChange): void {
    if (change.type === 'values') return this.#tell(change.id, (to) => to.change(change.endpoint, change.values));
    if (change.type === 'event') return this.#tell(change.id, (to) => to.happened(change));
    const { id, device } =
      change.type === 'gone' ? { id: change.id, device: null } : { id: change.device.id, device: change.device };
    this.#turn = this.#turn.then(() => this.#put(id, device)).catch(this.#parts.failed);
  }

  views(): ReturnType<BridgedDevice['view']>[] {
    return [...this.#residents.values()].map(({ bridged }) => bridged.view());
  }

  /** At once where the device is there; after whatever is to be done before otherwise. */
  #tell(id: string, what: (to: BridgedDevice) => void): void {
    const resident = this.#residents.get(id);
    if (resident !== undefined) return what(resident.bridged);
    this.#turn = this.#turn.then(() => {
      const later = this.#residents.get(id);
      if (later !== undefined) what(later.bridged);
    });
  }

  async #put(id: string, device: HomeDevice | null): Promise<void> {
    const before = this.#residents.get(id);
    const twins = device === null ? [] : twinsOf(device);
    const shape = device === null ? '' : shapeOf(device, twins);
    if (before !== undefined && device !== null && shape === before.shape) return before.bridged.update(device);
    if (before !== undefined) {
      this.#residents.delete(id);
      await before.bridged.remove();
    }
    if (device === null || twins.length === 0) return;
    this.#residents.set(id, { shape, bridged: await BridgedDevice.add(this.#parts, device, twins) });
  }
}
