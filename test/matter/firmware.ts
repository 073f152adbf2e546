// A device that takes new firmware, as matter.js leaves to the maker of the device; and images of it as its maker gives them out.

import { Crypto, Environment, type ServerNode } from '@matter/main';
import { OtaSoftwareUpdateRequestorServer } from '@matter/main/behaviors/ota-software-update-requestor';
import type { OtaSoftwareUpdateRequestor } from '@matter/main/clusters/ota-software-update-requestor';
import { Node } from '@matter/main/node';
import { OtaImageWriter } from '@matter/main/protocol';

export const VENDOR = 0xfff1;
export const PRODUCT = 0x8000;

/** Long enough for those who are subscribed to hear that it is about to. */
const RESTART_AFTER_MS = 1_500;

async function restart(node: ServerNode, version: number): Promise<void> {
  await node.cancel();
  await node.set({ basicInformation: { softwareVersion: version, softwareVersionString: `${version}.0` } });
  await node.start();
}

export class FirmwareOfItsOwn extends OtaSoftwareUpdateRequestorServer {
  /** A device may wait for up to ten minutes before it asks; this one waits for the shortest time there is. */
  override async announceOtaProvider(request: OtaSoftwareUpdateRequestor.AnnounceOtaProviderRequest): Promise<void> {
    const { random } = Math;
    Math.random = () => 0;
    await super.announceOtaProvider(request).finally(() => (Math.random = random));
  }

  protected override applyUpdate(version: number): void {
    const node = Node.forEndpoint(this.endpoint) as ServerNode;
    setTimeout(() => void restart(node, version), RESTART_AFTER_MS);
  }
}

export interface ImageOptions {
  readonly version: number;
  readonly product?: number;
  /** Bytes. */
  readonly size?: number;
}

/** The content of an image file. */
export async function imageOf({ version, product = PRODUCT, size = 50_000 }: ImageOptions): Promise<Uint8Array> {
  const { image } = await OtaImageWriter.create(Environment.default.get(Crypto), {
    vendorId: VENDOR,
    productId: product,
    softwareVersion: version,
    softwareVersionString: `${version}.0`,
    payload: new Uint8Array(size).map((_, at) => at % 251),
  });
  return new Uint8Array(image as Uint8Array);
}
