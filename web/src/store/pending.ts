// What people asked for and the devices have not yet confirmed. A wish is shown at once, marked as a wish; it ends when its
// outcome comes, and then only what the device itself reported is shown.

import type { Value, Values } from '@lintel/model';

export interface Failure {
  readonly code: string;
  readonly detail: string;
  /** What was wished for, to try again. */
  readonly values: Values;
}

interface Wish {
  readonly number: number;
  readonly value: Value;
}

export class PendingWishes {
  readonly #wishes = new Map<string, Map<string, Wish>>();
  readonly #failures = new Map<string, Failure>();
  #count = 0;

  /** Notes a wish and answers its number; a newer wish for the same property replaces it. */
  begin(device: string, values: Values): number {
    this.#count += 1;
    const wishes = this.#wishes.get(device) ?? new Map<string, Wish>();
    for (const [property, value] of Object.entries(values)) wishes.set(property, { number: this.#count, value });
    this.#wishes.set(device, wishes);
    this.#failures.delete(device);
    return this.#count;
  }

  /** Ends a wish; `failure` is kept until the next wish, or until the device is heard of. */
  end(device: string, number: number, failure: Failure | null): void {
    const wishes = this.#wishes.get(device);
    for (const [property, wish] of wishes ?? []) if (wish.number === number) wishes?.delete(property);
    if (wishes?.size === 0) this.#wishes.delete(device);
    if (failure !== null) this.#failures.set(device, failure);
  }

  /** The value wished for, or undefined when nothing is pending. */
  wished(device: string, property: string): Value | undefined {
    return this.#wishes.get(device)?.get(property)?.value;
  }

  isPending(device: string): boolean {
    return this.#wishes.has(device);
  }

  failure(device: string): Failure | null {
    return this.#failures.get(device) ?? null;
  }

  forgive(device: string): void {
    this.#failures.delete(device);
  }
}
