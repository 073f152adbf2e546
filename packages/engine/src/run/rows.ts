// The rows of `set` commands that a batch of reports leaves.

import * as abi from '../../../../assembly/abi.ts';
import type { Machine } from './machine.ts';

/** What a batch of reports left: a row for each value of each plain `set`. */
export interface BatchRows {
  rules: Int32Array;
  slots: Int32Array;
  values: Float64Array;
}

export const NO_ROWS: BatchRows = { rules: new Int32Array(0), slots: new Int32Array(0), values: new Float64Array(0) };

/** Gathers rows; as long as they fit into the core's own arrays they are not copied, and nobody who does not look pays. */
export class RowCollector {
  readonly #machine: Machine;
  #full: BatchRows[] = [];
  #rows: BatchRows | null = NO_ROWS;

  constructor(machine: Machine) {
    this.#machine = machine;
  }

  /** Begins a batch. */
  begin(): void {
    const { memory } = this.#machine;
    memory.putWord(abi.H_ROWS, 1);
    memory.putWord(abi.H_ROW_COUNT, 0);
    if (this.#full.length > 0) this.#full = [];
  }

  /** Ends a batch; answers how many rows it left. */
  end(): number {
    const { memory } = this.#machine;
    memory.putWord(abi.H_ROWS, 0);
    this.#rows = null;
    let count = memory.word(abi.H_ROW_COUNT);
    for (const part of this.#full) count += part.rules.length;
    return count;
  }

  /** The rows of the last batch. */
  get rows(): BatchRows {
    return (this.#rows ??= this.#full.length === 0 ? this.#view() : this.#join());
  }

  #view(): BatchRows {
    const { memory, linked } = this.#machine;
    const count = memory.word(abi.H_ROW_COUNT);
    const { buffer } = memory.words;
    return {
      rules: new Int32Array(buffer, linked.rings.rowRulesAt, count),
      slots: new Int32Array(buffer, linked.rings.rowSlotsAt, count),
      values: new Float64Array(buffer, linked.rings.rowValuesAt, count),
    };
  }

  /** Empties the core's arrays. */
  take(): void {
    const { rules, slots, values } = this.#view();
    if (rules.length === 0) return;
    this.#full.push({ rules: rules.slice(), slots: slots.slice(), values: values.slice() });
    this.#machine.memory.putWord(abi.H_ROW_COUNT, 0);
  }

  #join(): BatchRows {
    this.take();
    const length = this.#full.reduce((sum, part) => sum + part.rules.length, 0);
    const all = { rules: new Int32Array(length), slots: new Int32Array(length), values: new Float64Array(length) };
    let at = 0;
    for (const part of this.#full) {
      all.rules.set(part.rules, at);
      all.slots.set(part.slots, at);
      all.values.set(part.values, at);
      at += part.rules.length;
    }
    return all;
  }
}
