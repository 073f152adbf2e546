// Puts a batch of reports where the core reads them: the slots, and behind them the values.

import { BATCH_EVENTS } from '../../../../assembly/limits.ts';
import type { Machine } from './machine.ts';

const FEW_EVENTS = 16;

/** Few are written one by one: a view of an array costs more than they do. */
export function writeReports(
  { memory, linked }: Machine,
  slots: Int32Array,
  values: Float64Array,
  from: number,
  count: number,
): void {
  const word = linked.rings.eventsAt >>> 2;
  const float = (linked.rings.eventsAt + BATCH_EVENTS * 4) >>> 3;
  if (count > FEW_EVENTS) {
    memory.words.set(slots.subarray(from, from + count), word);
    memory.floats.set(values.subarray(from, from + count), float);
    return;
  }
  for (let index = 0; index < count; index += 1) {
    memory.words[word + index] = slots[from + index]!;
    memory.floats[float + index] = values[from + index]!;
  }
}
