// The radio network: who belongs to it, under which address, and how frames travel between its members.

import type { Ieee } from './bytes.ts';
import type { Destination, Radio, VirtualDevice } from './device.ts';
import { receive, type Incoming } from './receive.ts';
import type { Timers } from './timers.ts';

/** How long a parent keeps a frame for a sleeping child. */
const INDIRECT_MS = 7_680;
const AWAKE_AFTER_SENDING_MS = 300;
const AWAKE_AFTER_JOINING_MS = 30_000;

/** What became of a frame on its way, as the stack says it. */
export const DELIVERY = {
  success: 0x00,
  noRoute: 0xcd,
  noAcknowledgement: 0xe9,
  transactionExpired: 0xf0,
} as const;

/** A frame for the coordinator. */
export interface Arrival {
  readonly device: VirtualDevice;
  readonly endpoint: number;
  readonly cluster: number;
  readonly destinationEndpoint: number;
  readonly group: number;
  readonly bytes: Buffer;
}

export interface NetworkEvents {
  arrived(arrival: Arrival): void;
  joined(device: VirtualDevice, parentAddress: number): void;
  announced(device: VirtualDevice): void;
  left(device: VirtualDevice, rejoin: boolean): void;
}

interface Held {
  readonly task: () => void;
  readonly expire: () => void;
  readonly cancel: () => void;
}

export class Network implements Radio {
  readonly devices = new Map<Ieee, VirtualDevice>();
  /** The network that the coordinator has up now; null when it has none. Devices of another do not hear it. */
  identity: Ieee | null = null;
  readonly #events: NetworkEvents;
  readonly #timers: Timers;
  readonly #held = new Map<VirtualDevice, Held[]>();
  readonly #installCodes = new Set<Ieee>();
  #nextAddress = 0x2b1d;
  /** Until when devices may join, and through whom; null is everyone. */
  #permitted: { until: number; through: number | null } = { until: 0, through: null };

  constructor(events: NetworkEvents, timers: Timers) {
    this.#events = events;
    this.#timers = timers;
  }

  get permitsJoining(): boolean {
    return this.#timers.now() < this.#permitted.until;
  }

  get members(): VirtualDevice[] {
    return [...this.devices.values()].filter((device) => this.isMember(device));
  }

  isMember(device: VirtualDevice): boolean {
    return device.network !== null && device.network === this.identity;
  }

  at(address: number): VirtualDevice | null {
    for (const device of this.devices.values()) {
      if (device.address === address && this.isMember(device)) return device;
    }
    return null;
  }

  addressOf(ieee: Ieee | null): number {
    return ieee === null ? 0 : (this.devices.get(ieee)?.address ?? 0);
  }

  permitJoining(seconds: number, through: number | null): void {
    this.#permitted = { until: this.#timers.now() + seconds * 1000, through };
  }

  addInstallCode(ieee: Ieee): void {
    this.#installCodes.add(ieee);
  }

  /** Lets a device in, if joining is permitted where it knocks; a member rejoins at any time. */
  join(device: VirtualDevice, parent: VirtualDevice | null): boolean {
    const { identity } = this;
    const isMember = this.isMember(device);
    const { through } = this.#permitted;
    const isOpen = this.permitsJoining && (through === null || through === (parent?.address ?? 0));
    const lacksCode = device.model.installCode !== undefined && !this.#installCodes.has(device.ieee);
    if (identity === null || (!isMember && (!isOpen || lacksCode))) return false;
    const address = isMember ? device.address! : this.#freeAddress();
    device.join(this, identity, address, parent?.ieee ?? null);
    device.awakeUntil = this.#timers.now() + AWAKE_AFTER_JOINING_MS;
    this.#events.joined(device, parent?.address ?? 0);
    this.#events.announced(device);
    return true;
  }

  /** The device comes back, as after a power cut, under a new address where asked. */
  announce(device: VirtualDevice, readdress: boolean): void {
    if (!this.isMember(device)) return;
    if (readdress) device.address = this.#freeAddress();
    this.wake(device, AWAKE_AFTER_SENDING_MS);
    this.#events.announced(device);
  }

  leave(device: VirtualDevice, rejoin = false): void {
    if (!this.isMember(device)) return;
    this.#events.left(device, rejoin);
    if (!rejoin) device.leave();
  }

  /** A frame from the coordinator; `confirm` hears what became of it on its way. */
  unicast(address: number, incoming: Incoming, confirm: (status: number) => void): void {
    const device = this.at(address);
    if (device === null) return confirm(DELIVERY.noRoute);
    const deliver = (): void => {
      if (device.muted === 'noAck') return confirm(this.lossOf(device));
      confirm(DELIVERY.success);
      if (device.muted === null) receive(device, incoming);
    };
    if (device.muted === 'noAck' && device.model.sleepy) this.#timers.after(INDIRECT_MS, deliver);
    else this.whenAwake(device, deliver, () => confirm(DELIVERY.transactionExpired));
  }

  lossOf(device: VirtualDevice): number {
    return device.model.sleepy ? DELIVERY.transactionExpired : DELIVERY.noAcknowledgement;
  }

  /** A group cast or broadcast: it reaches whoever has the receiver on. */
  flood(incoming: Incoming): void {
    for (const device of this.members) if (device.muted === null && device.awake) receive(device, incoming);
  }

  /** Runs `task` when the device listens; `expire` if that takes longer than its parent keeps frames. */
  whenAwake(device: VirtualDevice, task: () => void, expire: () => void): void {
    if (device.awake) return task();
    const list = this.#held.get(device) ?? [];
    const cancel = this.#timers.after(INDIRECT_MS, () => {
      list.splice(list.indexOf(held), 1);
      expire();
    });
    const held: Held = { task, expire, cancel };
    list.push(held);
    this.#held.set(device, list);
  }

  /** The device turns its receiver on for a while and fetches what its parent kept. */
  wake(device: VirtualDevice, ms: number): void {
    if (!device.model.sleepy) return;
    device.awakeUntil = Math.max(device.awakeUntil, this.#timers.now() + ms);
    const held = this.#held.get(device)?.splice(0) ?? [];
    for (const each of held) {
      each.cancel();
      each.task();
    }
  }

  send(device: VirtualDevice, endpoint: number, cluster: number, to: Destination, bytes: Buffer): void {
    if (device.muted !== null || !this.isMember(device)) return;
    const from = { ieee: device.ieee, endpoint };
    const unanswered = to.group !== undefined;
    const target = to.ieee === null ? null : (this.devices.get(to.ieee) ?? null);
    if (target !== null && to.group === undefined) {
      this.whenAwake(target, () => receive(target, { from, endpoint: to.endpoint, cluster, bytes, unanswered }), noop);
    } else {
      if (to.group !== undefined) this.flood({ from, endpoint: 0xff, cluster, bytes, group: to.group, unanswered });
      const group = to.group ?? 0;
      this.#events.arrived({ device, endpoint, cluster, destinationEndpoint: to.endpoint, group, bytes });
    }
    queueMicrotask(() => this.wake(device, AWAKE_AFTER_SENDING_MS));
  }

  #freeAddress(): number {
    do this.#nextAddress = (this.#nextAddress * 31 + 7) % 0xfff0 || 1;
    while (this.at(this.#nextAddress) !== null);
    return this.#nextAddress;
  }
}

const noop = (): void => undefined;
