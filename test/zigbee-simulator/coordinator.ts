// The network processor as the host sees it: the commands of its serial interface, and what it tells unasked.

import { ieeeFromBytes, Reader, Writer, type Ieee } from './bytes.ts';
import type { VirtualDevice } from './device.ts';
import { encodeFrame, FRAME_TYPE, SUBSYSTEM, type SerialFrame } from './frames.ts';
import { Network, type Arrival } from './network.ts';
import { ITEM, NvMemory } from './nv.ts';
import { HANDLERS } from './requests.ts';
import type { Timers } from './timers.ts';
import { capabilitiesOf, handleZdo, type CoordinatorEndpoint, type ZdoHost } from './zdo.ts';

export const DEVICE_STATE = { hold: 0, coordinator: 9 } as const;
const CLEAR_STATE = 0x02;
const QUALITY = 200;

export class Coordinator implements ZdoHost {
  readonly nv: NvMemory;
  readonly network: Network;
  readonly endpoints = new Map<number, CoordinatorEndpoint>();
  readonly groups = new Set<string>();
  /** Channels the host has asked to form on, as a mask. */
  channels = 0;
  state: number = DEVICE_STATE.hold;
  readonly #write: (bytes: Buffer) => void;
  readonly #timers: Timers;

  constructor(ieee: Ieee, write: (bytes: Buffer) => void, timers: Timers) {
    this.nv = new NvMemory(ieee);
    this.#write = write;
    this.#timers = timers;
    this.network = new Network(
      {
        arrived: (arrival) => this.#tellArrival(arrival),
        joined: (device, parent) => this.#tellJoined(device, parent),
        announced: (device) => this.#tellAnnounced(device),
        left: (device, rejoin) => this.#tellLeft(device, rejoin),
      },
      timers,
    );
  }

  /** Its own address, which a restored backup may have changed. */
  get ieee(): Ieee {
    return ieeeFromBytes(this.nv.read(ITEM.extendedAddress)!);
  }

  /** Serves one frame of the host's. */
  handle(frame: SerialFrame): void {
    if (frame.subsystem === SUBSYSTEM.sys && frame.command === 0x00) return this.reset();
    if (frame.type !== FRAME_TYPE.request) return;
    if (frame.subsystem === SUBSYSTEM.zdo && this.#isZdo(frame)) return;
    const handler = HANDLERS[(frame.subsystem << 8) | frame.command];
    if (handler === undefined) return this.#refuse(frame);
    const after: (() => void)[] = [];
    try {
      const response = handler(this, new Reader(frame.data), (task) => after.push(task));
      this.respond(frame.subsystem, frame.command, response);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      this.respond(frame.subsystem, frame.command, Buffer.from([0x02]));
    }
    for (const task of after) task();
  }

  #isZdo(frame: SerialFrame): boolean {
    const waiting: [number, Buffer][] = [];
    const host: ZdoHost = {
      ieee: this.ieee,
      network: this.network,
      nv: this.nv,
      endpoints: this.endpoints,
      notify: (command, data) => (responded ? this.notify(command, data) : waiting.push([command, data])),
    };
    let responded = false;
    if (!handleZdo(host, frame.command, frame.data)) return false;
    this.respond(frame.subsystem, frame.command, Buffer.from([0]));
    responded = true;
    for (const [command, data] of waiting) this.notify(command, data);
    return true;
  }

  /** What the processor answers to a command it does not know. */
  #refuse(frame: SerialFrame): void {
    this.respond(0, 0x00, Buffer.from([0x02, (frame.type << 5) | frame.subsystem, frame.command]));
  }

  respond(subsystem: number, command: number, data: Buffer): void {
    this.#write(encodeFrame(FRAME_TYPE.response, subsystem, command, data));
  }

  /** Tells the host something of the ZDO subsystem, or of another. */
  notify(command: number, data: Buffer, subsystem: number = SUBSYSTEM.zdo): void {
    this.#write(encodeFrame(FRAME_TYPE.notification, subsystem, command, data));
  }

  /** As at power-up: what is not in non-volatile memory is gone. */
  reset(): void {
    const option = this.nv.read(ITEM.startupOption)?.[0] ?? 0;
    // The devices know nothing of it: they stay in their network, which a restored backup brings back.
    if (option & CLEAR_STATE) this.nv.clear();
    this.state = DEVICE_STATE.hold;
    this.network.identity = null;
    this.endpoints.clear();
    this.groups.clear();
    this.network.permitJoining(0, null);
    this.notify(0x80, Buffer.from([0, 2, 1, 2, 7, 1]), SUBSYSTEM.sys);
  }

  /** Starts the network in memory, or forms one on `channels`. */
  start(channels: number | null): void {
    if (channels !== null) this.nv.form(channels);
    if (this.nv.network() === null) this.nv.form(0x0800);
    this.state = DEVICE_STATE.coordinator;
    this.network.identity = this.nv.network()!.extendedPanId;
    this.notify(0xc0, Buffer.from([this.state]));
  }

  now(): number {
    return this.#timers.now();
  }

  #tellArrival({ device, endpoint, cluster, destinationEndpoint, group, bytes }: Arrival): void {
    const writer = new Writer().u16(group, cluster, device.address ?? 0).u8(endpoint, destinationEndpoint);
    writer
      .u8(group === 0 ? 0 : 1, QUALITY, 0)
      .u32(Math.trunc(this.now()) >>> 0)
      .u8(0, bytes.length)
      .bytes(bytes);
    this.notify(0x81, writer.u16(this.network.addressOf(device.parent)).u8(29).build(), SUBSYSTEM.af);
  }

  #tellJoined(device: VirtualDevice, parentAddress: number): void {
    if (device.parent === null) this.nv.rememberChild(device.ieee, device.address!);
    this.notify(0xca, new Writer().u16(device.address!).ieee(device.ieee).u16(parentAddress).build());
  }

  #tellAnnounced(device: VirtualDevice): void {
    const { address, ieee } = device;
    this.notify(0xc1, new Writer().u16(address!, address!).ieee(ieee).u8(capabilitiesOf(device)).build());
  }

  #tellLeft(device: VirtualDevice, rejoin: boolean): void {
    this.nv.forgetChild(device.ieee);
    this.notify(
      0xc9,
      new Writer()
        .u16(device.address!)
        .ieee(device.ieee)
        .u8(0, 0, rejoin ? 1 : 0)
        .build(),
    );
  }
}
