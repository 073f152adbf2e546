// Texts by number.

/** Texts by number, none twice. */
export interface TextTable {
  readonly size: number;
  text(number: number): string;
  /** The number of a text, or −1. */
  find(text: string): number;
}

/** Texts in the order in which they were first named. */
export class Numbered implements TextTable {
  readonly all: string[] = [];
  readonly #numbers = new Map<string, number>();

  get size(): number {
    return this.all.length;
  }

  text(number: number): string {
    return this.all[number]!;
  }

  find(text: string): number {
    return this.#numbers.get(text) ?? -1;
  }

  /** The number of a text, given to it now if it has none. */
  number(text: string): number {
    let number = this.#numbers.get(text);
    if (number === undefined) this.#numbers.set(text, (number = this.all.push(text) - 1));
    return number;
  }
}

/** Some texts of a larger table, in an order of their own: picking one is no more than reading a number. */
export class Picked implements TextTable {
  readonly #from: TextTable;
  /** Numbers here by numbers there, or −1. */
  readonly #numbers: Int32Array;
  readonly #picked: Int32Array;
  #size = 0;

  constructor(from: TextTable) {
    this.#from = from;
    this.#numbers = new Int32Array(from.size).fill(-1);
    this.#picked = new Int32Array(from.size);
  }

  get size(): number {
    return this.#size;
  }

  text(number: number): string {
    return this.#from.text(this.#picked[number]!);
  }

  find(text: string): number {
    return this.numberOf(this.#from.find(text));
  }

  /** Whether the other was picked from the same table. */
  isOf(other: Picked): boolean {
    return this.#from === other.#from;
  }

  /** The number there of what has this number here. */
  original(number: number): number {
    return this.#picked[number]!;
  }

  /** The number here of what has this number there, or −1. */
  numberOf(there: number): number {
    return this.#numbers[there] ?? -1;
  }

  /** As {@link numberOf}, given now to what has none. */
  pick(there: number): number {
    let number = this.#numbers[there]!;
    if (number === -1) {
      number = this.#size++;
      this.#numbers[there] = number;
      this.#picked[number] = there;
    }
    return number;
  }
}

/** By number in one table, the number in another, or −1; where both were picked from one table no text is looked at. */
export function translate(from: TextTable, to: TextTable): Int32Array {
  const numbers = new Int32Array(from.size);
  const isQuick = from instanceof Picked && to instanceof Picked && from.isOf(to);
  for (let number = 0; number < numbers.length; number += 1)
    numbers[number] = isQuick ? to.numberOf(from.original(number)) : to.find(from.text(number));
  return numbers;
}
