// Updating devices from images that people have put into the home's folder for them: `update.check` looks for one, and
// `update.install` hands it to the device, which says by itself how far it is.

import { Crypto, type ServerNode } from '@matter/main';
import type { PeerAddress } from '@matter/main/protocol';

import { PluginError, type PluginContext } from '@lintel/sdk';

import { shortly } from '../controller/errors.ts';
import type { Peer } from '../controller/peer.ts';
import { fieldsOf, numberOf } from '../mapping/types.ts';
import { findImage, type Image, type Running } from './image.ts';
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
      const provider = await (this.#provider ??= this.#open());
      await provider.offer(peerAddress, image);
    } catch (error) {
      peer.setFirmware({ underWay: null, hasFailed: true });
      throw new PluginError('DEVICE_REFUSED', `${peer.name} could not be told of its firmware: ${shortly(error)}`);
    }
  }

  async #open(): Promise<Provider> {
    const { Provider: OfNode } = await import('./provider.ts');
    return OfNode.open(this.#parts.node, {
      installing: (address) => this.#find(address)?.setFirmware({ underWay: 'installing', hasFailed: false }),
      done: (address) => {
        const peer = this.#find(address);
        peer?.setFirmware({ available: null, underWay: null, hasFailed: false });
        // It has restarted, and knows nothing of what it had promised before.
        peer?.subscribeAnew();
      },
      failed: (address) => this.#find(address)?.setFirmware({ underWay: null, hasFailed: true }),
    });
  }

  #find({ nodeId }: PeerAddress): Peer | undefined {
    return [...this.#parts.peers()].find(({ node }) => node.peerAddress?.nodeId === nodeId);
  }
}
