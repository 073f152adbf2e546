// The devices of the network: from herdsman's to ours, admitted, configured, described to the hub.

import { createHash } from 'node:crypto';

import type { Models } from 'zigbee-herdsman';

import { invariant } from '@lintel/model';
import type { PluginContext } from '@lintel/sdk';

import { ZigbeeDevice } from './device.ts';
import { follow } from './follow.ts';
import type { Libraries } from './libraries.ts';
import type { Session } from './session.ts';

const CONFIGURE_ATTEMPTS_MAX = 3;
const DESCRIBED = 'described';
const CONFIGURED = 'lintelConfigured';

type LifeEvent = 'start' | 'deviceAnnounce' | 'deviceJoined' | 'deviceNetworkAddressChanged';

export class Registry {
  readonly #ctx: PluginContext;
  readonly #libraries: Libraries;
  readonly #devices = new Map<string, ZigbeeDevice>();
  /** What the hub was told of each device, in short. */
  #described: Record<string, string> = {};

  constructor(ctx: PluginContext, libraries: Libraries) {
    this.#ctx = ctx;
    this.#libraries = libraries;
  }

  async load(): Promise<void> {
    const kept = await this.#ctx.store.get(DESCRIBED);
    if (typeof kept === 'object' && kept !== null) this.#described = kept as Record<string, string>;
  }

  get(id: string): ZigbeeDevice | undefined {
    return this.#devices.get(id);
  }

  all(): Iterable<ZigbeeDevice> {
    return this.#devices.values();
  }

  delete(id: string): void {
    this.#devices.delete(id);
    delete this.#described[id];
  }

  /** Takes over every device of a session that is up. */
  async attachAll(session: Session): Promise<void> {
    for (const radio of session.controller.getDevicesIterator((each) => each.type !== 'Coordinator')) {
      if (String(radio.interviewState) === 'SUCCESSFUL') await this.attach(radio);
    }
  }

  /** Herdsman's device as ours, described to the hub. A known one keeps what it said. */
  async attach(radio: Models.Device): Promise<ZigbeeDevice> {
    const known = this.#devices.get(radio.ieeeAddr);
    const definition = (await this.#libraries.converters.findByDevice(radio, true))!;
    const isSame = known !== undefined && known.definition.model === definition.model;
    // A definition's timers of before a reconnection end before new ones start.
    if (known !== undefined) await this.tellStop(known);
    const device = isSame ? known : new ZigbeeDevice(radio, definition);
    device.radio = radio;
    device.hasLeft = false;
    this.#devices.set(device.id, device);
    await this.describe(device);
    // Nobody waits for it here: a device that is away must not hold up the others.
    device.started = this.tell(device, 'start');
    return device;
  }

  /** What kind of device it is, before it is let in. */
  async kindOf(radio: Models.Device): Promise<string> {
    const definition = (await this.#libraries.converters.findByDevice(radio, true))!;
    return new ZigbeeDevice(radio, definition).mapping.kind;
  }

  /** Tells the hub of the device, unless it knows it just so. */
  async describe(device: ZigbeeDevice): Promise<void> {
    const description = device.describe();
    const digest = createHash('sha256').update(JSON.stringify(description)).digest('base64url').slice(0, 22);
    if (this.#described[device.id] === digest && this.#ctx.devices.known().includes(device.id)) return;
    await this.#ctx.devices.add(description);
    this.#described[device.id] = digest;
    await this.#ctx.store.set(DESCRIBED, this.#described);
  }

  /** Definitions follow some devices' lives, some of them with timers of their own. */
  async tell(device: ZigbeeDevice, type: LifeEvent): Promise<void> {
    const deviceExposesChanged = (): void => this.exposesChanged(device);
    const data = { device: device.radio, deviceExposesChanged, state: device.state, options: {} };
    try {
      await this.#libraries.converters.onEvent({ type, data });
      await device.definition.onEvent?.({ type, data });
    } catch (error) {
      this.#ctx.log.warn(`${device.name} (${device.id}) could not be told of ${type}: ${String(error).slice(0, 300)}`);
    }
  }

  async tellStop(device: ZigbeeDevice): Promise<void> {
    const event = { type: 'stop', data: { ieeeAddr: device.id } } as const;
    await Promise.resolve(device.definition.onEvent?.(event)).catch(() => undefined);
  }

  exposesChanged(device: ZigbeeDevice): void {
    device.remap();
    void this.describe(device).catch((error: unknown) => this.#ctx.log.warn(String(error)));
  }

  /** Whether what the device reports, and to whom, was set up. */
  isConfigured(device: ZigbeeDevice): boolean {
    return (device.radio.meta as Record<string, unknown>)[CONFIGURED] === device.definition.version;
  }

  /** Sets up bindings and reporting; what fails is tried again when the device is heard, a few times. */
  async configure(device: ZigbeeDevice, session: Session): Promise<boolean> {
    const { configure, version } = device.definition;
    if (device.isBeingSetUp || device.configureAttempts >= CONFIGURE_ATTEMPTS_MAX) return false;
    device.configureAttempts += 1;
    device.isBeingSetUp = true;
    const endpoint = session.controller.getDevicesByType('Coordinator')[0]?.getEndpoint(1);
    try {
      invariant(endpoint !== undefined, 'a network has a coordinator');
      await device.started;
      await configure?.(device.radio, endpoint, device.definition);
      await follow(device, endpoint);
      (device.radio.meta as Record<string, unknown>)[CONFIGURED] = version;
      device.radio.save();
      device.configureAttempts = 0;
      return true;
    } catch (error) {
      this.#ctx.log.warn(`${device.name} (${device.id}) was not set up fully: ${String(error).slice(0, 300)}`);
      return false;
    } finally {
      device.isBeingSetUp = false;
    }
  }

  /** Factory-new again: it has forgotten whom it reports to. */
  forgetConfiguration(device: ZigbeeDevice): void {
    delete (device.radio.meta as Record<string, unknown>)[CONFIGURED];
    device.configureAttempts = 0;
  }
}
