// Moves what is remembered of "has held since" from one layout to the next.

import * as abi from '../../../../assembly/abi.ts';
import { holdsOf } from '../link/plan.ts';
import type { PlannedRule } from '../link/plan.ts';
import type { Machine } from './machine.ts';
import type { MovedSets } from './moved-sets.ts';

export class HoldsMove {
  readonly #old: Machine;
  readonly #new: Machine;
  /** New numbers of slots by the old ones. */
  readonly #slots: Int32Array;
  readonly #moved: MovedSets;

  constructor(old: Machine, next: Machine, slots: Int32Array, moved: MovedSets) {
    this.#old = old;
    this.#new = next;
    this.#slots = slots;
    this.#moved = moved;
  }

  /** Of each member where it is kept for each; of a whole set it is asked anew where others are in it now. */
  move(old: PlannedRule, next: PlannedRule): void {
    const holds = holdsOf(this.#old.linked.names, old);
    for (const [number, { hold, first, slots }] of holdsOf(this.#new.linked.names, next).entries()) {
      const before = holds[number]!;
      if (!hold.each) {
        this.#copy(before.first, first);
        if (this.#moved.has(hold.predicate.members)) this.#new.core.askHold(first);
        continue;
      }
      for (const [index, slot] of slots.entries()) {
        const found = before.slots.findIndex((each) => this.#slots[each] === slot);
        if (found !== -1) this.#copy(before.first + found, first + index);
      }
    }
  }

  #copy(from: number, to: number): void {
    const { words } = this.#new.memory;
    const source = (this.#old.linked.state.holdsAt + from * abi.HOLD_SIZE) >>> 2;
    const target = (this.#new.linked.state.holdsAt + to * abi.HOLD_SIZE) >>> 2;
    words.set(this.#old.memory.words.subarray(source, source + (abi.HOLD_SIZE >>> 2)), target);
  }
}
