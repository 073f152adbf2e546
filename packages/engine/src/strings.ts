// Texts by number. The core knows texts only by their numbers, so that comparing them is comparing bits; the table belongs
// to the state. The first numbers are the same in every table.

import { ORIGIN_KINDS } from '@lintel/model';
import { LOOSE_CHARACTERS_MAX } from '../../../assembly/limits.ts';
import type { TextTable } from './texts.ts';

const WEEKDAY_NAMES = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];
export const FIXED_TEXTS: readonly string[] = [...ORIGIN_KINDS, ...WEEKDAY_NAMES, 'manual', 'automation'];

/** The number of Monday's name; the other days follow. */
export const WEEKDAY_TEXT = ORIGIN_KINDS.length + 1;
export const MANUAL_TEXT = FIXED_TEXTS.indexOf('manual') + 1;

/** Number 0 stands for no text; the empty text has a number like any other. */
export class StringTable {
  /** The texts from number 1 on that came with the rules. */
  readonly given: TextTable;
  readonly #first: number;
  readonly #texts: string[] = [];
  readonly #numbers = new Map<string, number>();
  /** Of the texts that events brought; and how many they were when the table last held nothing needless. */
  #characters = 0;
  #settled = 0;

  /** @param given the fixed texts, and behind them those that rules have */
  constructor(given: TextTable) {
    this.given = given;
    this.#first = given.size + 1;
  }

  get size(): number {
    return this.#first + this.#texts.length;
  }

  /** The number of a text, given to it now if it has none. */
  number(text: string): number {
    const known = this.#numbers.get(text);
    if (known !== undefined) return known;
    const given = this.given.find(text);
    const number = given === -1 ? this.size : given + 1;
    if (given === -1) {
      this.#texts.push(text);
      this.#characters += text.length;
    }
    this.#numbers.set(text, number);
    return number;
  }

  text(number: number): string {
    if (number > 0 && number < this.#first) return this.given.text(number - 1);
    return this.#texts[number - this.#first] ?? '';
  }

  get settled(): number {
    return this.#settled;
  }

  /** Says that everything in the table is in use; or, of one that was kept in an image, when that was so. */
  settle(characters: number = this.#characters): void {
    this.#settled = characters;
  }

  /** Whether so much came since the table was settled that it is worth looking through for what no one needs any more. */
  get isCrowded(): boolean {
    return this.#characters - this.#settled > LOOSE_CHARACTERS_MAX;
  }

  /** The texts from a number on. */
  from(number: number): string[] {
    if (number >= this.#first) return this.#texts.slice(number - this.#first);
    const given = Array.from({ length: this.#first - number }, (_, index) => this.text(number + index));
    return [...given, ...this.#texts];
  }

  /** Forgets what came after the table had this size. */
  truncate(size: number): void {
    for (const text of this.#texts.splice(size - this.#first)) {
      this.#numbers.delete(text);
      this.#characters -= text.length;
    }
  }
}
