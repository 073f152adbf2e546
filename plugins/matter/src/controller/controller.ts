// The hub as a Matter controller: every node it has commissioned, told to the hub as devices and kept up to date.

import {
  ChangeNotificationService,
  EndpointLifecycle,
  NetworkClient,
  type ClientNode,
  type ServerNode,
} from '@matter/main';

import { PluginError, type DeviceCommand, type PluginContext } from '@lintel/sdk';

import { COMMAND_MS, DESCRIBE_AFTER_MS, DESCRIBE_TRIES_MAX } from '../limits.ts';
import { Updates } from '../firmware/updates.ts';
import { fieldsOf } from '../mapping/types.ts';
import { Availability } from './availability.ts';
import { Clocks } from './clocks.ts';
import { Commander } from './commander.ts';
import { within } from './within.ts';
import { shortly } from './errors.ts';
import type { Hidden } from './hidden.ts';
import { Peer } from './peer.ts';
import { share, type Share } from './share.ts';
import { nodeIdOf, peerOf } from './views.ts';

/** Changes of these may change what a node is made of, or is called. */
const STRUCTURAL = new Set([
  'descriptor',
  'basicInformation',
  'bridgedDeviceBasicInformation',
  'fixedLabel',
  'userLabel',
]);

const SHAPING = new Set([EndpointLifecycle.Change.Ready, EndpointLifecycle.Change.Destroyed]);

export class Controller {
  readonly node: ServerNode;
  readonly availability: Availability;
  readonly #ctx: PluginContext;
  readonly #commander: Commander;
  readonly #updates: Updates;
  readonly #clocks: Clocks;
  readonly #peers = new Map<ClientNode, Peer>();
  readonly #toDescribe = new Set<Peer>();
  readonly #hidden: Hidden;

  constructor(ctx: PluginContext, node: ServerNode, hidden: Hidden) {
    this.#ctx = ctx;
    this.#hidden = hidden;
    this.node = node;
    this.availability = new Availability(ctx, () => this.#peers.values());
    this.#clocks = new Clocks(ctx, () => this.#peers.values());
    this.#updates = new Updates({ ctx, node, peers: () => this.#peers.values() });
    this.#commander = new Commander({ ctx, availability: this.availability, find: (id) => this.find(id) });
  }

  /** Takes up every node that is known, before the network is; each is told of as soon as it is heard. */
  async start(): Promise<void> {
    this.node.env.get(ChangeNotificationService).change.on((change) => this.#changed(change));
    await Promise.all(
      [...this.node.peers].filter(({ lifecycle }) => lifecycle.isCommissioned).map((peer) => this.#adopt(peer)),
    );
    await this.node.start();
    this.availability.start();
    this.#clocks.start();
  }

  /** The node that a device of the hub's is, or is behind. */
  find(id: string): Peer | undefined {
    const [node] = id.split('.');
    return [...this.#peers.values()].find((peer) => peer.id === node);
  }

  command(id: string, command: DeviceCommand, signal: AbortSignal): Promise<void> {
    const peer = this.find(id);
    return peer !== undefined && 'command' in command && command.command.startsWith('update.')
      ? this.#updates.command(peer, command.command)
      : this.#commander.command(id, command, signal);
  }

  /** Makes the devices of a node that was just commissioned the hub's. */
  async adopt(node: ClientNode): Promise<Peer> {
    const peer = await this.#adopt(node);
    this.availability.heard(peer);
    return peer;
  }

  async #adopt(node: ClientNode): Promise<Peer> {
    const known = this.#peers.get(node);
    if (known !== undefined) return known;
    const peer = new Peer(this.#ctx, node, nodeIdOf(node)!, this.#hidden);
    // It has until then to be heard by itself: a whole home that starts need not be asked as well.
    peer.heardAt = this.#ctx.clock.now();
    this.#peers.set(node, peer);
    this.#follow(peer);
    await peer.describe();
    return peer;
  }

  #follow(peer: Peer): void {
    const { subscriptionAlive, subscriptionStatusChanged } = peer.node.events.network;
    peer.node.lifecycle.online.on(() => this.availability.answered(peer));
    subscriptionAlive.on(() => this.availability.heard(peer));
    // A bridge's list of children changes before what a new one says has been read.
    peer.node.lifecycle.changed.on((change) => {
      if (SHAPING.has(change)) this.#describeSoon(peer);
    });
    subscriptionStatusChanged.on((isActive) => {
      if (!isActive) return this.availability.lost(peer);
      this.#describeSoon(peer);
      this.#clocks.tell(peer);
      void this.#updates.resume(peer);
    });
  }

  #changed(change: ChangeNotificationService.Change): void {
    const node = peerOf(change.endpoint);
    const peer = node === null ? undefined : this.#peers.get(node);
    if (peer === undefined) return;
    if (change.kind === 'delete') return this.#describeSoon(peer);
    const cluster = change.behavior.id;
    if (change.kind === 'event') return this.#happened(peer, change);
    if (cluster === 'commissioning' || cluster === 'network') return;
    const saysMore = peer.changed(change.endpoint, cluster);
    if (saysMore || STRUCTURAL.has(cluster) || peer.place(change.endpoint) === undefined) this.#describeSoon(peer);
  }

  #happened(peer: Peer, { endpoint, behavior, event, payload }: ChangeNotificationService.EventOccurrence): void {
    // What happened while nobody listened is told by the device again with its first report, and is no longer news.
    if (!isLive(peer.node)) return;
    peer.happened(endpoint, behavior.id, lowerFirst(event.name), fieldsOf(payload));
  }

  /** A part that comes or goes at this very moment cannot be read: then again, later each time. */
  #describeSoon(peer: Peer, tries = 0): void {
    if (this.#toDescribe.has(peer)) return;
    this.#toDescribe.add(peer);
    const { clock, signal } = this.#ctx;
    clock
      .sleep(DESCRIBE_AFTER_MS * 2 ** tries, signal)
      .then(() => {
        this.#toDescribe.delete(peer);
        return this.#peers.has(peer.node) ? peer.describe() : undefined;
      })
      .catch((error: unknown) => {
        if (signal.aborted) return;
        if (tries < DESCRIBE_TRIES_MAX) return this.#describeSoon(peer, tries + 1);
        this.#ctx.log.warn(`${peer.name} could not be described: ${shortly(error)}`);
      });
  }

  share(id: string): Promise<Share> {
    const peer = this.find(id);
    if (peer === undefined) throw new PluginError('NOT_FOUND', 'The device is not in the Matter network any more.');
    return share(this.#ctx, peer);
  }

  /** One that its bridge had let go already comes back when the bridge takes it in again. */
  async #hide(bridge: Peer, child: string): Promise<void> {
    const { devices, heads } = bridge.shape;
    if (devices.length > 0 && !heads.has(child)) return;
    bridge.hide(child);
    await this.#hidden.add(child);
  }

  /** Takes a device out of the network: a bridge's child stays on its bridge and is only hidden here. */
  async remove(id: string): Promise<void> {
    const peer = this.find(id);
    if (peer === undefined) return;
    if (id.includes('.')) return this.#hide(peer, id);
    this.#peers.delete(peer.node);
    await this.#hidden.forget(id);
    // Children that had left the bridge before are listed all the same.
    for (const child of this.#ctx.devices.known())
      if (child.startsWith(`${id}.`)) await this.#ctx.devices.remove(child);
    try {
      if (!peer.isOnline) throw new Error('it does not answer');
      await within(peer.node.decommission(), AbortSignal.timeout(COMMAND_MS));
    } catch (error) {
      this.#ctx.log.warn(
        `${peer.name} could not be told that it was removed (${shortly(error)}): reset it before it is used elsewhere.`,
      );
      await peer.node.delete();
    }
  }
}

const isLive = (node: ClientNode): boolean => node.act((agent) => agent.get(NetworkClient).subscriptionActive) === true;

/** As matter.js names events in its own code: `multiPressComplete`. */
const lowerFirst = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
