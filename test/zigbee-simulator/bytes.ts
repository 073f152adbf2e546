// Little-endian bytes in and out: everything on this wire is little-endian.

/** An IEEE address as people write it: `0x` and 16 lower-case hexadecimal digits. */
export type Ieee = `0x${string}`;

/** Reads fields one after the other; reading past the end throws a RangeError. */
export class Reader {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(bytes: Buffer) {
    this.#bytes = bytes;
  }

  get remaining(): number {
    return this.#bytes.length - this.#at;
  }

  #take(length: number): number {
    const at = this.#at;
    if (at + length > this.#bytes.length) throw new RangeError(`wanted ${length} bytes, ${this.remaining} left`);
    this.#at += length;
    return at;
  }

  u8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  u16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }

  u32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  ieee(): Ieee {
    return ieeeFromBytes(this.bytes(8));
  }

  /** An unsigned or signed integer of 1 to 6 bytes. */
  integer(length: number, signed = false): number {
    const at = this.#take(length);
    return signed ? this.#bytes.readIntLE(at, length) : this.#bytes.readUIntLE(at, length);
  }

  bytes(length: number): Buffer {
    const at = this.#take(length);
    return this.#bytes.subarray(at, at + length);
  }

  rest(): Buffer {
    return this.bytes(this.remaining);
  }
}

/** Collects fields one after the other. */
export class Writer {
  readonly #parts: Buffer[] = [];

  u8(...values: number[]): this {
    return this.bytes(Buffer.from(values));
  }

  u16(...values: number[]): this {
    for (const value of values) this.integer(value, 2);
    return this;
  }

  u32(value: number): this {
    return this.integer(value, 4);
  }

  /** An integer of 1 to 6 bytes; a negative one is written in two's complement. */
  integer(value: number, length: number): this {
    const part = Buffer.alloc(length);
    if (value < 0) part.writeIntLE(value, 0, length);
    else part.writeUIntLE(value, 0, length);
    return this.bytes(part);
  }

  ieee(address: Ieee): this {
    return this.bytes(ieeeToBytes(address));
  }

  bytes(bytes: Uint8Array): this {
    this.#parts.push(Buffer.from(bytes));
    return this;
  }

  build(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

export function ieeeFromBytes(bytes: Uint8Array): Ieee {
  return `0x${Buffer.from(bytes.toReversed()).toString('hex')}`;
}

export function ieeeToBytes(address: Ieee): Buffer {
  return Buffer.from(Buffer.from(address.slice(2).padStart(16, '0'), 'hex').toReversed());
}
