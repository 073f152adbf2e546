// The part of the controller's node that devices ask for new firmware (Matter 1.4, section 11.20). It exists from the first
// update on, and offers a device only what a person chose for it: nothing comes from the internet.

import { Endpoint, type Environment, type ServerNode } from '@matter/main';
import { OtaProviderEndpoint } from '@matter/main/endpoints/ota-provider';
import { OtaUpdateStatus, SoftwareUpdateManager, type OtaUpdateAvailableDetails } from '@matter/main/node';
import { DclOtaUpdateService, type FileDesignator, type PeerAddress } from '@matter/main/protocol';
import { VendorId } from '@matter/main/types';

import type { Image } from './image.ts';

interface Offer {
  readonly image: Image;
  readonly designator: FileDesignator;
}

export interface ProviderEvents {
  /** It has the image, and restarts with it. */
  installing(peer: PeerAddress): void;
  done(peer: PeerAddress): void;
  failed(peer: PeerAddress): void;
}

const keyOf = ({ fabricIndex, nodeId }: PeerAddress): string => `${fabricIndex}/${nodeId}`;

/** matter.js's keeper of updates, without the internet, and with one offer for a device. */
function updatesOffering(offers: ReadonlyMap<string, Offer>, installing: (peer: PeerAddress) => void) {
  return class extends SoftwareUpdateManager {
    override async checkForUpdates(): Promise<void> {}

    override onOtaStatusChange(peer: PeerAddress, status: OtaUpdateStatus, version?: number): void {
      super.onOtaStatusChange(peer, status, version);
      if (status === OtaUpdateStatus.Applying) installing(peer);
    }

    override async updateExistsFor(
      peer: PeerAddress,
      { softwareVersion }: { readonly softwareVersion: number },
    ): Promise<OtaUpdateAvailableDetails | undefined> {
      const offer = offers.get(keyOf(peer));
      if (offer === undefined || softwareVersion >= offer.image.version) return undefined;
      return {
        newSoftwareVersion: offer.image.version,
        newSoftwareVersionString: offer.image.label,
        fileDesignator: offer.designator,
        consentRequired: false,
      };
    }
  };
}

export class Provider {
  readonly #endpoint: Endpoint;
  readonly #environment: Environment;
  readonly #offers: Map<string, Offer>;

  private constructor(endpoint: Endpoint, environment: Environment, offers: Map<string, Offer>) {
    this.#endpoint = endpoint;
    this.#environment = environment;
    this.#offers = offers;
  }

  static async open(node: ServerNode, events: ProviderEvents): Promise<Provider> {
    const offers = new Map<string, Offer>();
    const Updates = updatesOffering(offers, events.installing);
    const endpoint = new Endpoint(OtaProviderEndpoint.with(Updates), { id: 'updates' });
    await node.add(endpoint);
    const provider = new Provider(endpoint as unknown as Endpoint, node.env, offers);
    const { updateDone, updateFailed } = endpoint.eventsOf(Updates);
    updateDone.on((peer) => {
      void provider.#withdraw(peer);
      events.done(peer);
    });
    updateFailed.on((peer) => {
      void provider.#withdraw(peer);
      events.failed(peer);
    });
    return provider;
  }

  /** Offers the image to the device, and tells it to ask for it. */
  async offer(peer: PeerAddress, image: Image): Promise<void> {
    const service = this.#environment.get(DclOtaUpdateService);
    const info = await service.updateInfoFromStream(streamOf(image), `file:///${image.file}`);
    const designator = await service.store(streamOf(image), info, 'local');
    this.#offers.set(keyOf(peer), { image, designator });
    await this.#endpoint.act((agent) =>
      agent.get(SoftwareUpdateManager).forceUpdate(peer, VendorId(image.vendor), image.product, image.version),
    );
  }

  async #withdraw(peer: PeerAddress): Promise<void> {
    const offer = this.#offers.get(keyOf(peer));
    this.#offers.delete(keyOf(peer));
    const isOffered = [...this.#offers.values()].some(({ image }) => image.file === offer?.image.file);
    if (offer !== undefined && !isOffered)
      await this.#environment.get(DclOtaUpdateService).delete({ filename: offer.designator.text.split('/').at(-1)! });
  }
}

const streamOf = ({ content }: Image): ReadableStream<Uint8Array<ArrayBuffer>> => content.stream();
