// A virtual device: endpoints with clusters and attributes, which can be read from outside to prove what really happened.

import type { Ieee } from './bytes.ts';
import { Writer } from './bytes.ts';
import type { AttributeModel, ClusterModel, DeviceModel, EndpointModel } from './model.ts';
import { Reporter } from './reporting.ts';
import type { Timers } from './timers.ts';
import { encodeZcl, GENERAL, TYPE, writeValue, type AttributeValue, type ZclHeader } from './zcl.ts';

/** Where a device's frame goes: the coordinator, another device, or a group. */
export interface Destination {
  readonly ieee: Ieee | null;
  readonly group?: number;
  readonly endpoint: number;
}

export interface Binding {
  readonly endpoint: number;
  readonly cluster: number;
  readonly to: Destination;
}

/** How a device reaches the network it has joined. */
export interface Radio {
  send(device: VirtualDevice, endpoint: number, cluster: number, to: Destination, frame: Buffer): void;
}

export class VirtualCluster {
  readonly id: number;
  readonly name: string;
  readonly attributes: Readonly<Record<string, AttributeModel>>;
  readonly values = new Map<string, AttributeValue>();

  constructor(name: string, model: ClusterModel) {
    this.id = model.id;
    this.name = name;
    this.attributes = model.attributes;
    for (const [attribute, { value }] of Object.entries(model.attributes)) this.values.set(attribute, value);
  }

  nameOf(id: number, manufacturer: number | null): string | null {
    for (const [name, model] of Object.entries(this.attributes)) {
      if (model.id === id && (model.manufacturer ?? null) === manufacturer) return name;
    }
    return null;
  }
}

export class VirtualEndpoint {
  readonly device: VirtualDevice;
  readonly model: EndpointModel;
  readonly clusters = new Map<number, VirtualCluster>();
  readonly groups = new Set<number>();
  /** Scenes by `group/scene`: the attributes they bring back. */
  readonly scenes = new Map<string, Map<string, AttributeValue>>();
  /** What is under way on this endpoint, such as a fade, by the attribute it moves. */
  readonly motions = new Map<string, () => void>();

  constructor(device: VirtualDevice, model: EndpointModel) {
    this.device = device;
    this.model = model;
    for (const [name, cluster] of Object.entries(model.server)) {
      this.clusters.set(cluster.id, new VirtualCluster(name, cluster));
    }
  }

  get id(): number {
    return this.model.id;
  }

  /** A value by `"cluster.attribute"`; undefined where the endpoint has no such attribute. */
  get(path: string): AttributeValue | undefined {
    const [cluster, attribute] = this.#find(path);
    return cluster?.values.get(attribute);
  }

  /** Sets a value as the device's own doing; configured reports follow. */
  set(path: string, value: AttributeValue): void {
    const [cluster, attribute] = this.#find(path);
    if (cluster === undefined || !cluster.values.has(attribute)) return;
    cluster.values.set(attribute, value);
    this.device.reporter.changed(this, cluster, attribute);
  }

  #find(path: string): [VirtualCluster | undefined, string] {
    const [name, attribute = ''] = path.split('.');
    return [this.clusterNamed(name ?? ''), attribute];
  }

  clusterNamed(name: string): VirtualCluster | undefined {
    return [...this.clusters.values()].find((cluster) => cluster.name === name);
  }

  /** Starts something that goes on by itself, in place of what moved the same attribute before. */
  startMotion(name: string, cancel: () => void): void {
    this.motions.get(name)?.();
    this.motions.set(name, cancel);
  }

  stopMotion(name: string): void {
    this.motions.get(name)?.();
    this.motions.delete(name);
  }
}

export type DeviceState = Record<string, Record<string, Record<string, AttributeValue>>>;

export class VirtualDevice {
  readonly ieee: Ieee;
  readonly model: DeviceModel;
  readonly endpoints = new Map<number, VirtualEndpoint>();
  readonly bindings: Binding[] = [];
  readonly reporter: Reporter;
  readonly timers: Timers;
  /** Its short address; null while it belongs to no network. */
  address: number | null = null;
  /** The network it belongs to, whoever coordinates it. */
  network: Ieee | null = null;
  /** The device it joined through; null is the coordinator. */
  parent: Ieee | null = null;
  muted: 'noAck' | 'silent' | 'lost' | null = null;
  /** Until when a sleepy device keeps its receiver on. */
  awakeUntil = 0;
  #radio: Radio | null = null;
  #sequence = 0;

  constructor(ieee: Ieee, model: DeviceModel, timers: Timers) {
    this.ieee = ieee;
    this.model = model;
    this.timers = timers;
    this.reporter = new Reporter(this);
    for (const endpoint of model.endpoints) this.endpoints.set(endpoint.id, new VirtualEndpoint(this, endpoint));
  }

  /** Everything the device knows of itself: values by endpoint, cluster and attribute. */
  get state(): DeviceState {
    const state: DeviceState = {};
    for (const endpoint of this.endpoints.values()) {
      const clusters = [...endpoint.clusters.values()];
      state[endpoint.id] = Object.fromEntries(clusters.map((each) => [each.name, Object.fromEntries(each.values)]));
    }
    return state;
  }

  /** A value by `"cluster.attribute"`, of the first endpoint that has it unless one is named. */
  get(path: string, endpoint?: number): AttributeValue | undefined {
    for (const each of this.endpoints.values()) {
      const value = endpoint === undefined || each.id === endpoint ? each.get(path) : undefined;
      if (value !== undefined) return value;
    }
    return undefined;
  }

  get awake(): boolean {
    return !this.model.sleepy || this.timers.now() < this.awakeUntil;
  }

  join(radio: Radio, network: Ieee, address: number, parent: Ieee | null): void {
    this.#radio = radio;
    this.network = network;
    this.address = address;
    this.parent = parent;
  }

  /** Back to how it left the factory, but for what it shows and measures. */
  leave(): void {
    this.#radio = null;
    this.network = null;
    this.address = null;
    this.bindings.length = 0;
    this.reporter.clear();
    for (const endpoint of this.endpoints.values()) endpoint.groups.clear();
  }

  nextSequence(): number {
    this.#sequence = (this.#sequence + 1) & 0xff;
    return this.#sequence;
  }

  /** To whom this endpoint's cluster is bound; the coordinator when to no one. */
  audience(endpoint: number, cluster: number): Destination[] {
    const bound = this.bindings.filter((each) => each.endpoint === endpoint && each.cluster === cluster);
    return bound.length > 0 ? bound.map((each) => each.to) : [{ ieee: null, endpoint: 1 }];
  }

  send(endpoint: number, cluster: number, to: Destination, header: Omit<ZclHeader, 'sequence'>, payload: Buffer): void {
    const frame = encodeZcl({ ...header, sequence: this.nextSequence() }, payload);
    this.#radio?.send(this, endpoint, cluster, to, frame);
  }

  answer(endpoint: number, cluster: number, to: Destination, header: ZclHeader, payload: Buffer): void {
    this.#radio?.send(this, endpoint, cluster, to, encodeZcl(header, payload));
  }

  /** Sends a report of these attributes, whatever was configured, as a sensor does when something happens. */
  sendReport(
    endpoint: VirtualEndpoint,
    cluster: VirtualCluster,
    attributes: readonly string[],
    to?: Destination,
  ): void {
    const manufacturer = cluster.attributes[attributes[0]!]?.manufacturer ?? null;
    const writer = new Writer();
    for (const name of attributes) {
      const model = cluster.attributes[name]!;
      writer.u16(model.id).u8(TYPE[model.type]);
      writeValue(writer, model.type, cluster.values.get(name)!);
    }
    const header = {
      specific: false,
      fromServer: true,
      disableDefaultResponse: true,
      manufacturer,
      command: GENERAL.report,
    };
    for (const each of to ? [to] : this.audience(endpoint.id, cluster.id)) {
      this.send(endpoint.id, cluster.id, each, header, writer.build());
    }
  }
}
