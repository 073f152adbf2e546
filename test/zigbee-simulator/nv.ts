// The network processor's non-volatile memory: what survives a reset of the stick. The network's parameters live here, in
// the layouts of Z-Stack 3.x (16-bit aligned structures), since the host reads, backs up and restores them byte by byte.

import { randomBytes } from 'node:crypto';

import { ieeeToBytes, Writer, type Ieee } from './bytes.ts';

export const ITEM = {
  extendedAddress: 0x0001,
  startupOption: 0x0003,
  nib: 0x0021,
  activeKey: 0x003a,
  alternateKey: 0x003b,
  useExtendedPanId: 0x0047,
  apsLinkKeys: 0x004c,
  extendedPanId: 0x002d,
  preconfiguredKey: 0x0062,
  networkKey: 0x0082,
  panId: 0x0083,
  channels: 0x0084,
  trustCenterSeed: 0x0101,
  hostConfigured: 0x0060,
} as const;

/** Tables addressed by (item, entry) rather than by item alone. */
export const TABLE = {
  addresses: 0x0001,
  trustCenterKeys: 0x0004,
  linkKeys: 0x0006,
  securityMaterial: 0x0007,
} as const;

const ADDRESS_ENTRIES = 128;
const KEY_ENTRIES = 16;
const SECURITY_ENTRIES = 4;
const NIB_BYTES = 116;

/** Where the fields that matter stand in the aligned network information base. */
const NIB_AT = {
  channel: 24,
  panId: 36,
  state: 38,
  channels: 40,
  extendedPanId: 57,
  keyLoaded: 65,
  updateId: 114,
} as const;

export interface NetworkParameters {
  readonly panId: number;
  readonly extendedPanId: Ieee;
  readonly channel: number;
}

export interface FormedNetwork extends NetworkParameters {
  readonly networkKey: readonly number[];
}

export class NvMemory {
  readonly #items = new Map<number, Buffer>();
  readonly #tables = new Map<number, Buffer[]>();

  constructor(ieee: Ieee) {
    this.write(ITEM.extendedAddress, ieeeToBytes(ieee));
    this.clear();
  }

  /** Back to the state of a new stick, but for its own address. */
  clear(): void {
    const address = this.read(ITEM.extendedAddress)!;
    this.#items.clear();
    this.write(ITEM.extendedAddress, address);
    this.write(ITEM.networkKey, Buffer.alloc(24));
    this.write(ITEM.startupOption, Buffer.from([0]));
    this.write(ITEM.preconfiguredKey, randomBytes(16));
    this.write(ITEM.activeKey, Buffer.alloc(18));
    this.write(ITEM.alternateKey, Buffer.alloc(18));
    this.write(ITEM.trustCenterSeed, randomBytes(16));
    this.write(ITEM.apsLinkKeys, emptyLinkKeys());
    this.#tables.set(
      TABLE.addresses,
      entries(ADDRESS_ENTRIES, Buffer.concat([Buffer.alloc(2), Buffer.alloc(10, 0xff)])),
    );
    this.#tables.set(TABLE.trustCenterKeys, entries(KEY_ENTRIES, Buffer.alloc(20)));
    this.#tables.set(TABLE.linkKeys, entries(KEY_ENTRIES, Buffer.alloc(24)));
    this.#tables.set(TABLE.securityMaterial, entries(SECURITY_ENTRIES, Buffer.alloc(12)));
  }

  read(item: number): Buffer | null {
    return this.#items.get(item) ?? null;
  }

  /** Writes at `offset`, growing the item where needed. */
  write(item: number, data: Uint8Array, offset = 0): void {
    const old = this.#items.get(item) ?? Buffer.alloc(0);
    const grown = Buffer.alloc(Math.max(old.length, offset + data.length));
    grown.set(old);
    grown.set(data, offset);
    this.#items.set(item, grown);
  }

  delete(item: number): boolean {
    return this.#items.delete(item);
  }

  readEntry(table: number, index: number): Buffer | null {
    return this.#tables.get(table)?.[index] ?? null;
  }

  writeEntry(table: number, index: number, data: Uint8Array): void {
    const rows = this.#tables.get(table) ?? [];
    rows[index] = Buffer.from(data);
    this.#tables.set(table, rows);
  }

  /** The network this memory holds, or null when none was formed. */
  network(): NetworkParameters | null {
    const nib = this.read(ITEM.nib);
    if (nib === null || nib.length < NIB_BYTES) return null;
    const extended = Buffer.from(nib.subarray(NIB_AT.extendedPanId, NIB_AT.extendedPanId + 8).toReversed());
    return {
      panId: nib.readUInt16LE(NIB_AT.panId),
      extendedPanId: `0x${extended.toString('hex')}`,
      channel: nib[NIB_AT.channel]!,
    };
  }

  /** Takes over a network that a host has formed before. */
  adopt({ panId, extendedPanId, channel, networkKey }: FormedNetwork): void {
    this.write(ITEM.panId, new Writer().u16(panId).build());
    this.write(ITEM.extendedPanId, ieeeToBytes(extendedPanId));
    this.write(ITEM.preconfiguredKey, Uint8Array.from(networkKey));
    this.write(ITEM.hostConfigured, Buffer.from([0x55]));
    this.form(1 << channel);
  }

  /** Forms a network from the parameters the host has written, on the lowest of `channels`. */
  form(channels: number): void {
    const nib = Buffer.alloc(NIB_BYTES);
    const channel = lowestChannel(channels);
    nib[NIB_AT.channel] = channel;
    nib.writeUInt16LE(this.read(ITEM.panId)?.readUInt16LE(0) ?? 0x1a62, NIB_AT.panId);
    nib[NIB_AT.state] = 8;
    nib.writeUInt32LE((1 << channel) >>> 0, NIB_AT.channels);
    nib.set(this.read(ITEM.extendedPanId) ?? this.read(ITEM.extendedAddress)!, NIB_AT.extendedPanId);
    nib[NIB_AT.keyLoaded] = 1;
    this.write(ITEM.nib, nib);
    const key = Buffer.concat([Buffer.from([0]), this.read(ITEM.preconfiguredKey)!, Buffer.from([0])]);
    this.write(ITEM.activeKey, key);
    this.write(ITEM.alternateKey, key);
    const counter = new Writer()
      .u32(1)
      .bytes(nib.subarray(NIB_AT.extendedPanId, NIB_AT.extendedPanId + 8))
      .build();
    this.writeEntry(TABLE.securityMaterial, 0, counter);
  }

  changeChannel(channel: number): void {
    const nib = this.read(ITEM.nib);
    if (nib === null) return;
    nib[NIB_AT.channel] = channel;
    nib.writeUInt32LE((1 << channel) >>> 0, NIB_AT.channels);
    nib[NIB_AT.updateId] = (nib[NIB_AT.updateId]! + 1) & 0xff;
  }

  /** Notes a device as the coordinator's own child, so that a backup has it. */
  rememberChild(ieee: Ieee, address: number): void {
    const rows = this.#tables.get(TABLE.addresses)!;
    const wanted = ieeeToBytes(ieee);
    const known = rows.findIndex((row) => row[0] !== 0 && row.subarray(4, 12).equals(wanted));
    const index = known === -1 ? rows.findIndex((row) => row[0] === 0) : known;
    if (index !== -1) rows[index] = new Writer().u8(1, 0xff).u16(address).bytes(wanted).build();
  }

  forgetChild(ieee: Ieee): void {
    const rows = this.#tables.get(TABLE.addresses)!;
    const index = rows.findIndex((row) => row[0] !== 0 && row.subarray(4, 12).equals(ieeeToBytes(ieee)));
    if (index !== -1) rows[index] = Buffer.concat([Buffer.alloc(2), Buffer.alloc(10, 0xff)]);
  }
}

const entries = (count: number, content: Buffer): Buffer[] => Array.from({ length: count }, () => Buffer.from(content));

function emptyLinkKeys(): Buffer {
  const row = Buffer.from([0xfe, 0xff, 0, 0, 0, 0]);
  return Buffer.concat([Buffer.alloc(2), ...entries(KEY_ENTRIES, row)]);
}

function lowestChannel(mask: number): number {
  for (let channel = 11; channel <= 26; channel++) if (mask & (1 << channel)) return channel;
  return 11;
}
