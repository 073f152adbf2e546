// Updating devices from images that people have put into the home's folder for them: `update.check` looks for one, and
// `update.install` hands it to the device, which says by itself how far it is.

import { Crypto, type ServerNode } from '@matter/main';
import type { PeerAddress } from '@matter/main/protocol';

import { PluginError, type PluginContext } from '@lintel/sdk';

import { shortly } from '../controller/errors.ts';
import type { Firmware, Peer } from '../controller/peer.ts';
import { fieldsOf, numberOf } from '../mapping/types.ts';
import { findImage, type Image, type Running } from './image.ts';
import { Intentions } from './intentions.ts';
import type { Provider } from './provider.ts';

export interface UpdatesParts {
  readonly ctx: PluginContext;
  readonly node: ServerNode;
  readonly peers: () => Iterable<Peer>;
}

function runningOn({ node }: Peer): Running {
  const { vendorId, productId, softwareVersion } = fieldsOf(node.maybeStateOf('basicInformation'));
  return {
    vendor: numberOf(vendorId) ?? 0,
    product: numberOf(productId) ?? 0,
    version: numberOf(softwareVersion) ?? 0,
  };
}

export class Updates {
  readonly #parts: UpdatesParts;
  #provider: Promise<Provider> | null = null;
  #intentions: Promise<Intentions> | null = null;
  readonly #resuming = new Set<Peer>();

  constructor(parts: UpdatesParts) {
    this.#parts = parts;
  }

  /** `update.check` or `update.install`. Throws a `PluginError` that names each file it refuses. */
  async command(peer: Peer, command: string): Promise<void> {
    const image = await this.#check(peer);
    if (command === 'update.check') return;
    if (image === null)
      throw new PluginError('BAD_VALUE', `${peer.name} has no firmware to install: it is up to date.`);
    await this.#install(peer, image);
  }

  /**
   * The device is heard anew. What it was to get when this process was last stopped, it is offered again; where that cannot be, the
   * update has failed, and people see that.
   */
  async resume(peer: Peer): Promise<void> {
    if (this.#resuming.has(peer) || peer.firmware.underWay !== null) return;
    this.#resuming.add(peer);
    await this.#goOn(peer).catch((error: unknown) => this.#giveUp(peer, error));
    this.#resuming.delete(peer);
  }

  async #goOn(peer: Peer): Promise<void> {
    const intentions = await this.#opened();
    const wanted = intentions.of(peer.id);
    if (wanted === undefined) return;
    // It runs it by now, or people have been told already that it does not.
    if (runningOn(peer).version >= wanted.version || peer.firmware.hasFailed) return intentions.forget(peer.id);
    const image = await this.#check(peer);
    if (image === null) throw new Error(`no image of version ${wanted.label} is in the folder any more`);
    await this.#install(peer, image);
  }

  #giveUp(peer: Peer, error: unknown): void {
    const { ctx } = this.#parts;
    if (ctx.signal.aborted) return;
    ctx.log.error(`${peer.name} could not be given the firmware that was under way: ${shortly(error)}`);
    peer.setFirmware({ underWay: null, hasFailed: true });
    this.#forget(peer);
  }

  #opened(): Promise<Intentions> {
    return (this.#intentions ??= Intentions.open(this.#parts.ctx.store));
  }

  /** What cannot be struck off is found to be done, or to have failed, at the next start. */
  #forget({ id }: Peer): void {
    void this.#opened()
      .then((intentions) => intentions.forget(id))
      .catch((error: unknown) => this.#parts.ctx.log.warn(shortly(error)));
  }

  async #check(peer: Peer): Promise<Image | null> {
    const { ctx, node } = this.#parts;
    if (ctx.firmware === null) throw new PluginError('UNSUPPORTED', 'this hub has no folder for firmware images');
    const { image, refused } = await findImage(ctx.firmware, runningOn(peer), node.env.get(Crypto));
    if (peer.firmware.underWay === null) peer.setFirmware({ available: image?.label ?? null, hasFailed: false });
    if (image === null && refused.length > 0)
      throw new PluginError('BAD_VALUE', `No firmware image fits ${peer.name}: ${refused.join('; ')}.`);
    return image;
  }

  async #install(peer: Peer, image: Image): Promise<void> {
    const { peerAddress } = peer.node;
    if (!peer.isOnline || peerAddress === undefined)
      throw new PluginError('DEVICE_OFFLINE', `${peer.name} does not answer. Check that it has power.`);
    peer.setFirmware({ available: image.label, underWay: 'downloading', hasFailed: false });
    try {
      await (await this.#opened()).keep(peer.id, { version: image.version, label: image.label });
      const provider = await (this.#provider ??= this.#open());
      await provider.offer(peerAddress, image);
    } catch (error) {
      peer.setFirmware({ underWay: null, hasFailed: true });
      this.#forget(peer);
      throw new PluginError('DEVICE_REFUSED', `${peer.name} could not be told of its firmware: ${shortly(error)}`);
    }
  }

  async #open(): Promise<Provider> {
    const { Provider: OfNode } = await import('./provider.ts');
    return OfNode.open(this.#parts.node, {
      installing: (address) => this.#find(address)?.setFirmware({ underWay: 'installing', hasFailed: false }),
      done: (address) => {
        const peer = this.#ended(address, { available: null, hasFailed: false });
        // It has restarted, and knows nothing of what it had promised before.
        peer?.subscribeAnew();
      },
      failed: (address) => void this.#ended(address, { hasFailed: true }),
    });
  }

  #ended(address: PeerAddress, firmware: Partial<Firmware>): Peer | undefined {
    const peer = this.#find(address);
    if (peer === undefined) return undefined;
    this.#forget(peer);
    peer.setFirmware({ ...firmware, underWay: null });
    return peer;
  }

  #find({ nodeId }: PeerAddress): Peer | undefined {
    return [...this.#parts.peers()].find(({ node }) => node.peerAddress?.nodeId === nodeId);
  }
}
