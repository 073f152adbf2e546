// An image is the whole machine at one journal number: the core's memory and the host's tail. The journal after it leads to now.
//
//   image = magic(8) SHA-256 of the rest (32) tail length (4, LE) tail (JSON) core (the engine's sealed snapshot)

import { hash } from 'node:crypto';
import { open, readFile, readdir, rename, rm, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import type { Handover } from '@lintel/engine';
import type { Edit } from '../journal/records.ts';
import { IMAGES_KEPT } from '../limits.ts';
import { PARTIAL, removePartials } from '../partial.ts';
import type { Sent } from '../state/attribution.ts';
import type { ExportedDeparted } from '../state/departed.ts';
import type { ExportedOffences } from '../state/offences.ts';
import type { ClockTrust } from '../state/parts.ts';
import type { PendingCommand } from '../state/pending.ts';
import type { ExportedPresence } from '../state/presence.ts';
import type { ExportedProperties } from '../state/properties.ts';
import type { Revert } from '../state/reverts.ts';
import type { ExportedRuns } from '../state/runs.ts';
import type { ExportedSaves } from '../state/saves.ts';
import type { ExportedSchedules } from '../state/schedules.ts';
import { stringifyInSlices } from './slices.ts';

const MAGIC = Buffer.from('LNTLIMG1');
const HASH_BYTES = 32;
const HEADER_BYTES = MAGIC.length + HASH_BYTES + 4;
const NAME = /^(\d{16})\.image$/;

/** The host's share of an image. */
export interface Tail {
  readonly version: 1;
  /** The journal number up to which everything is in. */
  readonly sequence: number;
  readonly at: number;
  readonly registry: readonly Edit[];
  readonly properties: ExportedProperties;
  readonly sent: readonly Sent[];
  readonly pending: readonly PendingCommand[];
  readonly runs: ExportedRuns;
  // Not in images of the first versions.
  /** The core's state by names, for a version of it that cannot read the memory. */
  readonly handover?: Handover;
  readonly saves?: ExportedSaves;
  readonly reverts?: readonly Revert[];
  readonly schedules?: ExportedSchedules;
  readonly presence?: ExportedPresence;
  readonly clock?: ClockTrust;
  readonly offences?: ExportedOffences;
  readonly departed?: ExportedDeparted;
}

export interface Image {
  readonly tail: Tail;
  readonly core: Uint8Array;
}

export const encodeImage = ({ tail, core }: Image): Buffer => bytesOf(JSON.stringify(tail), core);

function bytesOf(tail: string, core: Uint8Array): Buffer {
  const text = Buffer.from(tail);
  const length = Buffer.alloc(4);
  length.writeUInt32LE(text.length);
  const rest = Buffer.concat([length, text, core]);
  return Buffer.concat([MAGIC, hash('sha256', rest, 'buffer'), rest]);
}

/** @throws Error that says what is wrong with the bytes */
export function decodeImage(bytes: Buffer): Image {
  if (bytes.length < HEADER_BYTES || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) throw new Error('not an image');
  const rest = bytes.subarray(MAGIC.length + HASH_BYTES);
  if (!hash('sha256', rest, 'buffer').equals(bytes.subarray(MAGIC.length, MAGIC.length + HASH_BYTES))) {
    throw new Error('wrong check sum');
  }
  const end = 4 + rest.readUInt32LE(0);
  const tail = JSON.parse(rest.subarray(4, end).toString('utf8')) as Tail;
  if (tail.version !== 1) throw new Error(`written by a newer Lintel (version ${String(tail.version)})`);
  return { tail, core: rest.subarray(end) };
}

const imageName = (sequence: number): string => `${String(sequence).padStart(16, '0')}.image`;

/** Images in a folder, newest first. */
export async function listImages(folder: string): Promise<{ sequence: number; path: string }[]> {
  const names = (await readdir(folder))
    .filter((name) => NAME.test(name))
    .toSorted()
    .toReversed();
  return names.map((name) => ({ sequence: Number(NAME.exec(name)![1]), path: join(folder, name) }));
}

export const readImage = async (path: string): Promise<Image> => decodeImage(await readFile(path));

/** Writes an image whole or not at all, little by little, and keeps the newest two; answers the number that the older of them stands at. */
export async function writeImage(folder: string, image: Image): Promise<number> {
  const path = join(folder, imageName(image.tail.sequence));
  const partial = `${path}${PARTIAL}`;
  await removePartials(folder);
  try {
    await writeWhole(partial, bytesOf(await stringifyInSlices(image.tail), image.core));
  } catch (error) {
    await rm(partial, { force: true });
    throw error;
  }
  await rename(partial, path);
  await syncFolder(folder);
  const images = await listImages(folder);
  for (const old of images.slice(IMAGES_KEPT)) await unlink(old.path);
  return images.slice(0, IMAGES_KEPT).at(-1)!.sequence;
}

async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
