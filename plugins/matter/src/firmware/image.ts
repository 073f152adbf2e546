// Firmware images as their makers give them to people: a file with a header that says what device it is for, and a digest of
// what follows (Matter 1.4, section 11.21). Each is read and checked whole before a device hears of it.

import { openAsBlob } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

import type { Crypto } from '@matter/main';
import { OtaImageReader } from '@matter/main/protocol';

import { shortly } from '../controller/errors.ts';
import { IMAGE_BYTES_MAX } from '../limits.ts';

export interface Image {
  /** The name of the file. */
  readonly file: string;
  readonly content: Blob;
  readonly vendor: number;
  readonly product: number;
  readonly version: number;
  /** The version as people read it. */
  readonly label: string;
  /** The versions it may follow, both included. */
  readonly from: number;
  readonly to: number;
}

/** What a device is and runs, by its own account. */
export interface Running {
  readonly vendor: number;
  readonly product: number;
  readonly version: number;
}

export interface Found {
  /** The newest that the device can take; null where there is none. */
  readonly image: Image | null;
  /** Why others cannot be used, by file, in words. */
  readonly refused: readonly string[];
}

const hex = (id: number): string => `0x${id.toString(16).padStart(4, '0')}`;

/** Reads an image and checks it whole. Throws what is wrong with it. */
async function readImage(folder: string, file: string, crypto: Crypto): Promise<Image> {
  const content = await openAsBlob(join(folder, file));
  if (content.size > IMAGE_BYTES_MAX) throw new Error(`is larger than ${IMAGE_BYTES_MAX / 1_048_576} MiB`);
  const bytes = new Uint8Array(await content.arrayBuffer());
  const whole = new Blob([bytes]);
  const reader = (whole.stream() as ReadableStream<Uint8Array>).getReader();
  const header = await OtaImageReader.file(reader, crypto, whole.size, { calculateFullChecksum: false });
  return {
    file,
    content: whole,
    vendor: header.vendorId,
    product: header.productId,
    version: header.softwareVersion,
    label: header.softwareVersionString,
    from: header.minApplicableSoftwareVersion ?? 0,
    to: header.maxApplicableSoftwareVersion ?? header.softwareVersion - 1,
  };
}

const isFor = (image: Image, { vendor, product }: Running): boolean =>
  image.vendor === vendor && image.product === product;

/** Why the image is not for this device, or null. */
function misfit(image: Image, running: Running): string | null {
  const { vendor, product, from, to } = image;
  if (!isFor(image, running))
    return `is for product ${hex(product)} of vendor ${hex(vendor)}, and this is ${hex(running.product)} of ${hex(running.vendor)}`;
  if (running.version < from || running.version > to)
    return `is for versions ${from} to ${to}, and the device has ${running.version}`;
  return null;
}

/** The folder holds images for Zigbee devices too, which begin otherwise (Zigbee Cluster Library, OTA file identifier). */
const ZIGBEE_MARK = 0x0beef11e;

async function isZigbee(folder: string, file: string): Promise<boolean> {
  const head = await (await openAsBlob(join(folder, file))).slice(0, 4).arrayBuffer();
  return head.byteLength === 4 && new DataView(head).getUint32(0, true) === ZIGBEE_MARK;
}

/**
 * Looks through the folder. What is not newer than what the device has is neither found nor refused; and where there is any
 * image for the device, those for others are no fault.
 */
export async function findImage(folder: string, running: Running, crypto: Crypto): Promise<Found> {
  const names = await readdir(folder).catch(() => []);
  const [faults, others]: [string[], string[]] = [[], []];
  let best: Image | null = null;
  let hasOwn = false;
  for (const file of names.filter((name) => name.endsWith('.ota')).toSorted()) {
    try {
      if (await isZigbee(folder, file)) continue;
      const image = await readImage(folder, file, crypto);
      const isOwn = isFor(image, running);
      hasOwn ||= isOwn;
      if (isOwn && image.version <= running.version) continue;
      const why = misfit(image, running);
      if (why !== null) (isOwn ? faults : others).push(`${file} ${why}`);
      else if (best === null || image.version > best.version) best = image;
    } catch (error) {
      faults.push(`${file} is damaged or no Matter firmware image (${shortly(error)})`);
    }
  }
  return { image: best, refused: hasOwn ? faults : [...faults, ...others] };
}
