// Writes tables into a buffer that grows, at the addresses they will have in the core's memory.

import type { Value } from '@lintel/model';
import type { StringTable } from '../strings.ts';

const UNKNOWN_HIGH = 0x7ffc_0000;
const BOOLEAN_HIGH = 0x7ffd_0000;
const TEXT_HIGH = 0x7ffe_0000;

/** Writes a value as the core has it: a number as itself, everything else in the space of NaNs. */
export function writeValue(view: DataView, at: number, value: Value, strings: StringTable): void {
  if (typeof value === 'number') return view.setFloat64(at, value + 0, true);
  const [low, high] = wordsOf(value, strings);
  view.setUint32(at, low, true);
  view.setUint32(at + 4, high, true);
}

function wordsOf(value: Exclude<Value, number>, strings: StringTable): readonly [number, number] {
  if (value === null) return [0, UNKNOWN_HIGH];
  if (typeof value === 'boolean') return [value ? 1 : 0, BOOLEAN_HIGH];
  return [strings.number(value), TEXT_HIGH];
}

export function readValue(view: DataView, at: number, strings: StringTable): Value {
  const high = view.getUint32(at + 4, true);
  if (high === UNKNOWN_HIGH) return null;
  if (high === BOOLEAN_HIGH) return view.getUint32(at, true) === 1;
  if (high === TEXT_HIGH) return strings.text(view.getUint32(at, true));
  return view.getFloat64(at, true);
}

export class MemoryWriter {
  readonly base: number;
  readonly #strings: StringTable;
  #buffer: ArrayBuffer;
  #view: DataView;
  #words: Uint32Array;
  #length = 0;

  constructor(base: number, strings: StringTable, expected: number) {
    this.base = base;
    this.#strings = strings;
    this.#buffer = new ArrayBuffer(align(Math.max(1024, expected)));
    this.#view = new DataView(this.#buffer);
    this.#words = new Uint32Array(this.#buffer);
  }

  get end(): number {
    return this.base + this.#length;
  }

  bytes(): Uint8Array {
    return new Uint8Array(this.#buffer, 0, this.#length);
  }

  /** Takes room, zeroed, on an 8-byte boundary; answers its address. */
  reserve(size: number): number {
    const at = this.#length;
    this.#length = align(at + size);
    if (this.#length > this.#buffer.byteLength) this.#grow();
    return this.base + at;
  }

  #grow(): void {
    const larger = new ArrayBuffer(Math.max(this.#length, this.#buffer.byteLength * 2));
    new Uint8Array(larger).set(new Uint8Array(this.#buffer));
    this.#buffer = larger;
    this.#view = new DataView(larger);
    this.#words = new Uint32Array(larger);
  }

  word(at: number, value: number): void {
    this.#words[(at - this.base) >>> 2] = value;
  }

  byte(at: number, value: number): void {
    this.#view.setUint8(at - this.base, value);
  }

  float(at: number, value: number): void {
    this.#view.setFloat64(at - this.base, value, true);
  }

  value(at: number, value: Value): void {
    writeValue(this.#view, at - this.base, value, this.#strings);
  }

  bits(at: number, value: bigint): void {
    this.#view.setBigUint64(at - this.base, value, true);
  }

  words(values: readonly number[]): number {
    const at = this.reserve(values.length * 4);
    for (const [index, value] of values.entries()) this.word(at + index * 4, value);
    return at;
  }

  values(values: readonly Value[]): number {
    const at = this.reserve(values.length * 8);
    for (const [index, value] of values.entries()) this.value(at + index * 8, value);
    return at;
  }
}

export const align = (size: number): number => (size + 7) & ~7;
