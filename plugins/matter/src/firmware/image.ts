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

/** Why the image is not for this device, or null. */
function misfit(image: Image, running: Running): string | null {
  const { vendor, product, from, to } = image;
  if (vendor !== running.vendor || product !== running.product)
    return `is for product ${hex(product)} of vendor ${hex(vendor)}, and this is ${hex(running.product)} of ${hex(running.vendor)}`;
  if (running.version < from || running.version > to)
    return `is for versions ${from} to ${to}, and the device has ${running.version}`;
  return null;
}

/** Looks through the folder. What is not newer than what the device has is neither found nor refused. */
export async function findImage(folder: string, running: Running, crypto: Crypto): Promise<Found> {
  const names = await readdir(folder).catch(() => []);
  const refused: string[] = [];
  let best: Image | null = null;
  for (const file of names.filter((name) => name.endsWith('.ota')).toSorted()) {
    try {
      const image = await readImage(folder, file, crypto);
      const isOwn = image.vendor === running.vendor && image.product === running.product;
      if (isOwn && image.version <= running.version) continue;
      const why = misfit(image, running);
      if (why !== null) refused.push(`${file} ${why}`);
      else if (best === null || image.version > best.version) best = image;
    } catch (error) {
      refused.push(`${file} is damaged or no Matter firmware image (${shortly(error)})`);
    }
  }
  return { image: best, refused };
}
