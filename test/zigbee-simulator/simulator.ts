// A Zigbee coordinator and the devices around it, for development and tests: it speaks Texas Instruments' serial protocol
// over TCP, so that an unmodified host stack forms a network, lets devices in, and commands them. What the devices really
// did can be read here, and everything that goes wrong with radios can be made to.

import type { Ieee } from './bytes.ts';
import { Coordinator } from './coordinator.ts';
import { VirtualDevice, type DeviceState } from './device.ts';
import { Link, type Faults, type LoggedFrame } from './link.ts';
import type { DeviceModel, DeviceSpec } from './model.ts';
import { MODELS } from './models/index.ts';
import type { FormedNetwork, NetworkParameters } from './nv.ts';
import { gesture, notice } from './stimuli.ts';
import { hostTimers, type Timers } from './timers.ts';
import type { AttributeValue } from './zcl.ts';

const FIRST_DEVICE = 0x00158d0000a00001n;
const COORDINATOR: Ieee = '0x00124b0001020304';

export interface SimulatorOptions {
  readonly devices?: readonly (DeviceSpec | string)[];
  /** 0, the default, takes a free one. */
  readonly port?: number;
  readonly timers?: Timers;
  /** A network that was formed before, as after a restart of the host. */
  readonly network?: FormedNetwork;
}

export interface Simulator {
  readonly port: number;
  /** What a host is given as its port: `tcp://127.0.0.1:<port>`. */
  readonly url: string;
  readonly devices: readonly VirtualDevice[];
  readonly connected: boolean;
  readonly permitsJoining: boolean;
  /** The network as the coordinator's memory has it; null when none was formed. */
  readonly network: NetworkParameters | null;
  readonly faults: Faults;
  /** The frames that passed, newest last. */
  readonly log: readonly LoggedFrame[];
  clearLog(): void;
  /** Hears each frame as it passes; null ends it. */
  onFrame(listener: ((frame: LoggedFrame) => void) | null): void;
  /** Adds a device by kind; it is not in the network yet. */
  add(spec: DeviceSpec | string): VirtualDevice;
  /** A device by its address, or the first of its kind. */
  device(reference: string): VirtualDevice;
  state(reference: string): DeviceState;
  /** Whether the device got in: joining must be permitted where it knocks. `through` is a router. */
  join(reference: string, through?: string): boolean;
  leave(reference: string, rejoin?: boolean): void;
  /** Comes back as after a power cut; under another short address where asked. */
  announce(reference: string, readdress?: boolean): void;
  /** A sensor notices: values by `"cluster.attribute"`, reported at once. */
  report(reference: string, values: Readonly<Record<string, AttributeValue>>, endpoint?: number): void;
  /** A value changes by itself and is reported as configured. */
  change(reference: string, values: Readonly<Record<string, AttributeValue>>, endpoint?: number): void;
  press(reference: string, name: string): void;
  /**
   * `noAck`: nobody acknowledges its frames; `silent`: they arrive, and nothing comes back;
   * `lost`: its parent answers that it does not.
   */
  mute(reference: string, how?: 'noAck' | 'silent' | 'lost'): void;
  unmute(reference: string): void;
  /** A sleepy device falls asleep at once, or wakes for a while. */
  sleep(reference: string): void;
  wake(reference: string, ms?: number): void;
  /** Cuts the link; it returns after `ms`, or with `restore`. The network goes on meanwhile. */
  drop(ms?: number): Promise<void>;
  restore(): Promise<void>;
  /** The stick is replaced by a new one of the same kind, with empty memory. */
  replaceStick(): void;
  close(): Promise<void>;
}

/**
 * Starts a simulator.
 * @example
 * const simulator = await createSimulator({ devices: ['ikea-color-lamp', 'philips-motion'] });
 * // a host connects to simulator.url, forms a network and permits joining
 * simulator.join('ikea-color-lamp');
 */
export async function createSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const world = new World(options);
  await world.link.open();
  for (const device of options.devices ?? []) world.add(device);
  return world;
}

class World implements Simulator {
  readonly link: Link;
  readonly #coordinator: Coordinator;
  readonly #timers: Timers;

  constructor({ port = 0, timers = hostTimers, network }: SimulatorOptions) {
    this.#timers = timers;
    this.link = new Link('127.0.0.1', port, (frame) => this.#coordinator.handle(frame), timers);
    this.#coordinator = new Coordinator(COORDINATOR, (bytes) => this.link.write(bytes), timers);
    if (network !== undefined) this.#coordinator.nv.adopt(network);
  }

  get port(): number {
    return this.link.port;
  }

  get url(): string {
    return `tcp://127.0.0.1:${this.link.port}`;
  }

  get devices(): readonly VirtualDevice[] {
    return [...this.#coordinator.network.devices.values()];
  }

  get connected(): boolean {
    return this.link.connected;
  }

  get permitsJoining(): boolean {
    return this.#coordinator.network.permitsJoining;
  }

  get network(): NetworkParameters | null {
    return this.#coordinator.nv.network();
  }

  get faults(): Faults {
    return this.link.faults;
  }

  get log(): readonly LoggedFrame[] {
    return this.link.log;
  }

  clearLog(): void {
    this.link.clearLog();
  }

  onFrame(listener: ((frame: LoggedFrame) => void) | null): void {
    this.link.onFrame = listener;
  }

  add(spec: DeviceSpec | string): VirtualDevice {
    const { kind, ieee } = typeof spec === 'string' ? { kind: spec } : spec;
    const { devices } = this.#coordinator.network;
    const address: Ieee = ieee ?? `0x${(FIRST_DEVICE + BigInt(devices.size)).toString(16).padStart(16, '0')}`;
    const device = new VirtualDevice(address, typeof kind === 'string' ? modelOf(kind) : kind, this.#timers);
    devices.set(address, device);
    return device;
  }

  device(reference: string): VirtualDevice {
    const { devices } = this.#coordinator.network;
    const found = devices.get(reference as Ieee) ?? this.devices.find((each) => each.model.key === reference);
    if (found === undefined) throw new Error(`no device ${reference} in this simulator`);
    return found;
  }

  state(reference: string): DeviceState {
    return this.device(reference).state;
  }

  join(reference: string, through?: string): boolean {
    return this.#coordinator.network.join(this.device(reference), through === undefined ? null : this.device(through));
  }

  leave(reference: string, rejoin = false): void {
    this.#coordinator.network.leave(this.device(reference), rejoin);
  }

  announce(reference: string, readdress = false): void {
    this.#coordinator.network.announce(this.device(reference), readdress);
  }

  report(reference: string, values: Readonly<Record<string, AttributeValue>>, endpoint?: number): void {
    notice(this.device(reference), values, endpoint);
  }

  change(reference: string, values: Readonly<Record<string, AttributeValue>>, endpoint?: number): void {
    for (const each of this.device(reference).endpoints.values()) {
      if (endpoint !== undefined && each.id !== endpoint) continue;
      for (const [path, value] of Object.entries(values)) each.set(path, value);
    }
  }

  press(reference: string, name: string): void {
    gesture(this.device(reference), name);
  }

  mute(reference: string, how: 'noAck' | 'silent' | 'lost' = 'noAck'): void {
    this.device(reference).muted = how;
  }

  unmute(reference: string): void {
    this.device(reference).muted = null;
  }

  sleep(reference: string): void {
    this.device(reference).awakeUntil = 0;
  }

  wake(reference: string, ms = 1000): void {
    this.#coordinator.network.wake(this.device(reference), ms);
  }

  async drop(ms?: number): Promise<void> {
    await this.link.close();
    if (ms !== undefined) this.#timers.after(ms, () => void this.link.open());
  }

  async restore(): Promise<void> {
    await this.link.open();
  }

  replaceStick(): void {
    this.#coordinator.nv.clear();
    this.#coordinator.reset();
  }

  async close(): Promise<void> {
    for (const device of this.devices) device.reporter.clear();
    await this.link.close();
  }
}

function modelOf(kind: string): DeviceModel {
  const model = MODELS[kind];
  if (model === undefined) throw new Error(`no kind ${kind}; there are: ${Object.keys(MODELS).join(', ')}`);
  return model;
}
