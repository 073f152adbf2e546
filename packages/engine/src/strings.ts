// Texts by number. The core knows texts only by their numbers, so that comparing them is comparing bits; the table belongs
// to the state. The first numbers are the same in every table.

import { ORIGIN_KINDS } from '@lintel/model';
import type { FrozenTexts } from './frozen-texts.ts';

const WEEKDAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const FIXED: readonly string[] = [...ORIGIN_KINDS, ...WEEKDAY_NAMES, 'manual', 'automation'];

/** The number of Monday's name; the other days follow. */
export const WEEKDAY_TEXT = ORIGIN_KINDS.length + 1;
export const MANUAL_TEXT = FIXED.indexOf('manual') + 1;

/** Number 0 stands for no text; the empty text has a number like any other. */
export class StringTable {
  /** The texts from number 1 on that were prepared as bytes; null where the table began empty. */
  readonly #frozen: FrozenTexts | null;
  readonly #first: number;
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();

  constructor(frozen: FrozenTexts | null = null) {
    this.#frozen = frozen;
    this.#first = (frozen?.size ?? 0) + 1;
    if (frozen === null) for (const text of FIXED) this.number(text);
  }

  get size(): number {
    return this.#first + this.#texts.length;
  }

  /** The number of a text, given to it now if it has none. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const frozen = this.#frozen?.find(text) ?? -1;
    const number = frozen === -1 ? this.size : frozen + 1;
    if (frozen === -1) this.#texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }

  text(number: number): string {
    if (number > 0 && number < this.#first) return this.#frozen!.text(number - 1);
    return this.#texts[number - this.#first] ?? '';
  }

  /** The texts from a number on. */
  from(number: number): string[] {
    if (number >= this.#first) return this.#texts.slice(number - this.#first);
    return [...(this.#frozen?.all() ?? []).slice(number - 1), ...this.#texts];
  }

  /** Forgets what came after the table had this size. */
  truncate(size: number): void {
    for (const text of this.#texts.splice(size - this.#first)) this.#numbers.delete(text);
  }
}
