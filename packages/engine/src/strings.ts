// Texts by number. The core knows texts only by their numbers, so that comparing them is comparing bits; the table belongs
// to the state. The first numbers are the same in every table.

import { ORIGIN_KINDS } from '@lintel/model';

const WEEKDAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
const FIXED: readonly string[] = [...ORIGIN_KINDS, ...WEEKDAY_NAMES, 'manual', 'automation'];

/** The number of Monday's name; the other days follow. */
export const WEEKDAY_TEXT = ORIGIN_KINDS.length + 1;
export const MANUAL_TEXT = FIXED.indexOf('manual') + 1;

export class StringTable {
  /** Number 0 stands for no text. */
  readonly #texts: string[] = [''];
  readonly #numbers = new Map<string, number>();

  constructor(texts: readonly string[] = FIXED) {
    for (const text of texts) this.number(text);
  }

  get size(): number {
    return this.#texts.length;
  }

  /** The number of a text, given to it now if it has none. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const number = this.#texts.length;
    this.#texts.push(text);
    this.#numbers.set(text, number);
    return number;
  }

  text(number: number): string {
    return this.#texts[number] ?? '';
  }

  /** The texts behind a number, to be kept with an image. */
  from(number: number): string[] {
    return this.#texts.slice(number);
  }

  /** Forgets what came after the table had this size. */
  truncate(size: number): void {
    for (const text of this.#texts.splice(size)) this.#numbers.delete(text);
  }
}
