// Texts by number as prepared bytes: found and read one at a time where they lie, so that thousands of them cost nothing until
// they are asked for. A table of hashes in the bytes themselves leads from a text back to its number.

import type { TextTable } from './texts.ts';

const NONE = -1;
const HEADER_WORDS = 3;

/** FNV-1a over UTF-16 units, the same on every host. */
function hashOf(text: string): number {
  let hash = 0x811c_9dc5;
  for (let at = 0; at < text.length; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), 0x0100_0193);
  return (hash ^ (hash >>> 15)) >>> 0;
}

/** Texts as bytes, in whole words: how many, how large the table is, where each begins, the table, then UTF-8. */
export function freezeTexts(texts: readonly string[]): Uint8Array {
  const encoder = new TextEncoder();
  const parts = texts.map((text) => encoder.encode(text));
  const size = parts.reduce((sum, part) => sum + part.length, 0);
  const capacity = 2 ** Math.ceil(Math.log2(texts.length * 2 + 1));
  const words = HEADER_WORDS + texts.length + 1 + capacity;
  const bytes = new Uint8Array((words * 4 + size + 7) & ~7);
  const table = new Uint32Array(bytes.buffer, 0, words);
  table.set([texts.length, capacity, size]);
  let at = words * 4;
  for (const [number, part] of parts.entries()) {
    table[HEADER_WORDS + number] = at;
    bytes.set(part, at);
    at += part.length;
    let place = hashOf(texts[number]!) & (capacity - 1);
    while (table[HEADER_WORDS + texts.length + 1 + place] !== 0) place = (place + 1) & (capacity - 1);
    table[HEADER_WORDS + texts.length + 1 + place] = number + 1;
  }
  table[HEADER_WORDS + texts.length] = at;
  return bytes;
}

export class FrozenTexts implements TextTable {
  readonly size: number;
  readonly #bytes: Uint8Array;
  readonly #starts: Uint32Array;
  readonly #table: Uint32Array;
  readonly #decoder = new TextDecoder();
  readonly #read = new Map<number, string>();

  /** @param bytes what {@link freezeTexts} made, on a boundary of 4 bytes; they must not change any more */
  constructor(bytes: Uint8Array) {
    const [size = 0, capacity = 0] = new Uint32Array(bytes.buffer, bytes.byteOffset, HEADER_WORDS);
    this.size = size;
    this.#bytes = bytes;
    this.#starts = new Uint32Array(bytes.buffer, bytes.byteOffset + HEADER_WORDS * 4, size + 1);
    this.#table = new Uint32Array(bytes.buffer, bytes.byteOffset + (HEADER_WORDS + size + 1) * 4, capacity);
  }

  text(number: number): string {
    let text = this.#read.get(number);
    if (text === undefined) {
      text = this.#decoder.decode(this.#bytes.subarray(this.#starts[number], this.#starts[number + 1]));
      this.#read.set(number, text);
    }
    return text;
  }

  /** The number of a text, or −1. */
  find(text: string): number {
    const mask = this.#table.length - 1;
    for (let place = hashOf(text) & mask; this.#table[place] !== 0; place = (place + 1) & mask) {
      const number = this.#table[place]! - 1;
      if (this.text(number) === text) return number;
    }
    return NONE;
  }
}
