// One Matter node of ours: its devices as the hub knows them, and what they were last told to be.

import type { ClientNode, Endpoint } from '@matter/main';
import { ClientSubscriptions } from '@matter/main/protocol';

import { reportWhatFits, type DeviceDescription, type PluginContext, type Values } from '@lintel/sdk';

import { shapeOf, without, type NodeShape, type Place } from '../mapping/device.ts';
import { FADE_SETTLES_MS, FIRMWARE_SILENCE_MS } from '../limits.ts';
import { clusterView, isOfTheDevice, rowFor, toldBy, valuesOf } from '../mapping/table.ts';
import { fieldsOf, flagOf, type Fields } from '../mapping/types.ts';
import type { Hidden } from './hidden.ts';
import { treeOf, viewOf } from './views.ts';

const EMPTY: NodeShape = { devices: [], places: new Map(), heads: new Map() };

/** What a person has in mind with the device's firmware, beside what it says itself. */
export interface Firmware {
  /** The version of an image that fits it. */
  readonly available: string | null;
  /** How far it is with that image since it was told of it. */
  readonly underWay: 'downloading' | 'installing' | null;
  readonly hasFailed: boolean;
  /** When either of both last said something of it, in milliseconds since 1970. */
  readonly since: number;
}

interface Fade {
  readonly from: number;
  readonly until: number;
  readonly level: number;
}

/** Also when the clock was put back: what waits for its end is not to wait for as long. */
const isOver = ({ from, until }: Omit<Fade, 'level'>, now: number): boolean => now > until || now < from;

export class Peer {
  readonly node: ClientNode;
  readonly id: string;
  /** Milliseconds since 1970. */
  heardAt = 0;
  /** When the subscription of a sleeping device ran out, in milliseconds since 1970; null while it holds. */
  lostAt: number | null = null;
  isOnline = true;
  isStale = false;
  /** Whether anything of it arrived since the start: what is known from earlier is no news, and may be long over. */
  isHeard = false;
  shape: NodeShape = EMPTY;
  firmware: Firmware = { available: null, underWay: null, hasFailed: false, since: 0 };
  readonly #ctx: PluginContext;
  readonly #hidden: Pick<Hidden, 'has'>;
  readonly #told = new Map<string, unknown>();
  readonly #described = new Map<string, string>();
  /** The properties that the hub knows of, by device and endpoint. */
  readonly #declared = new Map<string, ReadonlySet<string>>();
  /** Levels on their way, by endpoint number. */
  readonly #fades = new Map<number, Fade>();
  readonly #reachable = new Map<string, boolean>();

  constructor(ctx: PluginContext, node: ClientNode, id: string, hidden: Pick<Hidden, 'has'>) {
    this.#ctx = ctx;
    this.#hidden = hidden;
    this.node = node;
    this.id = id;
  }

  get name(): string {
    return this.shape.devices[0]?.name ?? 'The device';
  }

  place(endpoint: Endpoint): Place | undefined {
    return this.shape.places.get(endpoint.number);
  }

  /** Tells the hub what the node is made of by now, and what each part says. */
  async describe(): Promise<void> {
    const root = treeOf(this.node);
    // Of a node that was never read there is nothing to tell.
    if (root.clusters['basicInformation']?.['vendorName'] === undefined) return;
    const before = new Set(this.shape.devices.map(({ id }) => id));
    this.shape = without(shapeOf(this.id, root), (id) => this.#hidden.has(id));
    for (const device of this.shape.devices) {
      const text = JSON.stringify(device);
      before.delete(device.id);
      if (this.#described.get(device.id) === text) continue;
      await this.#ctx.devices.add(device);
      this.#described.set(device.id, text);
      this.#declare(device);
      this.#forgetTold(device.id);
    }
    for (const gone of before) this.#leave(gone);
    this.tellAll();
  }

  /** Nothing more is told of a child that people removed. */
  hide(child: string): void {
    this.shape = without(this.shape, (id) => id === child);
    this.#described.delete(child);
    this.#reachable.delete(child);
    for (const at of this.#declared.keys()) if (at.startsWith(`${child}/`)) this.#declared.delete(at);
    this.#forgetTold(child);
  }

  /** A child that a bridge no longer has stays listed, and is offline. */
  #leave(id: string): void {
    this.#sayOnline(id, false);
    this.#described.delete(id);
  }

  #declare({ id, endpoints }: DeviceDescription): void {
    for (const { id: at, capabilities } of endpoints) {
      const names = capabilities.flatMap(({ name, properties }) => properties.map((each) => `${name}.${each.name}`));
      this.#declared.set(`${id}/${at}`, new Set(names));
    }
  }

  #forgetTold(device: string): void {
    for (const key of this.#told.keys()) if (key.startsWith(`${device}/`)) this.#told.delete(key);
  }

  /** Says of every device what is known and was not told yet. */
  tellAll(): void {
    for (const endpoint of this.node.endpoints) {
      const view = viewOf(endpoint);
      for (const cluster of Object.keys(view.clusters))
        this.#tell(endpoint.number, valuesOf(cluster, view, this.#ctx.clock.now()), isOfTheDevice(cluster));
    }
    this.tellReachable();
  }

  /** One cluster of one endpoint has changed; answers whether it now says what it was not described to say. */
  changed(endpoint: Endpoint, cluster: string): boolean {
    const view = viewOf(endpoint);
    if (cluster === 'otaSoftwareUpdateRequestor') this.firmware = { ...this.firmware, since: this.#ctx.clock.now() };
    const news = toldBy(cluster, view).map((each) =>
      this.#tell(endpoint.number, valuesOf(each, view, this.#ctx.clock.now()), isOfTheDevice(each)),
    );
    if (cluster === 'bridgedDeviceBasicInformation') this.tellReachable();
    return news.includes(true);
  }

  happened(endpoint: Endpoint, cluster: string, event: string, payload: Fields): void {
    const view = viewOf(endpoint);
    const said = rowFor(cluster, view)?.events?.[event]?.(payload, clusterView(cluster, view)) ?? null;
    const place = this.place(endpoint);
    if (said === null || place === undefined || !this.shape.heads.has(place.device)) return;
    if ('values' in said) this.#tell(endpoint.number, said.values);
    else this.#pass(this.#ctx.event(place.device, said.event, said.data, place.endpoint));
  }

  /** What a command that was confirmed has made so, where the device's own report comes later. */
  confirmed(number: number, values: Values, transition: number): void {
    if (!this.isHeard) this.back();
    const level = values['level.level'];
    const from = this.#ctx.clock.now();
    if (typeof level === 'number' && transition > 0)
      this.#fades.set(number, { from, until: from + transition + FADE_SETTLES_MS, level });
    this.#tell(number, values);
  }

  /** Answers whether something is known that the hub does not know the device can say. */
  #tell(number: number, values: Values, isOfAll = false): boolean {
    const place = this.shape.places.get(number);
    if (place === undefined) return false;
    const at = `${place.device}/${isOfAll ? place.main : place.endpoint}`;
    const declared = this.#declared.get(at);
    // Of a device that is being added everything is told once it is.
    if (declared === undefined) return false;
    const said = Object.entries(withFirmware(this.firmware, this.#withoutFade(number, values)));
    const fresh = said.filter(
      ([property, value]) => declared.has(property) && !Object.is(this.#told.get(`${at}/${property}`), value),
    );
    if (this.isHeard && fresh.length > 0) {
      for (const [property, value] of fresh) this.#told.set(`${at}/${property}`, value);
      const where = isOfAll ? place.main : place.endpoint;
      this.#pass(reportWhatFits(this.#ctx, place.device, Object.fromEntries(fresh), where));
    }
    return said.some(([property, value]) => value !== null && !declared.has(property));
  }

  setFirmware(firmware: Partial<Firmware>): void {
    this.firmware = { ...this.firmware, ...firmware, since: this.#ctx.clock.now() };
    this.tellAll();
  }

  /** A device that fell silent over its firmware is not waited for any longer. */
  #settleFirmware(now: number): void {
    const { underWay, since } = this.firmware;
    if (underWay === null || !isOver({ from: since, until: since + FIRMWARE_SILENCE_MS }, now)) return;
    this.setFirmware({ underWay: null, hasFailed: true });
  }

  /** A level is what the lamp will have: steps on the way to it are not told. */
  #withoutFade(number: number, values: Values): Values {
    const fade = this.#fades.get(number);
    if (fade === undefined || !('level.level' in values)) return values;
    if (isOver(fade, this.#ctx.clock.now())) this.#fades.delete(number);
    else if (values['level.level'] !== fade.level) return { ...values, 'level.level': fade.level };
    return values;
  }

  /** After a fade: whatever the lamp has come to. */
  settle(now: number): void {
    this.#settleFirmware(now);
    for (const [number, fade] of this.#fades) {
      if (!isOver(fade, now)) continue;
      this.#fades.delete(number);
      const endpoint = [...this.node.endpoints].find((each) => each.number === number);
      if (endpoint !== undefined) this.changed(endpoint, 'levelControl');
    }
  }

  /** Children are there when their bridge is, and says that they are. */
  tellReachable(): void {
    if (this.isOnline && !this.isHeard) return;
    for (const [device, head] of this.shape.heads) this.#sayOnline(device, this.isOnline && this.#isReachable(head));
  }

  #isReachable(head: number): boolean {
    if (head === 0) return true;
    const endpoint = [...this.node.endpoints].find((each) => each.number === head);
    if (endpoint === undefined) return false;
    return flagOf(fieldsOf(endpoint.maybeStateOf('bridgedDeviceBasicInformation'))['reachable']) !== false;
  }

  /** Of a device that is being added it is said once it is. */
  #sayOnline(device: string, online: boolean): void {
    if (!this.#described.has(device) || this.#reachable.get(device) === online) return;
    this.#reachable.set(device, online);
    this.#pass(this.#ctx.online(device, online));
  }

  /** Its subscription may be dead without our knowing: a new one is made at once instead of once that has run out. */
  subscribeAnew(): void {
    const { env, peerAddress } = this.node;
    if (peerAddress !== undefined) env.get(ClientSubscriptions).closeForPeer(peerAddress);
  }

  /** It has not answered: what is known of it is old. */
  stale(): void {
    if (this.isStale) return;
    this.isStale = true;
    for (const device of this.shape.heads.keys()) {
      this.#reachable.delete(device);
      if (this.#described.has(device)) this.#pass(this.#ctx.stale(device));
    }
  }

  away(): void {
    this.isOnline = false;
    this.tellReachable();
  }

  back(): void {
    const isFirst = !this.isHeard;
    this.isHeard = true;
    this.isOnline = true;
    this.isStale = false;
    if (isFirst) this.tellAll();
    else this.tellReachable();
  }

  /** What the hub no longer takes, since it is stopping or has forgotten the device, is not worth an error. */
  #pass(said: Promise<void>): void {
    said.catch((error: unknown) => {
      if (!this.#ctx.signal.aborted) this.#ctx.log.warn(`${this.name}: ${String(error).slice(0, 300)}`);
    });
  }
}

/** A device that is idle knows nothing of the image that waits for it here. */
function withFirmware({ available, underWay, hasFailed }: Firmware, values: Values): Values {
  if (!('update.state' in values)) return values;
  const waiting = hasFailed ? 'failed' : available === null ? 'idle' : 'available';
  const own = values['update.state'];
  const state = underWay === 'installing' || own === 'idle' ? (underWay ?? waiting) : own;
  return { ...values, 'update.state': state, 'update.available': available };
}
