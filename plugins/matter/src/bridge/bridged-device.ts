// A device of the home's as a bridged node: one endpoint where Matter has one word for it, else a case with several in it.

import { Endpoint, type EndpointType } from '@matter/main';
import { BridgedNodeEndpoint } from '@matter/main/endpoints/bridged-node';

import type { HomeAccess, HomeDevice, HomeEvent, Values } from '@lintel/sdk';

import { aboutOf, Battery, batteryOf, batteryState, Bridged, changingAbout, uniqueIdOf } from './about.ts';
import type { State, Twin } from './facet.ts';
import { Display, Link, stateOf } from './link.ts';
import type { Numbers } from './numbers.ts';

export interface BridgeParts {
  readonly aggregator: Endpoint;
  readonly numbers: Numbers;
  readonly home: HomeAccess;
  readonly serial: string;
  readonly nameOf: (fabric: number) => string;
  readonly failed: (error: unknown) => void;
}

type Extensible = EndpointType & { with(...behaviors: readonly unknown[]): EndpointType };

const dress = (type: EndpointType, behaviors: readonly unknown[]): EndpointType =>
  behaviors.length === 0 ? type : (type as Extensible).with(...behaviors);

const endpointOf = (type: EndpointType, number: number, state: State): Endpoint =>
  new Endpoint(type, { id: `e${number}`, number, ...state } as unknown as Endpoint.Options<EndpointType>);

/** What a number is kept by. */
const nameIn = ({ id }: HomeDevice, { endpoint, name }: Twin): string => `${id}#${endpoint}.${name}`;

/** A twin and what it is made of. */
const whole = (twin: Twin): Twin[] => [twin, ...(twin.parts ?? []).flatMap(whole)];

type End = readonly [Twin, Endpoint];

const valuesOf = ({ values }: HomeDevice, { endpoint }: Twin): Values => values[endpoint] ?? {};

export class BridgedDevice {
  readonly #parts: BridgeParts;
  readonly root: Endpoint;
  readonly #about: Display;
  readonly #links: readonly Link[];
  #device: HomeDevice;

  private constructor(parts: BridgeParts, device: HomeDevice, root: Endpoint, ends: readonly End[]) {
    this.#parts = parts;
    this.#device = device;
    this.root = root;
    this.#about = new Display(root, parts.failed);
    const line = {
      nameOf: parts.nameOf,
      send: (command: Parameters<HomeAccess['command']>[1], by: string, endpoint: string) =>
        parts.home.command(device.id, { ...command, endpoint }, by),
    };
    this.#links = ends.map(
      ([twin, endpoint]) =>
        new Link(
          {
            endpoint,
            twin,
            failed: parts.failed,
            line: { nameOf: line.nameOf, send: (command, by) => line.send(command, by, twin.endpoint) },
          },
          valuesOf(device, twin),
        ),
    );
  }

  /** Adds the device to the bridge. */
  static async add(parts: BridgeParts, device: HomeDevice, twins: readonly Twin[]): Promise<BridgedDevice> {
    const [only, ...others] = twins;
    const isOne = only !== undefined && others.length === 0;
    const within = isOne ? (only.parts ?? []) : twins;
    const all = within.flatMap(whole);
    const [number, ...rest] = await parts.numbers.of([device.id, ...all.map((twin) => nameIn(device, twin))]);
    const numbers = new Map(all.map((twin, at) => [twin, rest[at]!]));
    const root = BridgedDevice.#rootOf(parts, device, isOne ? only : null, [number!, ...rest]);
    await parts.aggregator.add(root);
    const adding = within.map((twin) => BridgedDevice.#addPart(root, device, twin, numbers));
    const refused = (await Promise.allSettled(adding)).find(({ status }) => status === 'rejected');
    // Half a device would stand in the way of the whole one when that can be shown.
    if (refused !== undefined) await root.close();
    const ends = (await Promise.all(adding)).flat();
    return new BridgedDevice(parts, device, root, isOne ? [[only, root], ...ends] : ends);
  }

  static #rootOf({ serial }: BridgeParts, device: HomeDevice, twin: Twin | null, numbers: readonly number[]): Endpoint {
    const battery = batteryOf(device);
    const behaviors = [
      ...(twin?.facets.flatMap((facet) => facet.behaviors) ?? []),
      ...(twin === null ? [] : [Bridged]),
      ...(battery === null ? [] : [Battery]),
    ];
    return endpointOf(dress(twin?.type ?? BridgedNodeEndpoint, behaviors), numbers[0]!, {
      ...(twin !== null && stateOf(twin, valuesOf(device, twin))),
      ...(battery !== null && { powerSource: { ...batteryState(battery)['powerSource'], endpointList: numbers } }),
      ...aboutOf(device, serial),
    });
  }

  static async #addPart(
    above: Endpoint,
    device: HomeDevice,
    twin: Twin,
    numbers: ReadonlyMap<Twin, number>,
  ): Promise<End[]> {
    const behaviors = twin.facets.flatMap((facet) => facet.behaviors);
    const state = stateOf(twin, valuesOf(device, twin));
    const endpoint = endpointOf(dress(twin.type, behaviors), numbers.get(twin)!, state);
    await above.add(endpoint);
    const below = (twin.parts ?? []).map((part) => BridgedDevice.#addPart(endpoint, device, part, numbers));
    return [[twin, endpoint], ...(await Promise.all(below)).flat()];
  }

  get device(): HomeDevice {
    return this.#device;
  }

  view(): { device: string; name: string; number: number; uniqueId: string } {
    const { id, name } = this.#device;
    return { device: id, name, number: this.root.number, uniqueId: uniqueIdOf(this.#parts.serial, id) };
  }

  /** Shows what the device is now; its shape is what it was. */
  update(device: HomeDevice): void {
    const battery = batteryOf(device);
    this.#device = device;
    this.#about.show({ ...changingAbout(device), ...(battery !== null && batteryState(battery)) });
    for (const link of this.#links) link.show(valuesOf(device, link.twin));
  }

  change(endpoint: string, values: Values): void {
    const now = { ...this.#device.values[endpoint], ...values };
    this.#device = { ...this.#device, values: { ...this.#device.values, [endpoint]: now } };
    for (const link of this.#links) if (link.twin.endpoint === endpoint) link.show(now);
    if (Object.keys(values).some((key) => key.startsWith('battery.'))) this.#about.show(batteryState(now));
  }

  happened(event: HomeEvent): void {
    for (const link of this.#links) if (link.twin.endpoint === event.endpoint) link.happened(event);
  }

  async remove(): Promise<void> {
    await this.root.delete();
  }
}
