// What is known of plugins beside their own word: those that stand in the catalogue, and those that were revoked. Both are
// files that come with Lintel or lie in the data folder; nothing is fetched. Revocations count only with a good signature, so
// that no one who can place a file takes plugins away from a home.

import { createPublicKey, verify } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { isObject, QUALITY_LEVELS } from '@lintel/sdk/host';
import type { QualityLevel } from '@lintel/sdk/host';
import { z } from 'zod';

import type { CatalogueItem } from '../views.ts';

const SHIPPED = join(import.meta.dirname, '../../lists');
/** The public half of the key that revocations are signed with: Ed25519, as SubjectPublicKeyInfo in base64. */
const KEY = 'MCowBQYDK2VwAyEA+Yw7tmOD5d9H1g0cb7akA6aVbTwoQctq0ghcGRspGpQ=';

const text = z.string().max(500);
const catalogueSchema = z.object({
  plugins: z.array(z.object({ source: text, id: text, name: text, description: text })).max(10_000),
});
const listSchema = z.object({
  /** Of two lists the one with the higher number counts. */
  serial: z.int().min(0),
  revoked: z.array(z.object({ package: text, versions: z.array(text).optional(), reason: text })).max(100_000),
});
/** What Lintel's own tests found of the plugins that come with it, by id; those tests compare. */
const qualitySchema = z.record(text, z.enum(QUALITY_LEVELS));
type RevocationList = z.output<typeof listSchema>;

export interface ListingOptions {
  /** Where a newer `revocations.json` or a `catalogue.json` may lie. */
  readonly data: string;
  /** Default the folder that comes with Lintel. */
  readonly shipped?: string;
  /** The public key, as SubjectPublicKeyInfo in base64; default Lintel's own. */
  readonly key?: string;
  /** Whether revocations count; people may opt out. */
  readonly checksRevocations: boolean;
  readonly warn: (text: string) => void;
}

export interface Listed {
  readonly state: 'included' | 'listed' | 'unlisted' | 'revoked';
  /** Why it was revoked. */
  readonly reason: string | null;
}

/** A plugin by what npm and people know it as. */
export interface Known {
  readonly packageName: string;
  readonly version: string;
  /** `npm:NAME` or `file:/FOLDER`; null for one that comes with Lintel. */
  readonly source: string | null;
}

export class Listing {
  readonly catalogue: readonly CatalogueItem[];
  readonly #revoked: RevocationList['revoked'];
  readonly #quality: Readonly<Record<string, QualityLevel>>;

  constructor(options: ListingOptions) {
    this.#quality = qualitySchema.parse(readJson(join(SHIPPED, 'quality.json'), options.warn) ?? {});
    const folders = [options.data, options.shipped ?? SHIPPED];
    this.catalogue = folders.map((folder) => readCatalogue(folder, options.warn)).find((each) => each !== null) ?? [];
    const lists = folders.map((folder) => readRevocations(folder, options)).filter((each) => each !== null);
    const newest = lists.toSorted((a, b) => b.serial - a.serial)[0];
    this.#revoked = options.checksRevocations ? (newest?.revoked ?? []) : [];
  }

  /** Of a plugin that comes with Lintel; null where it was not measured. */
  qualityOf(id: string): QualityLevel | null {
    return Object.hasOwn(this.#quality, id) ? this.#quality[id]! : null;
  }

  of({ packageName, version, source }: Known): Listed {
    const found = this.#revoked.find((each) => each.package === packageName && covers(each.versions, version));
    if (found !== undefined) return { state: 'revoked', reason: found.reason };
    if (source === null) return { state: 'included', reason: null };
    return { state: this.catalogue.some((each) => each.source === source) ? 'listed' : 'unlisted', reason: null };
  }
}

const covers = (versions: readonly string[] | undefined, version: string): boolean =>
  versions === undefined || versions.includes(version);

function readJson(path: string, warn: (text: string) => void): unknown {
  if (!existsSync(path)) return null;
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    warn(`${path} is passed over: ${(error as Error).message}`);
    return null;
  }
}

function readCatalogue(folder: string, warn: (text: string) => void): readonly CatalogueItem[] | null {
  const path = join(folder, 'catalogue.json');
  const raw = readJson(path, warn);
  if (raw === null) return null;
  const read = catalogueSchema.safeParse(raw);
  if (read.success) return read.data.plugins;
  warn(`${path} is passed over: it is no catalogue of plugins`);
  return null;
}

/** `{list, signature}`, the signature in base64 over the list as JSON without spaces. */
function readRevocations(folder: string, { key = KEY, warn }: ListingOptions): RevocationList | null {
  const path = join(folder, 'revocations.json');
  const raw = readJson(path, warn);
  if (raw === null) return null;
  const read = isObject(raw) && isSigned(raw['list'], raw['signature'], key) ? listSchema.safeParse(raw['list']) : null;
  if (read?.success === true) return read.data;
  warn(`${path} is passed over: its signature is not Lintel's`);
  return null;
}

function isSigned(list: unknown, signature: unknown, key: string): boolean {
  if (typeof signature !== 'string' || list === undefined) return false;
  const publicKey = createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
  return verify(null, Buffer.from(JSON.stringify(list)), publicKey, Buffer.from(signature, 'base64'));
}
